//! What doesn't fit together: the questionnaire's own rules, and those that hold for any questionnaire.
//!
//! A check is no finding: it lowers no figure. It says where an experienced consultant would ask once more.

use std::collections::BTreeMap;

use crate::domain::assessment::Assessment;
use crate::domain::check::{Check, Condition};
use crate::domain::id::{CheckId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::AiRole;
use crate::domain::questionnaire::{EvidenceKind, Questionnaire, Requirement};
use crate::domain::report::words;
use crate::domain::scoring::{Contribution, Scorecard, StaleEvidence};
use crate::domain::soa::soa;

/// How many other answers an area needs before one can be far from all of them.
const LEAST_OTHERS: usize = 4;
/// The document of a questionnaire whose questions ask for the Statement of Applicability.
const STATEMENT: &str = "statement-of-applicability";
/// How many levels an answer has to be away from the nearest other one; two people often differ by one.
const FAR: u8 = 2;

/// A check that strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// Which one.
    pub rule: Rule,
    /// What doesn't fit together, in a sentence.
    pub says: String,
    /// What to ask next.
    pub ask: String,
    /// The questions that it is about, in the order in which it names them.
    pub questions: Vec<QuestionId>,
    /// The controls that it is about.
    pub controls: Vec<RequirementId>,
}

/// What strikes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A rule of the questionnaire.
    Own(CheckId),
    /// Level 3 or more is claimed, and there is no valid evidence at all.
    Unsupported,
    /// Evidence is no longer valid.
    Stale,
    /// Somebody owns a gap, and nobody said by when it is closed.
    Undated,
    /// An answer is far from all others of its area.
    Lonely,
    /// A control is excluded that the profile's role needs.
    Needed,
    /// A gap has its date after the audit that looks at it. Told where there is a forecast.
    Late,
    /// The Statement of Applicability is claimed, and the one that is kept here isn't finished.
    Statement,
}

/// Returns what doesn't fit together: by the questionnaire's rules, in their order, then by those for any
/// questionnaire. The scorecard has to be that of the same questionnaire and assessment.
#[must_use]
pub fn checks(questionnaire: &Questionnaire, assessment: &Assessment, scorecard: &Scorecard) -> Vec<Struck> {
    let case = Case { questionnaire, assessment, scorecard };
    let mut struck: Vec<Struck> = questionnaire.checks().iter().filter(|check| case.strikes(check)).map(own).collect();
    let told: Vec<RequirementId> = struck.iter().flat_map(|one| one.controls.clone()).collect();
    struck.extend(case.unsupported());
    struck.extend(case.stale());
    struck.extend(case.undated());
    struck.extend(case.lonely());
    struck.extend(case.needed(&told));
    struck.extend(case.statement());
    struck
}

impl Rule {
    /// Returns the word for it in JSON: the id of a check, or the name of a rule for any questionnaire.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Own(id) => id.as_str(),
            Self::Unsupported => "conforming-without-evidence",
            Self::Stale => "stale-evidence",
            Self::Undated => "owner-without-date",
            Self::Lonely => "far-from-its-area",
            Self::Needed => "needed-control-excluded",
            Self::Late => "date-after-the-audit",
            Self::Statement => "statement-not-finished",
        }
    }
}

/// What is checked.
struct Case<'a> {
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    scorecard: &'a Scorecard,
}

fn own(check: &Check) -> Struck {
    let mut questions: Vec<QuestionId> = vec![];
    for question in check.when.iter().filter_map(Condition::question) {
        if !questions.contains(question) {
            questions.push(question.clone());
        }
    }
    Struck {
        rule: Rule::Own(check.id.clone()),
        says: check.says.clone(),
        ask: check.ask.clone(),
        questions,
        controls: check.when.iter().filter_map(Condition::requirement).cloned().collect(),
    }
}

impl<'a> Case<'a> {
    fn strikes(&self, check: &Check) -> bool {
        check.when.iter().all(|condition| self.holds(condition))
    }

    fn holds(&self, condition: &Condition) -> bool {
        let answered = |question| self.contribution(question).and_then(|c| Some((c.claimed?, c.evidenced?)));
        match condition {
            Condition::AtLeast(question, level) => answered(question).is_some_and(|(claimed, _)| claimed >= *level),
            Condition::Below(question, level) => answered(question).is_some_and(|(claimed, _)| claimed < *level),
            Condition::EvidencedBelow(question, level) => {
                answered(question).is_some_and(|(_, evidenced)| evidenced < *level)
            }
            Condition::Excluded(control, is) => self.assessment.exclusion(control).is_some() == *is,
            Condition::Profile(key, word) => self.assessment.profile().text(*key) == *word,
        }
    }

    /// Returns what a question contributes; none where it doesn't count.
    fn contribution(&self, question: &QuestionId) -> Option<&'a Contribution> {
        let all = &self.scorecard.contributions;
        all.get(all.binary_search_by(|contribution| contribution.question.cmp(question)).ok()?)
    }

    /// Returns what the questions of an area that count contribute, in order.
    fn of_area(&self, area: usize) -> Vec<&'a Contribution> {
        let mut all: Vec<&Contribution> =
            self.scorecard.contributions.iter().filter(|c| c.place.area == area).collect();
        all.sort_by_key(|c| (c.place.requirement, c.place.question));
        all
    }

    /// Level 3 or more is claimed without any valid evidence: one for each area.
    fn unsupported(&self) -> impl Iterator<Item = Struck> {
        self.questionnaire.areas().iter().enumerate().filter_map(|(index, area)| {
            let bare: Vec<&Contribution> =
                self.of_area(index).into_iter().filter(|c| c.claimed >= Some(Level::Operating)).collect();
            let questions: Vec<QuestionId> =
                bare.into_iter().map(|c| c.question.clone()).filter(|id| !self.has_valid_evidence(id)).collect();
            let first = self.questionnaire.item(questions.first()?)?.question;
            let says = match questions.len() {
                1 => format!("{} is claimed at 3 or more, and nothing valid on file shows it.", first.id),
                n => format!("{n} answers of area {} claim 3 or more, and nothing valid on file shows it.", area.id),
            };
            let hint = first.evidence.iter().find(|hint| hint.kind != EvidenceKind::Document);
            let ask = match hint {
                Some(hint) => format!("For {}: could you put this on the table today: {}?", first.id, hint.what),
                None => format!("For {}: what could you put on the table today?", first.id),
            };
            Some(Struck { rule: Rule::Unsupported, says, ask, questions, controls: vec![] })
        })
    }

    fn has_valid_evidence(&self, question: &QuestionId) -> bool {
        let evidence = self.assessment.response(question).map(|response| response.evidence.as_slice());
        evidence.unwrap_or_default().iter().any(|item| item.is_valid_on(self.scorecard.on))
    }

    /// Evidence that is no longer valid: one for each question.
    fn stale(&self) -> Vec<Struck> {
        let mut struck: Vec<Struck> = vec![];
        for StaleEvidence { question, what, valid_until } in &self.scorecard.stale {
            if let Some(last) = struck.last_mut().filter(|last| last.questions.contains(question)) {
                last.says = format!("{} So was “{what}”, until {}.", last.says, words::date(*valid_until));
                continue;
            }
            struck.push(Struck {
                rule: Rule::Stale,
                says: format!("“{what}”, on file for {question}, was valid until {}.", words::date(*valid_until)),
                ask: format!("What shows {question} today?"),
                questions: vec![question.clone()],
                controls: vec![],
            });
        }
        struck
    }

    /// An owner without a date, where there is a gap to close: one for each owner, by name.
    fn undated(&self) -> impl Iterator<Item = Struck> {
        let mut by_owner: BTreeMap<&str, Vec<QuestionId>> = BTreeMap::new();
        for item in self.questionnaire.items() {
            let id = &item.question.id;
            let is_gap = self.contribution(id).is_some_and(|c| c.claimed < Some(Level::Operating));
            let Some(response) = self.assessment.response(id).filter(|_| is_gap) else { continue };
            if !response.owner.trim().is_empty() && response.due.is_none() {
                by_owner.entry(response.owner.trim()).or_default().push(id.clone());
            }
        }
        by_owner.into_iter().map(|(owner, questions)| {
            let says = match questions.as_slice() {
                [one] => format!("{owner} owns the gap of {one}, and has no date for it."),
                all => format!("{owner} owns {} gaps, and has no date for them.", all.len()),
            };
            let first = questions.first().map(QuestionId::as_str).unwrap_or_default();
            let ask = format!("By when will {owner} have closed {first}?");
            Struck { rule: Rule::Undated, says, ask, questions, controls: vec![] }
        })
    }

    /// An answer that is far from all others of its area, and on one side of all of them.
    fn lonely(&self) -> Vec<Struck> {
        let mut struck = vec![];
        for (index, area) in self.questionnaire.areas().iter().enumerate() {
            let of_area = self.of_area(index);
            let answers: Vec<(&QuestionId, u8)> =
                of_area.iter().filter_map(|c| Some((&c.question, c.claimed?.number()))).collect();
            for (at, (question, level)) in answers.iter().enumerate() {
                let others = || answers.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (_, l))| *l);
                let (Some(least), Some(most)) = (others().min(), others().max()) else { continue };
                if answers.len() <= LEAST_OTHERS {
                    continue;
                }
                let rest = if level + FAR <= least {
                    format!("at {least} or more")
                } else if most + FAR <= *level {
                    format!("at {most} or less")
                } else {
                    continue;
                };
                let count = answers.len() - 1;
                struck.push(Struck {
                    rule: Rule::Lonely,
                    says: format!(
                        "{question} is at {level}, and the other {count} answers of area {} are {rest}.",
                        area.id
                    ),
                    ask: format!("What makes {question} so different from the rest of area {}?", area.id),
                    questions: vec![(*question).clone()],
                    controls: vec![],
                });
            }
        }
        struck
    }

    /// A control that is excluded although it is meant for the profile's role, and no rule has told so.
    fn needed(&self, told: &[RequirementId]) -> impl Iterator<Item = Struck> {
        let role = self.assessment.profile().ai_role;
        let excluded = self.questionnaire.requirements().map(|(_, requirement)| requirement).filter(|requirement| {
            requirement.can_be_excluded() && self.assessment.exclusion(&requirement.id).is_some()
        });
        excluded.filter(move |control| !told.contains(&control.id) && is_meant_for(control, role)).map(move |control| {
            let says = match role {
                AiRole::Several => format!("{} is excluded, and you hold more than one role towards AI.", control.id),
                AiRole::User => format!("{} is excluded, and a user of AI usually needs it.", control.id),
                AiRole::Developer => format!("{} is excluded, and a developer of AI usually needs it.", control.id),
                AiRole::Provider => format!("{} is excluded, and a provider of AI usually needs it.", control.id),
            };
            let ask = format!("What makes you do without it: {}?", control.title);
            Struck { rule: Rule::Needed, says, ask, questions: vec![], controls: vec![control.id.clone()] }
        })
    }
}

impl Case<'_> {
    /// The Statement of Applicability is claimed to be approved, with its reasons, and the one that is kept here isn't.
    fn statement(&self) -> Option<Struck> {
        let document = self.questionnaire.documents().iter().find(|document| document.id.as_str() == STATEMENT)?;
        let question = document.questions.first()?;
        let claimed = self.contribution(question)?.claimed.filter(|level| *level >= Level::Documented)?;
        let soa = soa(self.questionnaire, self.assessment, self.scorecard);
        let missing = soa.unfinished()?;
        Some(Struck {
            rule: Rule::Statement,
            says: format!(
                "{question} is claimed at {}, and the Statement of Applicability that is kept here {missing}.",
                claimed.number()
            ),
            ask: "Is there another Statement than this one, or is the claim ahead of the work?".to_owned(),
            questions: vec![question.clone()],
            controls: soa.undecided().undecided,
        })
    }
}

/// Returns whether a control that isn't for every role is for this one.
fn is_meant_for(control: &Requirement, role: AiRole) -> bool {
    let names_others = control.exclusion.as_ref().is_some_and(|usual| !usual.roles.contains(&role));
    let names_role = control.questions.iter().any(|question| !question.roles.is_empty() && question.concerns(role));
    names_others || (names_role && control.exclusion.is_none())
}
