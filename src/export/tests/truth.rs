//! What a report says is true for whoever it is about, and says the same everywhere.

use crate::domain::profile::ProfileKey;
use crate::domain::report::{Audience, Names, Report};
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::score;
use crate::domain::testing::{answer, not_applicable, profile, today};
use crate::domain::timeline::PackageForecast;
use crate::export::Format;
use crate::export::tests::sample::{self, plain};

fn markdown(report: &Report, audience: Audience) -> String {
    let file = sample::rendered(Format::Markdown, report, audience, Names::Shown).files.into_iter().next();
    String::from_utf8(file.expect("every report has a file").bytes).expect("it is UTF-8")
}

/// Returns the report on an organisation that has told its name and its first day, and answered nothing.
fn just_begun() -> Report {
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = crate::domain::testing::assessment(&questionnaire);
    profile(&mut assessment, ProfileKey::Organisation, "Just Begun Ltd");
    profile(&mut assessment, ProfileKey::Start, "2026-12-01");
    let card = score(&questionnaire, &assessment, today());
    Report::new(&questionnaire, &assessment, card, Some(sample::forecast(&plain)), today())
}

/// Returns the calendar of the sample, whose questions are mostly answered.
fn sample_calendar() -> String {
    let calendar = String::from_utf8(sample::only(Format::Calendar, &sample::report(&plain))).expect("it is UTF-8");
    calendar.replace("\r\n ", "")
}

#[test]
fn who_has_told_and_answered_nothing_is_told_no_assumption_as_a_fact() {
    let report = just_begun();
    for audience in [Audience::Board, Audience::Full] {
        let text = markdown(&report, audience);
        assert!(text.contains("**Not known yet.** None of"), "{audience:?}: {text}");
        for false_word in ["Not ready", "as claimed and on", "No customer asks", "To promise", "Not now:"] {
            assert!(!text.contains(false_word), "{false_word} for {audience:?}: {text}");
        }
        assert!(text.contains("these dates are a first guess"), "{audience:?}: {text}");
        assert!(text.contains("It cannot be said before the profile is filled in"), "{audience:?}: {text}");
    }
    let calendar = String::from_utf8(sample::only(Format::Calendar, &report)).expect("it is UTF-8");
    let unfolded = calendar.replace("\r\n ", "");
    assert!(unfolded.contains("first guess") && !sample_calendar().contains("first guess"), "{unfolded}");
    let full = markdown(&report, Audience::Full);
    assert!(full.contains("50 (assumed)") && full.contains("Just Begun Ltd"), "{full}");
    assert!(!full.contains("that an auditor would probably write on these answers"), "{full}");
    assert!(!full.contains("Just Begun Ltd (assumed)") && !full.contains("(default)"), "{full}");
}

#[test]
fn a_date_is_one_to_promise_once_half_of_the_questions_are_answered() {
    let told = sample::report(&plain);
    assert_eq!(told.first_guess(), "", "{:?}", told.scorecard.answered());
    assert!(markdown(&told, Audience::Board).contains("To promise (P80)"));
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = crate::domain::testing::assessment(&questionnaire);
    answer(&mut assessment, "5.1-1", 3);
    let card = score(&questionnaire, &assessment, today());
    let report = Report::new(&questionnaire, &assessment, card, Some(sample::forecast(&plain)), today());
    assert!(report.first_guess().starts_with("Only 1 of "), "{}", report.first_guess());
    let board = markdown(&report, Audience::Board);
    let (_, next) = board.split_once("### What to do next").expect("the board is told what to do");
    assert!(next.trim_start().starts_with("10 questions are open: answering them"), "{next}");
}

#[test]
fn what_is_not_applicable_is_not_counted_among_what_applies() {
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = crate::domain::testing::assessment(&questionnaire);
    answer(&mut assessment, "5.1-1", 3);
    not_applicable(&mut assessment, "A.6.2-1");
    let card = score(&questionnaire, &assessment, today());
    let (all, counted) = (card.completion.asked, card.answered().asked);
    assert_eq!((counted, card.not_applicable()), (all - 1, 1));
    let report = Report::new(&questionnaire, &assessment, card, None, today());
    let text = markdown(&report, Audience::Board);
    assert!(text.contains(&format!("1 of {counted} questions are answered")), "{text}");
    assert!(text.contains("and 1 more is not applicable"), "{text}");
    assert!(!text.contains(&format!("of {all}")), "{text}");
}

#[test]
fn days_times_the_rate_is_the_amount_beside_them() {
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = sample::answered(&plain);
    profile(&mut assessment, ProfileKey::RateInternal, "300");
    let mut forecast = sample::forecast(&plain);
    (forecast.effort.p10, forecast.effort.p90) = (44.4, 66.4);
    let card = score(&questionnaire, &assessment, today());
    let report = Report::new(&questionnaire, &assessment, card, Some(forecast), today());
    assert!(report.takes().contains("44 to 66 person-days") && report.takes().contains("13,200 to 19,800 EUR"));
    assert_eq!(report.cost_rows()[0][1..], ["44 to 66 person-days", "13,200 to 19,800 EUR"]);
    assert!(report.takes().contains("7.0 to 10.1 months"), "as exact as the dates: {}", report.takes());
}

#[test]
fn what_follows_a_milestone_does_not_begin_before_it() {
    let mut forecast = sample::forecast(&plain);
    let reached = forecast.milestone(Milestone::Stage1).expect("it is forecast").p50;
    let step = |id: &str, months, milestone| PackageForecast {
        id: id.into(),
        months,
        milestone,
        is_step: true,
        ..forecast.packages[0].clone()
    };
    let (audit, next) =
        (step("audit", (5.0, reached - 0.1), Some(Milestone::Stage1)), step("next", (reached - 0.1, 7.0), None));
    let before = step("before", (1.0, 5.0), None);
    forecast.packages = vec![before.clone(), audit.clone(), next.clone()];
    assert!((forecast.months_of(&audit).1 - reached).abs() < 1e-9);
    assert_eq!(forecast.months_of(&next), (reached, 7.0));
    assert_eq!(forecast.months_of(&before), (1.0, 5.0));
}

#[test]
fn a_date_after_the_audit_that_it_is_for_is_asked_about() {
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = sample::answered(&plain);
    let forecast = sample::forecast(&plain);
    let struck = |assessment: &_| {
        let card = score(&questionnaire, assessment, today());
        Report::new(&questionnaire, assessment, card, Some(forecast.clone()), today()).checks
    };
    let late =
        |assessment: &_| struck(assessment).into_iter().filter(|one| one.rule.word() == "date-after-the-audit").count();
    assert_eq!(late(&assessment), 0, "the gap of 5.2-1 is closed before Stage 1");
    let change = crate::domain::change::Change::due(
        &assessment,
        &"5.2-1".into(),
        Some(crate::domain::testing::day(2028, 6, 30)),
    );
    assessment.apply(&change);
    let checks = struck(&assessment);
    let told = checks.iter().find(|one| one.rule.word() == "date-after-the-audit").expect("it is late");
    assert!(told.says.contains("1 gap that Stage 1 looks at has its date after"), "{}", told.says);
    assert_eq!(told.questions, ["5.2-1".into()]);
}

#[test]
fn who_reads_no_findings_is_told_nothing_of_them_and_who_owns_actions_how_to_read_them() {
    let auditor = markdown(&sample::shared(Audience::Auditor, Names::Shown), Audience::Auditor);
    assert!(!auditor.contains("The findings are") && !auditor.contains("action plan"), "{auditor}");
    let owner = markdown(&sample::shared(Audience::Owner, Names::Shown), Audience::Owner);
    assert!(!owner.contains("The findings are"), "{owner}");
    assert!(owner.contains("Gains are the percentage points") && owner.contains("“1 → 2” leads"), "{owner}");
}

#[test]
fn without_names_the_organisation_is_left_out_and_not_unstated() {
    let report = sample::shared(Audience::Customer, Names::LeftOut);
    assert_eq!(report.title, "Self-assessment of the organisation");
    let text = markdown(&report, Audience::Customer);
    let line = text.lines().find(|line| line.starts_with("| Organisation ")).expect("the organisation is named");
    assert!(line.contains("(left out)"), "{line}");
}

#[test]
fn what_nobody_has_told_is_no_fact_for_a_customer_and_a_default_for_an_auditor() {
    let key = "High-risk AI systems";
    let customer = markdown(&sample::shared(Audience::Customer, Names::Shown), Audience::Customer);
    assert!(customer.contains(&format!("{key} | not stated")), "{customer}");
    let auditor = markdown(&sample::shared(Audience::Auditor, Names::Shown), Audience::Auditor);
    assert!(auditor.contains(&format!("{key} | none (default)")), "{auditor}");
}

#[test]
fn what_is_open_is_told_by_its_ids_and_what_nobody_is_asked_about_with_what_to_do() {
    let text = markdown(&sample::report(&plain), Audience::Full);
    assert!(text.contains("Questions of these are not answered, so nothing is found: 6.2, A.2.2."), "{text}");
    assert!(text.contains("- **A.6.1 Requirement A.6.1.** No question of it concerns your role towards AI"), "{text}");
}

#[test]
fn a_statement_that_nobody_has_decided_anything_in_says_so() {
    let said = crate::domain::soa::NOTHING_DECIDED;
    for audience in [Audience::Full, Audience::Customer] {
        assert!(markdown(&just_begun(), audience).contains(said), "{audience:?}");
        assert!(!markdown(&sample::shared(audience, Names::Shown), audience).contains(said), "{audience:?}");
    }
}
