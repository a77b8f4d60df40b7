//! Each row of the table of findings.

use crate::domain::assessment::Assessment;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, Question, Questionnaire};
use crate::domain::scoring::{Finding, Grade, score};
use crate::domain::testing::{answer, area, assessment, clause, control, day, evidence, exclude, not_applicable};
use crate::domain::testing::{profile, question, questionnaire, today};

/// Returns a questionnaire with one control of two questions.
fn pair() -> (Questionnaire, Assessment) {
    let questionnaire = questionnaire(vec![area("A.2", vec![control("A.2.2", vec![question("p"), question("q")])])]);
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn findings(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Finding> {
    score(questionnaire, assessment, today()).findings
}

fn grades(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Grade> {
    findings(questionnaire, assessment).into_iter().map(|finding| finding.grade).collect()
}

/// Answers `p` and `q`, both with evidence of a kind.
fn graded(p: Option<u8>, q: Option<u8>, kind: Option<EvidenceKind>) -> Vec<Grade> {
    let (questionnaire, mut assessment) = pair();
    for (id, level) in [("p", p), ("q", q)] {
        answer(&mut assessment, id, level);
        if let Some(kind) = kind {
            evidence(&mut assessment, id, kind, None);
        }
    }
    grades(&questionnaire, &assessment)
}

/// The levels of `p` and `q`, the kind of their evidence, and the grades that come of it.
type Row = (Option<u8>, Option<u8>, Option<EvidenceKind>, &'static [Grade]);

#[test]
fn each_row_of_the_table_gives_its_grade() {
    use EvidenceKind::{Document, Measurement, Record};
    let rows: [Row; 17] = [
        (Some(0), Some(0), None, &[Grade::Major]),
        (Some(1), Some(1), Some(Measurement), &[Grade::Major]),
        (Some(1), None, None, &[Grade::Major]),
        (Some(1), Some(2), None, &[Grade::Minor]),
        (Some(0), Some(5), None, &[Grade::Minor]),
        (Some(2), Some(3), Some(Record), &[Grade::Minor]),
        (Some(2), None, None, &[Grade::Minor]),
        (Some(3), Some(3), None, &[Grade::Observation]),
        (Some(5), Some(5), Some(Document), &[Grade::Observation]),
        (Some(3), Some(3), Some(Record), &[]),
        (Some(5), Some(5), Some(Record), &[]),
        (Some(4), Some(3), Some(Measurement), &[]),
        (Some(4), Some(4), Some(Measurement), &[Grade::Strength]),
        (Some(5), Some(4), Some(Measurement), &[Grade::Strength]),
        (None, None, None, &[Grade::Open]),
        (Some(3), None, None, &[Grade::Open]),
        (Some(5), None, Some(Measurement), &[Grade::Open]),
    ];
    for (p, q, kind, expected) in rows {
        assert_eq!(graded(p, q, kind), expected, "{p:?} {q:?} {kind:?}");
    }
}

#[test]
fn a_finding_names_the_questions_that_it_rests_on() {
    let (questionnaire, mut assessment) = pair();
    answer(&mut assessment, "p", 4);
    answer(&mut assessment, "q", 1);
    let finding = findings(&questionnaire, &assessment).remove(0);
    assert_eq!(finding.requirement.as_str(), "A.2.2");
    assert_eq!(finding.questions, ["q".into()]);
    assert_eq!(finding.because, "q is below level 3.");
}

#[test]
fn one_question_at_two_keeps_a_showstopper_below_two_a_major() {
    let stopper = Question { showstopper: true, ..question("p") };
    let questionnaire = questionnaire(vec![area("5", vec![clause("5.2", vec![stopper, question("q")])])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "q", 5);
    for (level, expected) in [(0, Grade::Major), (1, Grade::Major), (2, Grade::Minor), (3, Grade::Observation)] {
        answer(&mut assessment, "p", level);
        assert_eq!(grades(&questionnaire, &assessment), [expected], "at {level}");
    }
    answer(&mut assessment, "p", 1);
    assert_eq!(findings(&questionnaire, &assessment)[0].questions, ["p".into()]);
}

/// Returns an area of so many clauses, each with one question at 2 beside one at 3, and one clause that conforms.
fn area_with_minors(minors: usize) -> (Questionnaire, Assessment) {
    let clauses = (0..=minors)
        .map(|n| clause(&format!("6.{n}"), vec![question(&format!("6.{n}-1")), question(&format!("6.{n}-2"))]))
        .collect();
    let questionnaire = questionnaire(vec![area("6", clauses)]);
    let mut assessment = assessment(&questionnaire);
    for n in 0..=minors {
        answer(&mut assessment, &format!("6.{n}-1"), if n == minors { 3 } else { 2 });
        answer(&mut assessment, &format!("6.{n}-2"), 3);
        evidence(&mut assessment, &format!("6.{n}-1"), EvidenceKind::Record, None);
        evidence(&mut assessment, &format!("6.{n}-2"), EvidenceKind::Record, None);
    }
    (questionnaire, assessment)
}

#[test]
fn three_requirements_of_one_area_that_fall_short_are_a_systemic_failure() {
    let (questionnaire, assessment) = area_with_minors(2);
    assert_eq!(grades(&questionnaire, &assessment), [Grade::Minor, Grade::Minor]);
    let (questionnaire, assessment) = area_with_minors(3);
    assert_eq!(grades(&questionnaire, &assessment), [Grade::Major, Grade::Major, Grade::Major]);
    assert!(findings(&questionnaire, &assessment)[0].because.contains("systemic"));
}

#[test]
fn minors_of_different_areas_are_no_systemic_failure() {
    let areas = ["5", "6", "7"].map(|id| area(id, vec![clause(&format!("{id}.1"), vec![question(id)])]));
    let questionnaire = questionnaire(areas.to_vec());
    let mut assessment = assessment(&questionnaire);
    for id in ["5", "6", "7"] {
        answer(&mut assessment, id, 2);
    }
    assert_eq!(grades(&questionnaire, &assessment), [Grade::Minor; 3]);
}

#[test]
fn what_is_not_applicable_or_excluded_carries_no_finding() {
    let (questionnaire, mut assessment) = pair();
    answer(&mut assessment, "p", 0);
    not_applicable(&mut assessment, "q");
    assert_eq!(grades(&questionnaire, &assessment), [Grade::Major], "the question that applies still counts");
    not_applicable(&mut assessment, "p");
    assert_eq!(grades(&questionnaire, &assessment), []);
    answer(&mut assessment, "p", 0);
    exclude(&mut assessment, "A.2.2");
    assert_eq!(grades(&questionnaire, &assessment), []);
}

#[test]
fn a_control_whose_questions_concern_another_role_is_undecided() {
    let questions = vec![Question { roles: vec![AiRole::Developer], ..question("p") }];
    let questionnaire = questionnaire(vec![area("A.6", vec![control("A.6.1", questions)])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 0);
    profile(&mut assessment, ProfileKey::AiRole, "user");
    let finding = findings(&questionnaire, &assessment).remove(0);
    assert_eq!((finding.grade, finding.questions.len()), (Grade::Open, 0));
    assert!(finding.because.contains("exclude it"), "{}", finding.because);
    exclude(&mut assessment, "A.6.1");
    assert_eq!(grades(&questionnaire, &assessment), []);
}

#[test]
fn a_clause_whose_questions_concern_another_role_is_not_to_be_excluded() {
    let questions = vec![Question { roles: vec![AiRole::Developer], ..question("p") }];
    let questionnaire = questionnaire(vec![area("8", vec![clause("8.1", questions)])]);
    let mut assessment = assessment(&questionnaire);
    profile(&mut assessment, ProfileKey::AiRole, "user");
    assert_eq!(grades(&questionnaire, &assessment), [], "nobody can exclude a clause");
}

#[test]
fn expired_evidence_carries_nothing_and_is_listed_as_stale() {
    let (questionnaire, mut assessment) = pair();
    for id in ["p", "q"] {
        answer(&mut assessment, id, 3);
        evidence(&mut assessment, id, EvidenceKind::Record, Some(today()));
    }
    assert_eq!(grades(&questionnaire, &assessment), [], "the last day counts");
    let later = score(&questionnaire, &assessment, day(2027, 3, 2));
    assert_eq!(later.findings[0].grade, Grade::Observation);
    let stale: Vec<_> = later.stale.iter().map(|s| (s.question.as_str(), s.valid_until)).collect();
    assert_eq!(stale, [("p", today()), ("q", today())]);
}

#[test]
fn stale_evidence_of_an_excluded_control_is_not_listed() {
    let (questionnaire, mut assessment) = pair();
    evidence(&mut assessment, "p", EvidenceKind::Record, Some(day(2020, 1, 1)));
    assert_eq!(score(&questionnaire, &assessment, today()).stale.len(), 1);
    exclude(&mut assessment, "A.2.2");
    assert_eq!(score(&questionnaire, &assessment, today()).stale, []);
}
