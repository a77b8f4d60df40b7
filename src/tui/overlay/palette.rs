//! The command palette: everything that there is to do, to see and to ask, found by a few letters of it.
//!
//! ```text
//! ┌ Do, go to, find ────────────────────────── 12 of 340 ┐
//! │ › risk acc                                           │
//! │                                                      │
//! │ › 6.1.2-3  Who has accepted the risks that …         │
//! │   write a report                                  F6 │
//! └──────────────────────────────────────────────────────┘
//! ```

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding};
use unicode_width::UnicodeWidthStr;

use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::layout::centred;
use crate::tui::overlay::field::{Field, Value};
use crate::tui::overlay::{Help, Term};
use crate::tui::screens::questions::filter::Filter;
use crate::tui::session::Session;
use crate::tui::state::Tab;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::paint;

const WIDTH: u16 = 96;
const MOST_ROWS: u16 = 18;
/// What an id that begins as the search does is preferred by: more than any fuzzy match scores.
const ID_BONUS: u32 = 10_000;
/// What commands are preferred by where the words stand in both: a question is long, and holds many words.
const COMMAND_BONUS: u32 = 40;

/// Everything that can be found, what is searched for, and what was found.
#[derive(Clone, Debug)]
pub struct Palette {
    title: &'static str,
    field: Field,
    choices: Vec<Choice>,
    /// The indices of those that match, best first.
    found: Vec<usize>,
    selection: Selection,
}

/// Something that can be found.
#[derive(Clone, Debug)]
struct Choice {
    /// What is shown first, and preferred when the search begins so: an id.
    id: String,
    title: String,
    /// What it is found by after all that is called so, in small letters.
    more: String,
    /// The keys that do the same, or what kind of thing it is.
    detail: String,
    is_command: bool,
    goal: Goal,
}

/// What is done when it is chosen.
#[derive(Clone, Debug)]
pub enum Goal {
    /// As if its key had been pressed.
    Act(Action),
    /// The screen is shown on which it can be done; what only shows something is done there at once.
    Elsewhere {
        /// Where its key is bound.
        context: Context,
        /// What it is.
        action: Action,
        /// What to press there, and what for.
        told: String,
    },
    /// The keys of the screen are shown.
    Help(Help),
    /// The question is shown.
    Ask(QuestionId),
    /// What a word means is shown.
    Term(Term),
    /// The list of questions is shown with this filter.
    List(Filter),
}

/// What a key came to.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// It stays open.
    Nothing,
    /// It is closed.
    Leave,
    /// It is closed, and this is done.
    Goal(Goal),
}

impl Palette {
    /// Returns the palette of everything.
    #[must_use]
    pub fn of_everything(keymap: &Keymap, context: Context, session: Option<&Session>, user: &str) -> Self {
        let mut choices = commands(keymap, context);
        if let Some(session) = session {
            choices.extend(commands_elsewhere(keymap, context));
            choices.extend(filters(session, user));
            choices.extend(requirements(session.questionnaire()));
            choices.extend(questions(session.questionnaire()));
            choices.extend(terms(session.questionnaire()));
        }
        Self::new("Do, go to, find", choices)
    }

    /// Returns the palette of the questions and what they belong to.
    #[must_use]
    pub fn of_questions(session: &Session) -> Self {
        let mut choices: Vec<Choice> = questions(session.questionnaire()).collect();
        choices.extend(requirements(session.questionnaire()));
        Self::new("Find a question", choices)
    }

    /// Returns the palette of the words of the field, and of what people often ask.
    #[must_use]
    pub fn of_terms(questionnaire: &Questionnaire) -> Self {
        Self::new("What does it mean?", terms(questionnaire).collect())
    }

    fn new(title: &'static str, choices: Vec<Choice>) -> Self {
        let field = Field::line("", "type a few letters of what you want", "");
        let found = (0..choices.len()).collect();
        Self { title, field, choices, found, selection: Selection::default() }
    }

    /// Takes a key.
    pub fn press(&mut self, key: KeyEvent) -> Chosen {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let len = self.found.len();
        match key.code {
            KeyCode::Esc => return Chosen::Leave,
            KeyCode::Char('c') if is_control => return Chosen::Leave,
            KeyCode::Enter => return self.choose(),
            KeyCode::Up | KeyCode::BackTab => self.selection.step(-1, len),
            KeyCode::Char('p' | 'k') if is_control => self.selection.step(-1, len),
            KeyCode::Down | KeyCode::Tab => self.selection.step(1, len),
            KeyCode::Char('n' | 'j') if is_control => self.selection.step(1, len),
            KeyCode::PageUp => self.selection.step(-10, len),
            KeyCode::PageDown => self.selection.step(10, len),
            _ => {
                let before = self.field.text();
                self.field.press(key);
                if self.field.text() != before {
                    self.search();
                }
            }
        }
        Chosen::Nothing
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        let short: String = text.chars().take(200).collect();
        self.field.paste(&short);
        self.search();
    }

    /// Takes an action of the mouse's wheel.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Up => self.selection.step(-1, self.found.len()),
            Action::Down => self.selection.step(1, self.found.len()),
            _ => {}
        }
    }

    /// Takes a click: on a line it is chosen, beside the palette it is closed. `area` is what it may cover.
    pub fn click(&mut self, area: Rect, x: u16, y: u16) -> Chosen {
        let parts = parts(area);
        let at = ratatui::layout::Position { x, y };
        if !parts.place.contains(at) {
            return Chosen::Leave;
        }
        match self.selection.under(y, parts.list, self.found.len()) {
            Some(line) => {
                self.selection.set(line, self.found.len());
                self.choose()
            }
            None => Chosen::Nothing,
        }
    }

    fn choose(&self) -> Chosen {
        let chosen = self.found.get(self.selection.of(self.found.len())).and_then(|index| self.choices.get(*index));
        chosen.map_or(Chosen::Nothing, |choice| Chosen::Goal(choice.goal.clone()))
    }

    /// Finds what the words of the search stand in, in any order; ids by how they begin. Where they stand nowhere, what has
    /// their letters in order is found: commands last, as nobody shall do what was only looked up with a slip of the finger.
    fn search(&mut self) {
        self.selection = Selection::default();
        let wanted = self.field.text().trim().to_lowercase();
        if wanted.is_empty() {
            self.found = (0..self.choices.len()).collect();
            return;
        }
        let pattern = Pattern::parse(&wanted, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = vec![];
        let (mut literal, mut inside, mut scattered) = (vec![], vec![], vec![]);
        for (index, choice) in self.choices.iter().enumerate() {
            let text = format!("{} {}", choice.id, choice.title).to_lowercase();
            let holds = |word: &str| text.contains(word) || choice.more.contains(word);
            if !choice.more.is_empty() && !words(&wanted, &text) && wanted.split_whitespace().all(holds) {
                inside.push((false, 0, index));
                continue;
            }
            let Some(score) = pattern.score(Utf32Str::new(&text, &mut letters), &mut matcher) else { continue };
            if words(&wanted, &text) {
                let is_id = !choice.id.is_empty() && choice.id.to_lowercase().starts_with(&wanted);
                let bonus = if is_id { ID_BONUS } else { 0 } + if choice.is_command { COMMAND_BONUS } else { 0 };
                literal.push((false, score + bonus, index));
            } else {
                scattered.push((choice.is_command, score, index));
            }
        }
        // What is called so comes before what tells of it.
        let is_scattered = literal.is_empty() && inside.is_empty();
        let mut found = if is_scattered { scattered } else { literal };
        found.sort_by_key(|(is_last, score, index)| (*is_last, Reverse(*score), *index));
        self.found = found.into_iter().chain(inside).map(|(_, _, index)| index).collect();
    }

    /// Draws it over an area.
    pub fn view(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        let parts = parts(area);
        frame.render_widget(Clear, parts.place);
        frame.buffer_mut().set_style(parts.place, theme.text);
        let count = format!(" {} of {} ", self.found.len(), self.choices.len());
        let block = Block::bordered()
            .border_style(theme.border)
            .title(format!(" {} ", self.title))
            .title(Line::styled(count, theme.muted).right_aligned())
            .title_style(theme.title)
            .padding(Padding::horizontal(1));
        frame.render_widget(block, parts.place);
        paint::line(frame, Span::styled("› ", theme.accent), parts.input);
        let input = Rect { x: parts.input.x + 2, width: parts.input.width.saturating_sub(2), ..parts.input };
        let is_empty = self.field.text().is_empty();
        if let Value::Line(text) = &self.field.value {
            frame.render_widget(&**text, input);
        }
        if is_empty {
            let hint = Rect { x: input.x + 2, width: input.width.saturating_sub(2), ..input };
            paint::line(frame, Span::styled(self.field.hint, theme.muted), hint);
        }
        if self.found.is_empty() {
            paint::line(frame, Span::styled("  Nothing is called so. Try fewer letters.", theme.muted), parts.list);
        }
        let width = usize::from(parts.list.width).saturating_sub(2);
        list::draw(frame, parts.list, theme, (Some(self.selection), self.found.len()), |row| {
            let choice = self.found.get(row).and_then(|index| self.choices.get(*index));
            choice.map(|choice| choice.line(width, theme)).unwrap_or_default()
        });
    }
}

impl Choice {
    fn line<'a>(&self, width: usize, theme: &Theme) -> Line<'a> {
        let detail = self.detail.width().min(width / 3);
        let id = if self.id.is_empty() { String::new() } else { format!("{}  ", visible(&self.id)) };
        let room = width.saturating_sub(detail + id.width() + 1);
        Line::from(vec![
            Span::styled(id, theme.muted),
            Span::styled(column(&visible(&self.title), room), theme.text),
            Span::raw(" "),
            Span::styled(fit(&self.detail, detail), theme.key),
        ])
    }
}

/// Returns whether each word of a search stands in a text.
fn words(wanted: &str, text: &str) -> bool {
    wanted.split_whitespace().all(|word| text.contains(word))
}

/// The parts of the palette.
struct Parts {
    place: Rect,
    input: Rect,
    list: Rect,
}

fn parts(area: Rect) -> Parts {
    let height = (MOST_ROWS + 4).min(area.height);
    let place = centred(area, WIDTH, height);
    let place = Rect { y: area.y + (area.height - height) / 4, ..place };
    let inner = Block::bordered().padding(Padding::horizontal(1)).inner(place);
    let [input, _, list] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)]).areas(inner);
    Parts { place, input, list }
}

fn commands(keymap: &Keymap, context: Context) -> Vec<Choice> {
    let choice = |title: String, detail: String, goal: Goal| Choice {
        id: String::new(),
        title,
        more: String::new(),
        detail,
        is_command: true,
        goal,
    };
    let told = keymap.actions(context).filter_map(|(binding, action)| {
        let title = match (action, &binding.help) {
            (Action::Palette, _) => return None,
            (Action::Answer(level), _) => format!("answer with {level}"),
            (_, Some(help)) => help.to_string(),
            (_, None) => return None,
        };
        let keys = if matches!(action, Action::Answer(_)) { binding.keys_label() } else { binding.label() };
        let goal = if action == Action::Help { Goal::Help(Help::new(keymap, context)) } else { Goal::Act(action) };
        let more = binding.footer.as_deref().unwrap_or_default().to_lowercase();
        Some(Choice { more, ..choice(title, keys, goal) })
    });
    told.collect()
}

/// Returns what can be done on the other screens. Choosing it leads there: what it acts on is to be seen first.
fn commands_elsewhere(keymap: &Keymap, context: Context) -> impl Iterator<Item = Choice> {
    let list = (Context::Home, "Assessments", "Esc".to_owned());
    let key = |tab: Tab| keymap.key(tab.action()).unwrap_or_default().to_owned();
    let screens = Tab::ALL.map(|tab| (tab.context(), tab.title(), key(tab))).into_iter().chain([list]);
    screens.filter(move |(there, ..)| *there != context).flat_map(move |(there, title, screen)| {
        let only_there = keymap.actions(there).filter(move |(binding, action)| {
            let moves = matches!(action, Action::Left | Action::Right);
            binding.context == there && !moves && !matches!(action, Action::Answer(_))
        });
        only_there.filter_map(move |(binding, action)| {
            let help = binding.help.as_ref()?;
            let label = binding.label();
            Some(Choice {
                id: String::new(),
                title: format!("{title}: {help}"),
                more: binding.footer.as_deref().unwrap_or_default().to_lowercase(),
                detail: format!("{screen}, then {label}"),
                is_command: true,
                goal: Goal::Elsewhere { context: there, action, told: format!("Press {label} here: {help}.") },
            })
        })
    })
}

fn filters(session: &Session, user: &str) -> impl Iterator<Item = Choice> {
    Filter::all(session, user).into_iter().map(|filter| Choice {
        id: String::new(),
        title: format!("list questions: {}", filter.title(user)),
        more: String::new(),
        detail: "filter".to_owned(),
        is_command: true,
        goal: Goal::List(filter),
    })
}

fn terms(questionnaire: &Questionnaire) -> impl Iterator<Item = Choice> {
    let glossary = questionnaire.glossary();
    let choice = |title: &str, detail: &str, term: Term| Choice {
        id: String::new(),
        title: title.to_owned(),
        more: String::new(),
        detail: detail.to_owned(),
        is_command: false,
        goal: Goal::Term(term),
    };
    let asked = glossary
        .questions
        .iter()
        .map(move |question| choice(&question.ask, "often asked", Term::new(&question.ask, &question.answer)));
    let terms = glossary.entries.iter().map(move |entry| {
        let also = if entry.also.is_empty() { String::new() } else { format!(" ({})", entry.also.join(", ")) };
        choice(&format!("{}{also}", entry.term), "what it means", Term::new(&entry.term, &entry.text))
    });
    asked.chain(terms)
}

fn requirements(questionnaire: &Questionnaire) -> impl Iterator<Item = Choice> {
    questionnaire.requirements().filter_map(|(_, requirement)| {
        let first = requirement.questions.first()?;
        Some(Choice {
            id: requirement.id.to_string(),
            title: requirement.title.clone(),
            more: String::new(),
            detail: requirement.kind.word().to_owned(),
            is_command: false,
            goal: Goal::Ask(first.id.clone()),
        })
    })
}

fn questions(questionnaire: &Questionnaire) -> impl Iterator<Item = Choice> {
    questionnaire.items().map(|item| Choice {
        id: item.question.id.to_string(),
        title: item.question.ask.clone(),
        more: [&item.requirement.title, &item.question.why, &item.question.levels.join(" ")]
            .map(|text| text.to_lowercase())
            .join(" "),
        detail: "question".to_owned(),
        is_command: false,
        goal: Goal::Ask(item.question.id.clone()),
    })
}
