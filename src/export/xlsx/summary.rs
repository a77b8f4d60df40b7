//! The summary: figures as formulas over the answers, verdict and dates.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::domain::report::{Report, SELF_ASSESSMENT, dates, words};
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::Range;
use crate::export::Order;
use crate::export::plain::clean;
use crate::export::xlsx::answers::{CLAIMED, DOCUMENTED, RECKONED, RECKONED_EVIDENCED, SHEET, WEIGHT};
use crate::export::xlsx::grid::{Grid, Look, Value};

const COLUMNS: [(&str, f64); 6] = [
    ("", 30.0),
    ("Claimed", 18.0),
    ("At least, as exported", 12.0),
    ("At most, as exported", 12.0),
    ("Evidenced", 18.0),
    ("Rests on", 24.0),
];

/// What a figure is reckoned from.
struct Figure<'a> {
    title: &'static str,
    claimed: &'a Range,
    evidenced: &'a Range,
    /// The level at which it is full; none where it is a mean of levels.
    bar: Option<u8>,
    /// Whether it counts the documented questions alone.
    documented: bool,
}

/// Returns the sheet of the summary.
pub fn sheet(order: &Order<'_>, last_row: u32, look: &mut Look) -> Result<Worksheet, XlsxError> {
    let report = order.report;
    let title = clean(&report.title);
    let remark = format!("{}, {}. {SELF_ASSESSMENT}", clean(&report.questionnaire.title), words::date(report.on));
    let mut grid = Grid::new("Summary", &title, &remark, &COLUMNS, look)?;
    let overall = &report.scorecard.overall;
    let figures = [
        Figure {
            title: "Stage 1 readiness",
            claimed: &overall.stage1.claimed,
            evidenced: &overall.stage1.evidenced,
            bar: Some(2),
            documented: true,
        },
        Figure {
            title: "Stage 2 readiness",
            claimed: &overall.stage2.claimed,
            evidenced: &overall.stage2.evidenced,
            bar: Some(3),
            documented: false,
        },
        Figure {
            title: "Maturity, 0 to 5",
            claimed: &overall.maturity.claimed,
            evidenced: &overall.maturity.evidenced,
            bar: None,
            documented: false,
        },
    ];
    for figure in figures {
        grid.row(row(&figure, last_row))?;
    }
    let titles = report.scorecard.verdict_titles();
    let text = |text: &str| Value::Text(text.to_owned());
    let (claimed, evidenced) = (text(titles.claimed), text(titles.evidenced));
    grid.row(vec![text("Verdict, as exported"), claimed, Value::Nothing, Value::Nothing, evidenced, Value::Nothing])?;
    // As everywhere: what is not applicable or excluded has no weight, and is not open.
    let of = |column: char| format!("{SHEET}!${column}$5:${column}${last_row}");
    let open = format!("=SUMPRODUCT(ISNUMBER({})*({}=\"\"))", of(WEIGHT), of(CLAIMED));
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let empty = report.scorecard.contributions.iter().filter(|entry| entry.claimed.is_none()).count() as f64;
    grid.row(vec![text("Open questions"), Value::CountFormula(open, empty)])?;
    if let Some(conflicts) = report.conflicts() {
        grid.row(vec![text("In conflict"), Value::Text(clean(&conflicts))])?;
    }
    milestones(&mut grid, report)?;
    grid.without_filters()
}

fn row(figure: &Figure<'_>, last_row: u32) -> Vec<Value> {
    let value = |formula: String, result: Option<f64>| match figure.bar {
        Some(_) => Value::ShareFormula(formula, result),
        None => Value::Formula(formula, result),
    };
    let number = |number: f64| if figure.bar.is_some() { Value::Share(number) } else { Value::Number(number) };
    let middle = |range: &Range| range.middle.filter(|_| range.applies());
    vec![
        Value::Text(figure.title.to_owned()),
        value(mean(figure, RECKONED, last_row), middle(figure.claimed)),
        number(figure.claimed.low),
        number(figure.claimed.high),
        value(mean(figure, RECKONED_EVIDENCED, last_row), middle(figure.evidenced)),
        rests_on(figure, last_row),
    ]
}

/// Returns on how many of the questions that count a figure rests.
fn rests_on(figure: &Figure<'_>, last_row: u32) -> Value {
    let of = |column: char| format!("{SHEET}!${column}$5:${column}${last_row}");
    let documented = if figure.documented { format!("*({}=\"yes\")", of(DOCUMENTED)) } else { String::new() };
    let counts = format!("ISNUMBER({}){documented}", of(WEIGHT));
    let formula =
        format!("=SUMPRODUCT({counts}*({}<>\"\"))&\" of \"&SUMPRODUCT({counts}*1)&\" answered\"", of(CLAIMED));
    Value::TextFormula(formula, format!("{} answered", words::coverage(figure.claimed.answered)))
}

/// Returns the weighted mean of a figure's share over the answers that count for it.
fn mean(figure: &Figure<'_>, column: char, last_row: u32) -> String {
    let of = |column: char| format!("{SHEET}!${column}$5:${column}${last_row}");
    let (level, weight) = (of(column), of(WEIGHT));
    // Cells that don't count hold text or nothing: N() is no help on ranges, so what isn't a number is left out first.
    let counts = if figure.documented {
        format!("ISNUMBER({level})*({}=\"yes\")", of(DOCUMENTED))
    } else {
        format!("ISNUMBER({level})*1")
    };
    match figure.bar {
        None => format!("=IFERROR(SUMPRODUCT({counts},{weight},{level})/SUMPRODUCT({counts},{weight}),\"–\")"),
        Some(bar) => format!(
            "=IFERROR((SUMPRODUCT({counts}*({level}<{bar}),{weight},{level})/{bar}+SUMPRODUCT({counts}*({level}>={bar}),{weight}))/SUMPRODUCT({counts},{weight}),\"–\")"
        ),
    }
}

fn milestones(grid: &mut Grid<'_>, report: &Report) -> Result<(), XlsxError> {
    let Some(forecast) = &report.forecast else { return Ok(()) };
    let head = |text: &str| Value::Muted(text.to_owned());
    grid.row += 1;
    grid.row(vec![head("When, as exported"), head("P50"), Value::Nothing, Value::Nothing, head("P80")])?;
    for milestone in Milestone::ALL {
        let Some(months) = forecast.milestone(milestone) else { continue };
        let days = dates(forecast, months);
        let title = Value::Text(milestone.title().to_owned());
        grid.row(vec![title, Value::Date(days.p50), Value::Nothing, Value::Nothing, Value::Date(days.p80)])?;
    }
    Ok(())
}
