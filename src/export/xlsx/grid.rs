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
/// How wide the button of a filter is, in letters.
const BUTTON: f64 = 2.5;
/// How much wider strong letters are.
const STRONG: f64 = 1.05;
/// How much wider than others the letters of a word may be, in strong letters.
const WIDE: f64 = 1.15;
/// What stands at the end of a text that was cut.
const CUT: &str = " … (cut)";

/// The formats of a workbook.
pub struct Look {
    /// A sheet's title.
    pub title: Format,
    /// The head of a column of texts.
    pub head: Format,
    /// The head of a column of figures, which stand at its end.
    pub head_of_figures: Format,
    /// The same, beside the button of a filter.
    pub head_by_button: Format,
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
    /// A word that is worked out.
    pub word: Format,
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
    /// A formula for a text, with its result.
    TextFormula(String, String),
}

/// A table that is being written.
pub struct Grid<'a> {
    /// The sheet.
    pub sheet: Worksheet,
    look: &'a mut Look,
    /// The row that is written next.
    pub row: u32,
    head: u32,
    columns: Vec<Column>,
}

/// A column of a table.
struct Column {
    title: String,
    /// In letters.
    width: f64,
    /// Whether a figure stands in it.
    has_figures: bool,
}

impl Column {
    /// Returns a column that is wide enough for the longest word of its title, beside the button of a filter.
    fn new(title: &str, width: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let longest = title.split(' ').map(str::len).max().unwrap_or(0) as f64;
        Self { title: title.to_owned(), width: width.max(longest * WIDE + BUTTON), has_figures: false }
    }
}

impl Look {
    /// Returns the formats in these colours.
    pub fn new(palette: Palette) -> Self {
        let base = || Format::new().set_align(FormatAlign::Top);
        let lined =
            || base().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(colour(palette, Role::Rule));
        // Off the edge, as the figure of the column before stands at it; only what is set to the left stands off.
        let written = || lined().set_align(FormatAlign::Left).set_indent(1);
        let filled_in = |format: Format| format.set_background_color(0x00FF_F8E1).set_unlocked();
        let head = || {
            Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Bottom)
                .set_font_color(0x00FF_FFFF)
                .set_background_color(colour(palette, Role::Accent))
        };
        Self {
            title: base().set_bold().set_font_size(16).set_font_color(colour(palette, Role::Accent)),
            head: head().set_align(FormatAlign::Left).set_indent(1),
            head_of_figures: head().set_align(FormatAlign::Right),
            head_by_button: head().set_align(FormatAlign::Right).set_indent(2),
            text: written().set_text_wrap(),
            muted: base().set_font_color(colour(palette, Role::Muted)),
            number: lined().set_num_format("0.0"),
            count: lined().set_num_format("0"),
            // With a decimal: in whole per cent it would round where the other formats don't, 99.6 % to all.
            share: lined().set_num_format("0.0%"),
            word: written(),
            amount: lined().set_num_format("#,##0"),
            date: written().set_num_format("yyyy-mm-dd"),
            input: filled_in(written()).set_text_wrap(),
            input_date: filled_in(written()).set_num_format("yyyy-mm-dd"),
            input_level: filled_in(lined()).set_num_format("0"),
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
        // What has no result yet shows nothing: readers that don't reckon would show 0.
        sheet.set_formula_result_default("");
        let head = 3;
        let columns: Vec<Column> = columns.iter().map(|(title, width)| Column::new(title, *width)).collect();
        for (place, column) in (0_u16..).zip(&columns) {
            sheet.set_column_width(place, column.width)?;
        }
        sheet.set_freeze_panes(head + 1, 1)?;
        sheet.set_repeat_rows(head, head)?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&8Self-assessment: only an accredited body certifies.&R&8&P / &N");
        Ok(Self { sheet, look, row: head + 1, head, columns })
    }

    /// Writes a row as high as its texts need, and returns its number from 0.
    pub fn row(&mut self, values: Vec<Value>) -> Result<u32, XlsxError> {
        let row = self.row;
        let cells = values.iter().zip(&self.columns);
        let lines = cells.map(|(value, column)| value.lines(column.width)).max().unwrap_or(1);
        for (value, column) in values.iter().zip(&mut self.columns) {
            column.has_figures |= value.is_figure();
        }
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
            Value::TextFormula(formula, result) => {
                let formula = Formula::new(formula).set_result(result);
                sheet.write_formula_with_format(row, column, formula, &look.word)?
            }
        };
        Ok(())
    }

    /// Returns the first row of the table, and the last; equal where it has one row or none.
    pub fn rows(&self) -> (u32, u32) {
        (self.head + 1, self.row.saturating_sub(1).max(self.head + 1))
    }

    /// Ends the table: its head, with filters over it.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let (_, last) = self.rows();
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        self.sheet.autofilter(self.head, 0, last, columns.saturating_sub(1))?;
        self.write_head(BUTTON)?;
        Ok(self.sheet)
    }

    /// Ends a table that isn't one to be filtered.
    pub fn without_filters(mut self) -> Result<Worksheet, XlsxError> {
        self.write_head(0.0)?;
        Ok(self.sheet)
    }

    /// Writes the head, as high as its titles need beside a button of a width in letters, each title above its column.
    fn write_head(&mut self, button: f64) -> Result<(), XlsxError> {
        let figures = if button > 0.0 { &self.look.head_by_button } else { &self.look.head_of_figures };
        for (place, column) in (0_u16..).zip(&self.columns) {
            let look = if column.has_figures { figures } else { &self.look.head };
            self.sheet.write_string_with_format(self.head, place, &column.title, look)?;
        }
        let lines = self.columns.iter().map(|column| lines_of_words(&column.title, column.width - button)).max();
        self.sheet.set_row_height(self.head, f64::from(lines.unwrap_or(1)) * LINE + 4.0)?;
        Ok(())
    }
}

/// Returns a text as a value.
pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

impl Value {
    /// Returns the same in a cell that nobody fills in.
    pub fn only_read(self) -> Self {
        match self {
            Self::Input(text) => Self::Text(text),
            Self::InputDate(date) => date.map_or(Self::Nothing, Self::Date),
            Self::InputLevel(level) => level.map_or(Self::Nothing, |level| Self::Count(f64::from(level))),
            value => value,
        }
    }

    /// Returns whether it stands at the end of its column.
    fn is_figure(&self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Count(_)
                | Self::Share(_)
                | Self::Amount(_)
                | Self::InputLevel(_)
                | Self::Formula(..)
                | Self::CountFormula(..)
                | Self::ShareFormula(..)
        )
    }

    /// Returns how many lines it takes in a column of a width, in letters.
    fn lines(&self, width: f64) -> u32 {
        let (Self::Text(text) | Self::Input(text)) = self else { return 1 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, not negative")]
        let most = (width * 0.95).max(1.0) as usize;
        let lines = text.lines().map(|line| line.chars().count().div_ceil(most).max(1)).sum::<usize>();
        u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
    }
}

/// Returns how many lines a title takes that is broken between words.
fn lines_of_words(title: &str, width: f64) -> u32 {
    let (mut lines, mut filled) = (1, 0.0);
    for word in title.split(' ') {
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let wide = word.chars().count() as f64 * STRONG;
        if filled > 0.0 && filled + 1.0 + wide > width {
            lines += 1;
            filled = wide;
        } else {
            filled += wide + if filled > 0.0 { 1.0 } else { 0.0 };
        }
    }
    lines
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_as_high_as_its_title_broken_between_words() {
        assert_eq!(lines_of_words("Owner", 10.0), 1);
        assert_eq!(lines_of_words("At least, as exported", 12.0), 2);
        assert_eq!(lines_of_words("Stage 2, evidenced, as exported", 13.0), 3);
    }

    #[test]
    fn a_column_has_room_for_the_longest_word_of_its_title() {
        assert!(Column::new("Evidenced level", 8.0).width >= 9.0 + BUTTON);
        assert!((Column::new("Title", 40.0).width - 40.0).abs() < f64::EPSILON);
    }
}
