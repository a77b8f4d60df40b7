//! One field of a form: text on one line or several, a choice of one, or of some.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::change::MOST_TEXT;
use crate::tui::overlay::draw::{MOST_OPTIONS, first_option};

/// How many options a page of them is.
const PAGE: usize = 8;

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// What stands before it.
    pub label: &'static str,
    /// What it takes, where that needs a word; shown while it is empty.
    pub hint: &'static str,
    /// What it holds.
    pub value: Value,
    /// The text that it began with.
    initial: String,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text on one line.
    Line(Box<TextArea<'static>>),
    /// Text on several lines.
    Lines(Box<TextArea<'static>>),
    /// One of some options.
    One {
        /// What there is to choose from.
        options: Vec<String>,
        /// The index of the one that is chosen.
        chosen: usize,
    },
    /// Any of some options.
    Any {
        /// What there is to choose from, and whether it is chosen.
        options: Vec<(String, bool)>,
        /// The index of the one that keys act on.
        at: usize,
    },
}

/// What a key did in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It was taken.
    Taken,
    /// It leads out of the field at its upper end.
    Before,
    /// It leads out of the field at its lower end.
    After,
    /// It was not taken, for this reason.
    Refused(String),
    /// It means nothing here.
    Nothing,
}

impl Field {
    /// Returns a field for text on one line.
    #[must_use]
    pub fn line(label: &'static str, hint: &'static str, text: &str) -> Self {
        let area = text_area(vec![clean(text).replace('\n', " ")], WrapMode::None);
        Self { label, hint, value: Value::Line(area), initial: String::new() }.begun()
    }

    /// Returns a field for text on several lines.
    #[must_use]
    pub fn lines(label: &'static str, hint: &'static str, text: &str) -> Self {
        let lines = clean(text).split('\n').map(str::to_owned).collect();
        let area = text_area(lines, WrapMode::WordOrGlyph);
        Self { label, hint, value: Value::Lines(area), initial: String::new() }.begun()
    }

    /// Returns a field for one of some options.
    #[must_use]
    pub fn one(label: &'static str, options: Vec<String>, chosen: usize) -> Self {
        let chosen = chosen.min(options.len().saturating_sub(1));
        Self { label, hint: "", value: Value::One { options, chosen }, initial: String::new() }.begun()
    }

    /// Returns a field for any of some options.
    #[must_use]
    pub fn any(label: &'static str, options: Vec<(String, bool)>) -> Self {
        Self { label, hint: "", value: Value::Any { options, at: 0 }, initial: String::new() }.begun()
    }

    /// Returns the field with its text selected: what is typed takes its place.
    #[must_use]
    pub fn selected(mut self) -> Self {
        if let Value::Line(area) | Value::Lines(area) = &mut self.value {
            area.select_all();
        }
        self
    }

    fn begun(mut self) -> Self {
        self.initial = self.text();
        self
    }

    /// Returns what it holds as text: of a choice, the numbers of what is chosen.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.value {
            Value::Line(area) | Value::Lines(area) => area.lines().join("\n"),
            Value::One { chosen, .. } => chosen.to_string(),
            Value::Any { .. } => self.chosen().iter().map(usize::to_string).collect::<Vec<_>>().join(","),
        }
    }

    /// Takes a click on a row: the option there is chosen, or no longer. Returns whether the one choice stood there already.
    pub fn click(&mut self, row: usize) -> bool {
        match &mut self.value {
            Value::Line(_) | Value::Lines(_) => false,
            Value::One { options, chosen } => {
                let clicked = first_option(*chosen, options.len().min(MOST_OPTIONS)) + row;
                let was_chosen = *chosen == clicked;
                if clicked < options.len() {
                    *chosen = clicked;
                }
                was_chosen
            }
            Value::Any { options, at } => {
                if let Some((_, is_chosen)) = options.get_mut(row) {
                    *is_chosen = !*is_chosen;
                    *at = row;
                }
                false
            }
        }
    }

    /// Returns the numbers of the options that are chosen.
    #[must_use]
    pub fn chosen(&self) -> Vec<usize> {
        match &self.value {
            Value::Line(_) | Value::Lines(_) => vec![],
            Value::One { chosen, .. } => vec![*chosen],
            Value::Any { options, .. } => (0..).zip(options).filter(|(_, (_, on))| *on).map(|(i, _)| i).collect(),
        }
    }

    /// Returns whether it holds something else than in the beginning.
    #[must_use]
    pub fn is_altered(&self) -> bool {
        self.text() != self.initial
    }

    /// Takes up what was left in it before.
    pub fn resume(&mut self, draft: &str) {
        match &mut self.value {
            Value::Line(area) | Value::Lines(area) => {
                area.select_all();
                area.cut();
                area.insert_str(clean(draft));
            }
            Value::One { options, chosen } => {
                *chosen = draft.parse().ok().filter(|at| *at < options.len()).unwrap_or(*chosen);
            }
            Value::Any { options, .. } => {
                let on: Vec<usize> = draft.split(',').filter_map(|number| number.parse().ok()).collect();
                for (index, option) in options.iter_mut().enumerate() {
                    option.1 = on.contains(&index);
                }
            }
        }
    }

    /// Takes a key.
    pub fn press(&mut self, key: KeyEvent) -> Pressed {
        match &mut self.value {
            Value::Line(_) if key.code == KeyCode::Up => Pressed::Before,
            Value::Line(_) if key.code == KeyCode::Down => Pressed::After,
            Value::Line(area) | Value::Lines(area) => type_into(area, key),
            Value::One { options, chosen } => step(chosen, options.len(), key.code),
            Value::Any { options, at } => match key.code {
                KeyCode::Char(' ') => {
                    if let Some(option) = options.get_mut(*at) {
                        option.1 = !option.1;
                    }
                    Pressed::Taken
                }
                code => step(at, options.len(), code),
            },
        }
    }

    /// Takes pasted text, up to what is kept of a text.
    pub fn paste(&mut self, text: &str) -> Pressed {
        let text = clean(text);
        match &mut self.value {
            Value::Line(area) => insert(area, &text.trim_end_matches('\n').replace('\n', " ")),
            Value::Lines(area) => insert(area, &text),
            Value::One { .. } | Value::Any { .. } => {
                Pressed::Refused("Text can't be pasted into a choice: go to a field that takes text.".to_owned())
            }
        }
    }
}

fn text_area(lines: Vec<String>, wrap: WrapMode) -> Box<TextArea<'static>> {
    let mut area = TextArea::new(lines);
    area.set_cursor_line_style(Style::new());
    area.set_wrap_mode(wrap);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    Box::new(area)
}

fn type_into(area: &mut TextArea<'_>, key: KeyEvent) -> Pressed {
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        // What fingers expect; suspending is left to the screens.
        KeyCode::Char('z') if is_control => drop_flag(area.undo()),
        KeyCode::Char('y') if is_control => drop_flag(area.redo()),
        KeyCode::Char('u') if is_control => drop_flag(area.delete_line_by_head()),
        KeyCode::Char(c) if c.is_control() => return Pressed::Nothing,
        KeyCode::Left | KeyCode::Right | KeyCode::Backspace | KeyCode::Delete
            if key.modifiers.is_empty() && !area.is_selecting() && cluster(area, key.code) > 1 =>
        {
            by_cluster(area, key.code);
        }
        _ => {
            area.input(key);
            if size(area) > MOST_TEXT {
                area.undo();
                return Pressed::Refused(format!("The field is full: at most {MOST_TEXT} bytes of text are kept."));
            }
        }
    }
    Pressed::Taken
}

/// Returns how many characters the cluster before or after the cursor has: what a person takes for one letter.
fn cluster(area: &TextArea<'_>, code: KeyCode) -> usize {
    let at = area.cursor();
    let Some(line) = area.lines().get(at.0) else { return 0 };
    let byte = line.char_indices().nth(at.1).map_or(line.len(), |(byte, _)| byte);
    let (before, after) = line.split_at(byte);
    let cluster = match code {
        KeyCode::Left | KeyCode::Backspace => before.graphemes(true).next_back(),
        _ => after.graphemes(true).next(),
    };
    cluster.map_or(0, |cluster| cluster.chars().count())
}

/// Moves over a cluster, or takes it away: all of it, so that no mark is left on the letter before.
fn by_cluster(area: &mut TextArea<'_>, code: KeyCode) {
    let chars = cluster(area, code);
    let step = if code == KeyCode::Right { CursorMove::Forward } else { CursorMove::Back };
    if code != KeyCode::Delete {
        (0..chars).for_each(|_| area.move_cursor(step));
    }
    if matches!(code, KeyCode::Backspace | KeyCode::Delete) {
        drop_flag(area.delete_str(chars));
    }
}

/// The text area says whether anything changed; here that doesn't matter.
fn drop_flag(_changed: bool) {}

fn insert(area: &mut TextArea<'_>, text: &str) -> Pressed {
    let room = MOST_TEXT.saturating_sub(size(area));
    let fits = text.get(..text.floor_char_boundary(room)).unwrap_or_default();
    area.insert_str(fits);
    if fits.len() < text.len() {
        return Pressed::Refused(format!(
            "Only the first {} of {} bytes fit: at most {MOST_TEXT} bytes of text are kept.",
            fits.len(),
            text.len()
        ));
    }
    Pressed::Taken
}

fn size(area: &TextArea<'_>) -> usize {
    area.lines().iter().map(|line| line.len() + 1).sum::<usize>().saturating_sub(1)
}

fn step(at: &mut usize, len: usize, code: KeyCode) -> Pressed {
    match code {
        KeyCode::Up | KeyCode::Left if *at > 0 => *at -= 1,
        KeyCode::Down | KeyCode::Right if *at + 1 < len => *at += 1,
        KeyCode::Char(' ') => *at = if *at + 1 < len { *at + 1 } else { 0 },
        KeyCode::Home => *at = 0,
        KeyCode::End => *at = len.saturating_sub(1),
        KeyCode::PageUp => *at = at.saturating_sub(PAGE),
        KeyCode::PageDown => *at = (*at + PAGE).min(len.saturating_sub(1)),
        KeyCode::Up => return Pressed::Before,
        KeyCode::Down => return Pressed::After,
        _ => return Pressed::Nothing,
    }
    Pressed::Taken
}

/// Returns the text without control characters: line ends of any system become `\n`, tabs become four spaces.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    #[test]
    fn pasted_line_ends_become_spaces_on_one_line_and_stay_on_several() {
        let mut line = Field::line("", "", "");
        let mut lines = Field::lines("", "", "");
        assert_eq!(line.paste("a\r\nb\u{1b}[31m\tc\n"), Pressed::Taken);
        assert_eq!(lines.paste("a\r\nb"), Pressed::Taken);
        assert_eq!(line.text(), "a b[31m    c");
        assert_eq!(lines.text(), "a\nb");
    }

    #[test]
    fn backspace_takes_a_whole_letter_whatever_it_is_made_of() {
        for letter in ["e\u{301}\u{302}\u{303}", "👩‍👩‍👧", "🇩🇪", "東"] {
            let mut field = Field::lines("", "", &format!("a{letter}"));
            field.press(key(KeyCode::Backspace));
            assert_eq!(field.text(), "a", "{letter}");
            field.press(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL));
            assert_eq!(field.text(), format!("a{letter}"), "undo brings {letter} back");
            field.press(key(KeyCode::Left));
            field.press(key(KeyCode::Char('b')));
            assert_eq!(field.text(), format!("ab{letter}"), "left steps over all of {letter}");
        }
    }

    #[test]
    fn a_text_longer_than_what_is_kept_is_cut_and_told() {
        let mut field = Field::lines("", "", "");
        assert!(matches!(field.paste(&"é".repeat(MOST_TEXT)), Pressed::Refused(_)));
        assert_eq!(field.text().len(), MOST_TEXT);
        assert!(matches!(field.press(key(KeyCode::Char('x'))), Pressed::Refused(_)));
        assert_eq!(field.text().len(), MOST_TEXT);
    }

    #[test]
    fn a_choice_stays_in_range_and_leads_out_at_its_ends() {
        let mut field = Field::one("", vec!["a".to_owned(), "b".to_owned()], 9);
        assert_eq!(field.chosen(), [1]);
        assert_eq!(field.press(key(KeyCode::Down)), Pressed::After);
        assert_eq!(field.press(key(KeyCode::Left)), Pressed::Taken);
        assert_eq!(field.press(key(KeyCode::Up)), Pressed::Before);
        assert_eq!(field.chosen(), [0]);
    }

    #[test]
    fn what_was_left_in_a_field_is_taken_up_again() {
        let mut field = Field::any("", vec![("a".to_owned(), false), ("b".to_owned(), false)]);
        field.press(key(KeyCode::Down));
        field.press(key(KeyCode::Char(' ')));
        assert!(field.is_altered());
        let mut again = Field::any("", vec![("a".to_owned(), true), ("b".to_owned(), false)]);
        again.resume(&field.text());
        assert_eq!(again.chosen(), [1]);
    }
}
