//! What the screen offers, asks for, and tells of.

use std::path::PathBuf;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Outcome, ReportOrder, Ticket, WrittenReports};
use crate::tui::message::{Event, Size};
use crate::tui::state::State;
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn, finish, send};

fn press(state: &mut State, code: KeyCode) -> Vec<Effect> {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Returns the screen after two answers, with the forecast of both done.
fn exporting(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Documented), Action::GoExport]);
    state
}

fn order(effects: &[Effect]) -> &ReportOrder {
    match effects {
        [Effect::Export { order, .. }] => order,
        other => panic!("no reports are asked for, but {other:?}"),
    }
}

#[test]
fn it_is_shown_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        let mut state = exporting(size);
        press(&mut state, KeyCode::Enter);
        finish(&mut state, Outcome::Exporting { ticket: Ticket(1), done: 0, format: "pdf" });
        insta::assert_snapshot!(name, drawn(&state));
    }
}

#[test]
fn it_tells_where_a_report_was_written_also_on_the_smallest_screen() {
    let mut state = exporting(FLOOR);
    press(&mut state, KeyCode::Enter);
    let paths = vec![PathBuf::from("/home/eve/reports/acme-readiness.pdf")];
    finish(
        &mut state,
        Outcome::Exported { ticket: Ticket(1), result: Ok(WrittenReports { paths: paths.clone(), remarks: vec![] }) },
    );
    state.notice = None;
    assert!(drawn(&state).to_string().contains("Written   /home/eve/reports/acme-readiness.pdf"));
    let effects = press(&mut state, KeyCode::Char('o'));
    assert!(matches!(effects.as_slice(), [Effect::Show { path }] if *path == paths[0]), "{effects:?}");
}

#[test]
fn reports_go_to_the_folder_and_in_the_looks_that_are_typed() {
    let mut state = exporting(NARROW);
    act(&mut state, &[Action::Down, Action::Down, Action::Down, Action::Right]);
    send(&mut state, Event::Paste("~/our-template".to_owned()));
    press(&mut state, KeyCode::Enter);
    act(&mut state, &[Action::Down, Action::Right]);
    send(&mut state, Event::Paste("/2027".to_owned()));
    press(&mut state, KeyCode::Enter);
    assert!(state.overlay.is_none());
    let effects = press(&mut state, KeyCode::Enter);
    let order = order(&effects);
    assert_eq!(order.folder, PathBuf::from("/home/eve/reports/2027"));
    assert_eq!(order.template, Some(PathBuf::from("~/our-template")));
}

#[test]
fn a_report_of_a_snapshot_has_its_answers() {
    let mut state = exporting(NARROW);
    act(&mut state, &[Action::Down, Action::Down, Action::Right]);
    assert!(state.notice.take().is_some_and(|notice| notice.text.contains("no snapshot yet")));
    act(&mut state, &[Action::GoHistory, Action::Snapshot]);
    press(&mut state, KeyCode::Enter);
    act(&mut state, &[Action::GoAssess, Action::Answer(Level::Operating), Action::GoExport]);
    act(&mut state, &[Action::Down, Action::Down, Action::Right]);
    assert!(drawn(&state).to_string().contains("‹ “Snapshot of 2026-11-24” (2026-11-24) ›"));
    let effects = press(&mut state, KeyCode::Enter);
    assert_eq!(order(&effects).assessment.responses().len(), 2);
    assert!(order(&effects).forecast.is_none(), "it is worked out where the reports are made");
}

#[test]
fn esc_calls_reports_off_before_it_leaves() {
    let mut state = exporting(NARROW);
    press(&mut state, KeyCode::Enter);
    assert!(matches!(press(&mut state, KeyCode::Esc).as_slice(), [Effect::CallOff { ticket: Ticket(1) }]));
    assert!(state.session.is_some());
    finish(&mut state, Outcome::Exported { ticket: Ticket(1), result: Ok(WrittenReports::default()) });
    assert!(state.session.as_ref().is_some_and(|session| session.written().is_empty()), "nobody waits for it");
}

#[test]
fn a_format_that_is_not_for_the_reader_says_so_and_is_not_ticked() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::GoExport]);
    act(&mut state, &[Action::Down; 9]);
    act(&mut state, &[Action::Right]);
    let text = drawn(&state).to_string();
    assert!(text.contains("XLSX isn't written for"), "{text}");
    assert!(text.contains("– XLSX"), "{text}");
}
