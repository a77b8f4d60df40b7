//! Text that would drive the terminal or turn its reading direction, in every field that takes text, on every screen:
//! nothing of it is drawn as it is. What a cell holds is what is written to the terminal.

use std::path::PathBuf;

use crate::domain::assessment::{Answer, Depth, Evidence};
use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::statement::{OwnControl, Status};
use crate::domain::text::is_hidden;
use crate::tui::action::Action;
use crate::tui::effect::{Entry, Outcome, Ticket, WrittenReports};
use crate::tui::message::Size;
use crate::tui::state::{Notice, State, Tab};
use crate::tui::testing::{NARROW, act, at_home, drawn, finish, opened};

/// Returns what is known to drive terminals: each control character, each letter that hides or turns others, each kind of sequence with the
/// final bytes and parameters that terminals act on, in its 7-bit and its 8-bit form, ended in each way and not at all.
fn corpus() -> Vec<String> {
    let mut texts = vec![];
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    texts.extend(controls.map(|control| format!("a{control}b")));
    let hidden = ['\u{ad}', '\u{61c}', '\u{180e}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}', '\u{e0041}'];
    let hidden = hidden.into_iter().chain('\u{2028}'..='\u{202e}').chain('\u{2060}'..='\u{206f}');
    texts.extend(hidden.map(|letter| format!("left{letter}right")));
    for start in ["\u{1b}[", "\u{9b}"] {
        for parameters in ["", "1;1", "?1049", "21", "6", "38;5;1", ">0", "=1"] {
            texts.extend("HJmnthc".chars().map(|last| format!("{start}{parameters}{last}")));
        }
    }
    for start in ["\u{1b}]", "\u{9d}", "\u{1b}P", "\u{90}", "\u{1b}_", "\u{9f}", "\u{1b}^", "\u{1b}X"] {
        for body in ["0;owned", "8;;http:x", "52;c;aGk=", "4;1;?", "+q544e"] {
            texts.extend(["\u{7}", "\u{1b}\\", ""].map(|end| format!("{start}{body}{end}")));
        }
    }
    texts
}

/// Returns the interface with the text in every field that takes text.
fn everywhere(text: &str, size: Size) -> State {
    let mut state = at_home(size);
    let entry = Entry {
        key: text.to_owned(),
        name: text.to_owned(),
        organisation: text.to_owned(),
        completion: None,
        quick: None,
        readiness: None,
        changed: text.to_owned(),
        damage: Some(text.to_owned()),
    };
    finish(&mut state, Outcome::Listed(Ok(vec![entry])));
    look(&state, text, "home");
    let mut it = opened(&format!("A{text}"), Depth::Full);
    it.export_folder = PathBuf::from(text);
    it.template = Some(PathBuf::from(text));
    it.notices = vec![text.to_owned()];
    it.drafts = [(format!("note {text}/0"), text.to_owned())].into();
    finish(&mut state, Outcome::Opened(Ok(Box::new(it))));
    let session = state.session.as_mut().unwrap();
    let question = QuestionId::from("4.1-1");
    let words = format!("w{text}w");
    let now = session.assessment().clone();
    let answer = |level| Some(Answer::Level(level));
    let evidence = Evidence { kind: EvidenceKind::Record, what: words.clone(), date: None, valid_until: None };
    let control = RequirementId::from("A.5.2");
    let own = OwnControl { title: words.clone(), reason: words.clone(), status: Status::Open, owner: words.clone() };
    let not_applicable = Some(Answer::NotApplicable { because: words.clone() });
    let mut changes = vec![
        Change::answer(&now, &question, answer(Level::AdHoc)),
        Change::answer(&now, &QuestionId::from("4.1-2"), not_applicable),
        Change::note(&now, &question, format!("{text}\n{words}")),
        Change::owner(&now, &question, words.clone()),
        Change::EvidenceAdded { question, evidence },
        Change::exclusion(&now, &control, Some(words.clone())),
        Change::own_control(&now, &RequirementId::from(words.as_str()), Some(own)),
    ];
    changes.extend(
        [ProfileKey::Organisation, ProfileKey::Sector]
            .map(|key| Change::profile(&now, key, &words).expect("a name may be any text")),
    );
    for change in changes {
        // What is refused is in no field; a refusal that repeats the text is drawn too.
        if let Err(why) = session.change(change) {
            state.notice = Some(Notice::problem(why));
        }
    }
    drop(session_snapshot(&mut state, &words));
    let paths = vec![PathBuf::from(text)];
    let session = state.session.as_mut().unwrap();
    session.exported(Ticket(0), &Ok(WrittenReports { paths, remarks: vec![text.to_owned()] }));
    state
}

fn session_snapshot(state: &mut State, label: &str) -> Result<(), String> {
    state.session.as_mut().unwrap().snapshot(label).map(drop)
}

#[track_caller]
fn look(state: &State, text: &str, place: &str) {
    let shown = drawn(state);
    let found = shown.buffer().content().iter().find(|cell| cell.symbol().chars().any(is_hidden));
    assert!(found.is_none(), "{text:?} on {place}: {found:?}");
}

#[test]
fn no_text_from_anywhere_drives_the_terminal() {
    let texts = corpus();
    assert!(texts.len() >= 300, "only {} texts", texts.len());
    let screens: Vec<Action> = Tab::ALL.map(Tab::action).into_iter().chain([Action::Questions]).collect();
    for text in &texts {
        let mut state = everywhere(text, NARROW);
        look(&state, text, "the question");
        for action in &screens {
            act(&mut state, &[*action]);
            look(&state, text, state.screen.title());
        }
        state.notice = Some(Notice::problem(format!("refused: {text}")));
        act(&mut state, &[Action::GoAssess]);
        act(&mut state, &[Action::Note]);
        look(&state, text, "the note");
    }
}
