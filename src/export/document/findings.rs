//! What an auditor would probably write, gravest first.

use crate::domain::level::Level;
use crate::domain::report::{FindingEntry, Report, SystemicEntry};
use crate::domain::scoring::Grade;
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

/// Said above findings.
const GOING_BY: &str = "These are the findings that an auditor would probably write on these answers. They go by the levels that are \
                        claimed. Where the recorded evidence carries less, its level stands in brackets: who believes \
                        only the evidence finds more. Auditors judge by what they see.";
/// Said where there can be none yet.
const NOTHING_YET: &str =
    "Nothing is answered yet, and so nothing is found. Below stands what an auditor would look into.";

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("findings", "Findings");
    if report.findings.is_empty() && report.systemic.is_empty() {
        section.say("No finding: nothing falls short, nothing is open, and nothing stands out.");
        return section;
    }
    section.say(if report.nothing_known().is_some() { NOTHING_YET } else { GOING_BY });
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
    let mut table = Table::new("Systemic failures", &[("Area", 2.8), ("What falls short: its level (evidenced)", 6.8)]);
    for entry in failures {
        let failure = &entry.failure;
        let name = vec![Run::strong(failure.area.to_string()), Run::plain(format!(" {}", failure.title))];
        let name = Cell { lines: vec![name], tone: Some(tone(Grade::Major)) };
        let mut told = vec![Run::plain(failure.because())];
        for finding in &entry.findings {
            told.push(Run::strong(format!(" {}: ", finding.finding.requirement)));
            told.extend(rests_on(finding));
            told.push(Run::plain("."));
        }
        table.row([name, Cell { lines: vec![told], tone: None }]);
    }
    section.table(table);
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
    let columns = [("Requirement", 2.6), ("Why", 3.2), ("What it rests on: its level (evidenced)", 3.6)];
    let mut table = Table::new(grade.title(), &columns);
    for entry in entries {
        let rests_on = Cell { lines: vec![rests_on(entry)], tone: None };
        table.row([name(entry, grade), Cell::text(&entry.finding.because), rests_on]);
    }
    table
}

fn name(entry: &FindingEntry, grade: Grade) -> Cell {
    let finding = &entry.finding;
    let name = vec![Run::strong(finding.requirement.to_string()), Run::plain(format!(" {}", finding.title))];
    Cell { lines: vec![name], tone: Some(tone(grade)) }
}

/// Returns the questions by their ids, with the level that is claimed and the one that is evidenced where it is another:
/// their texts stand among the answers.
fn rests_on(entry: &FindingEntry) -> Vec<Run> {
    let level = |level: Option<Level>| level.map_or_else(|| "open".to_owned(), |level| level.number().to_string());
    let mut line = vec![];
    for (index, asked) in entry.questions.iter().enumerate() {
        let gap = if index == 0 { "" } else { "; " };
        line.push(Run::muted(format!("{gap}{}: ", asked.question)));
        line.push(Run::plain(level(asked.claimed)));
        let short = asked.evidenced.filter(|_| asked.evidenced != asked.claimed);
        line.extend(short.map(|level| Run::muted(format!(" ({})", level.number()))));
    }
    line
}
