//! Whole documents: golden texts, the edges, and the same bytes each time.

use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::Config;

use crate::domain::report::{Report, SELF_ASSESSMENT};
use crate::domain::scoring::score;
use crate::domain::testing::{cases, today};
use crate::export::Format;
use crate::export::tests::sample::{self, plain};

fn text(format: Format, report: &Report) -> String {
    String::from_utf8(sample::only(format, report)).expect("it is UTF-8")
}

fn markdown(report: &Report) -> String {
    text(Format::Markdown, report)
}

#[test]
fn the_markdown_of_the_sample() {
    insta::assert_snapshot!(markdown(&sample::report(&plain)));
}

#[test]
fn the_json_of_the_sample() {
    insta::assert_snapshot!(text(Format::Json, &sample::report(&plain)));
}

#[test]
fn the_markdown_where_nothing_is_answered() {
    insta::assert_snapshot!(markdown(&sample::unanswered()));
}

#[test]
fn the_markdown_where_everything_is_excluded() {
    insta::assert_snapshot!(markdown(&sample::all_excluded()));
}

#[test]
fn a_report_without_gaps_says_so_in_whole_sentences() {
    let text = markdown(&sample::all_strong());
    assert!(text.contains("**Ready for Stage 2,** as claimed and on the recorded evidence."), "{text}");
    assert!(text.contains("Keep it so, and keep the evidence current."), "{text}");
    assert!(!text.contains("Kept aside") && !text.contains("Evidence to renew"), "{text}");
}

#[test]
fn every_format_has_a_word_of_its_own() {
    for format in Format::ALL {
        assert_eq!(Format::from_word(format.word()), Some(format));
        assert!(!format.extension().is_empty());
    }
    assert_eq!(Format::from_word("tarot"), None);
}

#[test]
fn the_document_says_at_both_ends_that_it_is_a_self_assessment() {
    for report in [sample::report(&plain), sample::unanswered(), sample::all_excluded()] {
        let text = markdown(&report);
        let said: Vec<usize> = text.match_indices(&format!("*{SELF_ASSESSMENT}*")).map(|(at, _)| at).collect();
        assert_eq!(said.len(), 2, "{text}");
        assert!(said[0] < 300 && text.len() - said[1] < 200, "{text}");
    }
}

#[test]
fn the_summary_fits_on_a_page() {
    let text = markdown(&sample::report(&plain));
    let summary = text.split("\n---\n").next().expect("there is a first part");
    assert!(summary.lines().count() <= 60, "{summary}");
}

proptest! {
    #![proptest_config(Config { cases: Config::default().cases.min(64), ..Config::default() })]

    #[test]
    fn any_assessment_gives_the_same_bytes_twice_and_no_figure_without_coverage(case in cases()) {
        let (questionnaire, assessment) = (case.questionnaire(), case.assessment());
        let made = || {
            let card = score(&questionnaire, &assessment, today());
            Report::new(&questionnaire, &assessment, card, None, today())
        };
        for format in [Format::Markdown, Format::Html, Format::Json] {
            prop_assert_eq!(text(format, &made()), text(format, &made()));
        }
        let text = markdown(&made());
        prop_assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        for line in text.lines().filter(|line| line.starts_with("| Stage") || line.starts_with("| Maturity,")) {
            prop_assert!(line.contains(" of ") || line.contains("no question counts"), "{}", line);
        }
    }
}
