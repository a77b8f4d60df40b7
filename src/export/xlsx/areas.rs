//! The figures of every area, reckoned from the answers, with a star.

use rust_xlsxwriter::{Chart, ChartLegendPosition, ChartType, Worksheet, XlsxError};

use crate::domain::report::Report;
use crate::domain::scoring::Range;
use crate::export::xlsx::answers::{AREA, RECKONED, RECKONED_EVIDENCED, SHEET, WEIGHT};
use crate::export::xlsx::grid::{Grid, Look, Value};

/// The sheet's name.
pub const NAME: &str = "Areas";

const COLUMNS: [(&str, f64); 9] = [
    ("Area", 8.0),
    ("Title", 40.0),
    ("Answered, as exported", 12.0),
    ("Asked, as exported", 12.0),
    ("Maturity, claimed", 13.0),
    ("Maturity, evidenced", 13.0),
    ("Stage 2, claimed, as exported", 13.0),
    ("Stage 2, evidenced, as exported", 13.0),
    ("Stage 1, claimed, as exported", 13.0),
];

/// Returns the sheet of areas.
pub fn sheet(report: &Report, last_row: u32, look: &mut Look) -> Result<Worksheet, XlsxError> {
    let remark = "Maturity is reckoned from the sheet of answers: the weighted mean of the levels, an open question at \
                  what is answered around it.";
    let mut grid = Grid::new(NAME, "Results by area", remark, &COLUMNS, look)?;
    for area in &report.scorecard.areas {
        let line = grid.row + 1;
        let figures = &area.figures;
        grid.row(vec![
            Value::Text(area.id.to_string()),
            Value::Text(area.title.clone()),
            Value::Count(count(figures.maturity.claimed.answered.answered)),
            Value::Count(count(figures.maturity.claimed.answered.asked)),
            mean(RECKONED, line, last_row, &figures.maturity.claimed),
            mean(RECKONED_EVIDENCED, line, last_row, &figures.maturity.evidenced),
            share(&figures.stage2.claimed),
            share(&figures.stage2.evidenced),
            share(&figures.stage1.claimed),
        ])?;
    }
    let (first, last) = grid.rows();
    let chart = star(first, last);
    grid.sheet.set_print_fit_to_pages(1, 1);
    grid.sheet.insert_chart(last + 2, 1, &chart)?;
    grid.finish()
}

fn share(range: &Range) -> Value {
    range.known().map_or(Value::Nothing, Value::Share)
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Returns the weighted mean of a column of the answers, over the area that is named in the row.
fn mean(column: char, line: u32, last_row: u32, range: &Range) -> Value {
    let of = |column: char| format!("{SHEET}!${column}$5:${column}${last_row}");
    let formula = format!(
        "=IFERROR(SUMPRODUCT(({area}=A{line})*ISNUMBER({level}),{weight},{level})/SUMPRODUCT(({area}=A{line})*ISNUMBER({level}),{weight}),\"–\")",
        area = of(AREA),
        level = of(column),
        weight = of(WEIGHT),
    );
    Value::Formula(formula, range.middle.filter(|_| range.applies()))
}

fn star(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::RadarWithMarkers);
    for (name, column) in [("Claimed", 4_u16), ("Evidenced", 5_u16)] {
        chart
            .add_series()
            .set_name(name)
            .set_categories((NAME, first, 0, last, 0))
            .set_values((NAME, first, column, last, column));
    }
    chart.title().set_name("Maturity by area, 0 to 5");
    chart.y_axis().set_min(0).set_max(5).set_major_unit(1);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(820).set_height(620);
    chart.set_alt_text("Maturity by area, claimed and evidenced, on a scale from 0 to 5");
    chart
}
