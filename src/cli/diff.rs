//! `ready42 diff NAME [FROM] [TO]`

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::context::{Context, no_point};
use crate::cli::fault::Fault;
use crate::cli::log;
use crate::cli::merge;
use crate::cli::table::aligned;
use crate::domain::assessment::Assessment;
use crate::domain::history::{difference, sentence};
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::scoring::{Range, Scorecard, score};
use crate::domain::text::visible;
use crate::export;
use crate::shell::workspace::Document;

/// One end of a comparison.
struct End {
    /// How it is called.
    title: String,
    day: NaiveDate,
    state: Assessment,
    card: Scorecard,
}

/// Prints what changed between two places in the history: from the last snapshot, or the beginning, to now.
pub fn run(context: &mut Context, name: &str, from: Option<&str>, to: Option<&str>) -> Result<(), Fault> {
    let document = context.read(name)?;
    context.tell_notices(&document.notices);
    let from = end(context, &document, from, Some(document.history.usual_start()))?;
    let to = end(context, &document, to, None)?;
    let changes = difference(&from.state, &to.state);
    if context.global.json {
        let changes: Vec<Value> = changes.iter().map(log::change).collect();
        context.json(&json!({
            "note": SELF_ASSESSMENT,
            "from": json_end(&from),
            "to": json_end(&to),
            "changes": changes,
            "conflicts": merge::conflicts(&document.assessment),
        }));
        return Ok(());
    }
    context.line(format!("{}: from {} to {}", visible(document.assessment.name()), from.title, to.title));
    context.line("");
    for line in figures(&from, &to) {
        context.line(line);
    }
    context.line("");
    if changes.is_empty() {
        context.line("Nothing is different.");
    }
    for change in &changes {
        context.line(format!("{}.", sentence(change)));
    }
    for line in merge::lines(&document.assessment) {
        context.line(line);
    }
    context.line("");
    context.line(SELF_ASSESSMENT);
    Ok(())
}

/// Returns the place that is named; else the one after so many steps, else this moment.
fn end(context: &Context, document: &Document, name: Option<&str>, usual: Option<usize>) -> Result<End, Fault> {
    let history = &document.history;
    let named = name.map(|name| history.point(name)).transpose().map_err(|error| no_point(&error))?;
    let Some(count) = named.or(usual) else {
        let state = document.assessment.clone();
        let card = score(&document.questionnaire, &state, context.today);
        return Ok(End { title: "now".to_owned(), day: context.today, state, card });
    };
    let past = Context::past(document, count)?;
    let card = score(&document.questionnaire, &past.state, past.day);
    Ok(End { title: past.title, day: past.day, state: past.state, card })
}

fn figures(from: &End, to: &End) -> Vec<String> {
    let mut rows = vec![["", "FROM", "TO", "COVERAGE"].map(str::to_owned)];
    let shown = |range: &Range| match range.middle {
        Some(middle) => {
            format!("{:.0} % ({:.0} to {:.0})", middle * 100.0, range.low * 100.0, range.high * 100.0)
        }
        None => "–".to_owned(),
    };
    let mut row = |what: &str, range: fn(&Scorecard) -> &Range| {
        let (old, new) = (range(&from.card), range(&to.card));
        let coverage = format!("{:.0} % → {:.0} %", old.coverage() * 100.0, new.coverage() * 100.0);
        rows.push([what.to_owned(), shown(old), shown(new), coverage]);
    };
    row("Stage 1, claimed", |card| &card.overall.stage1.claimed);
    row("Stage 1, evidenced", |card| &card.overall.stage1.evidenced);
    row("Stage 2, claimed", |card| &card.overall.stage2.claimed);
    row("Stage 2, evidenced", |card| &card.overall.stage2.evidenced);
    let verdict = |end: &End| end.card.verdict_titles().claimed.to_owned();
    rows.push(["Verdict, claimed".to_owned(), verdict(from), verdict(to), String::new()]);
    aligned(&rows)
}

fn json_end(end: &End) -> Value {
    let figures = &end.card.overall;
    json!({
        "title": end.title,
        "on": end.day.to_string(),
        "completion": end.card.completion.share(),
        "readiness": {
            "stage1": export::json::range(&figures.stage1.claimed),
            "stage2": export::json::range(&figures.stage2.claimed),
        },
        "verdict": end.card.verdict.claimed.word(),
    })
}
