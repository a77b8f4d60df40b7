//! How the assessment moved from snapshot to snapshot, and what changed since the last one.

use std::collections::BTreeSet;

use crate::domain::id::QuestionId;
use crate::domain::report::{AnswerChange, Changes, Report, Way, majors, words};
use crate::domain::scoring::{Grade, Scorecard};
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

/// How many of the last snapshots are told.
const MOST_SNAPSHOTS: usize = 8;

pub(super) fn section(report: &Report) -> Option<Section> {
    let changes = report.changes.as_ref()?;
    let mut section = Section::new("changes", "What changed");
    section.say(
        "Each line is judged on its own day: evidence that ran out meanwhile still counted then. Majors are the \
         potential ones by themselves, Areas those with a systemic failure, Minors the potential minor ones.",
    );
    section.table(development(report));
    section.heading(format!("Since “{}”, {}", changes.since, words::date(changes.on)));
    if changes.is_empty() {
        section.say("Nothing has changed since.");
        return Some(section);
    }
    section.say(changes.told());
    section.table(fallen(&changes.answers));
    section.table(by_area(report, changes));
    let others: Vec<Vec<Run>> = changes.others.iter().map(|told| vec![Run::plain(told.clone())]).collect();
    if !others.is_empty() {
        section.add(Block::List { ordered: false, items: others });
    }
    Some(section)
}

fn development(report: &Report) -> Table {
    let columns = [
        ("State", 2.4),
        ("Answered", 1.2),
        ("Stage 1", 1.0),
        ("Evidenced", 1.2),
        ("Stage 2", 1.0),
        ("Evidenced", 1.2),
        ("Maturity", 1.0),
        ("Majors", 0.9),
        ("Areas", 0.8),
        ("Minors", 0.9),
    ];
    let mut table = Table::new("The figures from snapshot to snapshot", &columns).figures_from(1);
    let earlier = report.history.len().saturating_sub(MOST_SNAPSHOTS);
    for snapshot in report.history.iter().skip(earlier) {
        let name = Cell::text(&snapshot.label).with(vec![Run::muted(words::date(snapshot.on))]);
        table.row(figures(name, &snapshot.scorecard));
    }
    let now = Cell::strong("This report").with(vec![Run::muted(words::date(report.on))]);
    table.row(figures(now, &report.scorecard));
    table
}

fn figures(name: Cell, card: &Scorecard) -> [Cell; 10] {
    let overall = &card.overall;
    let (own, areas) = majors(card);
    let minors = card.findings.iter().filter(|finding| finding.grade == Grade::Minor).count();
    [
        name,
        Cell::text(words::coverage(card.answered())),
        Cell::text(words::middle_share(&overall.stage1.claimed)),
        Cell::text(words::middle_share(&overall.stage1.evidenced)),
        Cell::text(words::middle_share(&overall.stage2.claimed)),
        Cell::text(words::middle_share(&overall.stage2.evidenced)),
        Cell::text(words::middle_maturity(&overall.maturity.claimed)),
        Cell::text(own.to_string()),
        Cell::text(areas.to_string()),
        Cell::text(minors.to_string()),
    ]
}

/// Lists what fell, or is open again, in full: somebody will ask why.
fn fallen(answers: &[AnswerChange]) -> Table {
    let mut table = Table::new("What fell or is open again", &[("What fell or is open again", 8.0), ("From, to", 1.4)]);
    for change in answers.iter().filter(|change| matches!(change.way(), Way::Fallen | Way::Reopened)) {
        let ask = vec![Run::muted(format!("{} ", change.question)), Run::plain(change.ask.clone())];
        table.row([Cell { lines: vec![ask], tone: Some(Tone::Bad) }, Cell::text(change.in_short())]);
    }
    table
}

fn by_area(report: &Report, changes: &Changes) -> Table {
    let columns = [("Area", 2.4), ("Rose", 3.6), ("New", 4.4), ("In or out of scope", 1.6)];
    let mut table = Table::new("What rose, is new, or went in or out of scope, by area", &columns);
    for area in &report.areas {
        let questions = area.requirements.iter().flat_map(|requirement| &requirement.answers);
        let own: BTreeSet<&QuestionId> = questions.map(|entry| &entry.question).collect();
        let of = |way: Way| {
            let told: Vec<String> = changes
                .answers
                .iter()
                .filter(|change| change.way() == way && own.contains(&change.question))
                .map(|change| match way {
                    Way::Answered => format!("{}: {}", change.question, level(change)),
                    Way::Risen | Way::Fallen | Way::Reopened | Way::Scope => {
                        format!("{}: {}", change.question, change.in_short())
                    }
                })
                .collect();
            Cell::text(told.join(", "))
        };
        let cells = [of(Way::Risen), of(Way::Answered), of(Way::Scope)];
        if cells.iter().all(|cell| cell.lines.is_empty()) {
            continue;
        }
        let name = vec![Run::strong(area.id.to_string()), Run::plain(format!(" {}", area.title))];
        table.row(std::iter::once(Cell { lines: vec![name], tone: None }).chain(cells));
    }
    table
}

/// Returns the level of an answer that was open before.
fn level(change: &AnswerChange) -> String {
    change.in_short().trim_start_matches("– → ").to_owned()
}
