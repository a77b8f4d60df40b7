//! What to do next: the gaps, those that stop an audit first.

use crate::domain::assessment::Assessment;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Contribution, Grade, Scorecard};

/// A gap that is worth closing.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The question.
    pub question: QuestionId,
    /// What it asks.
    pub ask: String,
    /// Where it stands; none where it is open.
    pub level: Option<Level>,
    /// What one would see at the next level; what one would see at 3 for an open question.
    pub next: String,
    /// Why it comes here.
    pub reason: Reason,
    /// Who owns it; empty for nobody.
    pub owner: String,
    /// By when it is to be closed.
    pub due: Option<chrono::NaiveDate>,
}

/// Why an action comes where it comes, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An audit stops there.
    Showstopper,
    /// Stage 1 reads a document there, and finds none.
    Stage1,
    /// The requirement carries a potential major nonconformity.
    Major,
    /// The requirement carries a potential minor nonconformity.
    Minor,
    /// Claimed, and not supported by evidence.
    Unproven,
    /// Unanswered.
    Open,
}

/// Returns the gaps, the most pressing first; of two that press alike, the one of more weight, then by id.
#[must_use]
pub fn next(questionnaire: &Questionnaire, assessment: &Assessment, card: &Scorecard) -> Vec<Action> {
    let mut ranked: Vec<(Reason, &Contribution)> =
        card.contributions.iter().filter_map(|c| Some((reason(questionnaire, card, c)?, c))).collect();
    ranked.sort_by(|(one, a), (other, b)| {
        one.cmp(other).then(b.weight.total_cmp(&a.weight)).then(a.claimed.cmp(&b.claimed)).then(order(a).cmp(&order(b)))
    });
    ranked.into_iter().filter_map(|(reason, c)| action(questionnaire, assessment, reason, c)).collect()
}

fn order(c: &Contribution) -> (usize, usize, usize) {
    (c.place.area, c.place.requirement, c.place.question)
}

fn reason(questionnaire: &Questionnaire, card: &Scorecard, c: &Contribution) -> Option<Reason> {
    let item = questionnaire.at(c.place)?;
    let grade = card.findings.iter().find(|finding| finding.requirement == item.requirement.id).map(|f| f.grade);
    let Some(level) = c.claimed else {
        return Some(if c.showstopper { Reason::Showstopper } else { Reason::Open });
    };
    if c.showstopper && level < Level::Operating {
        Some(Reason::Showstopper)
    } else if c.documented && level < Level::Documented {
        Some(Reason::Stage1)
    } else if level < Level::Operating {
        Some(if grade == Some(Grade::Major) { Reason::Major } else { Reason::Minor })
    } else if c.evidenced < Some(Level::Operating) {
        Some(Reason::Unproven)
    } else {
        None
    }
}

fn action(questionnaire: &Questionnaire, assessment: &Assessment, reason: Reason, c: &Contribution) -> Option<Action> {
    let item = questionnaire.at(c.place)?;
    let response = assessment.response(&c.question);
    let next = match (reason, c.claimed) {
        (Reason::Unproven, Some(_)) => {
            match item.question.evidence.iter().find(|hint| hint.kind.carries() >= Level::Operating) {
                Some(hint) => format!("Put on the table: {}.", hint.what),
                None => "Add a record that shows it.".to_owned(),
            }
        }
        (_, Some(level)) => item.question.level_text(Level::new(level.number() + 1).unwrap_or(level)).to_owned(),
        (_, None) => "Answer the question.".to_owned(),
    };
    Some(Action {
        question: c.question.clone(),
        ask: item.question.ask.clone(),
        level: c.claimed,
        next,
        reason,
        owner: response.map(|r| r.owner.clone()).unwrap_or_default(),
        due: response.and_then(|r| r.due),
    })
}

impl Reason {
    /// Returns the words for it in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Showstopper => "an audit stops there",
            Self::Stage1 => "Stage 1 reads a document there",
            Self::Major => "potential major nonconformity",
            Self::Minor => "potential minor nonconformity",
            Self::Unproven => "claimed without evidence",
            Self::Open => "unanswered",
        }
    }
}
