//! The forms about an assessment of the list: another name, a copy, the trash, and what is brought back.

use crate::domain::change::check_name;
use crate::domain::text::visible;
use crate::tui::effect::{Effect, Entry, ShelfOrder, Shelved};
use crate::tui::overlay::field::Field;
use crate::tui::overlay::form::{Form, Purpose};
use crate::tui::session::sentence;
use crate::tui::state::Step;

/// What is wished of an assessment of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfWish {
    /// Another name for the one with this key.
    Rename(String),
    /// A copy of the one with this key.
    Copy(String),
    /// That the one with this key lies in the trash.
    Delete(String),
    /// That one of these is in the list again.
    Restore(Vec<Shelved>),
}

/// Returns the form for another name.
#[must_use]
pub fn rename(entry: &Entry) -> Form {
    let field = Field::line("Name", "such as Acme 2027", &entry.name).selected();
    let explanation = "It stands in the list and in reports. The old name is kept in the history.";
    form(ShelfWish::Rename(entry.key.clone()), "Another name", explanation, vec![field])
}

/// Returns the form for the name of a copy.
#[must_use]
pub fn copy(entry: &Entry) -> Form {
    let field = Field::line("Name", "such as Acme 2028", &format!("{} (copy)", entry.name)).selected();
    let explanation = "The copy has all answers and the whole history of this one, and goes its own way from here.";
    form(ShelfWish::Copy(entry.key.clone()), "Copy", explanation, vec![field])
}

/// Returns the form that asks whether an assessment is meant to be put into the trash.
#[must_use]
pub fn delete(entry: &Entry) -> Form {
    let options = vec!["no, keep it".to_owned(), "yes, put it into the trash".to_owned()];
    let explanation = format!(
        "{} leaves the list. It lies in the trash, whole, and b brings it back. Nothing is removed from the disk.",
        visible(&entry.name)
    );
    form(ShelfWish::Delete(entry.key.clone()), "Delete", explanation, vec![Field::one("", options, 0)])
}

/// Returns the form that asks what is brought back.
#[must_use]
pub fn restore(lying: Vec<Shelved>) -> Form {
    let told = |it: &Shelved| {
        let mark = if it.mark.is_empty() { String::new() } else { format!(", {}", visible(&it.mark)) };
        format!("{} ({}{mark})", visible(&it.name), it.place.unwrap_or_default())
    };
    let options = lying.iter().map(told).collect();
    let fields = vec![Field::one("Which", options, 0), Field::line("Name", "optional: another name for it", "")];
    let explanation =
        "What lies in the archive and in the trash is whole. It comes back with all answers and its history.";
    form(ShelfWish::Restore(lying), "Bring back", explanation, fields)
}

fn form(wish: ShelfWish, title: &str, explanation: impl Into<String>, fields: Vec<Field>) -> Form {
    Form::new(Purpose::Shelf(wish), title, explanation, fields)
}

/// Accepts one of these forms, which waits from then on; only a deletion that isn't meant closes it at once.
///
/// # Errors
///
/// Returns the number of the field that is at fault, and why.
pub fn accept(form: &mut Form) -> Result<Step, (usize, String)> {
    let Purpose::Shelf(wish) = &form.purpose else { return Ok(Step::default()) };
    let order = match wish {
        ShelfWish::Rename(key) => ShelfOrder::Rename { key: key.clone(), name: name(form, 0)? },
        ShelfWish::Copy(key) => ShelfOrder::Copy { key: key.clone(), name: name(form, 0)? },
        ShelfWish::Delete(_) if form.chosen(0) != [1] => return Ok(Step::default()),
        ShelfWish::Delete(key) => ShelfOrder::Delete { key: key.clone() },
        ShelfWish::Restore(lying) => {
            let Some(chosen) = form.chosen(0).first().and_then(|index| lying.get(*index)) else {
                return Ok(Step::default());
            };
            let name = if form.text(1).trim().is_empty() { None } else { Some(name(form, 1)?) };
            ShelfOrder::Restore { key: chosen.key.clone(), name }
        }
    };
    form.is_waiting = true;
    Ok(Step::effects(vec![Effect::Shelve(order)]))
}

fn name(form: &Form, field: usize) -> Result<String, (usize, String)> {
    let name = form.text(field).trim().to_owned();
    match check_name(&name) {
        Ok(()) => Ok(name),
        Err(refusal) => Err((field, sentence(&refusal.to_string()))),
    }
}

/// Returns what was done, in a sentence or two.
#[must_use]
pub fn told(order: &ShelfOrder, shelved: &Shelved) -> String {
    let name = visible(&shelved.name);
    match order {
        ShelfOrder::Rename { .. } => format!("It is called {name} now."),
        ShelfOrder::Copy { .. } => format!("{name} has all that it was copied from has."),
        ShelfOrder::Archive { .. } => format!("{name} lies in the archive. u brings it back."),
        ShelfOrder::Delete { .. } => format!("{name} lies in the trash. u brings it back."),
        ShelfOrder::Restore { .. } => format!("{name} is in the list again."),
    }
}
