//! The Statement of Applicability, the actions, the findings and the plan, a row each.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use crate::domain::actions::Action;
use crate::domain::crosswalk_view::Says;
use crate::domain::level::Level;
use crate::domain::report::{Audience, FindingEntry, Report, approval, stretch};
use crate::domain::scoring::{Grade, Range};
use crate::domain::soa::{Control, Decision, HOW_IT_STANDS, Standing};
use crate::export::xlsx::answers::dates;
use crate::export::xlsx::grid::{Grid, Look, Value, text};

/// The place of the status by the evidence among the columns of the statement.
const SECOND_STATUS: usize = 4;

/// Returns the Statement of Applicability.
pub fn applicability(report: &Report, audience: Audience, look: &mut Look) -> Result<Worksheet, XlsxError> {
    let sees_gaps = audience.sees_gaps();
    let columns = [
        ("Control", 10.0),
        ("Title", 48.0),
        ("Decision", 14.0),
        (if sees_gaps { "Status, claimed" } else { "Status" }, 20.0),
        ("Status, evidenced", 20.0),
        ("Reasons for inclusion", 26.0),
        ("Justification", 50.0),
        ("Owner", 24.0),
    ];
    let remark = approval(&report.soa);
    let columns = told(columns.to_vec(), sees_gaps);
    let mut grid = Grid::new("SoA", "Statement of Applicability", &remark, &columns, look)?;
    // Who doesn't work on the statement fills nothing in.
    let is_filled_in = sees_gaps && audience != Audience::Auditor;
    let filled_in = |told: String| if is_filled_in { Value::Input(told) } else { Value::Text(told) };
    for control in &report.soa.controls {
        let (status, because) = standing(control, sees_gaps);
        let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.title()).collect();
        let row = vec![
            text(control.id.to_string()),
            text(control.title.clone()),
            text(control.decision.title()),
            text(status[0]),
            text(status[1]),
            filled_in(reasons.join(", ")),
            filled_in(because),
            filled_in(control.owners.join("; ")),
        ];
        grid.row(told(row, sees_gaps))?;
    }
    for (id, own) in &report.soa.own {
        let status = if sees_gaps { own.status.title() } else { Standing::of_own(own).title() };
        let row = vec![
            text(id.to_string()),
            text(own.title.clone()),
            text("Applicable"),
            text(status),
            Value::Nothing,
            text("control of our own"),
            filled_in(own.reason.clone()),
            filled_in(own.owner.clone()),
        ];
        grid.row(told(row, sees_gaps))?;
    }
    let (first, last) = grid.rows();
    if is_filled_in {
        let decisions = DataValidation::new()
            .allow_list_strings(&["Applicable", "Excluded", "Undecided"])?
            .set_error_message("A control is applicable, excluded or undecided.")?;
        grid.sheet.add_data_validation(first, 2, last, 2, &decisions)?;
    }
    if !sees_gaps {
        // A line each: a long one would run over the edge of the sheet.
        for (row, sentence) in (last + 2..).zip(HOW_IT_STANDS.split_inclusive(['.', ';'])) {
            grid.cell(row, 1, Value::Muted(sentence.trim().to_owned()))?;
        }
    }
    grid.finish()
}

/// Returns how a control stands, in both views for who sees gaps, and why it is excluded where it is.
fn standing(control: &Control, sees_gaps: bool) -> ([&'static str; 2], String) {
    match &control.decision {
        Decision::Applicable { status, .. } if sees_gaps => {
            ([status.claimed.title(), status.evidenced.title()], String::new())
        }
        Decision::Applicable { status, .. } => ([Standing::of(control, *status).title(), ""], String::new()),
        Decision::Excluded { because } => (["", ""], because.clone()),
        Decision::Undecided => (["", ""], String::new()),
    }
}

/// Returns the columns of the statement that a reader is told: without gaps, neither the second status nor owners.
fn told<T>(mut columns: Vec<T>, sees_gaps: bool) -> Vec<T> {
    if !sees_gaps && columns.len() > SECOND_STATUS {
        columns.truncate(columns.len() - 1);
        columns.remove(SECOND_STATUS);
    }
    columns
}

/// Returns the actions.
pub fn actions(report: &Report, look: &mut Look) -> Result<Worksheet, XlsxError> {
    let columns = [
        ("Rank", 6.0),
        ("Question", 10.0),
        ("Requirement", 12.0),
        ("What", 52.0),
        ("Why it is pressing", 26.0),
        ("Level", 8.0),
        ("Next level", 8.0),
        ("What one sees there", 52.0),
        ("Owner", 20.0),
        ("Due", 12.0),
        ("State", 14.0),
        ("Overdue", 10.0),
        ("Gains, points", 10.0),
        ("Person-days", 10.0),
        ("Points a day", 10.0),
        ("When", 8.0),
    ];
    let remark = "Every question below level 3, most pressing first. Owner, due and state are for you to fill in.";
    let mut grid = Grid::new("Actions", "Action plan", remark, &columns, look)?;
    for (number, action) in (1_u32..).zip(&report.actions) {
        let line = grid.row + 1;
        let overdue = action.due.is_some_and(|due| due < report.on);
        grid.row(vec![
            Value::Count(f64::from(number)),
            text(action.question.to_string()),
            text(action.requirement.to_string()),
            text(action.ask.clone()),
            text(pressing(action)),
            Value::Count(action.level.points()),
            Value::Count(action.next.points()),
            text(action.next_text.clone()),
            Value::Input(action.owner.clone()),
            Value::InputDate(action.due),
            Value::Input("Open".to_owned()),
            Value::TextFormula(
                format!("=IF(AND(J{line}<>\"\",J{line}<TODAY(),K{line}<>\"Done\"),\"overdue\",\"\")"),
                if overdue { "overdue" } else { "" }.to_owned(),
            ),
            Value::Number(action.gain.points()),
            action.effort.map_or(Value::Nothing, Value::Number),
            Value::Number(action.value),
            text(if action.step <= 1 { "now".to_owned() } else { format!("step {}", action.step) }),
        ])?;
    }
    if report.actions.is_empty() {
        let row = grid.row;
        grid.cell(row, 3, Value::Muted(report.nothing_below_the_bar()))?;
    }
    let (first, last) = grid.rows();
    let states = DataValidation::new()
        .allow_list_strings(&["Open", "In progress", "Done"])?
        .set_error_message("An action is open, in progress or done.")?;
    grid.sheet.add_data_validation(first, 10, last, 10, &states)?;
    grid.sheet.add_data_validation(first, 9, last, 9, &dates()?)?;
    grid.finish()
}

/// Returns why an action comes where it does.
fn pressing(action: &Action) -> String {
    let waits = if action.urgency == action.reason { "" } else { "; others build on it" };
    format!("{}{waits}", action.reason.title())
}

/// Returns the findings.
pub fn findings(report: &Report, look: &mut Look) -> Result<Worksheet, XlsxError> {
    let columns =
        [("Requirement", 12.0), ("Title", 42.0), ("Grade", 30.0), ("Why", 60.0), ("Questions it rests on", 60.0)];
    let remark = "What an auditor would probably write on these answers, by what is claimed; where the evidence carries less, \
                  more. A systemic failure of an area is one major, and its parts stand below it.";
    let mut grid = Grid::new("Findings", "Findings", remark, &columns, look)?;
    let level = |level: Option<Level>| level.map_or_else(|| "open".to_owned(), |level| level.to_string());
    let row = |entry: &FindingEntry, grade: String| {
        let finding = &entry.finding;
        let asked = entry.questions.iter().map(|asked| {
            format!("{} claimed {}, evidenced {}", asked.question, level(asked.claimed), level(asked.evidenced))
        });
        vec![
            text(finding.requirement.to_string()),
            text(finding.title.clone()),
            text(grade),
            text(finding.because.clone()),
            text(asked.collect::<Vec<_>>().join("\n")),
        ]
    };
    for entry in &report.findings {
        grid.row(row(entry, entry.finding.grade.title().to_owned()))?;
    }
    for entry in &report.systemic {
        // The area is one major; what it is made of is none by itself.
        let failure = &entry.failure;
        let area = failure.area.to_string();
        let because = text(failure.because());
        let grade = format!("{}, systemic", Grade::Major.title());
        grid.row(vec![text(area.clone()), text(failure.title.clone()), text(grade), because, Value::Nothing])?;
        for part in &entry.findings {
            grid.row(row(part, format!("Part of the systemic failure of {area}")))?;
        }
    }
    grid.finish()
}

/// Returns the plan; none where there is no road map.
pub fn timeline(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    let Some(forecast) = &report.forecast else { return Ok(None) };
    let columns = [
        ("Phase", 12.0),
        ("What", 52.0),
        ("Start", 12.0),
        ("Finish", 12.0),
        ("Person-days", 12.0),
        ("Bound the end", 12.0),
        ("Milestone", 24.0),
    ];
    let remark = "Start and finish are the means of the trials that end near P50; a milestone is at its own P50. Person-days \
                  are the most likely ones. Bound the end is the share of the trials in which the line set the date.";
    let mut grid = Grid::new("Timeline", "Timeline", remark, &columns, look)?;
    for package in &forecast.packages {
        let days = stretch(forecast, package);
        grid.row(vec![
            text(package.phase.title()),
            text(package.title.clone()),
            Value::Date(days.start),
            Value::Date(days.finish),
            Value::Number(package.effort),
            Value::Share(package.criticality),
            text(package.milestone.map(crate::domain::roadmap::Milestone::title).unwrap_or_default()),
        ])?;
    }
    let (first, last) = grid.rows();
    let sum: f64 = forecast.packages.iter().map(|package| package.effort).sum();
    let total = format!("=SUM(E{}:E{})", first + 1, last + 1);
    let sheet = &mut grid;
    let row = last + 2;
    sheet.cell(row, 1, text("All packages together, most likely person-days"))?;
    sheet.cell(row, 4, Value::Formula(total, Some(sum)))?;
    // The sum of what is most likely is no P50: what goes badly costs more than what goes well saves.
    sheet.cell(row + 1, 1, text("The whole, P50 of the trials: no sum, as some of it goes well and some badly"))?;
    sheet.cell(row + 1, 4, Value::Number(forecast.effort.p50))?;
    Ok(Some(grid.finish()?))
}

/// Returns the documents and records that an audit reads; none where the questionnaire names none.
pub fn documents(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    if report.documents.is_empty() {
        return Ok(None);
    }
    let columns = [
        ("Document or record", 56.0),
        ("Kind", 12.0),
        ("Asked for by", 20.0),
        ("Read at Stage 1", 10.0),
        ("Claimed", 14.0),
        ("Evidenced", 14.0),
    ];
    let remark = "A document is there from level 2 on, a record from level 3 on. Others count differently.";
    let mut grid = Grid::new("Documents", "Documents and records that an audit reads", remark, &columns, look)?;
    for state in &report.documents {
        let document = &state.document;
        let ids: Vec<&str> = document.requirements.iter().map(crate::domain::id::RequirementId::as_str).collect();
        grid.row(vec![
            text(document.title.clone()),
            text(document.kind.word()),
            text(ids.join(", ")),
            text(if document.stage1 { "yes" } else { "" }),
            text(state.presence.claimed.title()),
            text(state.presence.evidenced.title()),
        ])?;
    }
    Ok(Some(grid.finish()?))
}

/// Returns what the work does for other frameworks; none where the questionnaire has no crosswalk.
pub fn crosswalks(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    if report.crosswalks.is_empty() {
        return Ok(None);
    }
    let columns = [
        ("Framework", 30.0),
        ("Entry", 14.0),
        ("Title", 48.0),
        ("Rests on", 22.0),
        ("Claimed", 10.0),
        ("Evidenced", 10.0),
        ("Stays uncovered, left to do, or draft of an answer", 60.0),
    ];
    let remark = "The shares are the Stage 2 readiness over the requirements that help. They never say that an \
                  obligation is met.";
    let mut grid = Grid::new("Crosswalks", "Other frameworks", remark, &columns, look)?;
    let share = |range: &Range| range.known().map_or(Value::Nothing, Value::Share);
    for view in report.crosswalks.iter().filter(|view| view.is_held) {
        for line in &view.lines {
            let ids: Vec<&str> = line.entry.requirements.iter().map(crate::domain::id::RequirementId::as_str).collect();
            let (_, gap) = line.entry.helps_and_gap();
            // What buyers ask has no gap by itself: there the draft of the answer says what is left.
            let left = if let Says::Draft { text, .. } = &line.says { text.as_str() } else { gap };
            grid.row(vec![
                text(view.title.clone()),
                text(line.entry.id.to_string()),
                text(line.entry.title.clone()),
                text(ids.join(", ")),
                share(&line.support.claimed),
                share(&line.support.evidenced),
                text(left),
            ])?;
        }
    }
    Ok(Some(grid.finish()?))
}
