//! What is decided about the question: its answer, and what else is recorded for it.

use crate::domain::assessment::Answer;
use crate::domain::change::{Change, Refusal};
use crate::domain::level::Level;
use crate::domain::questionnaire::Item;
use crate::domain::text::visible;
use crate::tui::overlay::{Form, forms};
use crate::tui::screens::assess::State;
use crate::tui::screens::assess::top::Moved;
use crate::tui::screens::assess::walk::{Standing, standing};
use crate::tui::session::{SaveState, Session, sentence};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::widgets::list::fit;

/// Answers the question, and goes on.
pub(super) fn answer(state: &mut State, session: &mut Session, level: Level) -> Step {
    let Some(item) = state.item(session) else { return Step::default() };
    match standing(session, &item) {
        Standing::Asked | Standing::BeyondQuick => {}
        Standing::Excluded => {
            return Step::problem(format!(
                "{} is excluded. x includes it again, then it is asked.",
                item.requirement.id
            ));
        }
        Standing::OtherRole => {
            return Step::problem("The question doesn't concern your role towards AI. F5 leads to the profile.");
        }
    }
    let before = session.scorecard().overall;
    let change = Change::answer(session.assessment(), &state.question, Some(Answer::Level(level)));
    match session.change(change) {
        Ok(effects) => {
            let moved = Moved::between(&before, &session.scorecard().overall);
            let notice = state.go_on(session);
            state.moved = moved;
            Step { effects, notice, ..Step::default() }
        }
        Err(why) => Step::problem(why),
    }
}

pub(super) fn form(session: &Session, form: Form) -> Step {
    match session.save_state() {
        SaveState::ReadOnly(why) => Step::problem(why),
        SaveState::Saved | SaveState::Saving | SaveState::NotSaved(_) => Step::exit(Exit::Form(Box::new(form))),
    }
}

/// Returns why a requirement can't be left out, where it can't.
fn clause(item: &Item<'_>) -> Option<Step> {
    let refusal = Refusal::Clause(item.requirement.id.clone());
    (!item.requirement.can_be_excluded()).then(|| Step::problem(sentence(&refusal.to_string())))
}

pub(super) fn not_applicable(state: &State, session: &Session) -> Step {
    let Some(item) = state.item(session) else { return Step::default() };
    match standing(session, &item) {
        Standing::Excluded => {
            Step::problem(format!("{} is excluded already. x includes it again.", item.requirement.id))
        }
        Standing::OtherRole => Step::problem("The question isn't asked of you anyway: it concerns another role."),
        Standing::Asked | Standing::BeyondQuick => {
            clause(&item).unwrap_or_else(|| form(session, forms::not_applicable(session, &state.question)))
        }
    }
}

pub(super) fn exclude(state: &mut State, session: &mut Session) -> Step {
    let Some(item) = state.item(session) else { return Step::default() };
    if let Some(refused) = clause(&item) {
        return refused;
    }
    let id = item.requirement.id.clone();
    if session.assessment().exclusion(&id).is_none() {
        return form(session, forms::exclude(session, &id));
    }
    let told = format!("{id} is included again. What was recorded for it counts.");
    made(session, Change::exclusion(session.assessment(), &id, None), told)
}

pub(super) fn remove_evidence(state: &State, session: &mut Session) -> Step {
    let last = session.assessment().response(&state.question).and_then(|response| response.evidence.last()).cloned();
    let Some(evidence) = last else { return Step::problem("There is no evidence to take away.") };
    let told = format!("Taken away: {}. u brings it back.", fit(&visible(&evidence.what), 60));
    made(session, Change::EvidenceRemoved { question: state.question.clone(), evidence }, told)
}

pub(super) fn clear(state: &mut State, session: &mut Session) -> Step {
    if session.assessment().answer(&state.question).is_none() {
        return Step { notice: Some(Notice::done("The question is open already.")), ..Step::default() };
    }
    state.moved = None;
    let told = format!("{} is open again. u brings the answer back.", state.question);
    made(session, Change::answer(session.assessment(), &state.question, None), told)
}

pub(super) fn mark(state: &State, session: &mut Session) -> Step {
    let change = Change::toggle_mark(session.assessment(), &state.question);
    let is_marked = session.assessment().response(&state.question).is_some_and(|response| response.marked);
    let told = if is_marked { "No longer marked for review." } else { "Marked for review." };
    made(session, change, told.to_owned())
}

fn made(session: &mut Session, change: Change, told: String) -> Step {
    match session.change(change) {
        Ok(effects) => Step { effects, notice: Some(Notice::done(told)), ..Step::default() },
        Err(why) => Step::problem(why),
    }
}
