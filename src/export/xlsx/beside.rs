//! The sheets beside the plan: its assumptions, what it costs and what would shorten it, and what changed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::domain::assessment::Answer;
use crate::domain::report::{Report, words};
use crate::export::xlsx::grid::{Grid, Look, Value, text};

/// Returns every input of the timeline, those of each work package too; none where there is no road map.
pub fn assumptions(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    let Some(forecast) = &report.forecast else { return Ok(None) };
    let columns = [("Input", 60.0), ("Value", 90.0)];
    let remark = "What the timeline rests on, from the profile, the answers and the road map of the questionnaire.";
    let mut grid = Grid::new("Assumptions", "Assumptions", remark, &columns, look)?;
    for (what, value) in &forecast.inputs {
        grid.row(vec![text(what.clone()), text(value.clone())])?;
    }
    Ok(Some(grid.finish()?))
}

/// Returns what the way costs and what would shorten it; none where there is no road map.
pub fn costs(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    let Some(costs) = &report.costs else { return Ok(None) };
    let columns = [
        ("What", 48.0),
        ("Days or months from", 14.0),
        ("to", 14.0),
        ("Amount from", 14.0),
        ("to", 14.0),
        ("Currency", 10.0),
    ];
    let remark = "Ranges are those of 80 % of the trials. Fees of a certification body are in its offer alone.";
    let mut grid = Grid::new("Costs", "What it costs, and what would shorten it", remark, &columns, look)?;
    let number = |figure: f64| Value::Number(figure);
    let buckets = [("Your own people", Some(&costs.internal)), ("Consultant (our estimate)", costs.external.as_ref())];
    for (name, bucket) in buckets {
        let Some(bucket) = bucket else { continue };
        let amount =
            |end: fn((f64, f64)) -> f64| bucket.amount.map_or(Value::Nothing, |amount| Value::Amount(end(amount)));
        grid.row(vec![
            text(format!("{name}, person-days")),
            number(bucket.days.0),
            number(bucket.days.1),
            amount(|(from, _)| from),
            amount(|(_, to)| to),
            text(costs.currency.clone()),
        ])?;
    }
    let audit = &costs.audit;
    for (name, (from, to)) in [
        ("Certification body, audit days to the certificate", audit.initial),
        ("Surveillance, audit days each year", audit.surveillance),
        ("Recertification, audit days", audit.recertification),
    ] {
        let none = || Value::Nothing;
        grid.row(vec![text(name), number(from), number(to), none(), none(), none()])?;
    }
    for (supposition, comparison) in &report.what_ifs {
        let (name, saved) = (format!("Saved, months: {}", supposition.title), comparison.saved);
        let none = || Value::Nothing;
        grid.row(vec![text(name), number(saved.p10), number(saved.p90), none(), none(), none()])?;
    }
    Ok(Some(grid.finish()?))
}

/// Returns what changed since the last snapshot; none where none was taken.
pub fn changes(report: &Report, look: &mut Look) -> Result<Option<Worksheet>, XlsxError> {
    let Some(changes) = &report.changes else { return Ok(None) };
    let columns = [("Question", 12.0), ("What", 90.0), ("Was", 10.0), ("Is", 10.0)];
    let remark = format!("Since “{}”, {}. Empty is open.", changes.since, words::date(changes.on));
    let mut grid = Grid::new("Changes", "What changed", &remark, &columns, look)?;
    let level = |answer: Option<&Answer>| match answer {
        None => Value::Nothing,
        Some(Answer::Level(level)) => Value::Count(f64::from(level.number())),
        Some(Answer::NotApplicable { .. }) => text("n/a"),
    };
    for change in &changes.answers {
        grid.row(vec![
            text(change.question.to_string()),
            text(change.ask.clone()),
            level(change.old.as_ref()),
            level(change.new.as_ref()),
        ])?;
    }
    for told in &changes.others {
        grid.row(vec![Value::Nothing, text(told.clone()), Value::Nothing, Value::Nothing])?;
    }
    Ok(Some(grid.finish()?))
}
