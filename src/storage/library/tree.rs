//! TOML as a tree of values with their places: what both the parser and the compiled form of the built-in
//! questionnaires give.

use std::borrow::Cow;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The first byte in its file and the one after the last; nothing where the place is unknown.
pub(super) type Span = Option<(usize, usize)>;

/// A value, with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node<'d> {
    /// The value.
    pub value: Value<'d>,
    /// Where it stands.
    pub span: Span,
}

/// A value of TOML.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'d> {
    /// A text.
    Text(Cow<'d, str>),
    /// A whole number or one with a point; nothing where it can't be reckoned with.
    Number(Option<f64>),
    /// True or false.
    Flag(bool),
    /// A day; nothing where it is a time, or a day with a time.
    Day(Option<NaiveDate>),
    /// A list.
    List(Vec<Node<'d>>),
    /// A table.
    Table(Fields<'d>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field<'d> {
    /// The key.
    pub key: Cow<'d, str>,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub node: Node<'d>,
}

/// The fields of a table, sorted by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields<'d>(Vec<Field<'d>>);

impl<'d> Fields<'d> {
    /// Returns the table of these fields, sorted already.
    pub fn sorted(fields: Vec<Field<'d>>) -> Self {
        Self(fields)
    }

    /// Returns the fields of a table that was parsed.
    pub fn parsed(table: DeTable<'d>) -> Self {
        let fields = table.into_iter().map(|(key, value)| {
            let range = key.span();
            Field { key: key.into_inner(), span: Some((range.start, range.end)), node: node(value) }
        });
        let mut fields: Vec<Field<'d>> = fields.collect();
        fields.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        Self(fields)
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Node<'d>> {
        let at = self.0.binary_search_by(|field| field.key.as_ref().cmp(key)).ok()?;
        self.0.get(at).map(|field| &field.node)
    }

    /// Returns whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns all fields, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = &Field<'d>> {
        self.0.iter()
    }

    /// Returns the same fields without their places.
    #[cfg(test)]
    pub fn placeless(self) -> Self {
        let placeless = |field: Field<'d>| Field { span: None, node: field.node.placeless(), ..field };
        Self(self.0.into_iter().map(placeless).collect())
    }
}

impl Node<'_> {
    #[cfg(test)]
    fn placeless(self) -> Self {
        let value = match self.value {
            Value::List(items) => Value::List(items.into_iter().map(Self::placeless).collect()),
            Value::Table(fields) => Value::Table(fields.placeless()),
            value => value,
        };
        Self { value, span: None }
    }
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let range = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(integer) if integer.radix() == 10 => Value::Number(integer.as_str().parse().ok()),
        DeValue::Integer(integer) => {
            Value::Number(u32::from_str_radix(integer.as_str(), integer.radix()).ok().map(f64::from))
        }
        DeValue::Float(float) => Value::Number(float.as_str().parse().ok()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(moment) => Value::Day(
            moment
                .date
                .filter(|_| moment.time.is_none())
                .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())),
        ),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(Fields::parsed(table)),
    };
    Node { value, span: Some((range.start, range.end)) }
}
