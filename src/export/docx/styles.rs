//! The styles that the text editor shows and lets people change.

use docx_rs::{
    AbstractNumbering, IndentLevel, Level, LevelJc, LevelText, LineSpacing, LineSpacingType, NumberFormat, Numbering,
    NumberingId, RunFonts, SpecialIndentType, Start, Style, StyleType,
};

use crate::export::palette::{Palette, Role};

/// The number of the list with points, and that of the one with numbers.
pub const POINTS: usize = 2;
/// See [`POINTS`].
pub const NUMBERS: usize = 3;

/// Returns the fonts of the document. They are on most computers; the editor takes another where they aren't.
pub fn fonts() -> RunFonts {
    RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri").east_asia("Calibri")
}

/// Returns all styles.
pub fn all(palette: Palette) -> Vec<Style> {
    let hex = |role: Role| palette.of(role).to_string().trim_start_matches('#').to_owned();
    let spaced = |before: u32, after: u32| {
        LineSpacing::new().before(before).after(after).line(264).line_rule(LineSpacingType::Auto)
    };
    let style = |id: &str, name: &str, size: usize| Style::new(id, StyleType::Paragraph).name(name).size(size);
    let heading = |id: &str, name: &str, size: usize, level: usize, before: u32| {
        style(id, name, size)
            .based_on("Normal")
            .next("Normal")
            .bold()
            .outline_lvl(level)
            .line_spacing(spaced(before, 100))
    };
    vec![
        style("Normal", "Normal", 19).line_spacing(spaced(0, 110)).color(hex(Role::Ink)),
        heading("Heading1", "heading 1", 36, 0, 440).color(hex(Role::Accent)),
        heading("Heading2", "heading 2", 25, 1, 280).color(hex(Role::Ink)),
        heading("Heading3", "heading 3", 21, 2, 200).color(hex(Role::Ink)),
        style("Title", "Title", 56).bold().color(hex(Role::Accent)).line_spacing(spaced(60, 240)),
        style("Kind", "Kind of report", 22).bold().color(hex(Role::Muted)).line_spacing(spaced(1200, 0)),
        style("Facts", "Facts", 20).color(hex(Role::Muted)).line_spacing(spaced(0, 40)),
        style("Secret", "Confidentiality", 20).bold().line_spacing(spaced(240, 60)),
        style("Note", "Self-assessment", 18).italic().line_spacing(spaced(60, 360)),
        style("ContentsHeading", "Contents heading", 25).bold().line_spacing(spaced(280, 100)),
        style("Remark", "Remark", 22).line_spacing(spaced(120, 160)),
        style("Caption", "caption", 16).color(hex(Role::Muted)).line_spacing(spaced(20, 200)),
        style("TableText", "Table text", 16).line_spacing(spaced(20, 20)).color(hex(Role::Ink)),
        style("TableHead", "Table head", 16).bold().line_spacing(spaced(40, 40)).color(hex(Role::Paper)),
        style("Margin", "Head and foot", 14).color(hex(Role::Muted)).line_spacing(spaced(0, 0)),
    ]
}

/// Returns the two lists.
pub fn numberings() -> Vec<(Numbering, AbstractNumbering)> {
    let level = |format: &str, text: &str| {
        Level::new(0, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left")).indent(
            Some(360),
            Some(SpecialIndentType::Hanging(360)),
            None,
            None,
        )
    };
    vec![
        (Numbering::new(POINTS, POINTS), AbstractNumbering::new(POINTS).add_level(level("bullet", "•"))),
        (Numbering::new(NUMBERS, NUMBERS), AbstractNumbering::new(NUMBERS).add_level(level("decimal", "%1."))),
    ]
}

/// Returns the place of a paragraph in a list.
pub fn place(list: usize) -> (NumberingId, IndentLevel) {
    (NumberingId::new(list), IndentLevel::new(0))
}
