use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Size;
use crate::tui::testing::{act, at_first_question, at_home, drawn};

#[test]
#[ignore = "prints screens to look at"]
fn print() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let size = Size { width, height };
        println!("{}", drawn(&at_home(size)));
        let mut state = at_home(size);
        act(&mut state, &[Action::New]);
        println!("{}", drawn(&state));
        let mut state = at_first_question(size, Depth::Quick);
        println!("{}", drawn(&state));
        act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Operating), Action::Left, Action::Mark]);
        println!("{}", drawn(&state));
        act(&mut state, &[Action::PageDown]);
        println!("{}", drawn(&state));
        act(&mut state, &[Action::Help]);
        println!("{}", drawn(&state));
        act(&mut state, &[Action::Help, Action::Evidence]);
        println!("{}", drawn(&state));
        state.overlay = None;
        act(&mut state, &[Action::Note]);
        println!("{}", drawn(&state));
        state.overlay = None;
        act(&mut state, &[Action::GoProfile, Action::Down, Action::Down, Action::Down, Action::Down, Action::Right]);
        println!("{}", drawn(&state));
    }
}
