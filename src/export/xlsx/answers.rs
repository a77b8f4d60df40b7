//! The answers, a row a question, with what the figures are reckoned from.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Worksheet, XlsxError};

use crate::domain::assessment::{Answer, Evidence};
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{AnswerEntry, Audience, Report, RequirementAnswers};
use crate::domain::scoring::Contribution;
use crate::export::Order;
use crate::export::xlsx::grid::{Grid, Look, Value};

/// The sheet's name, as formulas name it.
pub const SHEET: &str = "Answers";
/// The letters of the columns that formulas speak of: area, claimed level, evidenced level, weight, documented,
/// what an open question is assumed at.
pub const AREA: char = 'A';
/// See [`AREA`].
pub const CLAIMED: char = 'E';
/// See [`AREA`].
pub const EVIDENCED: char = 'F';
/// See [`AREA`].
pub const WEIGHT: char = 'L';
/// See [`AREA`].
pub const DOCUMENTED: char = 'M';
/// See [`AREA`].
pub const RECKONED: char = 'N';
/// See [`AREA`].
pub const RECKONED_EVIDENCED: char = 'O';

/// The place of the notes among the columns.
const NOTE: u16 = 7;

const COLUMNS: [(&str, f64); 15] = [
    ("Area", 8.0),
    ("Requirement", 12.0),
    ("Question", 10.0),
    ("What is asked", 52.0),
    ("Claimed level", 9.0),
    ("Evidenced level", 10.0),
    ("What one sees at the claimed level, or why it does not apply", 52.0),
    ("Note", 40.0),
    ("Evidence", 40.0),
    ("Owner", 18.0),
    ("Due", 12.0),
    ("Weight", 8.0),
    ("Document for Stage 1", 10.0),
    ("Reckoned with, claimed", 10.0),
    ("Reckoned with, evidenced", 10.0),
];

/// The sheet, and its last row as formulas count it.
pub struct Answers {
    /// The sheet.
    pub sheet: Worksheet,
    /// The last row, from 1.
    pub last_row: u32,
}

/// Returns the sheet of answers.
pub fn sheet(order: &Order<'_>, look: &mut Look) -> Result<Answers, XlsxError> {
    let (report, questionnaire) = (order.report, order.questionnaire);
    // Who audits fills nothing in, and is told no notes.
    let is_read = order.audience == Audience::Auditor;
    let remark = if is_read {
        "A level as answered; the figures of the summary and of the areas are reckoned from it. An empty level is an open \
         question."
    } else {
        "Yellow cells may be filled in: the claimed figures of the summary and the maturity of the areas follow, what is \
                  marked as exported stays. Bring levels back with `ready42 \
                  answer NAME --from FILE.csv`. An empty level is an open question."
    };
    let mut grid = Grid::new(SHEET, "Answers", remark, &COLUMNS, look)?;
    for area in &report.areas {
        for requirement in &area.requirements {
            for entry in &requirement.answers {
                let place = [area.id.to_string(), requirement.id.to_string()];
                let mut cells = row(grid.row + 1, place, requirement, entry, report, questionnaire);
                if is_read {
                    cells = cells.into_iter().map(Value::only_read).collect();
                }
                grid.row(cells)?;
            }
        }
    }
    let (first, last) = grid.rows();
    if is_read {
        grid.sheet.set_column_hidden(NOTE)?;
    } else {
        validate(&mut grid.sheet, first, last)?;
    }
    Ok(Answers { sheet: grid.finish()?, last_row: last + 1 })
}

#[expect(clippy::too_many_arguments, reason = "a row is made from all that it shows")]
fn row(
    line: u32,
    [area, requirement]: [String; 2],
    answers: &RequirementAnswers,
    entry: &AnswerEntry,
    report: &Report,
    questionnaire: &Questionnaire,
) -> Vec<Value> {
    let contribution = report.contribution(&entry.question);
    let level = entry.response.claimed();
    let why = match (&answers.exclusion, &entry.response.answer) {
        (Some(because), _) => format!("Excluded: {because}"),
        (None, Some(Answer::NotApplicable { because })) => format!("Not applicable: {because}"),
        (None, _) => entry.level_text.clone(),
    };
    let evidence: Vec<String> = entry.response.evidence.iter().map(told).collect();
    let documented = questionnaire.item(&entry.question).is_some_and(|item| item.question.documented);
    vec![
        Value::Text(area),
        Value::Text(requirement),
        Value::Text(entry.question.to_string()),
        Value::Text(entry.ask.clone()),
        Value::InputLevel(level.map(Level::number)),
        entry.evidenced.map_or(Value::Nothing, |level| Value::Count(level.points())),
        Value::Text(why),
        Value::Input(entry.response.note.clone()),
        Value::Text(evidence.join("\n")),
        Value::Input(entry.response.owner.clone()),
        Value::InputDate(entry.response.due),
        contribution.map_or(Value::Nothing, |contribution| Value::Number(contribution.weight)),
        Value::Text(if documented { "yes" } else { "" }.to_owned()),
        reckoned(contribution, CLAIMED, line, |c| (c.claimed, c.assumed.claimed)),
        reckoned(contribution, EVIDENCED, line, |c| (c.evidenced, c.assumed.evidenced)),
    ]
}

/// Returns what a question is reckoned with: its level, else what it is assumed at.
fn reckoned(
    contribution: Option<&Contribution>,
    column: char,
    line: u32,
    view: impl Fn(&Contribution) -> (Option<Level>, Option<f64>),
) -> Value {
    let Some((level, assumed)) = contribution.map(view) else { return Value::Nothing };
    let result = level.map(Level::points).or(assumed);
    let otherwise = assumed.map_or_else(|| "\"\"".to_owned(), |assumed| assumed.to_string());
    Value::Formula(format!("=IF({column}{line}=\"\",{otherwise},{column}{line})"), result)
}

fn told(item: &Evidence) -> String {
    let date = item.date.map(|date| format!(" ({date})")).unwrap_or_default();
    let until = item.valid_until.map(|date| format!(", valid until {date}")).unwrap_or_default();
    format!("{}: {}{date}{until}", item.kind.word(), item.what)
}

fn validate(sheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let levels = DataValidation::new()
        .allow_list_strings(&["0", "1", "2", "3", "4", "5"])?
        .set_input_title("Level")?
        .set_input_message("0 Absent, 1 Ad hoc, 2 Documented, 3 Operating, 4 Measured, 5 Improving. Empty: open.")?
        .set_error_title("No level")?
        .set_error_message("A level is 0 to 5, or empty.")?
        .set_error_style(DataValidationErrorStyle::Stop);
    sheet.add_data_validation(first, 4, last, 4, &levels)?;
    sheet.add_data_validation(first, 10, last, 10, &dates()?)?;
    Ok(())
}

/// Returns the rule for a day that people fill in.
pub fn dates() -> Result<DataValidation, XlsxError> {
    let first = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
        .set_error_title("No day")?
        .set_error_message("A day looks like 2027-03-01.")
}
