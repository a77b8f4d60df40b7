//! `ready42 show NAME`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::{merge, score, timeline};
use crate::domain::report::{Report, SELF_ASSESSMENT, first_guess};
use crate::domain::scoring::score;
use crate::domain::text::visible;
use crate::domain::timeline::{TRIALS, plan, standard};
use crate::domain::worth::{Worth, worth};
use crate::export;
use crate::shell::simulation::simulate;

/// Prints a summary on one page of text.
pub fn run(context: &mut Context, name: &str) -> Result<(), Fault> {
    let document = context.read(name)?;
    context.tell_notices(&document.notices);
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    let card = score(questionnaire, assessment, context.today);
    let forecast =
        plan(questionnaire, assessment, context.today).map(|plan| simulate(&plan, assessment.seed(), TRIALS));
    if context.global.json {
        let report = Report::new(questionnaire, assessment, card, forecast, context.today)
            .since(questionnaire, &context.snapshots(&document))
            .supposing(standard(questionnaire, assessment, context.today));
        let mut value = export::json::assessment(&report);
        if let Some(fields) = value.as_object_mut() {
            fields.insert("conflicts".to_owned(), json!(merge::conflicts(assessment)));
        }
        context.json(&value);
        return Ok(());
    }
    let profile = assessment.profile();
    context.line(visible(assessment.name()));
    context.line(format!(
        "{} · {} people, {} AI systems in scope{} · {}",
        visible(if profile.organisation.is_empty() { "Organisation not named" } else { &profile.organisation }),
        profile.headcount,
        profile.ai_systems,
        if profile.is_untold() { " (assumed)" } else { "" },
        visible(&questionnaire.header().title),
    ));
    context.line("");
    for line in score::head(&card) {
        context.line(line);
    }
    for line in merge::lines(assessment) {
        context.line(line);
    }
    context.line("");
    let worth = worth(assessment, &card, forecast.as_ref());
    if let Some(forecast) = forecast {
        let guess = first_guess(&card, profile);
        if !guess.is_empty() {
            context.line(guess);
            context.line("");
        }
        for line in timeline::milestones(&forecast) {
            context.line(line);
        }
        context.line("");
        context.line(&forecast.explanation);
        context.line("");
    }
    for line in worth_lines(&worth) {
        context.line(line);
    }
    context.line("");
    context.line(SELF_ASSESSMENT);
    Ok(())
}

/// Returns whether a certificate is worth it as lines: the advice, and what speaks for it and against it.
fn worth_lines(worth: &Worth) -> Vec<String> {
    let mut lines = vec![format!("Is a certificate worth it? {}.", worth.advice.title())];
    lines.extend(worth.reasons_for.iter().map(|reason| format!("  + {}", visible(reason))));
    lines.extend(worth.reasons_against.iter().map(|reason| format!("  - {}", visible(reason))));
    lines.push(format!("  {}", worth.advice.alternative()));
    lines
}
