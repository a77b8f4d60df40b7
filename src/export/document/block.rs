//! What a document is made of.

use crate::export::chart::Drawing;

/// A section, which a table of contents lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What links lead to: lower-case letters and dashes.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// Whether it has a number.
    pub is_numbered: bool,
    /// Its number, which the document gives it.
    pub number: Option<usize>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A block of a section, one below the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the section's: 2 for a group, 3 for what is in it.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A remark that stands out.
    Remark(Vec<Run>),
    /// A list of points, numbered or not.
    List {
        /// Whether the points are numbered.
        ordered: bool,
        /// The points.
        items: Vec<Vec<Run>>,
    },
    /// Figures that are read at a glance.
    KeyFigures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Figure),
    /// Lines to sign on.
    Signatures(Vec<SignatureLine>),
    /// What follows begins on a new page, where there are pages.
    PageBreak,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it is set.
    pub style: TextStyle,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextStyle {
    /// As it is.
    #[default]
    Plain,
    /// Semi-bold.
    Strong,
    /// In italics: what somebody said, and remarks.
    Emphasis,
    /// Muted: ids, and what is said beside.
    Muted,
}

/// A figure that is read at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it rests on.
    pub detail: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows, for those who hear it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: a cell for each column, or one alone that stands across all of them and heads a group.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading; empty for a column that explains itself.
    pub title: String,
    /// Its share of the width against the other columns.
    pub share: f32,
    /// Where its texts stand.
    pub align: Align,
}

/// Where a text stands in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Where reading starts.
    #[default]
    Start,
    /// Where it ends, as figures do.
    End,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<Vec<Run>>,
    /// What it means, where a colour underlines it.
    pub tone: Option<Tone>,
}

/// What something means; it is always said in words too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Well.
    Good,
    /// In between.
    Middling,
    /// Badly.
    Bad,
    /// Neither.
    Neutral,
}

/// A chart with what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What links lead to: lower-case letters and dashes.
    pub id: &'static str,
    /// The picture.
    pub drawing: Drawing,
    /// What is said below it.
    pub caption: String,
    /// Its share of the page's width, 0 to 1.
    pub share: f32,
    /// What says the same where there are no pictures; none where a table beside it does.
    pub instead: Option<Table>,
}

/// A line to sign on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    /// Who signs.
    pub role: String,
}

impl Section {
    /// Returns a numbered section.
    pub fn new(id: &'static str, title: impl Into<String>) -> Self {
        Self { id, title: title.into(), is_numbered: true, number: None, blocks: vec![] }
    }

    /// Adds a block.
    pub fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a heading for a group.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.add(Block::Heading(2, text.into()));
    }

    /// Adds a heading below a group's.
    pub fn subheading(&mut self, text: impl Into<String>) {
        self.add(Block::Heading(3, text.into()));
    }

    /// Adds a paragraph of plain text; nothing where it is empty.
    pub fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.add(Block::Paragraph(vec![Run::plain(text)]));
        }
    }

    /// Adds a table, where it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.add(Block::Table(table));
        }
    }

    /// Adds a chart, where there is one.
    pub fn figure(&mut self, id: &'static str, drawing: Option<Drawing>, share: f32) {
        if let Some(drawing) = drawing {
            let caption = drawing.title.clone();
            self.add(Block::Figure(Figure { id, drawing, caption, share, instead: None }));
        }
    }

    /// Lets a table stand where the chart that was added last can't be shown.
    pub fn or_else(&mut self, table: Table) {
        if let Some(Block::Figure(figure)) = self.blocks.last_mut() {
            figure.instead = Some(table);
        }
    }

    /// Returns the title with its number.
    #[must_use]
    pub fn numbered_title(&self) -> String {
        self.number.map_or_else(|| self.title.clone(), |number| format!("{number}. {}", self.title))
    }
}

impl Run {
    /// Returns plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: TextStyle::Plain }
    }

    /// Returns semi-bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: TextStyle::Strong }
    }

    /// Returns text in italics.
    pub fn emphasis(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: TextStyle::Emphasis }
    }

    /// Returns muted text.
    pub fn muted(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: TextStyle::Muted }
    }
}

impl Table {
    /// Returns a table without rows. Columns are (title, share of the width).
    pub fn new(caption: impl Into<String>, columns: &[(&str, f32)]) -> Self {
        let column =
            |(title, share): &(&str, f32)| Column { title: (*title).to_owned(), share: *share, align: Align::Start };
        Self { caption: caption.into(), columns: columns.iter().map(column).collect(), rows: vec![] }
    }

    /// Lets the columns from this one on stand at the end, as figures do.
    #[must_use]
    pub fn figures_from(mut self, first: usize) -> Self {
        self.columns.iter_mut().skip(first).for_each(|column| column.align = Align::End);
        self
    }

    /// Lets these columns stand at the end, as figures do.
    #[must_use]
    pub fn figures_in(mut self, columns: std::ops::Range<usize>) -> Self {
        let places = self.columns.iter_mut().take(columns.end).skip(columns.start);
        places.for_each(|column| column.align = Align::End);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a line across all columns that heads the rows after it.
    pub fn group(&mut self, line: Vec<Run>) {
        self.rows.push(vec![Cell { lines: vec![line], tone: None }]);
    }

    /// Returns whether a row heads a group.
    #[must_use]
    pub fn is_group(&self, row: &[Cell]) -> bool {
        row.len() == 1 && self.columns.len() > 1
    }
}

impl Cell {
    /// Returns a cell of plain text, a line each.
    pub fn text(text: impl AsRef<str>) -> Self {
        let lines = text.as_ref().lines().map(|line| vec![Run::plain(line)]).collect();
        Self { lines, tone: None }
    }

    /// Returns a cell of one semi-bold line.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { lines: vec![vec![Run::strong(text)]], tone: None }
    }

    /// Returns a cell of one muted line.
    pub fn muted(text: impl Into<String>) -> Self {
        Self { lines: vec![vec![Run::muted(text)]], tone: None }
    }

    /// Returns a cell that says something with a meaning.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { lines: vec![vec![Run::plain(text)]], tone: Some(tone) }
    }

    /// Returns the cell with a further line.
    #[must_use]
    pub fn with(mut self, line: Vec<Run>) -> Self {
        self.lines.push(line);
        self
    }
}

impl Block {
    /// Returns one block of each kind, to rehearse a template with.
    #[must_use]
    pub fn one_of_each() -> Vec<Self> {
        let line = || vec![Run::plain("a"), Run::strong("b"), Run::emphasis("c"), Run::muted("d")];
        let mut table = Table::new("Table", &[("One", 1.0), ("Two", 1.0)]).figures_from(1);
        let toned = [Tone::Good, Tone::Middling, Tone::Bad, Tone::Neutral].map(|tone| Cell::toned("a", tone));
        table.group(line());
        for cell in toned {
            table.row([cell, Cell::text("a\nb")]);
        }
        let drawing = Drawing::new((10.0, 10.0), "Chart", crate::export::palette::Palette::default());
        vec![
            Self::Heading(2, "Group".to_owned()),
            Self::Heading(3, "Minor".to_owned()),
            Self::Paragraph(line()),
            Self::Remark(line()),
            Self::List { ordered: true, items: vec![line()] },
            Self::List { ordered: false, items: vec![line()] },
            Self::KeyFigures(vec![KeyFigure { label: "a".to_owned(), value: "b".to_owned(), detail: "c".to_owned() }]),
            Self::Table(table),
            Self::Figure(Figure { id: "chart", drawing, caption: "Chart".to_owned(), share: 1.0, instead: None }),
            Self::Signatures(vec![SignatureLine { role: "a".to_owned() }]),
            Self::PageBreak,
        ]
    }
}
