//! What changed between two points, with the figures at both.

use crate::domain::change::Change;
use crate::domain::history::{Past, difference, sentence};
use crate::domain::scoring::{Range, Scorecard, score};
use crate::tui::overlay::{self, Help};
use crate::tui::session::Session;
use crate::tui::widgets::figure;

/// Finds a figure of a scorecard.
type Figure = fn(&Scorecard) -> &Range;

/// Returns what changed between the states after so many steps, to be read over the screen; none where the history
/// doesn't reach back to one of them.
#[must_use]
pub fn compared(session: &Session, from: usize, to: usize) -> Option<Help> {
    let (from, to) = (end(session, from)?, end(session, to)?);
    let changes = difference(&from.state, &to.state);
    let cards = [&from, &to].map(|end| score(session.questionnaire(), &end.state, end.day));
    let figures: [(&str, Figure); 4] = [
        ("Stage 1, claimed", |card| &card.overall.stage1.claimed),
        ("Stage 1, evidenced", |card| &card.overall.stage1.evidenced),
        ("Stage 2, claimed", |card| &card.overall.stage2.claimed),
        ("Stage 2, evidenced", |card| &card.overall.stage2.evidenced),
    ];
    let figure = |range: &Range| format!("{}, {}", figure::percent(range), figure::coverage(range));
    let [old, new] = &cards;
    let told =
        |(name, range): (&str, Figure)| (name.to_owned(), format!("{} → {}", figure(range(old)), figure(range(new))));
    let mut rows: Vec<(String, String)> = figures.into_iter().map(told).collect();
    let verdict = format!("{} → {}", old.verdict_titles().claimed, new.verdict_titles().claimed);
    rows.push(("Verdict, claimed".to_owned(), verdict));
    let mut lines: Vec<(String, String)> =
        changes.iter().map(|change| (subject(change), format!("{}.", sentence(change)))).collect();
    if lines.is_empty() {
        lines.push((String::new(), "Nothing is different.".to_owned()));
    }
    Some(Help::difference(&format!("From {} to {}", from.title, to.title), rows, lines))
}

/// Returns the state after so many steps; after all of them it is that of this moment.
fn end(session: &Session, count: usize) -> Option<Past> {
    let is_now = session.past().is_none() && count == session.history().steps().len();
    if is_now {
        let state = session.assessment().clone();
        return Some(Past { title: "now".to_owned(), day: session.today(), state });
    }
    session.history().past(count)
}

fn subject(change: &Change) -> String {
    overlay::question(change).map_or_else(String::new, ToString::to_string)
}
