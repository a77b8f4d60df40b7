//! One TOML table, read key by key; whatever is wrong is noted, and reading goes on.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::questionnaire::Subject;
use crate::storage::library::format::Form;
use crate::storage::library::locate::cut;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::tree::{Fields, Node, Value};
use Named::{Item, One};

/// How much of a text is quoted in a message.
const MOST_QUOTED: usize = 60;
/// The greatest number: far beyond any of a questionnaire, and far below where sums of them would be infinite.
const MOST_NUMBER: f64 = 1e9;

/// A table, with where it stands and where flaws are noted.
pub(super) struct Table<'d, 'n> {
    values: &'d Fields<'d>,
    header: Spot,
    /// Keys that aren't missing, but written wrongly.
    misspelt: Vec<&'static str>,
    /// Where flaws are noted.
    pub notes: &'n mut Notes<'d>,
}

/// A value as messages name it.
#[derive(Clone, Copy)]
enum Named<'k> {
    /// The value of a key.
    One(&'k str),
    /// An item of the list that is the value of a key.
    Item(&'k str),
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            One(key) => write!(out, "`{key}`"),
            Item(key) => write!(out, "an item of `{key}`"),
        }
    }
}

/// A table that is yet to be read, with where it stands.
pub(super) type Unread<'d> = (&'d Fields<'d>, Spot);

impl<'d, 'n> Table<'d, 'n> {
    /// Returns the table for reading, and notes each key that isn't one of its form.
    pub fn open(unread: Unread<'d>, form: &Form, notes: &'n mut Notes<'d>) -> Self {
        if notes.are_trusted {
            let (values, header) = unread;
            return Self { values, header, misspelt: vec![], notes };
        }
        let keys: Vec<&'static str> = form.keys().collect();
        Self::open_keys(unread, &keys, notes)
    }

    /// Returns the table for reading, and notes each key that isn't among the known ones.
    pub fn open_keys((values, header): Unread<'d>, keys: &[&'static str], notes: &'n mut Notes<'d>) -> Self {
        let mut misspelt = vec![];
        for field in values.iter().filter(|field| !keys.contains(&field.key.as_ref())) {
            if notes.is_full() {
                break;
            }
            let name = field.key.as_ref();
            let absent = keys.iter().copied().filter(|known| !values.has(known));
            let remedy = match notes.nearest(name, absent) {
                Some(meant) => {
                    misspelt.extend(keys.iter().copied().filter(|key| *key == meant));
                    format!("Did you mean `{meant}`?")
                }
                None => format!("The keys here are {}.", listed(keys.iter().copied(), "`")),
            };
            notes.add(header.at(field.span), format!("unknown key `{}`", cut(name, MOST_QUOTED)), remedy);
        }
        Self { values, header, misspelt, notes }
    }

    /// Returns whether the table has the key.
    pub fn has(&self, key: &str) -> bool {
        self.values.has(key)
    }

    /// Returns whether a key that could be this one is written wrongly.
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.contains(&key)
    }

    /// Returns where the value of the key stands, or the table where there is none.
    pub fn spot(&self, key: &str) -> Spot {
        self.values.get(key).map_or(self.header, |value| self.spot_of(value))
    }

    /// Remembers that the table is this thing, so that flaws of it are shown here.
    pub fn is(&mut self, subject: Subject) {
        self.notes.remember(subject, self.header, self.values);
    }

    /// Returns the table's id, and remembers the table by it; a made-up id where there is none, or one that was there
    /// before.
    pub fn id(&mut self, subject: impl Fn(String) -> Subject) -> String {
        if self.notes.are_trusted {
            return self.text("id");
        }
        let mut id = self.required_text("id").map(str::to_owned);
        if let Some(text) = id.take_if(|id| self.notes.knows(&subject(id.clone()))) {
            let first = self.notes.spot(&subject(text.clone()), "id");
            let problem = format!("the id {} is there twice", quoted(&text));
            self.notes.add_second(self.spot("id"), first, problem, "Give one of the two another id.".to_owned());
        }
        let id = id.unwrap_or_else(|| self.notes.made_up_id());
        self.is(subject(id.clone()));
        id
    }

    /// Returns the text of a key that has to be there; something to go on with where it isn't.
    pub fn text(&mut self, key: &str) -> String {
        self.required_text(key).unwrap_or("?").to_owned()
    }

    /// Returns the text of a key that may be left out.
    pub fn optional_text(&mut self, key: &str) -> Option<&'d str> {
        let value = self.values.get(key)?;
        self.as_text(One(key), value)
    }

    fn required_text(&mut self, key: &str) -> Option<&'d str> {
        let value = self.required(key, "\"…\"")?;
        self.as_text(One(key), value)
    }

    /// Returns whether a key that may be left out is set to true.
    pub fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.values.get(key) else { return false };
        if let Value::Flag(flag) = value.value {
            return flag;
        }
        self.wrong_type(One(key), value, "true or false");
        false
    }

    /// Returns the flag of a key that has to be there; false where it isn't.
    pub fn required_flag(&mut self, key: &str) -> bool {
        self.required(key, "true").is_some() && self.flag(key)
    }

    /// Returns the text of a key that has to be there and names something; nothing where it names nothing that exists.
    pub fn reference(&mut self, key: &str, subject: fn(String) -> Subject) -> Option<&'d str> {
        let text = self.required_text(key)?;
        self.notes.refer(subject, text, self.spot(key));
        (self.notes.are_trusted || self.notes.knows(&subject(text.to_owned()))).then_some(text)
    }

    /// Returns the texts among these items of a list, each of which has to name something.
    pub fn references(&mut self, key: &str, items: Vec<&'d Node<'d>>, subject: fn(String) -> Subject) -> Vec<&'d str> {
        let texts = self.texts_of(key, items);
        for (text, spot) in &texts {
            self.notes.refer(subject, text, *spot);
        }
        texts.into_iter().map(|(text, _)| text).collect()
    }

    /// Returns the date of a key that has to be there; something to go on with where it isn't.
    pub fn date(&mut self, key: &str) -> NaiveDate {
        let Some(value) = self.required(key, "2026-11-23") else { return NaiveDate::default() };
        if let Value::Day(Some(day)) = value.value {
            return day;
        }
        self.wrong_type(One(key), value, "a date");
        NaiveDate::default()
    }

    /// Returns the number of a key that may be left out, or else the number given.
    pub fn number_or(&mut self, key: &str, otherwise: f64) -> f64 {
        self.values.get(key).and_then(|value| self.as_number(One(key), value)).unwrap_or(otherwise)
    }

    /// Returns the number of a key that has to be there, or else the number given to go on with.
    pub fn number(&mut self, key: &str, otherwise: f64) -> f64 {
        self.required(key, "1.0").and_then(|value| self.as_number(One(key), value)).unwrap_or(otherwise)
    }

    /// Returns the items of a list that has to be there, and can't be empty.
    pub fn items(&mut self, key: &str) -> Vec<&'d Node<'d>> {
        let Some(value) = self.required(key, "[…]") else { return vec![] };
        let items = self.as_list(key, value);
        if items.is_empty() && matches!(value.value, Value::List(_)) {
            self.notes.add(self.spot_of(value), format!("`{key}` is empty"), "List at least one.");
        }
        items
    }

    /// Returns the items of a list that has to be there, and can be empty.
    pub fn required_items(&mut self, key: &str) -> Vec<&'d Node<'d>> {
        self.required(key, "[…]").map(|value| self.as_list(key, value)).unwrap_or_default()
    }

    /// Returns the items of a list that may be left out.
    pub fn optional_items(&mut self, key: &str) -> Vec<&'d Node<'d>> {
        self.values.get(key).map(|value| self.as_list(key, value)).unwrap_or_default()
    }

    /// Returns the texts among these items of a list, with where they stand.
    pub fn texts_of(&mut self, key: &str, items: Vec<&'d Node<'d>>) -> Vec<(&'d str, Spot)> {
        items.into_iter().filter_map(|item| Some((self.as_text(Item(key), item)?, self.spot_of(item)))).collect()
    }

    /// Returns the numbers among these items of a list.
    pub fn numbers_of(&mut self, key: &str, items: Vec<&'d Node<'d>>) -> Vec<f64> {
        items.into_iter().filter_map(|item| self.as_number(Item(key), item)).collect()
    }

    /// Returns the tables of a list that may be left out.
    pub fn tables(&mut self, key: &str) -> Vec<Unread<'d>> {
        let items = self.optional_items(key);
        self.tables_of(key, items)
    }

    /// Returns the tables among these items of a list.
    pub fn tables_of(&mut self, key: &str, items: Vec<&'d Node<'d>>) -> Vec<Unread<'d>> {
        items.into_iter().filter_map(|item| self.as_table(Item(key), item)).collect()
    }

    /// Returns the table of a key that may be left out.
    pub fn table(&mut self, key: &str) -> Option<Unread<'d>> {
        let value = self.values.get(key)?;
        self.as_table(One(key), value)
    }

    /// Returns the table of a key that has to be there.
    pub fn required_table(&mut self, key: &str) -> Option<Unread<'d>> {
        if !self.has(key) && !self.misspelt.contains(&key) {
            self.notes.add(self.header, format!("the table [{key}] is missing"), format!("Add a line [{key}]."));
        }
        self.table(key)
    }

    /// Returns what the word of a key that has to be there stands for.
    pub fn word<T: Copy>(&mut self, key: &str, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
        let first = all.first().map_or("", |first| word(*first));
        let value = self.required(key, &format!("{first:?}"))?;
        let text = self.as_text(One(key), value)?;
        self.meaning((text, self.spot_of(value)), all, word)
    }

    /// Returns what the word of a key that may be left out stands for.
    pub fn optional_word<T: Copy>(&mut self, key: &str, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
        let text = self.optional_text(key)?;
        self.meaning((text, self.spot(key)), all, word)
    }

    /// Returns what a word stands for.
    pub fn meaning<T: Copy>(
        &mut self,
        (text, spot): (&str, Spot),
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|one| word(*one) == text);
        if found.is_none() {
            let words = || all.iter().map(|one| word(*one));
            let remedy = match self.notes.nearest(text, words()) {
                Some(meant) => format!("Did you mean {meant:?}?"),
                None => format!("The words here are {}.", listed(words(), "\"")),
            };
            self.notes.add(spot, format!("unknown word {}", quoted(text)), remedy);
        }
        found
    }

    /// Returns the numbers of a table such as `{ sites = 0.6 }`, whose keys are words; it may be left out.
    pub fn numbers_by_word<T: Copy>(&mut self, key: &str, all: &[T], word: fn(T) -> &'static str) -> Vec<(T, f64)> {
        let Some(unread) = self.table(key) else { return vec![] };
        let words: Vec<&'static str> = all.iter().map(|one| word(*one)).collect();
        let mut table = Table::open_keys(unread, &words, self.notes);
        let mut numbers = vec![];
        for one in all {
            if table.has(word(*one)) {
                numbers.push((*one, table.number(word(*one), 1.0)));
            }
        }
        numbers
    }

    fn spot_of(&self, value: &Node<'_>) -> Spot {
        self.header.at(value.span)
    }

    fn required(&mut self, key: &str, sample: &str) -> Option<&'d Node<'d>> {
        let value = self.values.get(key);
        if value.is_none() && !self.misspelt.contains(&key) {
            self.notes.add(self.header, format!("`{key}` is missing"), format!("Add `{key} = {sample}` here."));
        }
        value
    }

    fn as_text(&mut self, key: Named<'_>, value: &'d Node<'d>) -> Option<&'d str> {
        let Value::Text(text) = &value.value else {
            self.wrong_type(key, value, "a text");
            return None;
        };
        if text.trim().is_empty() {
            self.notes.add(self.spot_of(value), format!("{key} is empty"), "Write the text between the quotes.");
            return None;
        }
        Some(text)
    }

    /// Returns the number that a whole number or a number with a point stands for.
    fn as_number(&mut self, key: Named<'_>, value: &'d Node<'d>) -> Option<f64> {
        let Value::Number(number) = value.value else {
            self.wrong_type(key, value, "a number");
            return None;
        };
        let number = number.filter(|number| number.abs() <= MOST_NUMBER);
        if number.is_none() {
            let problem = format!("{key} is no number to reckon with");
            self.notes.add(self.spot_of(value), problem, "Give a number such as 1.5.");
        }
        number
    }

    fn as_list(&mut self, key: &str, value: &'d Node<'d>) -> Vec<&'d Node<'d>> {
        let Value::List(list) = &value.value else {
            self.wrong_type(One(key), value, "a list");
            return vec![];
        };
        list.iter().collect()
    }

    fn as_table(&mut self, key: Named<'_>, value: &'d Node<'d>) -> Option<Unread<'d>> {
        let Value::Table(table) = &value.value else {
            self.wrong_type(key, value, "a table");
            return None;
        };
        Some((table, self.spot_of(value)))
    }

    fn wrong_type(&mut self, key: Named<'_>, value: &Node<'_>, wanted: &str) {
        let found = match value.value {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Day(Some(_)) => "a date",
            Value::Day(None) => "a time, or a date with one",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        };
        let remedy = match wanted {
            "a text" => "Put it in \"quotes\".",
            "true or false" => "Write true or false, without quotes.",
            "a number" => "Write a number such as 2 or 1.5, without quotes.",
            "a list" => "Put it in [brackets], the items separated by commas.",
            "a date" => "Write a date such as 2026-11-23, without quotes.",
            _ => "Write it as a table, such as `{ key = \"value\" }` or a line with its name in [brackets].",
        };
        self.notes.add(self.spot_of(value), format!("{key} is {found}, and has to be {wanted}"), remedy);
    }
}

/// Returns a text in quotes, shortened where it is long.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text, MOST_QUOTED))
}

fn listed<'w>(words: impl Iterator<Item = &'w str>, quote: &str) -> String {
    words.map(|word| format!("{quote}{word}{quote}")).collect::<Vec<_>>().join(", ")
}
