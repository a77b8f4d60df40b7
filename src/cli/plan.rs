//! `ready42 plan NAME`

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::actions::{Action, Status, next_hour, rank};
use crate::domain::report::{RANKED, SELF_ASSESSMENT, words};
use crate::domain::scoring::{Scorecard, score};
use crate::domain::text::visible;
use crate::domain::timeline::{FEW_TRIALS, plan, work};
use crate::export;

/// How many of the packages that come before an action are told.
const FEW: usize = 3;

/// Prints the action plan: what to do with the next hour, then every gap in the order in which to close them.
pub fn run(context: &mut Context, name: &str) -> Result<(), Fault> {
    let document = context.read_current(name)?;
    context.tell_notices(&document.notices);
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    let card = score(questionnaire, assessment, context.today);
    let work = plan(questionnaire, assessment, context.today)
        .map(|plan| work(&plan, assessment.seed(), FEW_TRIALS))
        .unwrap_or_default();
    let actions = rank(questionnaire, assessment, &card, &work);
    let hour = next_hour(questionnaire, &card, &actions);
    if context.global.json {
        let value = export::json::plan(&actions, hour.as_ref(), card.completion);
        context.json(&value);
        return Ok(());
    }
    context.line(head(&card, &actions));
    if let Some(hour) = &hour {
        context.line("");
        context.line(format!("The next best hour: {}", hour.told()));
    }
    context.line("");
    for line in lines(&actions) {
        context.line(line);
    }
    context.line("");
    context.line(RANKED);
    context.line(SELF_ASSESSMENT);
    Ok(())
}

fn head(card: &Scorecard, actions: &[Action]) -> String {
    let coverage = words::coverage(card.answered());
    let quick = actions.iter().filter(|action| action.quick_win).count();
    let overdue = actions.iter().filter(|action| action.status == Status::Overdue).count();
    format!(
        "{} to close, {} among them; {} overdue. {coverage} questions are answered.",
        words::count(actions.len(), "gap"),
        words::count(quick, "quick win"),
        if overdue == 0 { "none".to_owned() } else { overdue.to_string() },
    )
}

fn lines(actions: &[Action]) -> Vec<String> {
    let header = ["STEP", "QUESTION", "LEVEL", "GAINS", "MONTHS", "DAYS", "A DAY", "WHY", "OWNER, DATE"];
    let mut rows = vec![header.map(str::to_owned)];
    rows.extend(actions.iter().map(row));
    let mut rows = aligned(&rows).into_iter();
    let mut lines: Vec<String> = rows.next().into_iter().collect();
    for (row, action) in rows.zip(actions) {
        lines.push(row);
        lines.push(format!("        {}", visible(&action.ask)));
        lines.push(format!("        {}: {}", action.next, visible(&action.next_text)));
        if !action.builds_on.is_empty() {
            lines.push(format!("        First: {}", visible(&first_of(&action.builds_on))));
        }
    }
    lines.push(
        "* a quick win: one of the five of the highest value that can be begun now and take a day at most.".to_owned(),
    );
    lines
}

/// Returns the first few of the packages that come before an action, and how many more there are.
fn first_of(packages: &[String]) -> String {
    let told = packages.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join("; ");
    match packages.len().saturating_sub(FEW) {
        0 => told,
        more => format!("{told}; and {more} more"),
    }
}

fn row(action: &Action) -> [String; 9] {
    let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let mark = if action.quick_win { "*" } else { "" };
    let due = action.due.map(|day| format!(" {day}")).unwrap_or_default();
    let care = if action.owner.is_empty() { format!("–{due}") } else { format!("{}{due}", action.owner) };
    let care = if action.status == Status::Overdue { format!("{care} ({})", action.status.title()) } else { care };
    let points = action.gain.stage1 + action.gain.stage2 + action.gain.evidenced;
    [
        format!("{}{mark}", action.step),
        action.question.to_string(),
        action.level.number().to_string(),
        format!("{points:.1}"),
        figure(action.gain.months),
        figure(action.effort),
        format!("{:.1}", action.value),
        why(action),
        care,
    ]
}

/// Returns why an action is pressing, and whether that is because others build on it.
fn why(action: &Action) -> String {
    if action.urgency == action.reason {
        action.reason.title().to_owned()
    } else {
        format!("{}; others build on it", action.reason.title())
    }
}
