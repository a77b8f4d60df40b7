//! Lines and cells as a template sees them: taken apart only where it does so itself.

use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{HtmlEscape, Value};

use crate::domain::text::visible;
use crate::export::document::{Cell, Run, TextStyle, Tone};

/// The most letters of a cell that stays on one line: those of an id or of a date.
const SHORT: usize = 12;
/// The most letters of a word that is never broken.
const LONG: usize = 28;

/// A line of text: its stretches, each with `style` and `text`; `html` is the line as it stands in a page.
#[derive(Debug)]
struct Line(Vec<Run>);

/// A cell: `lines`, `tone`, how its lines may break (`breaks`), and `html`, all of it as it stands in a page.
#[derive(Debug)]
struct Entry(Cell);

/// Returns a line of text.
pub(super) fn line(runs: &[Run]) -> Value {
    Value::from_object(Line(runs.to_vec()))
}

/// Returns a cell.
pub(super) fn cell(cell: &Cell) -> Value {
    Value::from_object(Entry(cell.clone()))
}

impl Object for Line {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str() {
            Some(name) => self.get_value_by_str(name),
            None => self.0.get(key.as_usize()?).map(run),
        }
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let mut html = String::new();
        (key == "html").then(|| {
            write_line(&self.0, &mut html);
            Value::from_safe_string(html)
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

impl Object for Entry {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        Some(match key {
            "tone" => Value::from(tone(&self.0)),
            "breaks" => Value::from(breaks(&self.0)),
            "html" => Value::from_safe_string(html(&self.0)),
            "lines" => self.0.lines.iter().map(|runs| line(runs)).collect(),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["tone", "breaks", "html", "lines"])
    }
}

fn run(run: &Run) -> Value {
    let style = match run.style {
        TextStyle::Plain => "plain",
        TextStyle::Strong => "strong",
        TextStyle::Emphasis => "emphasis",
        TextStyle::Muted => "muted",
    };
    Value::from_pairs([("style", Value::from(style)), ("text", Value::from(visible(&run.text).into_owned()))])
}

fn write_line(runs: &[Run], html: &mut String) {
    for run in runs {
        let (before, after) = match run.style {
            TextStyle::Plain => ("", ""),
            TextStyle::Strong => ("<strong>", "</strong>"),
            TextStyle::Emphasis => ("<em>", "</em>"),
            TextStyle::Muted => ("<span class=\"muted\">", "</span>"),
        };
        // Into a text, nothing fails.
        let _ = write!(html, "{before}{}{after}", HtmlEscape(&visible(&run.text)));
    }
}

/// Returns the lines of a cell; several are paragraphs.
fn html(cell: &Cell) -> String {
    let mut html = String::new();
    for runs in &cell.lines {
        let (before, after) = if cell.lines.len() > 1 { ("<p>", "</p>") } else { ("", "") };
        html.push_str(before);
        write_line(runs, &mut html);
        html.push_str(after);
    }
    html
}

fn tone(cell: &Cell) -> &'static str {
    cell.tone.map_or("", |tone| match tone {
        Tone::Good => "good",
        Tone::Middling => "middling",
        Tone::Bad => "bad",
        Tone::Neutral => "neutral",
    })
}

/// Returns how the lines of a cell may break: `short` for what stays on one, such as a date or an id, `long` for what has
/// words that would widen the page, and nothing for the rest.
fn breaks(cell: &Cell) -> &'static str {
    let letters = |line: &Vec<Run>| line.iter().map(|run| run.text.chars().count()).sum::<usize>();
    let longest = |run: &Run| run.text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    if cell.lines.iter().flatten().any(|run| longest(run) > LONG) {
        "long"
    } else if cell.lines.iter().all(|line| letters(line) <= SHORT) {
        "short"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use minijinja::{AutoEscape, Environment};

    use super::*;

    fn told(template: &str, value: Value) -> String {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.render_str(template, Value::from_pairs([("it", value)])).unwrap()
    }

    #[test]
    fn a_template_can_take_a_line_apart_or_leave_that_to_us() {
        let runs = [Run::plain("a < b "), Run::strong("& c"), Run::muted("\u{1b}d")];
        let apart = "{% for run in it %}[{{ run.style }}: {{ run.text }}]{% endfor %}";
        assert_eq!(told(apart, line(&runs)), "[plain: a &lt; b ][strong: &amp; c][muted: ␛d]");
        let whole = told("{{ it.html }}", line(&runs));
        assert_eq!(whole, "a &lt; b <strong>&amp; c</strong><span class=\"muted\">␛d</span>");
    }

    #[test]
    fn a_cell_says_how_its_lines_may_break() {
        let of = |text: &str| told("{{ it.breaks }}", cell(&Cell::text(text)));
        assert_eq!([of("14 May 2027"), of("Nothing is there yet"), of(&"x".repeat(29))], ["short", "", "long"]);
        let two = Cell::text("<one>").with(vec![Run::plain("two")]);
        assert_eq!(told("{{ it.html }}|{{ it.lines|length }}", cell(&two)), "<p>&lt;one&gt;</p><p>two</p>|2");
    }
}
