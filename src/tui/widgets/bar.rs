//! Horizontal bars that are read without colour too: each degree has a character of its own.

use ratatui::text::Span;

use crate::tui::theme::Theme;

/// Returns a bar of two shares, 0 to 1: solid up to the lesser, shaded up to the greater, a track for the rest.
///
/// ```text
/// ██████▒▒▒▒░░░░░░
/// evidenced claimed
/// ```
#[must_use]
pub fn two_shares<'a>(lesser: f64, greater: f64, width: usize, theme: &Theme) -> Vec<Span<'a>> {
    let solid = cells(lesser, width);
    let shaded = cells(greater, width).saturating_sub(solid);
    let rest = width.saturating_sub(solid + shaded);
    vec![
        Span::styled("█".repeat(solid), theme.accent),
        Span::styled("▒".repeat(shaded), theme.text),
        Span::styled("░".repeat(rest), theme.track),
    ]
}

/// Returns a bar of one share, 0 to 1.
#[must_use]
pub fn share<'a>(share: f64, width: usize, theme: &Theme) -> Vec<Span<'a>> {
    two_shares(share, share, width, theme)
}

/// Returns a block whose height tells a share, 0 to 1.
#[must_use]
pub fn block(share: f64) -> &'static str {
    const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    BLOCKS.get(cells(share, BLOCKS.len()).saturating_sub(1)).copied().unwrap_or("▁")
}

/// Returns how many of so many cells a share fills: one at least when it is anything at all, all only when it is 1.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "clamped")]
pub fn cells(share: f64, width: usize) -> usize {
    if share <= 0.0 || width == 0 {
        return 0;
    }
    if share >= 1.0 {
        return width;
    }
    ((share * width as f64).round() as usize).clamp(1, width.saturating_sub(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_empty_only_at_nothing_and_full_only_at_everything() {
        assert_eq!(cells(0.0, 10), 0);
        assert_eq!(cells(0.001, 10), 1);
        assert_eq!(cells(0.999, 10), 9);
        assert_eq!(cells(1.0, 10), 10);
        assert_eq!(cells(f64::NAN, 10), 1);
    }

    #[test]
    fn a_bar_is_as_wide_as_asked_for() {
        let bar = two_shares(0.3, 0.7, 20, &Theme::named(crate::tui::theme::ThemeName::Monochrome));
        assert_eq!(bar.iter().map(|span| span.content.chars().count()).sum::<usize>(), 20);
    }
}
