//! How wide a text is, and as much of one as fits: by the widths of the typeface that ready42 brings along.

/// The first letter of [`WIDTHS`].
const FIRST: u32 = 0x20;
/// How wide the letters of ASCII are, from the space on, in thousandths of the font's size (IBM Plex Sans, regular).
const WIDTHS: [u16; 95] = [
    236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600, 600, 600, 600, 600, 600, 600,
    600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641, 653, 621, 671, 583, 559, 695, 707, 400, 510, 634, 501, 812,
    707, 708, 606, 708, 640, 581, 572, 678, 609, 891, 613, 593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503, 580,
    549, 324, 528, 568, 250, 250, 527, 272, 873, 568, 560, 580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343,
    314, 343, 600,
];
/// How much wider the typefaces are that a browser takes where ours isn't there.
const MARGIN: f64 = 1.04;
/// What stands where a text is cut.
const ELLIPSIS: char = '…';

/// Returns how wide a text is at a font size, a little more rather than less.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() / 1000.0 * size * MARGIN
}

fn letter(letter: char) -> f64 {
    let known = u32::from(letter).checked_sub(FIRST).and_then(|at| WIDTHS.get(at as usize));
    let otherwise = match letter {
        ELLIPSIS => 803,
        '\u{a0}' => 236,
        // Latin, Greek and Cyrillic beyond ASCII: capitals are wider.
        letter if u32::from(letter) < 0x500 && letter.is_lowercase() => 650,
        letter if u32::from(letter) < 0x500 => 850,
        '–' => 600,
        _ => 1040,
    };
    f64::from(known.copied().unwrap_or(otherwise))
}

/// Returns as much of a text as fits a width at a font size; where it is cut, it ends with a whole word if that leaves
/// half of it or more, and an ellipsis.
#[must_use]
pub fn fitted(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - width(&ELLIPSIS.to_string(), size);
    let mut kept = String::new();
    let mut letters = text.chars().peekable();
    while let Some(next) = letters.peek() {
        left -= width(&next.to_string(), size);
        if left < 0.0 {
            break;
        }
        kept.extend(letters.next());
    }
    let is_between_words = letters.peek().is_none_or(|next| next.is_whitespace());
    let words = kept.rsplit_once(' ').map(|(words, _)| words).filter(|words| words.len() * 2 >= kept.len());
    let told = if is_between_words { kept.as_str() } else { words.unwrap_or(&kept) };
    format!("{}{ELLIPSIS}", told.trim_end_matches([' ', ',', '-', ':']))
}

/// Returns a text on one line where it fits a width at a font size, else on two, the second of which may be cut.
#[must_use]
pub fn lines(text: &str, room: f64, size: f64) -> Vec<String> {
    if width(text, size) <= room {
        return vec![text.to_owned()];
    }
    let breaks = text.rmatch_indices(' ').filter_map(|(at, _)| text.split_at_checked(at));
    match breaks.into_iter().find(|(first, _)| width(first, size) <= room) {
        Some((first, rest)) => vec![first.to_owned(), fitted(rest.trim_start(), room, size)],
        None => vec![fitted(text, room, size)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_goes_on_below() {
        assert_eq!(lines("The model of Shadow", 200.0, 9.0), ["The model of Shadow"]);
        assert_eq!(lines("The model of Shadow", 68.0, 9.0), ["The model of", "Shadow"]);
        let told = lines("The model of Shadow and of everything else", 68.0, 9.0);
        assert!(told.len() == 2 && told[1].ends_with('…') && width(&told[1], 9.0) <= 68.0, "{told:?}");
        assert_eq!(lines("Donaudampfschifffahrt", 60.0, 9.0).len(), 1);
    }

    #[test]
    fn a_text_that_has_room_is_whole_however_many_letters_it_has() {
        assert_eq!(fitted("illicit little title", 80.0, 9.5), "illicit little title");
        assert!(width("illicit little title", 9.5) < width("MMMMMMMMMM", 9.5));
    }

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(fitted("The model of Shadow", 68.0, 9.0), "The model of…");
        assert!(width(&fitted("The model of Shadow", 68.0, 9.0), 9.0) <= 68.0);
    }

    #[test]
    fn a_word_that_alone_is_too_long_is_cut_within() {
        let told = fitted("Donaudampfschifffahrt", 60.0, 9.0);
        assert!(told.ends_with('…') && told.starts_with("Donau") && width(&told, 9.0) <= 60.0, "{told}");
        assert_eq!(fitted("東京", 0.0, 9.0), "…");
    }
}
