//! Rows of a file with answers, whatever its format.

use std::collections::BTreeMap;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use crate::cli::args::AnswersFormat;
use crate::domain::text::visible;
use crate::export::plain::unguarded;

/// The greatest number of bytes of a file with answers.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A row: its cells by key, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, such as `line 3` or `answer 2`.
    pub place: String,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// Returns the text of a cell; none where it is empty or not there.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.cells.get(key).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Returns the keys of the row.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.cells.keys().map(String::as_str)
    }
}

/// Reads the rows of a file.
pub(super) fn read(bytes: &[u8], format: AnswersFormat) -> Result<Vec<Row>, Vec<String>> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(vec![format!("the file has more than {MOST_BYTES} bytes; split it")]);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| vec![format!("byte {}: not UTF-8; save the file as UTF-8", error.valid_up_to())])?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        AnswersFormat::Csv => csv_rows(text),
        AnswersFormat::Toml => toml_rows(text),
        AnswersFormat::Json => json_rows(text),
    }
}

fn csv_rows(text: &str) -> Result<Vec<Row>, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| vec![visible(&error.to_string()).into_owned()])?.clone();
    let keys: Vec<&str> = header.iter().map(str::trim).collect();
    let mut faults = vec![];
    for (index, key) in keys.iter().enumerate() {
        if keys.iter().take(index).any(|other| other == key) {
            faults.push(format!("line 1: the column {:?} is there twice", visible(key)));
        }
    }
    if !keys.contains(&"question") || !keys.contains(&"level") {
        faults.push("line 1: the header needs the columns question and level, separated by commas".to_owned());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut rows = vec![];
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(visible(&error.to_string()).into_owned());
                continue;
            }
        };
        let place = format!("line {}", record.position().map_or(0, csv::Position::line));
        if record.len() != keys.len() {
            faults.push(format!("{place}: {} cells, and the header has {}", record.len(), keys.len()));
            continue;
        }
        let cells = keys.iter().zip(&record).map(|(key, cell)| ((*key).to_owned(), unguarded(cell).to_owned()));
        rows.push(Row { place, cells: cells.collect() });
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn toml_rows(text: &str) -> Result<Vec<Row>, Vec<String>> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
        vec![format!("line {line}: {}", visible(error.message()))]
    })?;
    let mut faults = vec![];
    for key in table.keys().filter(|key| *key != "answer") {
        faults.push(format!("unknown key {:?}; the file is a list of [[answer]] tables", visible(key)));
    }
    let answers = match table.get("answer") {
        Some(toml::Value::Array(answers)) => answers.as_slice(),
        Some(_) => {
            faults.push("answer is no list of tables; begin each with [[answer]]".to_owned());
            &[]
        }
        None => &[],
    };
    let headers: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with("[[answer]]"))
        .map(|(index, _)| index + 1)
        .collect();
    let mut rows = vec![];
    for (index, answer) in answers.iter().enumerate() {
        let place = match headers.get(index) {
            Some(line) => format!("answer {} (line {line})", index + 1),
            None => format!("answer {}", index + 1),
        };
        let Some(table) = answer.as_table() else {
            faults.push(format!("{place}: not a table"));
            continue;
        };
        let mut cells = BTreeMap::new();
        for (key, value) in table {
            match toml_cell(value) {
                Some(cell) => drop(cells.insert(key.clone(), cell)),
                None => faults.push(format!("{place}: {:?} is no text, whole number or date", visible(key))),
            }
        }
        rows.push(Row { place, cells });
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn toml_cell(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

fn json_rows(text: &str) -> Result<Vec<Row>, Vec<String>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let rows = JsonRows
        .deserialize(&mut reader)
        .and_then(|rows| reader.end().map(|()| rows))
        .map_err(|error| vec![visible(&error.to_string()).into_owned()])?;
    Ok(rows)
}

/// A list of objects whose keys are told when they are there twice, which serde's maps pass over.
struct JsonRows;
struct JsonRow(usize);

impl<'de> DeserializeSeed<'de> for JsonRows {
    type Value = Vec<Row>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for JsonRows {
    type Value = Vec<Row>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list of objects, one for each answer")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut rows = vec![];
        while let Some(row) = list.next_element_seed(JsonRow(rows.len() + 1))? {
            rows.push(row);
        }
        Ok(rows)
    }
}

impl<'de> DeserializeSeed<'de> for JsonRow {
    type Value = Row;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for JsonRow {
    type Value = Row;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object with the keys of an answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut cells = BTreeMap::new();
        while let Some(key) = object.next_key::<String>()? {
            let cell = match object.next_value::<serde_json::Value>()? {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::Bool(_) | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                    return Err(A::Error::custom(format!("answer {}: {key:?} is no text or number", self.0)));
                }
            };
            if cells.insert(key.clone(), cell).is_some() {
                return Err(A::Error::custom(format!("answer {}: the key {key:?} is there twice", self.0)));
            }
        }
        Ok(Row { place: format!("answer {}", self.0), cells })
    }
}
