//! `ready42 explain NAME ID`

use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::table::aligned;
use crate::domain::explain::{Explanation, Figure, Subject, Sum, Term, Validity, explain};
use crate::domain::level::Level;
use crate::domain::report::{SELF_ASSESSMENT, words};
use crate::domain::scoring::score;
use crate::domain::text::visible;
use crate::domain::timeline::{Forecast, TRIALS, plan, simulate};
use crate::export;

/// The id under which the timeline is explained.
const TIMELINE: &str = "timeline";

/// Prints how a figure came about: the terms, the weights, the sums.
pub fn run(context: &mut Context, name: &str, id: &str) -> Result<(), Fault> {
    let document = context.read(name)?;
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
    let level = |level: Option<Level>, assumed: Option<f64>| match (level, assumed) {
        (Some(level), _) => level.number().to_string(),
        (None, Some(assumed)) => format!("open, {assumed:.2} assumed"),
        (None, None) => "open".to_owned(),
    };
    let assumed = term.assumed.as_ref();
    let from = assumed.map(|assumed| match assumed.from {
        Subject::Requirement => "assumed at the mean of its requirement",
        Subject::Area => "assumed at the mean of its area",
        Subject::Overall | Subject::Question => "assumed at the mean of the whole",
    });
    [
        term.question.to_string(),
        format!("{requirement} x {question} = {}", term.weight()),
        level(term.claimed, assumed.map(|assumed| assumed.levels.claimed)),
        level(term.evidenced, assumed.map(|assumed| assumed.levels.evidenced)),
        if term.documented { "counts" } else { "" }.to_owned(),
        from.unwrap_or_default().to_owned(),
    ]
}

fn figure(sum: &Sum) -> Vec<String> {
    let digits = |value: f64| format!("{value:.3}");
    let told = |range| match sum.figure {
        Figure::Maturity => words::maturity(range),
        Figure::Stage1 | Figure::Stage2 => words::share(range),
    };
    let rule = match sum.figure {
        Figure::Maturity => "sum of weight x level, over the sum of the weights",
        Figure::Stage1 => "sum of weight x min(level, 2) / 2 of what counts for Stage 1, over the sum of these weights",
        Figure::Stage2 => "sum of weight x min(level, 3) / 3, over the sum of the weights",
    };
    let mut lines = vec![format!("{}: {rule}", sum.figure.title())];
    for (view, sums, range) in
        [("claimed", &sum.sums.claimed, &sum.ranges.claimed), ("evidenced", &sum.sums.evidenced, &sum.ranges.evidenced)]
    {
        let weight = digits(sum.weight);
        let middle = sums.middle.map_or_else(|| "none".to_owned(), |middle| format!("{} / {weight}", digits(middle)));
        let bounds = if (sums.low - sums.high).abs() < f64::EPSILON {
            String::new()
        } else {
            format!(" (open at 0: {} / {weight}, open at 5: {} / {weight})", digits(sums.low), digits(sums.high))
        };
        lines.push(format!("  {view}: {middle}{bounds} = {}", told(range)));
    }
    lines
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
