//! The built-in questionnaires as `build.rs` compiled them: the same trees as their TOML gives, without parsing it.
//!
//! Scripts start the program often, and parsing takes far longer than everything else that a command does. A file is
//! compiled to two parts: all its texts and keys, one after the other, and its structure, which says how long each is.
//! Of places, only where a table begins is kept: it is the order of tables of different names.
//! A file that isn't TOML is left out by `build.rs`: reading it as text tells what is wrong. The demonstration and the
//! translations are left out too: few commands read them.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::storage::library::tree::{Field, Fields, Node, Value};

/// A compiled file.
pub(super) struct Compiled {
    /// The path below `questionnaires/`, with `/`.
    pub path: &'static str,
    /// All texts and keys.
    text: &'static str,
    /// What they are part of.
    structure: &'static [u8],
}

/// All compiled files, sorted by path.
static FILES: &[Compiled] = include!(concat!(env!("OUT_DIR"), "/compiled.rs"));

/// Returns the compiled files below a folder such as `iso42001`, with their path below it, sorted.
pub(super) fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static Compiled)> {
    FILES.iter().filter_map(move |file| Some((file.path.strip_prefix(folder)?.strip_prefix('/')?, file)))
}

impl Compiled {
    /// Returns the table that the file is; nothing where it is not in the form that this program reads.
    pub fn fields(&self) -> Option<Fields<'static>> {
        let mut reader = Reader { text: self.text, structure: self.structure };
        let fields = reader.fields()?;
        (reader.text.is_empty() && reader.structure.is_empty()).then_some(fields)
    }
}

/// What is left to read.
struct Reader {
    text: &'static str,
    structure: &'static [u8],
}

impl Reader {
    fn fields(&mut self) -> Option<Fields<'static>> {
        let count = self.count()?;
        // Collecting options would forget the count, and move everything again and again.
        let mut fields = Vec::with_capacity(count);
        for _ in 0..count {
            fields.push(Field { key: self.text()?, span: None, node: self.node()? });
        }
        Some(Fields::sorted(fields))
    }

    fn node(&mut self) -> Option<Node<'static>> {
        let mut span = None;
        let value = match self.byte()? {
            b't' => Value::Text(self.text()?),
            b'n' => Value::Number(Some(f64::from_le_bytes(self.bytes()?))),
            b'?' => Value::Number(None),
            b'+' => Value::Flag(true),
            b'-' => Value::Flag(false),
            b'd' => Value::Day(Some(NaiveDate::from_ymd_opt(
                i32::from_le_bytes(self.bytes()?),
                self.byte()?.into(),
                self.byte()?.into(),
            )?)),
            b'm' => Value::Day(None),
            b'[' => {
                let count = self.count()?;
                let mut items = Vec::with_capacity(count);
                for _ in 0..count {
                    items.push(self.node()?);
                }
                Value::List(items)
            }
            b'{' => {
                let start = self.count()?;
                span = Some((start, start));
                Value::Table(self.fields()?)
            }
            _ => return None,
        };
        Some(Node { value, span })
    }

    fn text(&mut self) -> Option<Cow<'static, str>> {
        let (text, rest) = self.text.split_at_checked(self.count()?)?;
        self.text = rest;
        Some(Cow::Borrowed(text))
    }

    /// Returns a count: below 255 a byte, above it 255 and four more.
    fn count(&mut self) -> Option<usize> {
        match self.byte()? {
            u8::MAX => usize::try_from(u32::from_le_bytes(self.bytes()?)).ok(),
            count => Some(count.into()),
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.structure.split_first()?;
        self.structure = rest;
        Some(*first)
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.structure.split_first_chunk()?;
        self.structure = rest;
        Some(*first)
    }
}
