//! What is always true of a score, whatever the questionnaire and the answers ("Always true" of the scoring design).

use std::collections::BTreeMap;

use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::Config;

use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::{EvidenceKind, Item, Questionnaire};
use crate::domain::scoring::{Figures, Grade, Obstacle, Range, Rating, Scorecard, Views, score};
use crate::domain::testing::{Case, cases, evidence, exclude, include, questionnaire, shuffled, today};

/// Returns 2,000 cases a property in CI and 256 elsewhere, or more where `PROPTEST_CASES` asks for more.
fn config() -> Config {
    let asked = Config::default();
    let least = if std::env::var_os("CI").is_some() { 2000 } else { 256 };
    Config { cases: asked.cases.max(least), ..asked }
}

/// What rounding may move a figure by where not the same terms are summed.
const ROUNDING: f64 = 1e-9;

/// Returns the figures of every node by name: the whole, each area, each requirement.
fn nodes(card: &Scorecard) -> BTreeMap<String, Figures> {
    let mut nodes = BTreeMap::from([("overall".to_owned(), card.overall)]);
    for area in &card.areas {
        nodes.insert(format!("area {}", area.id), area.figures);
        nodes.extend(area.requirements.iter().map(|r| (format!("requirement {}", r.id), r.figures)));
    }
    nodes
}

/// Returns each figure with its greatest value.
fn views(figures: &Figures) -> [(Views<Range>, f64); 3] {
    [(figures.maturity, Level::MOST_POINTS), (figures.stage1, 1.0), (figures.stage2, 1.0)]
}

/// Returns each range with its greatest value.
fn ranges(figures: &Figures) -> Vec<(Range, f64)> {
    views(figures).into_iter().flat_map(|(views, most)| [(views.claimed, most), (views.evidenced, most)]).collect()
}

/// Returns all ranges of two scorecards of one questionnaire, side by side.
fn pairs(before: &Scorecard, after: &Scorecard) -> Vec<(String, Range, Range)> {
    let (before, after) = (nodes(before), nodes(after));
    assert!(before.keys().eq(after.keys()), "the same nodes");
    before
        .iter()
        .zip(after.values())
        .flat_map(|((name, before), after)| {
            let sides = ranges(before).into_iter().zip(ranges(after));
            sides.map(move |((before, _), (after, _))| (name.clone(), before, after))
        })
        .collect()
}

fn grades(card: &Scorecard) -> BTreeMap<String, Grade> {
    card.findings.iter().map(|finding| (finding.requirement.to_string(), finding.grade)).collect()
}

fn obstacles(card: &Scorecard) -> Views<Vec<String>> {
    // What belongs to a systemic failure is told in the order of the files.
    let in_order = |obstacle: &Obstacle| match obstacle.clone() {
        Obstacle::Systemic { area, mut requirements } => {
            requirements.sort();
            Obstacle::Systemic { area, requirements }
        }
        other => other,
    };
    let sorted = |obstacles: &[Obstacle]| {
        let mut told: Vec<String> = obstacles.iter().map(|obstacle| format!("{:?}", in_order(obstacle))).collect();
        told.sort();
        told
    };
    Views { claimed: sorted(&card.obstacles.claimed), evidenced: sorted(&card.obstacles.evidenced) }
}

fn scored(case: &Case) -> (Questionnaire, Assessment, Scorecard) {
    let (questionnaire, assessment) = (case.questionnaire(), case.assessment());
    let card = score(&questionnaire, &assessment, today());
    (questionnaire, assessment, card)
}

fn with_answer(assessment: &Assessment, question: &QuestionId, answer: Option<Answer>) -> Assessment {
    let mut changed = assessment.clone();
    changed.apply(&Change::answer(assessment, question, answer));
    changed
}

/// Returns the question that a number picks among those that are wanted, where there is one.
fn picked(questionnaire: &Questionnaire, pick: usize, wanted: impl Fn(&Item<'_>) -> bool) -> Option<QuestionId> {
    let ids: Vec<&QuestionId> = questionnaire.items().filter(wanted).map(|item| &item.question.id).collect();
    ids.get(pick.checked_rem(ids.len())?).map(|id| (*id).clone())
}

/// Returns an error where a range of `after` lies below that of `before`.
fn nothing_falls(before: &Scorecard, after: &Scorecard) -> Result<(), String> {
    for (name, before, after) in pairs(before, after) {
        let fell = after.low < before.low || after.middle < before.middle || after.high < before.high;
        if fell {
            return Err(format!("{name}: {before:?} fell to {after:?}"));
        }
    }
    let (old, new) = (before.verdict, after.verdict);
    if new.claimed < old.claimed || new.evidenced < old.evidenced {
        return Err(format!("the verdict fell from {old:?} to {new:?}"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn raising_an_answer_never_lowers_a_figure_or_a_verdict(case in cases(), pick: usize, up in 1_u8..=5) {
        let (questionnaire, assessment, before) = scored(&case);
        let level = |id: &QuestionId| assessment.answer(id).and_then(Answer::level);
        let can_rise = |item: &Item<'_>| level(&item.question.id).is_some_and(|level| level < Level::Improving);
        let Some(question) = picked(&questionnaire, pick, can_rise) else { return Ok(()) };
        let raised = level(&question).and_then(|now| Level::new((now.number() + up).min(5))).map(Answer::Level);
        let after = score(&questionnaire, &with_answer(&assessment, &question, raised), today());
        prop_assert_eq!(nothing_falls(&before, &after), Ok(()));
    }

    #[test]
    fn adding_evidence_never_lowers_a_figure_or_a_verdict(case in cases(), pick: usize) {
        let (questionnaire, mut assessment, before) = scored(&case);
        let Some(question) = picked(&questionnaire, pick, |_| true) else { return Ok(()) };
        evidence(&mut assessment, question.as_str(), EvidenceKind::Measurement, None);
        let after = score(&questionnaire, &assessment, today());
        prop_assert_eq!(nothing_falls(&before, &after), Ok(()));
    }

    #[test]
    fn every_figure_lies_within_its_bounds(case in cases()) {
        let (_, _, card) = scored(&case);
        for (name, figures) in nodes(&card) {
            for (range, most) in ranges(&figures) {
                let middle = range.middle.unwrap_or(range.low);
                prop_assert!(range.low >= 0.0 && range.low <= middle, "{name}: {range:?}");
                prop_assert!(middle <= range.high && range.high <= most + ROUNDING, "{name}: {range:?}");
                prop_assert!((0.0..=1.0).contains(&range.coverage()), "{name}: {range:?}");
            }
            prop_assert!(figures.completion.answered <= figures.completion.asked, "{name}");
        }
    }

    #[test]
    fn a_middle_is_missing_only_where_nothing_is_answered(case in cases()) {
        let (_, _, card) = scored(&case);
        let anything = card.contributions.iter().any(|c| c.claimed.is_some());
        for (name, figures) in nodes(&card) {
            for (range, _) in ranges(&figures) {
                prop_assert_eq!(range.middle.is_some(), anything && range.applies(), "{}: {:?}", name, range);
            }
        }
    }

    #[test]
    fn evidenced_is_never_above_claimed(case in cases()) {
        let (_, _, card) = scored(&case);
        for (name, figures) in nodes(&card) {
            for (Views { claimed, evidenced }, _) in views(&figures) {
                let below = evidenced.low <= claimed.low && evidenced.middle <= claimed.middle;
                prop_assert!(below && evidenced.high <= claimed.high, "{name}: {claimed:?} {evidenced:?}");
            }
        }
        let ratings = card.areas.iter().flat_map(|area| &area.requirements).map(|r| r.rating);
        prop_assert!(ratings.into_iter().all(|r: Views<Option<Rating>>| r.evidenced <= r.claimed));
        prop_assert!(card.contributions.iter().all(|c| c.evidenced <= c.claimed));
        prop_assert!(card.verdict.evidenced <= card.verdict.claimed);
    }

    #[test]
    fn answering_an_open_question_never_widens_a_range(case in cases(), pick: usize, level in 0_u8..=5) {
        let (questionnaire, assessment, before) = scored(&case);
        let is_open = |item: &Item<'_>| assessment.answer(&item.question.id).is_none();
        let Some(question) = picked(&questionnaire, pick, is_open) else { return Ok(()) };
        let answer = Level::new(level).map(Answer::Level);
        let after = score(&questionnaire, &with_answer(&assessment, &question, answer), today());
        for (name, before, after) in pairs(&before, &after) {
            prop_assert!(after.low >= before.low && after.high <= before.high, "{name}: {before:?} {after:?}");
        }
    }

    #[test]
    fn taking_an_open_question_out_never_widens_a_range(case in cases(), pick: usize) {
        let (questionnaire, assessment, before) = scored(&case);
        let is_open = |item: &Item<'_>| {
            item.requirement.can_be_excluded() && assessment.answer(&item.question.id).is_none()
        };
        let Some(question) = picked(&questionnaire, pick, is_open) else { return Ok(()) };
        let answer = Some(Answer::NotApplicable { because: "We have none.".to_owned() });
        let after = score(&questionnaire, &with_answer(&assessment, &question, answer), today());
        for (name, before, after) in pairs(&before, &after) {
            let (was, is) = (before.high - before.low, after.high - after.low);
            prop_assert!(is <= was + ROUNDING, "{name}: {before:?} {after:?}");
        }
    }

    #[test]
    fn with_nothing_open_low_middle_and_high_are_one_figure(case in cases(), level in 0_u8..=5) {
        let (questionnaire, mut assessment, before) = scored(&case);
        for open in before.contributions.iter().filter(|c| c.claimed.is_none()) {
            assessment = with_answer(&assessment, &open.question, Level::new(level).map(Answer::Level));
        }
        let card = score(&questionnaire, &assessment, today());
        for (name, figures) in nodes(&card) {
            for (range, _) in ranges(&figures).into_iter().filter(|(range, _)| range.applies()) {
                prop_assert_eq!(range.middle, Some(range.low), "{}: {:?}", name, range);
                prop_assert_eq!(range.middle, Some(range.high), "{}: {:?}", name, range);
            }
        }
    }

    #[test]
    fn no_order_changes_a_figure(case in cases(), seed: u64) {
        let (_, _, before) = scored(&case);
        let mut areas = shuffled(&case.areas, seed);
        for area in &mut areas {
            area.requirements = shuffled(&area.requirements, seed ^ 1);
            for requirement in &mut area.requirements {
                requirement.questions = shuffled(&requirement.questions, seed ^ 2);
            }
        }
        let (_, _, after) = scored(&Case { areas, ..case.clone() });
        prop_assert_eq!(nodes(&before), nodes(&after));
        prop_assert_eq!(before.verdict, after.verdict);
        prop_assert_eq!(grades(&before), grades(&after));
        prop_assert_eq!(obstacles(&before), obstacles(&after));
    }

    #[test]
    fn the_order_of_the_answers_changes_nothing(case in cases(), seed: u64) {
        let (_, _, before) = scored(&case);
        let mut changes = shuffled(&case.changes, seed);
        // The items of one question's evidence keep their order: a person put them in it.
        changes.sort_by_key(|change| match change {
            Change::EvidenceAdded { question, evidence } => Some((question.clone(), evidence.what.clone())),
            _ => None,
        });
        let (_, _, after) = scored(&Case { changes, ..case });
        prop_assert_eq!(before, after);
    }

    #[test]
    fn what_was_answered_for_an_excluded_control_changes_nothing(case in cases()) {
        let (questionnaire, assessment, before) = scored(&case);
        let mut blank = assessment.clone();
        for (_, requirement) in questionnaire.requirements().filter(|(_, r)| assessment.exclusion(&r.id).is_some()) {
            for question in &requirement.questions {
                blank = with_answer(&blank, &question.id, None);
                for item in assessment.response(&question.id).map(|r| r.evidence.clone()).unwrap_or_default() {
                    blank.apply(&Change::EvidenceRemoved { question: question.id.clone(), evidence: item });
                }
            }
        }
        prop_assert_eq!(before, score(&questionnaire, &blank, today()));
    }

    #[test]
    fn excluding_is_as_if_the_control_were_not_there(case in cases()) {
        let (_, assessment, with) = scored(&case);
        let mut areas = case.areas.clone();
        for area in &mut areas {
            area.requirements.retain(|requirement| assessment.exclusion(&requirement.id).is_none());
        }
        areas.retain(|area| !area.requirements.is_empty());
        if areas.is_empty() {
            return Ok(());
        }
        let without = score(&questionnaire(areas), &assessment, today());
        prop_assert_eq!(with.overall, without.overall);
        prop_assert_eq!(with.verdict, without.verdict);
        prop_assert_eq!(grades(&with), grades(&without));
        prop_assert_eq!(obstacles(&with), obstacles(&without));
        let left: Vec<_> = with.areas.iter().flat_map(|area| &area.requirements).filter(|r| !r.excluded).collect();
        let all: Vec<_> = without.areas.iter().flat_map(|area| &area.requirements).collect();
        prop_assert_eq!(left, all);
    }

    #[test]
    fn including_a_control_again_brings_everything_back(case in cases()) {
        let (questionnaire, assessment, before) = scored(&case);
        let controls = questionnaire.requirements().filter(|(_, requirement)| requirement.can_be_excluded());
        for (_, control) in controls.filter(|(_, control)| assessment.exclusion(&control.id).is_none()) {
            let mut changed = assessment.clone();
            exclude(&mut changed, control.id.as_str());
            include(&mut changed, &control.id);
            prop_assert_eq!(&before, &score(&questionnaire, &changed, today()));
        }
    }

    #[test]
    fn a_score_says_on_how_many_questions_it_rests(case in cases()) {
        let (questionnaire, assessment, card) = scored(&case);
        let counted = |documented_only: bool| {
            let counts = questionnaire.items().filter(|item| {
                let id = &item.question.id;
                let applies = item.question.concerns(case.role) && assessment.exclusion(&item.requirement.id).is_none();
                let dropped = matches!(assessment.answer(id), Some(Answer::NotApplicable { .. }));
                applies && !dropped && (item.question.documented || !documented_only)
            });
            let ids: Vec<QuestionId> = counts.map(|item| item.question.id.clone()).collect();
            (ids.iter().filter(|id| assessment.answer(id).is_some()).count(), ids.len())
        };
        for (views, _) in views(&card.overall).into_iter().take(1).chain(views(&card.overall).into_iter().skip(2)) {
            prop_assert_eq!((views.claimed.answered.answered, views.claimed.answered.asked), counted(false));
            prop_assert_eq!(views.claimed.answered, views.evidenced.answered);
        }
        let stage1 = card.overall.stage1.claimed.answered;
        prop_assert_eq!((stage1.answered, stage1.asked), counted(true));
    }

    #[test]
    fn scoring_twice_gives_the_same(case in cases()) {
        let (questionnaire, assessment, card) = scored(&case);
        prop_assert_eq!(card, score(&questionnaire, &assessment, today()));
    }
}

#[test]
fn random_cases_reach_every_verdict_and_grade() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut verdicts, mut seen) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for _ in 0..400 {
        let case = cases().new_tree(&mut runner).expect("a case can be drawn").current();
        let (_, _, card) = scored(&case);
        verdicts.insert(card.verdict.claimed);
        seen.extend(card.findings.iter().map(|finding| finding.grade));
    }
    assert_eq!((verdicts.len(), seen.len()), (3, Grade::ALL.len()), "{verdicts:?} {seen:?}");
}
