//! `ready42 timeline NAME`

use crate::cli::args::Timeline as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::profile;
use crate::cli::table::aligned;
use crate::domain::assessment::{Assessment, Seed};
use crate::domain::profile::ProfileKey;
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::timeline::{Forecast, TYPICAL_MONTHS, day_after, plan, simulate};
use crate::export;

/// Prints how long the way to a certificate takes.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let document = context.read(&arguments.name)?;
    context.tell_notices(&document.notices);
    let assessment = supposed(&document.assessment, arguments)?;
    let Some(plan) = plan(&document.questionnaire, &assessment, context.today) else {
        return Err(Fault::new(
            Status::Failure,
            "the questionnaire has no road map, so there is no timeline",
            "Add a roadmap.toml to the questionnaire.",
        ));
    };
    let seed = arguments.seed.map_or(assessment.seed(), Seed);
    let forecast = simulate(&plan, seed, arguments.trials);
    if context.global.json {
        let value = export::json::timeline(&forecast);
        context.json(&value);
        return Ok(());
    }
    for line in lines(&forecast) {
        context.line(line);
    }
    Ok(())
}

/// Returns the assessment with the fields changed that are only supposed.
fn supposed(assessment: &Assessment, arguments: &Arguments) -> Result<Assessment, Fault> {
    let mut pairs = profile::pairs(&arguments.what_if)?;
    if let Some(target) = arguments.target {
        pairs.push((ProfileKey::Target, target.to_string()));
    }
    let mut supposed = assessment.clone();
    for change in profile::changes(assessment, &pairs)? {
        supposed.apply(&change);
    }
    Ok(supposed)
}

fn lines(forecast: &Forecast) -> Vec<String> {
    let mut lines = vec![forecast.explanation.clone(), String::new()];
    lines.extend(milestones(forecast));
    lines.push(String::new());
    if let Some(target) = &forecast.target {
        lines.push(format!(
            "By {}: {:.0} % of the trials have the certificate.",
            target.date,
            target.probability * 100.0
        ));
    }
    lines.push(format!(
        "What limits it: your people's time in {:.0} % of the trials, the sequence of the work in {:.0} %.",
        forecast.binding.people * 100.0,
        forecast.binding.path * 100.0
    ));
    let effort = forecast.effort;
    lines.push(format!(
        "Effort that remains: {:.0} person-days (10 %), {:.0} (50 %), {:.0} (90 %).",
        effort.p10, effort.p50, effort.p90
    ));
    lines.push(String::new());
    let mut rows = vec![["PHASE", "WORK", "MONTHS", "PERSON-DAYS", "BINDS THE END"].map(str::to_owned)];
    rows.extend(forecast.packages.iter().map(|package| {
        [
            package.phase.title().to_owned(),
            package.title.clone(),
            format!("{:.1} to {:.1}", package.months.0, package.months.1),
            format!("{:.1}", package.effort),
            format!("{:.0} %", package.criticality * 100.0),
        ]
    }));
    lines.extend(aligned(&rows));
    lines.push(String::new());
    lines.push(format!(
        "{} trials from seed {}. Typical, as published: {} to {} months.",
        forecast.trials, forecast.seed.0, TYPICAL_MONTHS.0, TYPICAL_MONTHS.1
    ));
    lines.push(SELF_ASSESSMENT.to_owned());
    lines
}

/// Returns the milestones with their percentiles as lines.
pub fn milestones(forecast: &Forecast) -> Vec<String> {
    let mut rows = vec![["MILESTONE", "10 %", "50 %", "80 %", "90 %", "50 % BY", "80 % BY"].map(str::to_owned)];
    for milestone in &forecast.milestones {
        let months = milestone.months;
        let told = |value: f64| format!("{value:.1}");
        rows.push([
            milestone.milestone.title().to_owned(),
            told(months.p10),
            told(months.p50),
            told(months.p80),
            told(months.p90),
            day_after(forecast.start, months.p50).to_string(),
            day_after(forecast.start, months.p80).to_string(),
        ]);
    }
    let mut lines = aligned(&rows);
    lines.push(format!("Months from {}.", forecast.start));
    lines
}
