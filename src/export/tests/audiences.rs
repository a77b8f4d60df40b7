//! What each audience reads, and what it must not.

use crate::domain::report::{Audience, Names, Part};
use crate::export::Format;
use crate::export::tests::sample::{self, plain};

/// Names, and texts in which one may stand, that the sample has.
const NAMES: [&str; 8] =
    ["Acme", "Toys", "Games", "Ana Silva", "The board asked", "An old note", "Minutes of 2025", "We have none"];

fn texts(audience: Audience, names: Names) -> Vec<(Format, String)> {
    let report = sample::shared(audience, names);
    let text_formats = [Format::Markdown, Format::Html, Format::Json];
    text_formats
        .into_iter()
        .filter(|format| format.suits(audience))
        .flat_map(|format| {
            sample::rendered(format, &report, audience, names).files.into_iter().map(move |f| (format, f))
        })
        .map(|(format, file)| (format, String::from_utf8(file.bytes).expect("it is UTF-8")))
        .collect()
}

#[test]
fn no_name_is_left_in_an_anonymous_report() {
    for audience in Audience::ALL {
        for (format, text) in texts(audience, Names::LeftOut) {
            for name in NAMES {
                assert!(!text.contains(name), "{name} in {format:?} for {audience:?}");
            }
        }
    }
}

#[test]
fn the_full_report_has_all_of_them() {
    let text: String = texts(Audience::Full, Names::Shown).into_iter().map(|(_, text)| text).collect();
    for name in NAMES {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn a_customer_reads_no_note_owner_evidence_or_gap() {
    for (format, text) in texts(Audience::Customer, Names::Shown) {
        for hidden in
            ["The board asked", "Ana Silva", "Survey", "Minutes of 2025", "Not implemented", "Partly", "Not ready"]
        {
            assert!(!text.contains(hidden), "{hidden} in {format:?}");
        }
        assert!(text.contains("Acme GmbH") && text.contains("Everything is covered elsewhere."), "{format:?}: {text}");
    }
}

#[test]
fn a_customer_reads_on_whose_word_a_control_is_in_place_and_the_counts_add_up() {
    let markdown = sample::rendered(
        Format::Markdown,
        &sample::shared(Audience::Customer, Names::Shown),
        Audience::Customer,
        Names::Shown,
    );
    let text = String::from_utf8(markdown.files.into_iter().next().expect("a file").bytes).expect("it is UTF-8");
    assert!(text.contains("4 controls: 1 applicable, 2 excluded, 1 under review."), "{text}");
    assert!(text.contains(crate::domain::soa::HOW_IT_STANDS), "{text}");
    assert!(text.contains("| Not assessed yet |"), "what nobody answered isn't assessed: {text}");
}

#[test]
fn an_auditor_reads_evidence_and_no_note_plan_or_owner_of_a_plan() {
    for (format, text) in texts(Audience::Auditor, Names::Shown) {
        assert!(text.contains("Survey"), "{format:?}");
        assert!(!text.contains("The board asked"), "{format:?}");
    }
    assert!([Part::Actions, Part::Timeline].iter().all(|part| !Audience::Auditor.parts().contains(part)));
}

#[test]
fn no_format_holds_more_than_its_audience_is_promised() {
    let words = |audience: Audience| -> Vec<&str> {
        Format::ALL.into_iter().filter(|format| format.suits(audience)).map(Format::word).collect()
    };
    assert_eq!(words(Audience::Full).len(), Format::ALL.len());
    assert_eq!(words(Audience::Board), ["md", "html", "pdf", "docx", "ics"]);
    assert_eq!(words(Audience::Auditor), ["md", "html", "pdf", "docx", "xlsx", "csv"]);
    assert_eq!(words(Audience::Customer), ["md", "html", "pdf", "docx", "xlsx", "csv"]);
    assert_eq!(words(Audience::Owner), ["md", "html", "pdf", "docx", "xlsx", "csv", "ics"]);
}

#[test]
fn an_owner_gets_the_actions_and_nobodys_answers() {
    let report = sample::shared(Audience::Owner, Names::Shown);
    let files = sample::rendered(Format::Csv, &report, Audience::Owner, Names::Shown).files;
    assert_eq!(files.iter().map(|file| file.suffix).collect::<Vec<_>>(), ["-actions"]);
}

#[test]
fn redacting_changes_no_figure() {
    let full = sample::report(&plain);
    for audience in Audience::ALL {
        for names in [Names::Shown, Names::LeftOut] {
            let shared = sample::shared(audience, names);
            assert_eq!(shared.scorecard.overall, full.scorecard.overall);
            assert_eq!(shared.scorecard.verdict, full.scorecard.verdict);
        }
    }
}
