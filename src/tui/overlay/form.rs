//! A form: what it is for, its fields, and the keys that lead through it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::ProfileKey;
use crate::tui::action::Action;
use crate::tui::overlay::field::{Field, Pressed, Value};
use crate::tui::overlay::shelf::ShelfWish;
use crate::tui::screens::questions::told;

/// A form that takes text.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// What stands at its top.
    pub title: String,
    /// What it asks for, in a sentence or two.
    pub explanation: String,
    /// Its fields; never empty.
    pub fields: Vec<Field>,
    /// The index of the field that takes keys.
    pub focus: usize,
    /// Why it was not accepted.
    pub error: Option<String>,
    /// Whether the shell is at work on it: keys wait.
    pub is_waiting: bool,
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new assessment.
    New,
    /// Something is done to an assessment of the list.
    Shelf(ShelfWish),
    /// The note of a question.
    Note(QuestionId),
    /// An item of evidence for a question.
    Evidence(QuestionId),
    /// Why a question doesn't apply.
    NotApplicable(QuestionId),
    /// Why a control is excluded.
    Exclude(RequirementId),
    /// Who owns the gaps of some questions.
    Owner(Vec<QuestionId>),
    /// By when they are to be closed.
    Due(Vec<QuestionId>),
    /// A field of the profile.
    Profile(ProfileKey),
    /// The name of the assessment.
    Name,
    /// How many of the questions are asked.
    Depth,
    /// Why a control is included.
    Reasons(RequirementId),
    /// Who approves the Statement of Applicability.
    Approve,
    /// A control of the organisation's own.
    OwnControl,
    /// The label of a snapshot.
    Snapshot,
    /// The folder that reports are written to.
    ExportFolder,
    /// The folder with the looks of reports.
    Template,
}

/// What a key asked of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To go on.
    Nothing,
    /// To accept it.
    Accept,
    /// To step out of it, keeping what was typed.
    Leave,
    /// To let the user's own editor work on the text.
    Edit(String),
}

impl Purpose {
    /// Returns what drafts of the form are kept under.
    #[must_use]
    pub fn draft_key(&self) -> String {
        match self {
            Self::New => "new".to_owned(),
            Self::Shelf(_) => "shelf".to_owned(),
            Self::Note(question) => format!("note {question}"),
            Self::Evidence(question) => format!("evidence {question}"),
            Self::NotApplicable(question) => format!("not applicable {question}"),
            Self::Exclude(requirement) => format!("exclude {requirement}"),
            Self::Owner(questions) => format!("owner {}", named(questions)),
            Self::Due(questions) => format!("due {}", named(questions)),
            Self::Profile(key) => format!("profile {}", key.word()),
            Self::Name => "name".to_owned(),
            Self::Depth => "depth".to_owned(),
            Self::Reasons(requirement) => format!("reasons {requirement}"),
            Self::Approve => "approve".to_owned(),
            Self::OwnControl => "own control".to_owned(),
            Self::Snapshot => "snapshot".to_owned(),
            Self::ExportFolder => "folder".to_owned(),
            Self::Template => "looks".to_owned(),
        }
    }
}

/// Returns some questions in words, those of another selection in others.
fn named(questions: &[QuestionId]) -> String {
    match questions {
        [first, .., last] => format!("{}, {first} to {last}", told(questions)),
        one => told(one),
    }
}

impl Form {
    /// Returns a form with the focus on its first field.
    #[must_use]
    pub fn new(purpose: Purpose, title: impl Into<String>, explanation: impl Into<String>, fields: Vec<Field>) -> Self {
        let (title, explanation) = (title.into(), explanation.into());
        Self { purpose, title, explanation, fields, focus: 0, error: None, is_waiting: false }
    }

    /// Returns the text of a field.
    #[must_use]
    pub fn text(&self, index: usize) -> String {
        self.fields.get(index).map(Field::text).unwrap_or_default()
    }

    /// Returns the numbers of the options that are chosen in a field.
    #[must_use]
    pub fn chosen(&self, index: usize) -> Vec<usize> {
        self.fields.get(index).map(Field::chosen).unwrap_or_default()
    }

    /// Returns the field that takes keys.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    /// Returns whether the last field has the focus.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.focus + 1 >= self.fields.len()
    }

    /// Takes a key.
    pub fn press(&mut self, key: KeyEvent) -> Asked {
        if self.is_waiting {
            return Asked::Nothing;
        }
        self.error = None;
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let is_note = matches!(self.field().map(|field| &field.value), Some(Value::Lines(_)));
        match key.code {
            KeyCode::Esc => Asked::Leave,
            KeyCode::Char('c') if is_control => Asked::Leave,
            KeyCode::Char('s') if is_control => Asked::Accept,
            KeyCode::Char('o') if is_control && is_note => {
                Asked::Edit(self.field().map(Field::text).unwrap_or_default())
            }
            KeyCode::Tab => self.go(1),
            KeyCode::BackTab => self.go(-1),
            KeyCode::Enter | KeyCode::Char('\n' | '\r') if !is_note => self.enter(),
            KeyCode::Char('m' | 'j') if is_control && !is_note => self.enter(),
            _ => self.press_in_field(key),
        }
    }

    /// Takes a turn of the wheel: it moves the choice of the field that has the focus.
    pub fn turn(&mut self, action: Action) {
        let code = match action {
            Action::Up => KeyCode::Up,
            Action::Down => KeyCode::Down,
            _ => return,
        };
        let is_choice = matches!(self.field().map(|it| &it.value), Some(Value::One { .. } | Value::Any { .. }));
        if let Some(field) = self.fields.get_mut(self.focus).filter(|_| is_choice && !self.is_waiting) {
            field.press(KeyEvent::new(code, KeyModifiers::NONE));
        }
    }

    /// Takes a click on a row of a field: it chooses there; on what is chosen already, of the last field, it accepts.
    pub fn click(&mut self, index: usize, row: u16) -> Asked {
        if self.is_waiting {
            return Asked::Nothing;
        }
        let was_there = self.focus == index;
        self.error = None;
        self.focus = index;
        let is_last = self.is_last();
        let Some(field) = self.fields.get_mut(index) else { return Asked::Nothing };
        let was_chosen = field.click(usize::from(row));
        if was_there && was_chosen && is_last { Asked::Accept } else { Asked::Nothing }
    }

    /// Replaces the text of the field that has the focus; undo brings it back.
    pub fn replace(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.resume(text.trim_end_matches('\n'));
        }
    }

    /// Takes pasted text into the field that has the focus.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus).filter(|_| !self.is_waiting) {
            self.error = match field.paste(text) {
                Pressed::Refused(why) => Some(why),
                Pressed::Taken | Pressed::Before | Pressed::After | Pressed::Nothing => None,
            };
        }
    }

    fn press_in_field(&mut self, key: KeyEvent) -> Asked {
        let Some(field) = self.fields.get_mut(self.focus) else { return Asked::Nothing };
        match field.press(key) {
            Pressed::Before => self.go(-1),
            Pressed::After => self.go(1),
            Pressed::Refused(why) => {
                self.error = Some(why);
                Asked::Nothing
            }
            Pressed::Taken | Pressed::Nothing => Asked::Nothing,
        }
    }

    fn enter(&mut self) -> Asked {
        if self.is_last() { Asked::Accept } else { self.go(1) }
    }

    /// Moves the focus, and stops at the ends.
    fn go(&mut self, by: isize) -> Asked {
        self.focus = self.focus.saturating_add_signed(by).min(self.fields.len().saturating_sub(1));
        Asked::Nothing
    }
}
