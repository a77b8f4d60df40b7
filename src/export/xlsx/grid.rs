//! A sheet that is a table: a head that stays, filters, columns of one kind each.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use crate::export::palette::{Palette, Role};
use crate::export::plain::clean;
use crate::export::xlsx::{colour, day};

/// The most characters that a cell holds.
const MOST: usize = 32_767;
/// The height of a line, in points.
const LINE: f64 = 15.0;
/// The most that a row is high, in points.
const MOST_HEIGHT: f64 = 400.0;
/// What stands at the end of a text that was cut.
const CUT: &str = " … (cut)";

/// The formats of a workbook.
pub struct Look {
    /// A sheet's title.
    pub title: Format,
    /// The head of a table.
    pub head: Format,
    /// Text.
    pub text: Format,
    /// What is said beside.
    pub muted: Format,
    /// A number with one decimal.
    pub number: Format,
    /// A whole number.
    pub count: Format,
    /// A share, as percent.
    pub share: Format,
    /// An amount of money.
    pub amount: Format,
    /// A day.
    pub date: Format,
    /// Text in a cell that people fill in.
    pub input: Format,
    /// A day in such a cell.
    pub input_date: Format,
    /// A level in such a cell.
    pub input_level: Format,
    /// How many texts were cut.
    pub cut: usize,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// Text.
    Text(String),
    /// What is said beside.
    Muted(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Count(f64),
    /// A share, 0 to 1.
    Share(f64),
    /// An amount of money, which is told in whole hundreds.
    Amount(f64),
    /// A day.
    Date(NaiveDate),
    /// Text that people fill in.
    Input(String),
    /// A day that people fill in.
    InputDate(Option<NaiveDate>),
    /// A level that people fill in; nothing where it is open.
    InputLevel(Option<u8>),
    /// A formula for a number, with its result.
    Formula(String, Option<f64>),
    /// A formula whose result is a count.
    CountFormula(String, f64),
    /// A formula for a share, with its result.
    ShareFormula(String, Option<f64>),
}

/// A table that is being written.
pub struct Grid<'a> {
    /// The sheet.
    pub sheet: Worksheet,
    look: &'a mut Look,
    /// The row that is written next.
    pub row: u32,
    head: u32,
    widths: Vec<f64>,
}

impl Look {
    /// Returns the formats in these colours.
    pub fn new(palette: Palette) -> Self {
        let base = || Format::new().set_align(FormatAlign::Top);
        let lined =
            || base().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(colour(palette, Role::Rule));
        let input = || lined().set_background_color(0x00FF_F8E1).set_unlocked();
        Self {
            title: base().set_bold().set_font_size(16).set_font_color(colour(palette, Role::Accent)),
            head: base()
                .set_bold()
                .set_text_wrap()
                .set_font_color(0x00FF_FFFF)
                .set_background_color(colour(palette, Role::Accent)),
            // Off the edge: the figure of the column before stands at it.
            text: lined().set_text_wrap().set_indent(1),
            muted: base().set_font_color(colour(palette, Role::Muted)),
            number: lined().set_num_format("0.0"),
            count: lined().set_num_format("0"),
            // With a decimal: in whole per cent it would round where the other formats don't, 99.6 % to all.
            share: lined().set_num_format("0.0%"),
            amount: lined().set_num_format("#,##0"),
            date: lined().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            input: input().set_text_wrap(),
            input_date: input().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            input_level: input().set_num_format("0").set_align(FormatAlign::Center),
            cut: 0,
        }
    }

    /// Returns a text that a cell holds, noting where it had to be cut.
    pub fn fitted(&mut self, text: &str) -> String {
        let clean = clean(text);
        // The library counts as Excel does: in units of UTF-16.
        if clean.encode_utf16().count() <= MOST {
            return clean;
        }
        self.cut += 1;
        let mut kept = String::new();
        let mut units = CUT.encode_utf16().count();
        for letter in clean.chars() {
            units += letter.len_utf16();
            if units > MOST {
                break;
            }
            kept.push(letter);
        }
        kept + CUT
    }
}

impl<'a> Grid<'a> {
    /// Begins a table below a title and a remark. Columns are (title, width in letters).
    pub fn new(
        name: &str,
        title: &str,
        remark: &str,
        columns: &[(&str, f64)],
        look: &'a mut Look,
    ) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.write_string_with_format(0, 0, title, &look.title)?;
        sheet.set_row_height(0, 26.0)?;
        sheet.set_row_height(1, LINE + 4.0)?;
        sheet.write_string_with_format(1, 0, remark, &look.muted)?;
        let head = 3;
        for (column, (title, width)) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(head, column, *title, &look.head)?;
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_row_height(head, 3.0 * LINE)?;
        sheet.set_freeze_panes(head + 1, 1)?;
        sheet.set_repeat_rows(head, head)?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&8Self-assessment: only an accredited body certifies.&R&8&P / &N");
        let widths = columns.iter().map(|(_, width)| *width).collect();
        Ok(Self { sheet, look, row: head + 1, head, widths })
    }

    /// Writes a row as high as its texts need, and returns its number from 0.
    pub fn row(&mut self, values: Vec<Value>) -> Result<u32, XlsxError> {
        let row = self.row;
        let lines = values.iter().zip(&self.widths).map(|(value, width)| value.lines(*width)).max().unwrap_or(1);
        self.sheet.set_row_height(row, (f64::from(lines) * LINE + 2.0).min(MOST_HEIGHT))?;
        for (column, value) in (0_u16..).zip(values) {
            self.cell(row, column, value)?;
        }
        self.row += 1;
        Ok(row)
    }

    /// Writes a cell.
    pub fn cell(&mut self, row: u32, column: u16, value: Value) -> Result<(), XlsxError> {
        let (sheet, look) = (&mut self.sheet, &mut *self.look);
        match value {
            Value::Nothing => sheet.write_blank(row, column, &look.text)?,
            Value::Text(text) => {
                let text = look.fitted(&text);
                sheet.write_string_with_format(row, column, text, &look.text)?
            }
            Value::Muted(text) => {
                let text = look.fitted(&text);
                sheet.write_string_with_format(row, column, text, &look.muted)?
            }
            Value::Number(number) => sheet.write_number_with_format(row, column, number, &look.number)?,
            Value::Count(number) => sheet.write_number_with_format(row, column, number, &look.count)?,
            Value::Amount(amount) => {
                let told = (amount / 100.0).round() * 100.0;
                sheet.write_number_with_format(row, column, told, &look.amount)?
            }
            Value::Share(share) => sheet.write_number_with_format(row, column, share, &look.share)?,
            Value::Date(date) => sheet.write_datetime_with_format(row, column, &day(date)?, &look.date)?,
            Value::Input(text) => {
                let text = look.fitted(&text);
                sheet.write_string_with_format(row, column, text, &look.input)?
            }
            Value::InputDate(None) => sheet.write_blank(row, column, &look.input_date)?,
            Value::InputDate(Some(date)) => {
                sheet.write_datetime_with_format(row, column, &day(date)?, &look.input_date)?
            }
            Value::InputLevel(None) => sheet.write_blank(row, column, &look.input_level)?,
            Value::InputLevel(Some(level)) => {
                sheet.write_number_with_format(row, column, f64::from(level), &look.input_level)?
            }
            Value::Formula(formula, result) => {
                sheet.write_formula_with_format(row, column, reckoned(formula, result), &look.number)?
            }
            Value::CountFormula(formula, result) => {
                sheet.write_formula_with_format(row, column, reckoned(formula, Some(result)), &look.count)?
            }
            Value::ShareFormula(formula, result) => {
                sheet.write_formula_with_format(row, column, reckoned(formula, result), &look.share)?
            }
        };
        Ok(())
    }

    /// Returns the first row of the table, and the last; equal where it has one row or none.
    pub fn rows(&self) -> (u32, u32) {
        (self.head + 1, self.row.saturating_sub(1).max(self.head + 1))
    }

    /// Ends the table: filters over its head.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let (_, last) = self.rows();
        let columns = u16::try_from(self.widths.len()).unwrap_or(u16::MAX);
        self.sheet.autofilter(self.head, 0, last, columns.saturating_sub(1))?;
        Ok(self.sheet)
    }
}

/// Returns a text as a value.
pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

impl Value {
    /// Returns how many lines it takes in a column of a width, in letters.
    fn lines(&self, width: f64) -> u32 {
        let (Self::Text(text) | Self::Input(text)) = self else { return 1 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, not negative")]
        let most = (width * 0.95).max(1.0) as usize;
        let lines = text.lines().map(|line| line.chars().count().div_ceil(most).max(1)).sum::<usize>();
        u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
    }
}

fn reckoned(formula: String, result: Option<f64>) -> Formula {
    // What it comes to where there is nothing to reckon with: a dash where it says so, else nothing.
    let without = if formula.contains('–') { "–" } else { "" };
    let formula = Formula::new(formula);
    match result {
        Some(result) => formula.set_result(result.to_string()),
        None => formula.set_result(without),
    }
}
