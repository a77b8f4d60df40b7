//! What an auditor would probably write, gravest first.

use crate::domain::level::Level;
use crate::domain::report::{FindingEntry, Report, SystemicEntry};
use crate::domain::scoring::Grade;
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("findings", "Findings");
    if report.findings.is_empty() && report.systemic.is_empty() {
        section.say("No finding: nothing falls short, nothing is open, and nothing stands out.");
        return section;
    }
    section.say("These are the findings that an auditor would probably write on these answers. Auditors judge by what they see.");
    for grade in Grade::ALL {
        let entries: Vec<&FindingEntry> = report.findings.iter().filter(|entry| entry.finding.grade == grade).collect();
        if grade == Grade::Minor {
            systemic(&mut section, &report.systemic);
        }
        if entries.is_empty() {
            continue;
        }
        let alone = if grade == Grade::Major { ": absent by itself" } else { "" };
        section.heading(format!("{}{alone} ({})", grade.title(), entries.len()));
        match grade {
            Grade::Major | Grade::Minor | Grade::Observation => section.table(graded(grade, &entries)),
            Grade::Open | Grade::Strength => {
                let items = entries.into_iter().map(headline).collect();
                section.add(Block::List { ordered: false, items });
            }
        }
    }
    section
}

fn systemic(section: &mut Section, failures: &[SystemicEntry]) {
    if failures.is_empty() {
        return;
    }
    section.heading(format!("{}: systemic failure of an area ({})", Grade::Major.title(), failures.len()));
    section.say(
        "Each of these requirements alone would be a potential minor. Where three or more of one area fall short, an \
         auditor sees no isolated gaps any more.",
    );
    for entry in failures {
        section.subheading(format!("{} {}", entry.failure.area, entry.failure.title));
        section.say(entry.failure.because());
        section.table(graded(Grade::Major, &entry.findings.iter().collect::<Vec<_>>()));
    }
}

/// Returns what a grade means for whoever looks at the colour.
pub(super) fn tone(grade: Grade) -> Tone {
    match grade {
        Grade::Major => Tone::Bad,
        Grade::Minor => Tone::Middling,
        Grade::Observation | Grade::Open => Tone::Neutral,
        Grade::Strength => Tone::Good,
    }
}

fn headline(entry: &FindingEntry) -> Vec<Run> {
    let finding = &entry.finding;
    vec![Run::strong(format!("{} {}. ", finding.requirement, finding.title)), Run::plain(finding.because.clone())]
}

fn graded(grade: Grade, entries: &[&FindingEntry]) -> Table {
    let columns = [("Requirement", 2.0), ("Why", 2.6), ("What it rests on", 4.4)];
    let mut table = Table::new(grade.title(), &columns);
    for entry in entries {
        let finding = &entry.finding;
        let name = vec![vec![Run::strong(finding.requirement.to_string())], vec![Run::plain(finding.title.clone())]];
        let level = |level: Option<Level>| level.map_or_else(|| "open".to_owned(), |level| level.to_string());
        let rests_on = entry.questions.iter().map(|asked| {
            vec![
                Run::muted(format!("{} ", asked.question)),
                Run::plain(format!("{} ", asked.ask)),
                Run::muted(format!("Claimed {}, evidenced {}.", level(asked.claimed), level(asked.evidenced))),
            ]
        });
        table.row([
            Cell { lines: name, tone: Some(tone(grade)) },
            Cell::text(&finding.because),
            Cell { lines: rests_on.collect(), tone: None },
        ]);
    }
    table
}
