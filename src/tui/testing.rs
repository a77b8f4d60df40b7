//! What tests of the interface begin with: a questionnaire, and a shell that answers from memory.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, NaiveTime};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::history::{Deed, History, MADE, Step, StepId};
use crate::domain::questionnaire::Questionnaire;
use crate::storage::library::Library;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry, Opened, Outcome};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Event, Message, Size};
use crate::tui::overlay::{Help, Palette};
use crate::tui::state::State;
use crate::tui::theme::{Theme, ThemeName};
use crate::tui::update::{message, update};
use crate::tui::view::view;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/questionnaires/screens");

pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
pub const NARROW: Size = Size { width: 80, height: 24 };
pub const WIDE: Size = Size { width: 120, height: 40 };
pub const FLOOR: Size = Size { width: 60, height: 16 };
pub const WALL: Size = Size { width: 200, height: 60 };

/// Returns a questionnaire of three areas, whose texts stay as they are. It is read once.
pub fn questionnaire() -> Arc<Questionnaire> {
    static QUESTIONNAIRE: OnceLock<Arc<Questionnaire>> = OnceLock::new();
    let read = || Library::new(None).load(FIXTURE).expect("it is valid").questionnaire;
    QUESTIONNAIRE.get_or_init(read).clone()
}

/// Returns an assessment as the shell opens it.
pub fn opened(name: &str, depth: Depth) -> Opened {
    let questionnaire = questionnaire();
    let header = questionnaire.header();
    let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
    let assessment = Assessment::new(name, reference, depth, Seed(42));
    Opened {
        key: "key".to_owned(),
        history: Some(begun(&assessment)),
        assessment,
        questionnaire,
        read_only: None,
        drafts: std::collections::BTreeMap::new(),
        notices: vec![],
        export_folder: PathBuf::from("/home/eve/reports"),
        template: None,
    }
}

/// Returns the history of an assessment that was made.
pub fn begun(assessment: &Assessment) -> History {
    let mut history = History::default();
    history.push(Step {
        id: StepId::Stored("begin".into()),
        at: TODAY.and_time(NaiveTime::MIN).and_utc(),
        who: "Eve".into(),
        because: Some(MADE.to_owned()),
        deed: Deed::Begin(Box::new(assessment.clone())),
        changes: vec![],
    });
    history
}

/// Returns the interface at the first list of assessments, which is empty.
pub fn at_home(size: Size) -> State {
    let (mut state, _) = State::new(size, TODAY, "eve");
    finish(&mut state, Outcome::Listed(Ok(vec![])));
    state
}

/// Returns the interface with a new assessment open.
pub fn at_first_question(size: Size, depth: Depth) -> State {
    let mut state = at_home(size);
    finish(&mut state, Outcome::Opened(Ok(Box::new(opened("Acme 2027", depth)))));
    state
}

/// Returns the interface with a new assessment of the questionnaire that the program comes with. Its texts change: it is
/// for what holds whatever they are.
pub fn with_all_questions(size: Size) -> State {
    static QUESTIONNAIRE: OnceLock<Arc<Questionnaire>> = OnceLock::new();
    let read = || Library::new(None).load("iso42001").expect("it is valid").questionnaire;
    let mut state = at_home(size);
    let mut opened = opened("Acme 2027", Depth::Full);
    opened.questionnaire = QUESTIONNAIRE.get_or_init(read).clone();
    finish(&mut state, Outcome::Opened(Ok(Box::new(opened))));
    state
}

/// Lets an effect come to its end.
pub fn finish(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    update(state, Message::Finished(outcome))
}

/// Does some things one after the other, as keys would; every change is on disk at once.
pub fn act(state: &mut State, actions: &[Action]) {
    let keymap = Keymap::built_in().unwrap();
    for action in actions {
        let message = match action {
            Action::Help => Message::Help(Help::new(&keymap, state.context())),
            Action::Palette => {
                let context = state.context();
                Message::Palette(Palette::of_everything(&keymap, context, state.session.as_ref(), &state.user))
            }
            Action::Search => Message::Palette(Palette::of_questions(state.session.as_ref().unwrap())),
            Action::Terms if state.session.is_some() => {
                Message::Palette(Palette::of_terms(state.session.as_ref().unwrap().questionnaire()))
            }
            _ => Message::Act(*action),
        };
        let effects = update(state, message);
        record(state, effects);
    }
}

/// Sends an event.
pub fn send(state: &mut State, event: Event) -> Vec<Effect> {
    let keymap = Keymap::built_in().unwrap();
    let effects = message(state, &keymap, event).map(|message| update(state, message)).unwrap_or_default();
    record(state, effects.clone());
    effects
}

fn record(state: &mut State, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Record { ticket, .. } = effect {
            finish(state, Outcome::Recorded { ticket, stored: vec![], result: Ok(()) });
        }
    }
}

/// Returns what the screen shows.
pub fn drawn(state: &State) -> TestBackend {
    drawn_as(state, &Theme::named(ThemeName::Sixteen))
}

/// Returns what the screen shows in a theme.
pub fn drawn_as(state: &State, theme: &Theme) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(state.size.width, state.size.height)).unwrap();
    let keymap = Keymap::built_in().unwrap();
    terminal.draw(|frame| view(state, &keymap, theme, frame)).unwrap();
    terminal.backend().clone()
}

/// Returns a line of the list of assessments, of which nothing is known but its name.
pub fn entry(name: &str) -> Entry {
    Entry {
        key: "a".to_owned(),
        name: name.to_owned(),
        organisation: String::new(),
        completion: Some(f64::NAN),
        quick: None,
        readiness: None,
        changed: String::new(),
        damage: None,
    }
}
