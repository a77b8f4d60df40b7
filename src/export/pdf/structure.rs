//! What the parts of the pages are: the tree that screen readers walk through.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind};

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// The document, or a section of it.
    Section,
    /// The title of the document.
    Title,
    /// A heading of a level, with its text.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A list; numbered or not.
    List(bool),
    /// A point of a list.
    Item,
    /// The mark of a point.
    Label,
    /// The text of a point.
    Body,
    /// A table.
    Table,
    /// The rows of its head.
    Head,
    /// The other rows.
    Rows,
    /// A row.
    Row,
    /// A cell of the head.
    HeadCell,
    /// A cell.
    Cell,
    /// A cell across so many columns that heads the rows after it.
    GroupCell(u32),
    /// A picture, with what it shows in words.
    Figure(String),
    /// What stands below a picture.
    Caption,
    /// A table of contents.
    Contents,
    /// A line of it.
    ContentsItem,
    /// What leads somewhere else.
    Link,
}

/// A part of the tree, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part(usize);

struct Branch {
    kind: Kind,
    children: Vec<Child>,
}

#[derive(Clone, Copy)]
enum Child {
    Part(usize),
    Mark(Identifier),
}

/// The tree.
pub struct Structure {
    branches: Vec<Branch>,
}

impl Structure {
    /// The root.
    pub const ROOT: Part = Part(0);

    /// Returns a tree of the root alone.
    pub fn new() -> Self {
        Self { branches: vec![Branch { kind: Kind::Section, children: vec![] }] }
    }

    /// Adds a part below another.
    pub fn add(&mut self, parent: Part, kind: Kind) -> Part {
        let number = self.branches.len();
        self.branches.push(Branch { kind, children: vec![] });
        if let Some(branch) = self.branches.get_mut(parent.0) {
            branch.children.push(Child::Part(number));
        }
        Part(number)
    }

    /// Returns the tree with nothing painted yet, for the second pass.
    pub fn marks(&self) -> Vec<Vec<Identifier>> {
        self.branches.iter().map(|_| vec![]).collect()
    }

    /// Returns the nodes below the root, with what was painted for each part.
    pub fn nodes(&self, marks: &[Vec<Identifier>]) -> Vec<Node> {
        self.children(0, marks)
    }

    fn children(&self, number: usize, marks: &[Vec<Identifier>]) -> Vec<Node> {
        let Some(branch) = self.branches.get(number) else { return vec![] };
        let parts = branch.children.iter().copied();
        let painted = marks.get(number).into_iter().flatten().copied().map(Child::Mark);
        parts
            .chain(painted)
            .map(|child| match child {
                Child::Mark(identifier) => Node::Leaf(identifier),
                Child::Part(part) => Node::Group(self.group(part, marks)),
            })
            .collect()
    }

    fn group(&self, number: usize, marks: &[Vec<Identifier>]) -> TagGroup {
        let kind = self.branches.get(number).map_or(Kind::Section, |branch| branch.kind.clone());
        TagGroup::with_children(kind.tag(), self.children(number, marks))
    }
}

impl Part {
    /// Returns its number.
    pub fn number(self) -> usize {
        self.0
    }
}

impl Kind {
    fn tag(self) -> TagKind {
        match self {
            Self::Section => Tag::Section.into(),
            Self::Title => Tag::Hn(NonZeroU16::MIN, None).into(),
            Self::Heading(level, title) => {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title)).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::List(true) => Tag::L(ListNumbering::Decimal).into(),
            Self::List(false) => Tag::L(ListNumbering::Circle).into(),
            Self::Item => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::Body => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Head => Tag::THead.into(),
            Self::Rows => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
            Self::Cell => Tag::TD.into(),
            Self::GroupCell(columns) => Tag::TH(TableHeaderScope::Row).with_col_span(NonZeroU32::new(columns)).into(),
            Self::Figure(description) => Tag::Figure(Some(description)).into(),
            Self::Caption => Tag::Caption.into(),
            Self::Contents => Tag::TOC.into(),
            Self::ContentsItem => Tag::TOCI.into(),
            Self::Link => Tag::Link.into(),
        }
    }
}
