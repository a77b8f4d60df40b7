//! `ready42 timeline NAME`

mod results;

use serde_json::{Value, json};

use crate::cli::args::Timeline as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::profile;
use crate::cli::table::aligned;
use crate::domain::assessment::{Assessment, Seed};
use crate::domain::change::Change;
use crate::domain::profile::ProfileKey;
use crate::domain::report::{SELF_ASSESSMENT, first_guess, words};
use crate::domain::scoring::score;
use crate::domain::timeline::calendar::{cycle, decision};
use crate::domain::timeline::{
    Capacity, Comparison, Costs, Forecast, Supposition, TYPICAL_MONTHS, capacity, compare, costs, plan, standard,
    told_day,
};
use crate::export;
use crate::shell::simulation::simulate;

/// Everything that is told of a timeline.
struct Told {
    forecast: Forecast,
    /// That the dates are a first guess; empty where they are more.
    guess: String,
    costs: Costs,
    /// People who work on it, by the profile.
    people: f64,
    capacity: Option<Capacity>,
    /// What the fields that are only supposed change; none where nothing is supposed.
    supposed: Option<Comparison>,
    /// What everybody asks about; nothing where something of one's own is supposed.
    standard: Vec<(Supposition, Comparison)>,
}

/// Prints how long the way to a certificate takes.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let document = context.read_current(&arguments.name)?;
    context.tell_notices(&document.notices);
    let questionnaire = &document.questionnaire;
    let changes = supposed(&document.assessment, arguments)?;
    let mut assessment = document.assessment.clone();
    changes.target.iter().chain(&changes.what_if).for_each(|change| assessment.apply(change));
    let Some(plan) = plan(questionnaire, &assessment, context.today) else {
        return Err(Fault::new(
            Status::Failure,
            "the questionnaire has no road map, so there is no timeline",
            "Add a roadmap.toml to the questionnaire.",
        ));
    };
    let seed = arguments.seed.map_or(assessment.seed(), Seed);
    let forecast = simulate(&plan, seed, arguments.trials);
    let told = Told {
        guess: first_guess(&score(questionnaire, &assessment, context.today), assessment.profile()),
        costs: costs(assessment.profile(), &forecast),
        people: assessment.profile().people,
        capacity: capacity(questionnaire, &assessment, context.today),
        supposed: changes.base(&document.assessment).and_then(|base| {
            let base = crate::domain::timeline::plan(questionnaire, &base, context.today)?;
            Some(compare(&base, &plan, seed, arguments.trials))
        }),
        standard: if changes.what_if.is_empty() { standard(questionnaire, &assessment, context.today) } else { vec![] },
        forecast,
    };
    if context.global.json {
        context.json(&told.json());
        return Ok(());
    }
    for line in told.lines() {
        context.line(line);
    }
    Ok(())
}

/// What is changed for this estimate only.
struct Supposed {
    /// The target: it moves nothing but the question that is asked.
    target: Vec<Change>,
    what_if: Vec<Change>,
}

impl Supposed {
    /// Returns what the estimate is compared with; none where nothing is supposed.
    fn base(&self, assessment: &Assessment) -> Option<Assessment> {
        let mut base = assessment.clone();
        self.target.iter().for_each(|change| base.apply(change));
        (!self.what_if.is_empty()).then_some(base)
    }
}

/// Returns the changes that are only supposed.
fn supposed(assessment: &Assessment, arguments: &Arguments) -> Result<Supposed, Fault> {
    let pairs = profile::pairs(&arguments.what_if)?;
    let target: Vec<_> = arguments.target.iter().map(|target| (ProfileKey::Target, target.to_string())).collect();
    let target = profile::changes(assessment, &target)?;
    let mut with_target = assessment.clone();
    for change in &target {
        with_target.apply(change);
    }
    Ok(Supposed { what_if: profile::changes(&with_target, &pairs)?, target })
}

impl Told {
    fn json(&self) -> Value {
        let mut value = export::json::timeline(&self.forecast);
        let mut add = |key: &str, what: Value| {
            if let Some(object) = value.as_object_mut() {
                object.insert(key.to_owned(), what);
            }
        };
        add("costs", export::json::costs(&self.costs));
        add("after", export::json::after(&self.forecast));
        add(
            "capacity",
            self.capacity.map_or(
                Value::Null,
                |needed| json!({ "people": needed.people, "days_per_week": needed.days_per_week }),
            ),
        );
        add("what_if", self.supposed.as_ref().map_or(Value::Null, export::json::comparison));
        let standard = self.standard.iter().map(|(supposition, comparison)| {
            let mut value = export::json::comparison(comparison);
            if let Some(object) = value.as_object_mut() {
                object.insert("title".to_owned(), Value::from(supposition.title.clone()));
            }
            value
        });
        add("what_ifs", standard.collect());
        value
    }

    fn lines(&self) -> Vec<String> {
        let forecast = &self.forecast;
        let mut lines = vec![];
        if !self.guess.is_empty() {
            lines.extend([self.guess.clone(), String::new()]);
        }
        lines.extend([forecast.explanation.clone(), String::new()]);
        if let Some(comparison) = &self.supposed {
            lines.extend(results::comparison(comparison));
            lines.push(String::new());
        }
        lines.extend(milestones(forecast));
        lines.push(String::new());
        lines.extend(results::target(forecast, self.capacity, self.people));
        lines.push(format!(
            "What limits it: your people's time in {:.0} % of the trials, the sequence of the work in {:.0} %.",
            forecast.binding.people * 100.0,
            forecast.binding.path * 100.0
        ));
        lines.extend(results::costs(&self.costs));
        lines.push(results::after(&cycle(decision(forecast))));
        lines.push(String::new());
        if !self.standard.is_empty() {
            lines.extend(results::standard(&self.standard));
            lines.push(String::new());
        }
        lines.extend(packages(forecast));
        lines.push(String::new());
        lines.push(format!(
            "{} trials from seed {}. Typical, as published: {} to {} months.",
            forecast.trials, forecast.seed.0, TYPICAL_MONTHS.0, TYPICAL_MONTHS.1
        ));
        lines.push(SELF_ASSESSMENT.to_owned());
        lines
    }
}

fn packages(forecast: &Forecast) -> Vec<String> {
    let mut rows = vec![["PHASE", "WORK", "FROM", "TO", "PERSON-DAYS", "BINDS THE END"].map(str::to_owned)];
    rows.extend(forecast.packages.iter().map(|package| {
        let (start, finish) = forecast.months_of(package);
        [
            package.phase.title().to_owned(),
            package.title.clone(),
            told_day(forecast.start, start).to_string(),
            told_day(forecast.start, finish).to_string(),
            format!("{:.1}", package.effort),
            words::percent(package.criticality),
        ]
    }));
    aligned(&rows)
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
            told_day(forecast.start, months.p50).to_string(),
            told_day(forecast.start, months.p80).to_string(),
        ]);
    }
    let mut lines = aligned(&rows);
    lines.push(format!("Months from {}.", forecast.start));
    lines
}
