//! Builders for tests: small questionnaires by hand, and random ones with answers.

use std::fmt::Debug;

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use crate::domain::assessment::{Answer, Assessment, Depth, Evidence, QuestionnaireRef, Seed};
use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{Area, EvidenceHint, EvidenceKind, Header, Question, Questionnaire};
use crate::domain::questionnaire::{Requirement, RequirementKind};

/// Returns the day on which tests score: 1 March 2027.
pub fn today() -> NaiveDate {
    day(2027, 3, 1)
}

/// Returns a day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("tests name days that exist")
}

/// Returns a question with texts made from its id, of weight 1 and without any mark.
pub fn question(id: &str) -> Question {
    Question {
        id: id.into(),
        ask: format!("Is {id} done?"),
        why: format!("Without {id} things go wrong."),
        levels: Level::ALL.map(|level| format!("{id} is {}.", level.name().to_lowercase())),
        evidence: vec![EvidenceHint { kind: EvidenceKind::Record, what: format!("Minutes about {id}") }],
        pitfall: format!("A plan to do {id}."),
        weight: 1.0,
        weight_reason: String::new(),
        documented: false,
        showstopper: false,
        quick: false,
        roles: vec![],
        replaces: None,
    }
}

/// Returns a clause with these questions.
pub fn clause(id: &str, questions: Vec<Question>) -> Requirement {
    Requirement {
        id: id.into(),
        title: format!("Requirement {id}"),
        kind: RequirementKind::Clause,
        weight: 1.0,
        weight_reason: String::new(),
        intent: format!("An auditor looks for {id}."),
        exclusion: None,
        questions,
    }
}

/// Returns a control with these questions.
pub fn control(id: &str, questions: Vec<Question>) -> Requirement {
    Requirement { kind: RequirementKind::Control, ..clause(id, questions) }
}

/// Returns an area of these requirements.
pub fn area(id: &str, requirements: Vec<Requirement>) -> Area {
    Area { id: id.into(), title: format!("Area {id}"), objective: format!("Area {id} is for something."), requirements }
}

/// Returns what the questionnaires of tests say about themselves.
pub fn header() -> Header {
    Header {
        id: "sample".to_owned(),
        version: "1.0.0".to_owned(),
        title: "Sample questionnaire".to_owned(),
        language: "en".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        notice: "Buy the standard: this is no substitute.".to_owned(),
    }
}

/// Returns the questionnaire of these areas, without a roadmap.
pub fn questionnaire(areas: Vec<Area>) -> Questionnaire {
    Questionnaire::new(header(), areas, None).expect("tests build questionnaires without flaws")
}

/// Returns an assessment of the questionnaire in which nothing is answered yet.
pub fn assessment(questionnaire: &Questionnaire) -> Assessment {
    let header = questionnaire.header();
    let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
    Assessment::new("Acme 2027", reference, Depth::Full, Seed(42))
}

/// Answers a question with the level of this number, or leaves it open again.
pub fn answer(assessment: &mut Assessment, question: &str, level: impl Into<Option<u8>>) {
    let level = level.into().map(|number| Answer::Level(Level::new(number).expect("a level is 0 to 5")));
    assessment.apply(&Change::answer(assessment, &question.into(), level));
}

/// Answers a question with not applicable.
pub fn not_applicable(assessment: &mut Assessment, question: &str) {
    let because = "We have none.".to_owned();
    assessment.apply(&Change::answer(assessment, &question.into(), Some(Answer::NotApplicable { because })));
}

/// Adds an item of evidence that is valid up to a day, or for ever.
pub fn evidence(assessment: &mut Assessment, question: &str, kind: EvidenceKind, valid_until: Option<NaiveDate>) {
    let what = format!("A {}", kind.word());
    let evidence = Evidence { kind, what, date: None, valid_until };
    assessment.apply(&Change::EvidenceAdded { question: question.into(), evidence });
}

/// Excludes a control.
pub fn exclude(assessment: &mut Assessment, control: &str) {
    let because = Some("We develop no AI.".to_owned());
    assessment.apply(&Change::exclusion(assessment, &control.into(), because));
}

/// Includes a control again.
pub fn include(assessment: &mut Assessment, control: &RequirementId) {
    assessment.apply(&Change::exclusion(assessment, control, None));
}

/// Sets a field of the profile.
pub fn profile(assessment: &mut Assessment, key: ProfileKey, value: &str) {
    let change = Change::profile(assessment, key, value).expect("tests set what the field takes");
    assessment.apply(&change);
}

/// A questionnaire with what was recorded for it, in the order in which it was.
#[derive(Clone, Debug)]
pub struct Case {
    /// The areas of the questionnaire.
    pub areas: Vec<Area>,
    /// What was recorded.
    pub changes: Vec<Change>,
    /// The role towards AI.
    pub role: AiRole,
}

impl Case {
    /// Returns the questionnaire.
    pub fn questionnaire(&self) -> Questionnaire {
        questionnaire(self.areas.clone())
    }

    /// Returns the answers to it.
    pub fn assessment(&self) -> Assessment {
        let mut assessment = assessment(&self.questionnaire());
        profile(&mut assessment, ProfileKey::AiRole, self.role.word());
        for change in &self.changes {
            assessment.apply(change);
        }
        assessment
    }
}

/// What is drawn for one question: its texts' marks, and what was recorded.
#[derive(Clone, Debug)]
struct Draw {
    weight: f64,
    documented: bool,
    showstopper: bool,
    roles: Vec<AiRole>,
    answer: Option<u8>,
    evidence: Vec<(EvidenceKind, Option<NaiveDate>)>,
}

/// What is drawn for one requirement: its kind and weight, whether it is excluded, its questions.
type RequirementDraw = (bool, f64, bool, Vec<Draw>);

/// Stands for not applicable among the drawn answers.
const NOT_APPLICABLE: u8 = 6;

/// Draws questionnaires of a few areas with weights, roles and marks, and answers with evidence and exclusions.
pub fn cases() -> impl Strategy<Value = Case> {
    let requirement = (any::<bool>(), weights(), select(vec![false, false, false, true]), vec(draws(), 1..4));
    (vec(vec(requirement, 1..5), 1..4), select(AiRole::ALL.to_vec())).prop_map(|(areas, role)| case(&areas, role))
}

fn weights() -> impl Strategy<Value = f64> {
    prop_oneof![4 => Just(1.0), 2 => 0.1..10.0, 1 => select(vec![1e-3, 0.1, 1000.0])]
}

fn draws() -> impl Strategy<Value = Draw> {
    let answers = prop_oneof![2 => Just(None), 6 => (0_u8..=5).prop_map(Some), 1 => Just(Some(NOT_APPLICABLE))];
    let days = option::of(select(vec![day(2020, 1, 1), day(2027, 2, 28), today(), day(2028, 1, 1)]));
    let roles = prop_oneof![3 => Just(vec![]), 1 => vec(select(AiRole::ALL.to_vec()), 1..3)];
    let marks = (weights(), any::<bool>(), select(vec![false, false, true]), roles);
    (marks, answers, vec((select(EvidenceKind::ALL.to_vec()), days), 0..3)).prop_map(
        |((weight, documented, showstopper, roles), answer, evidence)| Draw {
            weight,
            documented,
            showstopper,
            roles,
            answer,
            evidence,
        },
    )
}

fn case(draws: &[Vec<RequirementDraw>], role: AiRole) -> Case {
    let (mut areas, mut changes) = (vec![], vec![]);
    for (a, requirements) in draws.iter().enumerate() {
        let mut made = vec![];
        for (r, (is_control, weight, excluded, questions)) in requirements.iter().enumerate() {
            let id = format!("{a}.{r}");
            let with_ids = questions.iter().enumerate().map(|(q, draw)| (format!("{id}-{q}"), draw));
            let questions = with_ids.clone().map(|(id, draw)| marked(&id, draw)).collect();
            let requirement = if *is_control { control(&id, questions) } else { clause(&id, questions) };
            with_ids.for_each(|(id, draw)| changes.extend(recorded(&id.as_str().into(), *is_control, draw)));
            if *is_control && *excluded {
                let edit = crate::domain::change::Edit { old: None, new: Some("We have none.".to_owned()) };
                changes.push(Change::Exclusion { requirement: requirement.id.clone(), edit });
            }
            made.push(Requirement { weight: *weight, ..requirement });
        }
        areas.push(area(&a.to_string(), made));
    }
    Case { areas, changes, role }
}

fn marked(id: &str, draw: &Draw) -> Question {
    Question {
        weight: draw.weight,
        documented: draw.documented,
        showstopper: draw.showstopper,
        roles: draw.roles.clone(),
        ..question(id)
    }
}

fn recorded(id: &QuestionId, may_be_excluded: bool, draw: &Draw) -> Vec<Change> {
    let mut changes = vec![];
    let new = match draw.answer {
        Some(NOT_APPLICABLE) if may_be_excluded => Some(Answer::NotApplicable { because: "We have none.".to_owned() }),
        Some(number) => Level::new(number).map(Answer::Level),
        None => None,
    };
    changes.push(Change::Answer { question: id.clone(), edit: crate::domain::change::Edit { old: None, new } });
    for (index, (kind, valid_until)) in draw.evidence.iter().enumerate() {
        let evidence = Evidence { kind: *kind, what: format!("Item {index}"), date: None, valid_until: *valid_until };
        changes.push(Change::EvidenceAdded { question: id.clone(), evidence });
    }
    changes
}

/// Returns the same things in an order that a seed decides.
pub fn shuffled<T: Clone + Debug>(things: &[T], seed: u64) -> Vec<T> {
    let mut rest = things.to_vec();
    let mut state = seed;
    let mut order = vec![];
    while !rest.is_empty() {
        // The multiplier of Knuth's MMIX generator: enough to mix a handful of things.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(state >> 33).unwrap_or(0) % rest.len();
        order.push(rest.remove(at));
    }
    order
}
