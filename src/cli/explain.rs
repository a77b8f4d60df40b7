//! `ready42 explain NAME ID`

use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::table::aligned;
use crate::domain::explain::{Explanation, Subject, Sum, Term, Validity, explain};
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::scoring::score;
use crate::domain::text::visible;
use crate::domain::timeline::{Forecast, TRIALS, plan};
use crate::export;
use crate::shell::simulation::simulate;

/// The id under which the timeline is explained.
const TIMELINE: &str = "timeline";

/// Prints how a figure came about: the terms, the weights, the sums.
pub fn run(context: &mut Context, name: &str, id: &str) -> Result<(), Fault> {
    let document = context.read_current(name)?;
    context.tell_notices(&document.notices);
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    if id == TIMELINE {
        let Some(plan) = plan(questionnaire, assessment, context.today) else {
            return Err(Fault::new(
                Status::Failure,
                "the questionnaire has no road map, so there is no timeline",
                "Add a roadmap.toml to the questionnaire.",
            ));
        };
        let forecast = simulate(&plan, assessment.seed(), TRIALS);
        timeline(context, &forecast);
        return Ok(());
    }
    let card = score(questionnaire, assessment, context.today);
    let Some(explanation) = explain(questionnaire, assessment, &card, id) else {
        return Err(Fault::not_found(
            format!("there is nothing called {}", visible(id)),
            format!(
                "Name a question, a requirement, an area, overall or timeline; all ids: ready42 questionnaire show {}",
                questionnaire.header().id
            ),
        ));
    };
    if context.global.json {
        let value = export::json::explanation(&explanation);
        context.json(&value);
        return Ok(());
    }
    for line in lines(&explanation) {
        context.line(line);
    }
    context.line("");
    context.line(SELF_ASSESSMENT);
    Ok(())
}

fn timeline(context: &mut Context, forecast: &Forecast) {
    if context.global.json {
        let value = export::json::explained_timeline(forecast);
        context.json(&value);
        return;
    }
    context.line(&forecast.explanation);
    context.line("");
    let rows: Vec<[String; 2]> = forecast.inputs.iter().map(|(what, value)| [what.clone(), value.clone()]).collect();
    for line in aligned(&rows) {
        context.line(line);
    }
    context.line("");
    context.line(SELF_ASSESSMENT);
}

/// Returns an explanation as lines.
pub fn lines(explanation: &Explanation) -> Vec<String> {
    let mut lines = vec![visible(&format!("{} {}", explanation.id, explanation.title)).into_owned(), String::new()];
    if explanation.terms.is_empty() {
        lines.push("No question counts here, so there is no figure.".to_owned());
    } else {
        lines.extend(terms(explanation));
        lines.push(String::new());
        for sum in &explanation.figures {
            lines.extend(figure(sum));
        }
    }
    lines.extend(evidence(explanation));
    if !explanation.left_out.is_empty() {
        lines.push(String::new());
        lines.push("These count for nothing here:".to_owned());
        let rows: Vec<[String; 2]> =
            explanation.left_out.iter().map(|left| [format!("  {}", left.question), left.because.clone()]).collect();
        lines.extend(aligned(&rows));
    }
    if !explanation.findings.is_empty() {
        lines.push(String::new());
        let rows: Vec<[String; 3]> = explanation
            .findings
            .iter()
            .map(|f| [f.grade.title().to_owned(), f.requirement.to_string(), f.because.clone()])
            .collect();
        lines.extend(aligned(&rows));
    }
    lines
}

fn terms(explanation: &Explanation) -> Vec<String> {
    let mut rows = vec![["QUESTION", "WEIGHT", "CLAIMED", "EVIDENCED", "STAGE 1", ""].map(str::to_owned)];
    rows.extend(explanation.terms.iter().map(term));
    aligned(&rows)
}

fn term(term: &Term) -> [String; 6] {
    let (question, requirement) = term.weights;
    let [claimed, evidenced] = term.levels();
    [
        term.question.to_string(),
        format!("{requirement} x {question} = {}", term.weight()),
        claimed,
        evidenced,
        if term.documented { "counts" } else { "" }.to_owned(),
        term.assumed_from().unwrap_or_default().to_owned(),
    ]
}

fn figure(sum: &Sum) -> Vec<String> {
    let mut told = sum.told().into_iter();
    let rule = told.next().unwrap_or_default();
    std::iter::once(format!("{}: {rule}", sum.figure.title())).chain(told.map(|line| format!("  {line}"))).collect()
}

/// Returns the evidence of a single question, with what each item carries.
fn evidence(explanation: &Explanation) -> Vec<String> {
    let [term] = explanation.terms.as_slice() else { return vec![] };
    if explanation.of != Subject::Question {
        return vec![];
    }
    let mut lines = vec![String::new()];
    if term.evidence.is_empty() {
        lines.push("No evidence is recorded: an answer without any carries up to level 1.".to_owned());
        return lines;
    }
    lines.push("Evidenced is the claimed level, at most what the best valid item carries:".to_owned());
    let rows: Vec<[String; 3]> = term
        .evidence
        .iter()
        .map(|(item, validity)| {
            let carries = match validity {
                Validity::Valid => format!("carries up to {}", item.kind.carries().number()),
                Validity::Stale => "no longer valid, carries nothing".to_owned(),
            };
            [format!("  {}", item.kind.word()), carries, item.what.clone()]
        })
        .collect();
    lines.extend(aligned(&rows));
    lines
}
