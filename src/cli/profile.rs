//! `ready42 profile NAME [KEY=VALUE ...]`, and profiles from files.

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::profile::{Profile, ProfileKey};
use crate::domain::text::visible;

/// Shows the profile, or sets all of the fields, or none.
pub fn run(context: &mut Context, name: &str, fields: &[String]) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let profile = if fields.is_empty() {
        let document = context.read_current(name)?;
        context.tell_notices(&document.notices);
        document.assessment.profile().clone()
    } else {
        let pairs = pairs(fields)?;
        let mut desk = workspace.write(name, &context.meta(None))?;
        context.tell_notices(desk.notices());
        let changes = changes(desk.assessment(), &pairs)?;
        let changes: Vec<_> = changes.into_iter().map(|change| (change, None)).collect();
        context.record(&mut desk, &changes, None)?;
        desk.assessment().profile().clone()
    };
    show(context, &profile);
    Ok(())
}

fn show(context: &mut Context, profile: &Profile) {
    if context.global.json {
        let value = crate::export::json::profile(profile);
        context.json(&value);
        return;
    }
    let rows: Vec<[String; 3]> = ProfileKey::ALL
        .into_iter()
        .map(|key| [key.word().to_owned(), profile.text(key), key.changes().to_owned()])
        .collect();
    for line in aligned(&rows) {
        context.line(line);
    }
}

/// Reads `KEY=VALUE` words, and tells all that are wrong at once.
pub fn pairs(fields: &[String]) -> Result<Vec<(ProfileKey, String)>, Fault> {
    let mut faults = vec![];
    let mut pairs = vec![];
    for field in fields {
        match field.split_once('=').map(|(key, value)| (ProfileKey::from_word(key), key, value)) {
            Some((Some(key), _, value)) => pairs.push((key, value.to_owned())),
            Some((None, key, _)) => faults.push(format!("there is no profile field {:?}", visible(key))),
            None => faults.push(format!("{:?} is not KEY=VALUE", visible(field))),
        }
    }
    if faults.is_empty() { Ok(pairs) } else { Err(refused(&faults)) }
}

/// Returns the changes that set these fields, in order; all refusals are told at once.
pub fn changes(assessment: &Assessment, pairs: &[(ProfileKey, String)]) -> Result<Vec<Change>, Fault> {
    let mut faults = vec![];
    let mut changes = vec![];
    let mut scratch = assessment.clone();
    for (key, value) in pairs {
        match Change::profile(&scratch, *key, value) {
            Ok(change) => {
                scratch.apply(&change);
                changes.push(change);
            }
            Err(refusal) => faults.push(visible(&refusal.to_string()).into_owned()),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(refused(&faults)) }
}

/// Reads a TOML file with profile fields into pairs.
pub fn from_toml(text: &str) -> Result<Vec<(ProfileKey, String)>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().split('\n').count());
        refused(&[format!("line {line}: {}", visible(error.message()))])
    })?;
    let table = match (table.get("profile"), table.len()) {
        (Some(toml::Value::Table(inner)), 1) => inner.clone(),
        _ => table,
    };
    let mut faults = vec![];
    let mut pairs = vec![];
    for (word, value) in &table {
        match (ProfileKey::from_word(word), cell(value)) {
            (Some(key), Some(text)) => pairs.push((key, text)),
            (None, _) => faults.push(format!("there is no profile field {:?}", visible(word))),
            (Some(key), None) => faults.push(format!("{word} takes {}", key.takes())),
        }
    }
    if faults.is_empty() { Ok(pairs) } else { Err(refused(&faults)) }
}

fn cell(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(words) => {
            let words: Option<Vec<&str>> = words.iter().map(toml::Value::as_str).collect();
            words.map(|words| words.join(","))
        }
        toml::Value::Table(_) => None,
    }
}

fn refused(faults: &[String]) -> Fault {
    let words: Vec<&str> = ProfileKey::ALL.into_iter().map(ProfileKey::word).collect();
    let message = format!("the profile was refused, and nothing was changed:\n  {}", faults.join("\n  "));
    Fault::refused(message, format!("The fields are {}.", words.join(", ")))
}
