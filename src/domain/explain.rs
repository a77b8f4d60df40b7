//! How a figure came about: the terms, the weights and the sums, so that a person can recompute it by hand.

#[cfg(test)]
mod tests;
mod told;

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::{Item, Questionnaire};
use crate::domain::scoring::{Contribution, Figures, Finding, Range, Scorecard, Views};

/// The name under which the figures of the whole are explained.
pub const OVERALL: &str = "overall";

/// How the figures of a question, a requirement, an area or the whole came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The id; [`OVERALL`] for the whole.
    pub id: String,
    /// The title, or the question.
    pub title: String,
    /// What the figures are of.
    pub of: Subject,
    /// Each figure with its sums; none where no question counts.
    pub figures: Vec<Sum>,
    /// What each question that counts adds, sorted by id as the sums run.
    pub terms: Vec<Term>,
    /// The questions that count for nothing here, with the reason, sorted by id.
    pub left_out: Vec<LeftOut>,
    /// The findings on it.
    pub findings: Vec<Finding>,
}

/// What an explanation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One question.
    Question,
    /// A requirement.
    Requirement,
    /// An area.
    Area,
    /// Everything.
    Overall,
}

/// A figure as the quotient of two sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// Which figure.
    pub figure: Figure,
    /// The figure, as claimed and by the evidence.
    pub ranges: Views<Range>,
    /// The sum of the weights of the terms that count for it.
    pub weight: f64,
    /// The sums of weight times value: open questions at 0, as assumed, at the most.
    pub sums: Views<Sums>,
}

/// The sums of weight times value in three variants.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// With every open question at level 0.
    pub low: f64,
    /// With every open question at what it is assumed at; none where nothing around is answered.
    pub middle: Option<f64>,
    /// With every open question at level 5.
    pub high: f64,
}

/// One of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Maturity: the level, 0 to 5.
    Maturity,
    /// Stage 1 readiness: `min(level, 2) / 2` of the documented questions.
    Stage1,
    /// Stage 2 readiness: `min(level, 3) / 3`.
    Stage2,
}

/// What a question adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The question.
    pub question: QuestionId,
    /// Its text.
    pub ask: String,
    /// Its own weight, and that of its requirement; the two multiplied are what it weighs.
    pub weights: (f64, f64),
    /// The level that was chosen; none where it is open.
    pub claimed: Option<Level>,
    /// The level that the evidence carries; none where it is open.
    pub evidenced: Option<Level>,
    /// What an open question is assumed at; none where it is answered, or where nothing around it is.
    pub assumed: Option<Assumed>,
    /// Whether it counts for Stage 1.
    pub documented: bool,
    /// Whether an audit stops at it.
    pub showstopper: bool,
    /// Its items of evidence, each with whether it was valid on the day.
    pub evidence: Vec<(Evidence, Validity)>,
}

/// Whether an item of evidence shows anything on the day of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It does.
    Valid,
    /// It did.
    Stale,
}

/// What an open question is assumed at, and where that is from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumed {
    /// The level, 0 to 5, as claimed and by the evidence.
    pub levels: Views<f64>,
    /// Whose mean it is.
    pub from: Subject,
}

/// A question that counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The question.
    pub question: QuestionId,
    /// Why.
    pub because: String,
}

/// Returns how the figures of a question, a requirement, an area or of [`OVERALL`] came about; none where there is no
/// such thing.
#[must_use]
pub fn explain(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    card: &Scorecard,
    id: &str,
) -> Option<Explanation> {
    let (of, title, figures) = subject(questionnaire, card, id)?;
    let belongs = |item: &Item<'_>| match of {
        Subject::Overall => true,
        Subject::Area => item.area.id.as_str() == id,
        Subject::Requirement => item.requirement.id.as_str() == id,
        Subject::Question => item.question.id.as_str() == id,
    };
    let (mut terms, mut left_out) = (vec![], vec![]);
    for item in questionnaire.canonical().iter().filter_map(|place| questionnaire.at(*place)).filter(belongs) {
        match card.contribution(&item.question.id) {
            Some(contribution) => terms.push(term(&item, contribution, assessment, card)),
            None => left_out.push(left(&item, assessment)),
        }
    }
    let requirement = |finding: &&Finding| {
        questionnaire.requirement(&finding.requirement).is_some_and(|(area, requirement)| match of {
            Subject::Overall => false,
            Subject::Area => area.id.as_str() == id,
            Subject::Requirement => requirement.id.as_str() == id,
            Subject::Question => finding.questions.iter().any(|question| question.as_str() == id),
        })
    };
    Some(Explanation {
        id: id.to_owned(),
        title,
        of,
        figures: sums(&terms, figures.as_ref()),
        terms,
        left_out,
        findings: card.findings.iter().filter(requirement).cloned().collect(),
    })
}

/// Returns what an id names, with its title and its figures as the scorecard has them.
fn subject(questionnaire: &Questionnaire, card: &Scorecard, id: &str) -> Option<(Subject, String, Option<Figures>)> {
    if id == OVERALL {
        return Some((Subject::Overall, "All questions".to_owned(), Some(card.overall)));
    }
    if let Some(area) = card.areas.iter().find(|area| area.id.as_str() == id) {
        return Some((Subject::Area, area.title.clone(), Some(area.figures)));
    }
    let mut requirements = card.areas.iter().flat_map(|area| &area.requirements);
    if let Some(requirement) = requirements.find(|requirement| requirement.id.as_str() == id) {
        return Some((Subject::Requirement, requirement.title.clone(), Some(requirement.figures)));
    }
    let item = questionnaire.item(&id.into())?;
    Some((Subject::Question, item.question.ask.clone(), None))
}

fn term(item: &Item<'_>, contribution: &Contribution, assessment: &Assessment, card: &Scorecard) -> Term {
    let response = assessment.response(&item.question.id);
    let evidence = response.map(|response| response.evidence.as_slice()).unwrap_or_default();
    let validity = |item: &Evidence| if item.is_valid_on(card.on) { Validity::Valid } else { Validity::Stale };
    let (claimed, evidenced) = (contribution.assumed.claimed, contribution.assumed.evidenced);
    let levels = claimed.zip(evidenced).filter(|_| contribution.claimed.is_none());
    Term {
        question: item.question.id.clone(),
        ask: item.question.ask.clone(),
        weights: (item.question.weight, item.requirement.weight),
        claimed: contribution.claimed,
        evidenced: contribution.evidenced,
        assumed: levels.map(|(claimed, evidenced)| Assumed {
            levels: Views { claimed, evidenced },
            from: answered_around(item, card),
        }),
        documented: contribution.documented,
        showstopper: contribution.showstopper,
        evidence: evidence.iter().map(|item| (item.clone(), validity(item))).collect(),
    }
}

/// Returns the nearest thing around an open question of which anything is answered.
fn answered_around(item: &Item<'_>, card: &Scorecard) -> Subject {
    let area = card.areas.iter().find(|area| area.id == item.area.id);
    let requirement = area.and_then(|area| area.requirements.iter().find(|r| r.id == item.requirement.id));
    let is_answered = |figures: Option<&Figures>| figures.is_some_and(|f| f.maturity.claimed.answered.answered > 0);
    if is_answered(requirement.map(|requirement| &requirement.figures)) {
        Subject::Requirement
    } else if is_answered(area.map(|area| &area.figures)) {
        Subject::Area
    } else {
        Subject::Overall
    }
}

fn left(item: &Item<'_>, assessment: &Assessment) -> LeftOut {
    let because = match applicability(assessment, item.requirement, item.question) {
        Applicability::Excluded => format!("its control {} is excluded", item.requirement.id),
        Applicability::OtherRole => "it concerns other roles towards AI".to_owned(),
        Applicability::Applies => match assessment.answer(&item.question.id) {
            Some(Answer::NotApplicable { because }) => format!("not applicable: {because}"),
            Some(Answer::Level(_)) | None => "it doesn't count".to_owned(),
        },
    };
    LeftOut { question: item.question.id.clone(), because }
}

/// Returns the figures with the sums that they are the quotients of; for one question, the figures are these quotients.
fn sums(terms: &[Term], figures: Option<&Figures>) -> Vec<Sum> {
    if terms.is_empty() {
        return vec![];
    }
    let sum = |figure: Figure| {
        let counted: Vec<&Term> = terms.iter().filter(|term| figure != Figure::Stage1 || term.documented).collect();
        let weight: f64 = counted.iter().map(|term| term.weight()).sum();
        let sums = Views {
            claimed: figure.sums(&counted, |term| term.claimed, |assumed| assumed.levels.claimed),
            evidenced: figure.sums(&counted, |term| term.evidenced, |assumed| assumed.levels.evidenced),
        };
        let answered = counted.iter().filter(|term| term.claimed.is_some()).count();
        let range = |sums: Sums| Range {
            low: quotient(sums.low, weight),
            middle: sums.middle.map(|sum| quotient(sum, weight)).filter(|_| weight > 0.0),
            high: quotient(sums.high, weight),
            answered: crate::domain::flow::Progress { answered, asked: counted.len() },
        };
        let ranges = figures.map_or_else(
            || Views { claimed: range(sums.claimed), evidenced: range(sums.evidenced) },
            |figures| figure.of(figures),
        );
        Sum { figure, ranges, weight, sums }
    };
    Figure::ALL.map(sum).into_iter().filter(|sum| sum.ranges.claimed.applies()).collect()
}

fn quotient(sum: f64, weight: f64) -> f64 {
    if weight > 0.0 { sum / weight } else { 0.0 }
}

impl Figure {
    /// All figures.
    pub const ALL: [Self; 3] = [Self::Maturity, Self::Stage1, Self::Stage2];

    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Maturity => "maturity",
            Self::Stage1 => "stage1",
            Self::Stage2 => "stage2",
        }
    }

    /// Returns the words for it on screens.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Maturity => "Maturity, 0 to 5",
            Self::Stage1 => "Stage 1 readiness",
            Self::Stage2 => "Stage 2 readiness",
        }
    }

    /// Returns the value of a level in the figure.
    #[must_use]
    pub fn value(self, level: f64) -> f64 {
        match self {
            Self::Maturity => level,
            Self::Stage1 => level.min(Level::Documented.points()) / Level::Documented.points(),
            Self::Stage2 => level.min(Level::Operating.points()) / Level::Operating.points(),
        }
    }

    /// Returns what the figure is of these figures.
    fn of(self, figures: &Figures) -> Views<Range> {
        match self {
            Self::Maturity => figures.maturity,
            Self::Stage1 => figures.stage1,
            Self::Stage2 => figures.stage2,
        }
    }

    fn sums(self, terms: &[&Term], level: impl Fn(&Term) -> Option<Level>, assumed: impl Fn(&Assumed) -> f64) -> Sums {
        let (mut sums, mut middle) = (Sums::default(), Some(0.0));
        for term in terms {
            let known = level(term).map(Level::points);
            let weighed = |points: f64| term.weight() * self.value(points);
            sums.low += weighed(known.unwrap_or(0.0));
            sums.high += weighed(known.unwrap_or(Level::MOST_POINTS));
            let guess = known.or_else(|| term.assumed.as_ref().map(&assumed));
            middle = middle.zip(guess).map(|(sum, points)| sum + weighed(points));
        }
        Sums { middle, ..sums }
    }
}

impl Term {
    /// Returns what the question weighs.
    #[must_use]
    pub fn weight(&self) -> f64 {
        let (question, requirement) = self.weights;
        requirement * question
    }
}

impl Subject {
    /// Returns the word for it in JSON and in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Requirement => "requirement",
            Self::Area => "area",
            Self::Overall => "overall",
        }
    }
}
