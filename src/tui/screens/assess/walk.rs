//! The order in which one walks through the questions: those that are asked, and one stop for each excluded control,
//! so that it can be included again.

use crate::domain::assessment::Depth;
use crate::domain::flow::{Applicability, applicability, asked};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::{Item, Questionnaire};
use crate::tui::session::Session;

/// Whether a question is asked, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is asked.
    Asked,
    /// Its control is excluded.
    Excluded,
    /// It concerns another role towards AI.
    OtherRole,
    /// The quick scan leaves it out. An answer counts all the same.
    BeyondQuick,
}

/// Returns whether a question is asked, and why not.
pub(super) fn standing(session: &Session, item: &Item<'_>) -> Standing {
    match applicability(session.assessment(), item.requirement, item.question) {
        Applicability::Excluded => Standing::Excluded,
        Applicability::OtherRole => Standing::OtherRole,
        Applicability::Applies if session.assessment().depth() == Depth::Quick && !item.question.quick => {
            Standing::BeyondQuick
        }
        Applicability::Applies => Standing::Asked,
    }
}

/// Returns the stops of the walk, with the question where one stands among them.
pub(super) fn walk<'a>(session: &'a Session, here: &QuestionId) -> Vec<Item<'a>> {
    let of_here = requirement(session, here);
    session
        .questionnaire()
        .items()
        .filter(|item| &item.question.id == here || is_stop(session, item, of_here))
        .collect()
}

fn requirement<'a>(session: &'a Session, here: &QuestionId) -> Option<&'a RequirementId> {
    session.questionnaire().item(here).map(|item| &item.requirement.id)
}

/// Returns whether one stops at a question, coming from one of this requirement.
fn is_stop(session: &Session, item: &Item<'_>, of_here: Option<&RequirementId>) -> bool {
    match standing(session, item) {
        Standing::Asked => true,
        Standing::Excluded => {
            let is_first = item.requirement.questions.first().is_some_and(|it| it.id == item.question.id);
            is_first && of_here != Some(&item.requirement.id)
        }
        Standing::OtherRole | Standing::BeyondQuick => false,
    }
}

/// Returns the next stop, or the one before; none beyond the ends. No further than there is looked.
pub(super) fn step(session: &Session, here: &QuestionId, is_forward: bool) -> Option<QuestionId> {
    let of_here = requirement(session, here)?;
    let is_elsewhere = |item: &Item<'_>| &item.question.id != here;
    let is_stop = |item: &Item<'_>| is_stop(session, item, Some(of_here));
    let stop = if is_forward {
        session.questionnaire().items().skip_while(is_elsewhere).skip(1).find(is_stop)
    } else {
        backwards(session.questionnaire()).skip_while(is_elsewhere).skip(1).find(is_stop)
    };
    stop.map(|item| item.question.id.clone())
}

fn backwards(questionnaire: &Questionnaire) -> impl Iterator<Item = Item<'_>> {
    questionnaire.areas().iter().rev().flat_map(|area| {
        area.requirements.iter().rev().flat_map(move |requirement| {
            requirement.questions.iter().rev().map(move |question| Item { area, requirement, question })
        })
    })
}

/// Returns the first or the last stop.
pub(super) fn end(session: &Session, here: &QuestionId, is_last: bool) -> Option<QuestionId> {
    let stops = walk(session, here);
    let stop = if is_last { stops.last() } else { stops.first() };
    stop.map(|item| item.question.id.clone())
}

/// Returns the first stop of the area so many further on; none beyond the ends.
pub(super) fn step_area(session: &Session, here: &QuestionId, by: isize) -> Option<QuestionId> {
    let mut firsts = walk(session, here);
    firsts.dedup_by(|later, earlier| later.area.id == earlier.area.id);
    let area = &session.questionnaire().item(here)?.area.id;
    let at = firsts.iter().position(|item| &item.area.id == area)?;
    firsts.get(at.checked_add_signed(by)?).map(|item| item.question.id.clone())
}

/// Returns the next question that is asked; none after the last.
pub(super) fn next_asked(session: &Session, here: &QuestionId) -> Option<QuestionId> {
    let mut beyond = session.questionnaire().items().skip_while(|item| &item.question.id != here).skip(1);
    beyond.find(|item| standing(session, item) == Standing::Asked).map(|item| item.question.id.clone())
}

/// Returns where to begin: at the question that was looked at last, or the first open one, or the first.
pub(super) fn beginning(session: &Session) -> Option<QuestionId> {
    let known = |id: &&QuestionId| session.questionnaire().item(id).is_some();
    if let Some(place) = session.place().filter(known) {
        return Some(place.clone());
    }
    let assessment = session.assessment();
    let mut stops = asked(session.questionnaire(), assessment);
    let first = asked(session.questionnaire(), assessment).next().or_else(|| session.questionnaire().items().next());
    stops.find(|item| assessment.answer(&item.question.id).is_none()).or(first).map(|item| item.question.id.clone())
}
