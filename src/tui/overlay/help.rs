//! What is read over a screen and closed again: the keys of the screen from the key table, or how a figure came about.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Padding};
use unicode_width::UnicodeWidthStr;

use crate::domain::actions::Action as Gap;
use crate::domain::explain::Explanation;
use crate::domain::text::visible;
use crate::domain::timeline::Forecast;
use crate::domain::worth::Worth;
use crate::tui::action::Action;
use crate::tui::keymap::{Binding, Context, Keymap};
use crate::tui::layout::centred;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::page::{Page, rows};

/// From this width on, the keys of the screen and those that hold everywhere stand side by side.
const TWO_COLUMNS: u16 = 100;
const LABEL: usize = 17;
/// What the line on top of the questions says.
const ON_TOP: &str = "On top: how many of the questions are answered, and how ready you are for each audit, as claimed, in \
                      percent of what it asks for. In brackets the least and the most that it can still become; then how \
                      many of its questions are answered.";

/// What is read over a screen, in two parts, and how far it is scrolled.
#[derive(Clone, Debug, Default)]
pub struct Help {
    title: String,
    /// As (keys, what they do): those of the screen. Or the figures, each with how it came about.
    here: Part,
    /// Those that hold everywhere. Or what each question adds.
    everywhere: Part,
    scroll: usize,
}

/// A heading with rows below it, each as (word, text).
#[derive(Clone, Debug, Default)]
struct Part {
    heading: &'static str,
    rows: Vec<(String, String)>,
}

impl Help {
    /// Returns the help of a screen.
    #[must_use]
    pub fn new(keymap: &Keymap, context: Context) -> Self {
        let told = |binding: &Binding| (binding.label(), binding.help.as_deref().unwrap_or_default().to_owned());
        let (here, everywhere): (Vec<&Binding>, Vec<&Binding>) =
            keymap.help(context).partition(|binding| binding.context == context);
        let told = |bindings: Vec<&Binding>| bindings.into_iter().map(told).collect();
        let mut here: Vec<(String, String)> = told(here);
        if context == Context::Assess {
            here.push((String::new(), ON_TOP.to_owned()));
        }
        Self {
            title: "Keys".to_owned(),
            here: Part { heading: "On this screen", rows: here },
            everywhere: Part { heading: "Everywhere", rows: told(everywhere) },
            scroll: 0,
        }
    }

    /// Returns how figures came about, to be read over a screen.
    #[must_use]
    pub fn explanation(explanation: &Explanation) -> Self {
        let (figures, terms) = explanation.told();
        Self {
            title: format!("Why {}", visible(&explanation.id)),
            here: Part { heading: "The figures", rows: figures },
            everywhere: Part { heading: "What each question adds", rows: terms },
            scroll: 0,
        }
    }

    /// Returns why a gap stands where it does in the action plan, and what closing it gains.
    #[must_use]
    pub fn action(gap: &Gap) -> Self {
        Self {
            title: format!("Why {}", visible(gap.question.as_str())),
            here: Part { heading: "What closing the gap gains", rows: gap.gains_told() },
            everywhere: Part { heading: "Why it stands where it does", rows: gap.rank_told() },
            scroll: 0,
        }
    }

    /// Returns why the way to the certificate takes as long as it does, and from which figures that follows.
    #[must_use]
    pub fn forecast(forecast: &Forecast, guess: String) -> Self {
        // That it is a guess comes before what is guessed.
        let words = [guess, forecast.explanation.clone()].into_iter().filter(|text| !text.is_empty());
        Self {
            title: "Why it takes so long".to_owned(),
            here: Part { heading: "In words", rows: words.map(|text| (String::new(), text)).collect() },
            everywhere: Part { heading: "What it was worked out from", rows: forecast.inputs.clone() },
            scroll: 0,
        }
    }

    /// Returns whether a certificate is worth it, and why.
    #[must_use]
    pub fn worth(worth: &Worth) -> Self {
        let reasons = |mark: &str, reasons: &[String]| -> Vec<(String, String)> {
            reasons.iter().map(|reason| (mark.to_owned(), reason.clone())).collect()
        };
        let mut rows = vec![(String::new(), format!("{}.", worth.advice.title()))];
        rows.extend(reasons("for", &worth.reasons_for));
        rows.extend(reasons("against", &worth.reasons_against));
        Self {
            title: "Is a certificate worth it?".to_owned(),
            here: Part { heading: "By your profile and your answers", rows },
            everywhere: Part {
                heading: "What else there is",
                rows: vec![(String::new(), worth.advice.alternative().to_owned())],
            },
            scroll: 0,
        }
    }

    /// Returns all that is said of an entry of a list, and where it comes from.
    #[must_use]
    pub fn entry(title: &str, rows: Vec<(String, String)>, source: String) -> Self {
        Self {
            title: visible(title).into_owned(),
            here: Part { heading: "What it says", rows },
            everywhere: Part { heading: "Where it comes from", rows: vec![(String::new(), source)] },
            scroll: 0,
        }
    }

    /// Returns what changed between two points, to be read over a screen.
    #[must_use]
    pub fn difference(title: &str, figures: Vec<(String, String)>, changes: Vec<(String, String)>) -> Self {
        Self {
            title: visible(title).into_owned(),
            here: Part { heading: "The figures", rows: figures },
            everywhere: Part { heading: "What is different", rows: changes },
            scroll: 0,
        }
    }

    /// Takes an action; returns whether the help stays open. `area` is what it may cover.
    pub fn act(&mut self, action: Action, area: Rect) -> bool {
        let (place, pages) = self.lay_out(area);
        let height = usize::from(place.height.saturating_sub(2));
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        let page = rows(len, height).max(1);
        let most = len.saturating_sub(page);
        self.scroll = match action {
            Action::Up => self.scroll.saturating_sub(1),
            Action::Down => self.scroll + 1,
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::PageDown => self.scroll + page,
            Action::First => 0,
            Action::Last => most,
            Action::Help | Action::Back | Action::Quit | Action::Confirm => return false,
            _ => self.scroll,
        }
        .min(most);
        true
    }

    /// Draws it over an area.
    pub fn view(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        let (place, mut pages) = self.lay_out(area);
        let block = Block::bordered()
            .border_style(theme.border)
            .title_style(theme.title)
            .title(format!(" {} ", fit(&self.title, usize::from(place.width.saturating_sub(6)))))
            .padding(Padding::horizontal(2));
        frame.render_widget(Clear, place);
        frame.buffer_mut().set_style(place, theme.text);
        let inner = block.inner(place);
        frame.render_widget(block, place);
        // Columns of one length scroll together.
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        let width = inner.width / u16::try_from(pages.len()).unwrap_or(1).max(1);
        for (index, page) in (0..).zip(&mut pages) {
            while page.len() < len {
                page.blank();
            }
            let column = Rect { x: inner.x + index * width, width, ..inner };
            page.draw(theme, frame, column, self.scroll);
        }
    }

    /// Returns where the help stands, and its columns.
    fn lay_out(&self, area: Rect) -> (Rect, Vec<Page>) {
        let width = if area.width >= TWO_COLUMNS { 116 } else { 76 }.min(area.width);
        let inner = width.saturating_sub(6);
        let pages = if area.width >= TWO_COLUMNS {
            let mut pages = [Page::new(inner / 2 - 2), Page::new(inner / 2 - 2)];
            let [left, right] = &mut pages;
            list(left, &self.here);
            list(right, &self.everywhere);
            pages.to_vec()
        } else {
            let mut page = Page::new(inner);
            list(&mut page, &self.here);
            page.blank();
            list(&mut page, &self.everywhere);
            vec![page]
        };
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        (centred(area, width, u16::try_from(len + 2).unwrap_or(u16::MAX)), pages)
    }
}

fn list(page: &mut Page, part: &Part) {
    page.paragraph(Role::Title, part.heading);
    for (word, text) in &part.rows {
        match word.width() {
            0 => page.paragraph(Role::Text, text),
            // A long word stands on a line of its own, and what there is to say below it.
            LABEL.. => {
                page.paragraph(Role::Key, word);
                page.hanging(vec![(Role::Key, " ".repeat(LABEL))], Role::Text, text);
            }
            _ => page.hanging(vec![(Role::Key, column(word, LABEL))], Role::Text, text),
        }
    }
}
