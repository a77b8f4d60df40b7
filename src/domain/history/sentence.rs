//! A change as a sentence.

use std::fmt::Display;

use crate::domain::assessment::{Answer, Evidence};
use crate::domain::change::{Change, Edit};
use crate::domain::text::visible;

/// The greatest number of characters of a text that is repeated in a sentence.
const MOST_SHOWN: usize = 80;

/// Returns a change as a sentence, without its end. Texts that people wrote are made visible, and cut where they are
/// long.
#[must_use]
pub fn sentence(change: &Change) -> String {
    match change {
        Change::Rename(edit) => {
            format!("The assessment is called {}, no longer {}", quote(&edit.new), quote(&edit.old))
        }
        Change::Depth(edit) => format!("The depth goes from {} to {}", edit.old.told(), edit.new.told()),
        Change::Seed(edit) => format!("The seed of the timeline goes from {} to {}", edit.old.0, edit.new.0),
        Change::Profile { key, edit } => {
            let told = |value: &str| match (key.choices(), value) {
                (["false", "true"], "true") => "yes".to_owned(),
                (["false", "true"], "false") => "no".to_owned(),
                _ => value.to_owned(),
            };
            let edit = Edit { old: told(&edit.old), new: told(&edit.new) };
            text(&format!("The profile's “{}”", key.label()), &edit)
        }
        Change::Answer { question, edit } => answer(question, edit),
        Change::Note { question, edit } => text(&format!("The note on {question}"), edit),
        Change::Owner { question, edit } => text(&format!("The owner of {question}"), edit),
        Change::Due { question, edit } => value(&format!("The due date of {question}"), edit.old, edit.new),
        Change::Reviewed { question, edit } => value(&format!("The review date of {question}"), edit.old, edit.new),
        Change::Marked { question, edit } if edit.new => format!("{question} is marked"),
        Change::Marked { question, .. } => format!("{question} is no longer marked"),
        Change::EvidenceAdded { question, evidence } => format!("{question} has more evidence: {}", item(evidence)),
        Change::EvidenceRemoved { question, evidence } => {
            format!("{question} no longer has this evidence: {}", item(evidence))
        }
        Change::Exclusion { requirement, edit: Edit { new: Some(because), .. } } => {
            format!("{requirement} is excluded: {}", quote(because))
        }
        Change::Exclusion { requirement, .. } => format!("{requirement} is included again"),
        Change::Inclusion { requirement, edit } if edit.new.is_empty() => {
            format!("{requirement} no longer says why it is included")
        }
        Change::Inclusion { requirement, edit } => {
            let reasons: Vec<&str> = edit.new.iter().map(|reason| reason.word()).collect();
            format!("{requirement} is included because of: {}", reasons.join(", "))
        }
        Change::OwnControl { control, edit } => match (&edit.old, &edit.new) {
            (None, Some(own)) => format!("Your control {control} is added: {}", quote(&own.title)),
            (_, Some(own)) => {
                format!("Your control {control} is altered: {}, {}", quote(&own.title), own.status.word())
            }
            (_, None) => format!("Your control {control} is taken out"),
        },
        Change::Approval(edit) => match &edit.new {
            Some(approval) => format!(
                "Version {} of the Statement of Applicability is approved by {}",
                approval.version,
                quote(&approval.approver)
            ),
            None => "The approval of the Statement of Applicability is withdrawn".to_owned(),
        },
    }
}

fn answer(question: &impl Display, edit: &Edit<Option<Answer>>) -> String {
    let level = |answer: &Answer| match answer {
        Answer::Level(level) => format!("level {} ({})", level.number(), level.name()),
        Answer::NotApplicable { .. } => "not applicable".to_owned(),
    };
    match (&edit.old, &edit.new) {
        (None, None) => format!("{question} stays open"),
        (Some(old), None) => format!("{question} is open again; it was {}", level(old)),
        (None, Some(Answer::NotApplicable { because })) => format!("{question} doesn't apply: {}", quote(because)),
        (Some(old), Some(Answer::NotApplicable { because })) => {
            format!("{question} doesn't apply: {}; it was {}", quote(because), level(old))
        }
        (None, Some(new)) => format!("{question} is answered: {}", level(new)),
        (Some(old), Some(new)) => format!("{question} goes from {} to {}", level(old), level(new)),
    }
}

fn text(what: &str, Edit { old, new }: &Edit<String>) -> String {
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("{what} is {}", quote(new)),
        (false, true) => format!("{what} is empty; it was {}", quote(old)),
        (false, false) => added(old, new).map_or_else(
            || {
                let from = differ_from(old, new);
                format!("{what} goes from {} to {}", quote_from(old, from), quote_from(new, from))
            },
            |added| format!("{what} goes on: {}", quote(added)),
        ),
    }
}

/// Returns what was written behind a text of some length, where nothing else of it changed.
fn added<'a>(old: &str, new: &'a str) -> Option<&'a str> {
    let added = new.strip_prefix(old)?.trim();
    (!added.is_empty() && old.chars().count() >= MOST_SHOWN / 2).then_some(added)
}

/// Returns where to begin to show two texts so that their first difference is seen, in bytes: at their beginning unless
/// they are alike for longer than what is shown of them.
fn differ_from(old: &str, new: &str) -> usize {
    let alike = || old.chars().zip(new.chars()).take_while(|(a, b)| a == b);
    if alike().count() < MOST_SHOWN / 2 {
        return 0;
    }
    let at: usize = alike().map(|(letter, _)| letter.len_utf8()).sum();
    // From some words before it on.
    let before = old.get(..at).unwrap_or_default();
    let words = before.char_indices().rev().filter(|(_, letter)| letter.is_whitespace());
    words.map(|(place, _)| place).nth(2).unwrap_or(0)
}

/// Returns a text from a byte on, with a mark where that is not its beginning.
fn quote_from(text: &str, from: usize) -> String {
    match text.get(from..).filter(|_| from > 0) {
        Some(rest) => format!("“…{}", quote(rest.trim_start()).trim_start_matches('“')),
        None => quote(text),
    }
}

fn value(what: &str, old: Option<impl Display>, new: Option<impl Display>) -> String {
    match (old, new) {
        (_, None) => format!("{what} is taken away"),
        (None, Some(new)) => format!("{what} is {new}"),
        (Some(old), Some(new)) => format!("{what} goes from {old} to {new}"),
    }
}

fn item(evidence: &Evidence) -> String {
    format!("{} {}", evidence.kind.word(), quote(&evidence.what))
}

fn quote(text: &str) -> String {
    let shown = visible(text);
    let mut characters = shown.chars();
    let cut: String = characters.by_ref().take(MOST_SHOWN).collect();
    let Some(next) = characters.next() else { return format!("“{cut}”") };
    // It ends with a whole word, unless that leaves less than half.
    let words = cut.rsplit_once(' ').map(|(words, _)| words).filter(|words| words.len() * 2 >= cut.len());
    let kept = if next == ' ' { cut.as_str() } else { words.unwrap_or(&cut) };
    format!("“{}…”", kept.trim_end())
}
