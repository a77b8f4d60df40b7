//! What the answers say: maturity, readiness, findings and verdict.
//!
//! Scoring is pure, and every sum runs in the order of the question ids: the order of answers, areas or files never
//! changes a figure. What is excluded, not applicable or of another role leaves every sum.

mod checks;
mod findings;
mod range;
mod rollup;
mod verdict;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::flow::Progress;
use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::questionnaire::Questionnaire;

pub use checks::{Rule, Struck, checks};
pub use findings::{Basis, Finding, Grade, SystemicFailure};
pub use range::Range;
pub use rollup::Contribution;
pub use verdict::{Obstacle, Verdict};

/// The same figure seen twice: as claimed, and as the recorded evidence would carry it before an auditor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Views<T> {
    /// By the levels that were chosen.
    pub claimed: T,
    /// By the levels that the evidence carries.
    pub evidenced: T,
}

/// How many answers there are before readiness is shown, where so many questions apply.
const LEAST_ANSWERS: usize = 10;

/// Returns how many answers there are before readiness is shown, of so many questions that are asked.
#[must_use]
pub fn least_answers(asked: usize) -> usize {
    LEAST_ANSWERS.min(asked)
}

/// Everything that the answers say on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The day on which evidence was judged valid or stale.
    pub on: NaiveDate,
    /// Questions answered or not applicable, over all that apply.
    pub completion: Progress,
    /// The figures of the whole.
    pub overall: Figures,
    /// The areas, in order.
    pub areas: Vec<AreaScore>,
    /// What an auditor would probably write, in the order of the requirements.
    pub findings: Vec<Finding>,
    /// The areas whose requirements fall short together, by the claimed levels, in order.
    pub systemic: Vec<SystemicFailure>,
    /// What the figures and findings come to.
    pub verdict: Views<Verdict>,
    /// What stands in the way of the next audit, by the claimed and by the evidenced levels.
    pub obstacles: Views<Vec<Obstacle>>,
    /// Evidence that was valid once, of the questions that count.
    pub stale: Vec<StaleEvidence>,
    /// What every question that counts contributes, sorted by id; `explain` prints it.
    pub contributions: Vec<Contribution>,
}

/// The figures of a requirement, an area, or the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// The weighted mean of the levels, 0 to 5.
    pub maturity: Views<Range>,
    /// The weighted mean of `min(level, 2) / 2` over the questions that Stage 1 reads documents for, 0 to 1.
    pub stage1: Views<Range>,
    /// The weighted mean of `min(level, 3) / 3` over all questions, 0 to 1.
    pub stage2: Views<Range>,
    /// Questions answered or not applicable, over all that apply.
    pub completion: Progress,
}

/// The figures of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaScore {
    /// The area.
    pub id: AreaId,
    /// Its title.
    pub title: String,
    /// Its figures.
    pub figures: Figures,
    /// Its requirements, in order.
    pub requirements: Vec<RequirementScore>,
}

/// The figures of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementScore {
    /// The requirement.
    pub id: RequirementId,
    /// Its title.
    pub title: String,
    /// Its figures.
    pub figures: Figures,
    /// Whether it is excluded in the Statement of Applicability.
    pub excluded: bool,
    /// The ISO/IEC 33020 rating of the way to conformity, claimed and evidenced; none while a question is open.
    pub rating: Views<Option<Rating>>,
}

/// The ISO/IEC 33020 rating of an attribute, for exchange with other tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Not achieved: up to 15 %.
    Not,
    /// Partially achieved: above 15 % up to 50 %.
    Partially,
    /// Largely achieved: above 50 % up to 85 %.
    Largely,
    /// Fully achieved: above 85 %.
    Fully,
}

/// An item of evidence that is no longer valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleEvidence {
    /// The question.
    pub question: QuestionId,
    /// The item.
    pub what: String,
    /// The last day on which it showed something.
    pub valid_until: NaiveDate,
}

/// Scores an assessment on a day.
#[must_use]
pub fn score(questionnaire: &Questionnaire, assessment: &Assessment, on: NaiveDate) -> Scorecard {
    let sheet = rollup::roll_up(questionnaire, assessment, on);
    let findings = findings::find(questionnaire, assessment, &sheet.contributions);
    let verdict = Views {
        claimed: verdict::verdict(&sheet.contributions, &findings.claimed, &findings.undecided, |c| c.claimed),
        evidenced: verdict::verdict(&sheet.contributions, &findings.evidenced, &findings.undecided, |c| c.evidenced),
    };
    let obstacles = Views {
        claimed: verdict::obstacles(&sheet.contributions, &findings.claimed, &findings.undecided, |c| c.claimed),
        evidenced: verdict::obstacles(&sheet.contributions, &findings.evidenced, &findings.undecided, |c| c.evidenced),
    };
    Scorecard {
        on,
        completion: sheet.overall.completion,
        overall: sheet.overall,
        areas: sheet.areas,
        findings: findings.told,
        systemic: findings.systemic,
        verdict,
        obstacles,
        stale: sheet.stale,
        contributions: sheet.contributions,
    }
}

impl Scorecard {
    /// Returns what a question contributes to the figures; none where it doesn't count.
    #[must_use]
    pub fn contribution(&self, question: &QuestionId) -> Option<&Contribution> {
        let at = self.contributions.binary_search_by(|contribution| contribution.question.cmp(question)).ok()?;
        self.contributions.get(at)
    }

    /// Returns whether something is answered, but so little that readiness says more about what is assumed than about the
    /// answers: it isn't shown yet.
    #[must_use]
    pub fn is_early(&self) -> bool {
        let Progress { answered, asked } = self.answered();
        (1..least_answers(asked)).contains(&answered)
    }

    /// Returns how many of the questions that count are answered with a level. One that is not applicable doesn't count.
    #[must_use]
    pub fn answered(&self) -> Progress {
        self.overall.maturity.claimed.answered
    }

    /// Returns how many questions are answered with not applicable.
    #[must_use]
    pub fn not_applicable(&self) -> usize {
        self.completion.answered.saturating_sub(self.answered().answered)
    }

    /// Returns the Stage 2 readiness over the requirements that are wanted, with its coverage.
    ///
    /// An open question is assumed at what it is assumed at everywhere else.
    #[must_use]
    pub fn stage2_over(&self, questionnaire: &Questionnaire, wanted: impl Fn(&RequirementId) -> bool) -> Views<Range> {
        let of = |contribution: &&Contribution| {
            questionnaire.at(contribution.place).is_some_and(|item| wanted(&item.requirement.id))
        };
        rollup::stage2(self.contributions.iter().filter(of))
    }
}

impl Rating {
    /// Returns the rating of a share, 0 to 1, of the way to conformity.
    #[must_use]
    pub fn of(share: f64) -> Self {
        if share > 0.85 {
            Self::Fully
        } else if share > 0.50 {
            Self::Largely
        } else if share > 0.15 {
            Self::Partially
        } else {
            Self::Not
        }
    }

    /// Returns the letter of the rating.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Not => 'N',
            Self::Partially => 'P',
            Self::Largely => 'L',
            Self::Fully => 'F',
        }
    }
}
