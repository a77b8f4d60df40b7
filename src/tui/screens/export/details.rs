//! What goes in, where it goes, how far it is, and what was written.

use ratatui::text::{Line, Span};

use crate::domain::scoring::least_answers;
use crate::domain::text::visible;
use crate::tui::screens::export::choice::Choice;
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::figure;
use crate::tui::widgets::list::column;

/// How many of the files that were written are shown.
const SHOWN: usize = 4;

/// Returns the lines below the choices.
pub fn lines<'a>(choice: &Choice, session: &Session, theme: &Theme) -> Vec<Line<'a>> {
    let row = |label: &str, text: String| {
        Line::from(vec![Span::styled(column(label, 10), theme.muted), Span::styled(text, theme.text)])
    };
    let mut lines = vec![row("Contents", choice.audience().contents().to_owned())];
    for (index, path) in session.written().iter().rev().take(SHOWN).enumerate() {
        let opens = if index == 0 { "   o opens it" } else { "" };
        lines.push(row("Written", format!("{}{opens}", visible(&path.display().to_string()))));
    }
    match choice.of() {
        None => lines.push(row("Figures", figures(session))),
        Some(_) => lines.push(row("Figures", "those of that day, worked out while the reports are made".to_owned())),
    }
    if session.questionnaire().roadmap().is_none() {
        lines.push(row("Timeline", "none: this questionnaire has no road map".to_owned()));
    }
    lines
}

fn figures(session: &Session) -> String {
    let card = session.scorecard();
    if card.completion.answered == 0 {
        return "nothing is answered yet".to_owned();
    }
    if card.is_early() {
        let (answered, least) = (card.answered().answered, least_answers(card.answered().asked));
        return format!("{answered} questions are answered; readiness is shown from {least} answers on");
    }
    let overall = &card.overall;
    let told = |range| format!("{} ({})", figure::percent(range), figure::coverage(range));
    format!(
        "{}; Stage 1 {}, Stage 2 {}",
        card.verdict_titles().claimed,
        told(&overall.stage1.claimed),
        told(&overall.stage2.claimed)
    )
}
