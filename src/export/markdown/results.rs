//! What the answers come to: the verdict, the figures by area and requirement, the findings.

use crate::domain::level::Level;
use crate::domain::report::{FindingEntry, Hurdle, Report, SystemicEntry, words};
use crate::domain::scoring::{AreaScore, Grade, Range, Rating, RequirementScore, Views};
use crate::export::markdown::escape::inline;
use crate::export::markdown::page::Page;
use crate::export::markdown::summary::audit_ahead;
use crate::export::markdown::table::Table;

/// Writes verdict, figures and findings.
pub(super) fn write(page: &mut Page, report: &Report) {
    verdict(page, report);
    areas(page, report);
    findings(page, report);
}

fn verdict(page: &mut Page, report: &Report) {
    page.section("Verdict and what stands in the way");
    let verdict = report.scorecard.verdict;
    let views = [
        ("As claimed", verdict.claimed, &report.hurdles.claimed),
        ("On the recorded evidence", verdict.evidenced, &report.hurdles.evidenced),
    ];
    for (view, verdict, hurdles) in views {
        page.subheading(&format!("{view}: {}", verdict.title()));
        if hurdles.is_empty() {
            page.paragraph(if report.scorecard.completion.asked == 0 {
                "No question applies, so there is nothing to judge by."
            } else {
                "Nothing that the questions ask for stands in the way of an audit."
            });
        } else {
            page.paragraph(&format!("In the way of {}:", audit_ahead(verdict)));
            page.lines(&hurdles.iter().map(hurdle).collect::<Vec<_>>());
        }
    }
}

fn hurdle(hurdle: &Hurdle) -> String {
    let obstacle = &hurdle.obstacle;
    format!("- **{}** {} {}", inline(obstacle.id()), sentence(&hurdle.text), inline(&obstacle.because()))
}

/// Returns a text of others as a sentence among others: with a mark at its end.
pub(super) fn sentence(text: &str) -> String {
    let text = inline(text);
    if text.is_empty() || text.ends_with(['.', '?', '!', ':', '…']) { text } else { format!("{text}.") }
}

fn areas(page: &mut Page, report: &Report) {
    page.section("Results by area");
    page.paragraph(
        "Answered says on how many of the questions that count the figures beside it rest; Stage 1 counts the \
         documented ones among them.",
    );
    let mut table = Table::new([
        "Area",
        "Answered",
        "Maturity, claimed",
        "Maturity, evidenced",
        "Stage 2, claimed",
        "Stage 2, evidenced",
        "Stage 1, claimed",
    ]);
    for AreaScore { id, title, figures, .. } in &report.scorecard.areas {
        table.row([
            format!("{} {}", inline(id.as_str()), inline(title)),
            answered(&figures.maturity.claimed),
            words::maturity_alone(&figures.maturity.claimed),
            words::maturity_alone(&figures.maturity.evidenced),
            words::share_alone(&figures.stage2.claimed),
            words::share_alone(&figures.stage2.evidenced),
            words::share(&figures.stage1.claimed),
        ]);
    }
    page.table(&table);
    page.subheading("By requirement");
    page.paragraph(
        "The rating is that of ISO/IEC 33020 on the way to conformity: N, P, L or F for not, partially, largely or \
         fully achieved, with the turns at 15, 50 and 85 %. It is told where no question is open.",
    );
    let mut table =
        Table::new(["Requirement", "Answered", "Maturity, claimed", "Maturity, evidenced", "Rating (evidenced)"]);
    for score in report.scorecard.areas.iter().flat_map(|area| &area.requirements) {
        table.row(requirement(score));
    }
    page.table(&table);
}

fn requirement(score: &RequirementScore) -> [String; 5] {
    let name = format!("{} {}", inline(score.id.as_str()), inline(&score.title));
    if score.excluded {
        let none = || "–".to_owned();
        return [name, "excluded".to_owned(), none(), none(), none()];
    }
    let maturity = &score.figures.maturity;
    [
        name,
        answered(&maturity.claimed),
        words::maturity_alone(&maturity.claimed),
        words::maturity_alone(&maturity.evidenced),
        rating(score.rating),
    ]
}

fn answered(range: &Range) -> String {
    words::coverage(range.answered)
}

fn rating(rating: Views<Option<Rating>>) -> String {
    match (rating.claimed, rating.evidenced) {
        (Some(claimed), Some(evidenced)) => format!("{} ({})", claimed.letter(), evidenced.letter()),
        (Some(claimed), None) => claimed.letter().to_string(),
        (None, _) => "–".to_owned(),
    }
}

/// Writes the findings: first what is absent by itself, then area by area what fails systematically, then the rest.
fn findings(page: &mut Page, report: &Report) {
    let findings = &report.findings;
    page.section("Findings");
    if findings.is_empty() && report.systemic.is_empty() {
        page.paragraph("No finding: nothing falls short, nothing is open, and nothing stands out.");
    }
    for grade in Grade::ALL {
        let of_grade: Vec<&FindingEntry> = findings.iter().filter(|entry| entry.finding.grade == grade).collect();
        if grade == Grade::Minor {
            systemic(page, &report.systemic);
        }
        if of_grade.is_empty() {
            continue;
        }
        let alone = if grade == Grade::Major { ": absent by itself" } else { "" };
        page.subheading(&format!("{}{alone} ({})", grade.title(), of_grade.len()));
        match grade {
            Grade::Major | Grade::Minor | Grade::Observation => {
                for entry in of_grade {
                    finding(page, entry);
                }
            }
            Grade::Open | Grade::Strength => {
                page.lines(&of_grade.into_iter().map(|entry| format!("- {}", headline(entry))).collect::<Vec<_>>());
            }
        }
    }
}

fn systemic(page: &mut Page, failures: &[SystemicEntry]) {
    if failures.is_empty() {
        return;
    }
    page.subheading(&format!("{}: systemic failure of an area ({})", Grade::Major.title(), failures.len()));
    page.paragraph(
        "Each of these requirements alone would be a potential minor. Where three or more of one area fall short, an \
         auditor sees no isolated gaps any more.",
    );
    let line = |entry: &SystemicEntry| {
        let failure = &entry.failure;
        let name = format!("{} {}", inline(failure.area.as_str()), inline(&failure.title));
        format!("- **{name}.** {}", inline(&failure.because()))
    };
    page.lines(&failures.iter().map(line).collect::<Vec<_>>());
    for entry in failures.iter().flat_map(|failure| &failure.findings) {
        finding(page, entry);
    }
}

fn headline(entry: &FindingEntry) -> String {
    let finding = &entry.finding;
    let name = format!("{} {}", inline(finding.requirement.as_str()), inline(&finding.title));
    format!("**{name}.** {}", inline(&finding.because))
}

fn finding(page: &mut Page, entry: &FindingEntry) {
    page.paragraph(&headline(entry));
    let level = |level: Option<Level>| level.map_or_else(|| "open".to_owned(), |level| level.to_string());
    let lines = entry.questions.iter().map(|asked| {
        format!(
            "- {} {} Claimed: {}; evidenced: {}.",
            inline(asked.question.as_str()),
            sentence(&asked.ask),
            level(asked.claimed),
            level(asked.evidenced)
        )
    });
    page.lines(&lines.collect::<Vec<_>>());
}
