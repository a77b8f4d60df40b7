//! Says in plain words why it takes so long, and from which inputs that follows.

use crate::domain::assessment::Seed;
use crate::domain::profile::ProfileKey;
use crate::domain::report::words;
use crate::domain::roadmap::{Phase, Size, ThreePoint};
use crate::domain::timeline::forecast::MONTHS_PER_WORKING_DAY;
use crate::domain::timeline::plan::{Activity, DAYS_PER_WEEK, LEVEL_SHARES, Label, Plan};
use crate::domain::timeline::trial::{Bound, Trial};
use crate::domain::timeline::{Forecast, Percentiles, TYPICAL_MONTHS};

/// From this share of the trials on, a limit is said to set the pace.
const MOSTLY: f64 = 0.8;
/// From this mean level on, records are likely to exist already.
const MUCH_CLAIMED: f64 = 2.0;
/// Less than so many person-days of packages is said to be nothing to close.
const NOTHING_LEFT: f64 = 0.5;

/// What the time to the certificate is made of, as the mean of some trials, in working days.
#[derive(Clone, Debug)]
pub(super) struct Anatomy {
    /// The people's time for the work up to the activity from which on the path counts.
    people: f64,
    /// Work in the chain of what follows what.
    work: f64,
    /// Waiting in that chain, for each activity.
    waiting: Vec<f64>,
}

impl Anatomy {
    /// Returns the anatomy of no trial.
    pub(super) fn new(activities: usize) -> Self {
        Self { people: 0.0, work: 0.0, waiting: vec![0.0; activities] }
    }

    /// Adds a trial as this part of the mean.
    pub(super) fn add(&mut self, trial: Trial<'_>, part: f64) {
        for bound in trial.bounds() {
            let (Bound::Link(index) | Bound::People(index)) = bound;
            let moment = trial.moment(index);
            if matches!(bound, Bound::People(_)) {
                self.people += part * moment.finish;
            } else {
                self.work += part * (moment.own - moment.waiting);
                if let Some(waiting) = self.waiting.get_mut(index) {
                    *waiting += part * moment.waiting;
                }
            }
        }
    }

    fn waiting_months(&self) -> f64 {
        self.waiting.iter().sum::<f64>() * MONTHS_PER_WORKING_DAY
    }

    /// Returns the titles of the longest waits, longest first.
    fn longest<'a>(&self, plan: &'a Plan, most: usize) -> Vec<&'a str> {
        let waits = plan.labels.iter().zip(&self.waiting).map(|(label, wait)| (label.title.as_str(), *wait));
        longest(waits.filter(|(_, wait)| *wait >= 1.0).collect(), most)
    }
}

/// Returns why the plan takes as long as it does, in two to four sentences.
pub(super) fn explanation(plan: &Plan, forecast: &Forecast, anatomy: &Anatomy) -> String {
    let months = forecast.milestones.last().map_or_else(Percentiles::default, |last| last.months);
    let work: f64 = forecast.packages.iter().filter(|package| !package.is_step).map(|package| package.effort).sum();
    // What the plan's days add up to: whoever adds them up looks for the rest.
    let steps: f64 = forecast.packages.iter().filter(|package| package.is_step).map(|package| package.effort).sum();
    let mut sentences = vec![position(months)];
    let open = plan.open.len();
    let is_blank = open > 0 && open == plan.basis.asked;
    sentences.push(if is_blank {
        format!(
            "Nothing is answered yet: little is assumed to be in place, some {work:.0} person-days of work are assumed to \
             be left, with what comes whatever the answers, such as audits and reviews, about {steps:.0} more, and the range \
             is wide."
        )
    } else if work < NOTHING_LEFT {
        "As answered, no gap is left to close: what remains is the audits, and the records and reviews before them."
            .to_owned()
    } else {
        start(plan, forecast, (work, steps))
    });
    sentences.push(pace(plan, forecast, anatomy));
    sentences.extend(evidence(plan, anatomy));
    if open > 0 && !is_blank {
        let asked = plan.basis.asked;
        let (are, make) = if open == 1 { ("is", "makes") } else { ("are", "make") };
        sentences.push(format!("{open} of {asked} answers {are} still open, and {make} the range wider."));
    }
    sentences.join(" ")
}

fn position(months: Percentiles) -> String {
    let (from, to) = TYPICAL_MONTHS;
    // Compared as printed, so that the sentence never contradicts its own figures.
    let middle = (months.p50 * 10.0).round() / 10.0;
    let place = if middle < from {
        "below"
    } else if middle > to {
        "above"
    } else {
        "inside"
    };
    format!(
        "Expect about {:.1} months, or {:.1} to be 80 % sure: {place} the typical {from:.0} to {to:.0}.",
        months.p50, months.p80
    )
}

fn start(plan: &Plan, forecast: &Forecast, (work, steps): (f64, f64)) -> String {
    let mut packages: Vec<(&str, f64)> = forecast
        .packages
        .iter()
        .filter(|package| !package.is_step)
        .map(|package| (package.title.as_str(), package.effort))
        .collect();
    packages.retain(|(_, effort)| *effort >= work * 0.03);
    let largest = list(&longest(packages, 3));
    let most = if largest.is_empty() { String::new() } else { format!(", most of all for {largest}") };
    let open = if plan.open.is_empty() { "" } else { ", and open ones as assumed" };
    format!(
        "Counting no answer above 3{open}, you stand at level {:.1} on average; to bring all to 3 takes about {work:.0} \
         person-days{most}, and what comes whatever the answers, such as audits and reviews, about {steps:.0} more.",
        plan.basis.level
    )
}

fn pace(plan: &Plan, forecast: &Forecast, anatomy: &Anatomy) -> String {
    let week = weekly(plan);
    let waiting = anatomy.waiting_months();
    let waits = list(&anatomy.longest(plan, 3));
    let above_all = if waits.is_empty() { String::new() } else { format!(", above all for {waits}") };
    if forecast.binding.people >= MOSTLY {
        let people = anatomy.people * MONTHS_PER_WORKING_DAY;
        let after = anatomy.work * MONTHS_PER_WORKING_DAY + waiting;
        format!(
            "Your people's time sets the pace for the first {people:.1} months, at {week}; what follows takes {after:.1}, of \
             which {waiting:.1} are waiting that more people would not shorten{above_all}."
        )
    } else if forecast.binding.path >= MOSTLY {
        format!(
            "The sequence sets the pace, not your people's time: {waiting:.1} months are waiting that more people would \
             not shorten{above_all}."
        )
    } else {
        format!(
            "In {:.0} % of the trials your people's time sets the pace, at {week}, in the others \
             the sequence of the work; {waiting:.1} months are waiting either way{above_all}.",
            forecast.binding.people * 100.0
        )
    }
}

/// Returns how much time there is in a week, and that it is assumed where nobody has said so.
fn weekly(plan: &Plan) -> String {
    let profile = &plan.basis.profile;
    let is_default = !profile.is_told(ProfileKey::People) && !profile.is_told(ProfileKey::DaysPerWeek);
    let assumed = if is_default && profile.is_untold() { "an assumed " } else { "" };
    let utilisation = plan.basis.settings.utilisation;
    // Who multiplies people by days would miss the rest.
    let of =
        if utilisation < 1.0 { format!(" ({:.0} % of the days planned)", utilisation * 100.0) } else { String::new() };
    format!("{assumed}{:.1} person-days a week{of}", plan.capacity * DAYS_PER_WEEK)
}

/// Returns what missing evidence costs, where much is claimed and the time of operation counts.
fn evidence(plan: &Plan, anatomy: &Anatomy) -> Option<String> {
    let operation = plan.labels.iter().zip(&anatomy.waiting);
    let counts = operation
        .filter(|(label, _)| label.is_step && label.phase == Phase::Operate)
        .any(|(_, waiting)| *waiting >= DAYS_PER_WEEK);
    let basis = &plan.basis;
    (counts && basis.level >= MUCH_CLAIMED && basis.recorded < MOSTLY).then(|| {
        let have = if basis.recorded < 0.005 {
            "No answer has".to_owned()
        } else {
            format!("Only {:.0} % of the answers have", basis.recorded * 100.0)
        };
        format!("{have} evidence that carries level 3: records that exist, once noted, shorten the time of operation.")
    })
}

/// Returns the names of the greatest amounts, greatest first; equal ones as they stand.
fn longest(mut amounts: Vec<(&str, f64)>, most: usize) -> Vec<&str> {
    amounts.sort_by(|a, b| b.1.total_cmp(&a.1));
    amounts.into_iter().take(most).map(|(name, _)| name).collect()
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Returns every input that the forecast rests on, in groups: the name of each begins with that of its group.
pub(super) fn inputs(plan: &Plan, seed: Seed, trials: u32) -> Vec<(String, String)> {
    let mut inputs = vec![
        ("Draws: seed".to_owned(), seed.0.to_string()),
        ("Draws: trials".to_owned(), words::whole(trials)),
        ("Draws: what pulls all in one direction".to_owned(), DRIVERS.to_owned()),
    ];
    for (title, pull) in &plan.drivers {
        inputs.push((format!("Draws: {title}"), format!("pull {pull}")));
    }
    inputs.extend(team(plan));
    inputs.extend(organisation(plan));
    inputs.extend(answers(plan));
    for (label, activity) in plan.labels.iter().zip(&plan.activities) {
        let group = if label.is_step { STEP } else { PACKAGE };
        inputs.push((format!("{group}: {}, {}", label.id, label.title), activity_input(label, activity)));
    }
    inputs
}

/// The group of the inputs of a step.
const STEP: &str = "Step";
/// The group of the inputs of a work package.
const PACKAGE: &str = "Package";

impl Forecast {
    /// Returns the inputs that concern the plan as a whole, without those of its packages and steps.
    pub fn assumptions(&self) -> impl Iterator<Item = &(String, String)> {
        let group = |what: &str| what.split(':').next().unwrap_or_default().to_owned();
        self.inputs.iter().filter(move |(what, _)| ![STEP, PACKAGE].contains(&group(what).as_str()))
    }
}

/// How the pull of a driver is to be read.
const DRIVERS: &str = "the correlation of each draw with the driver, 0 to 1";

fn team(plan: &Plan) -> Vec<(String, String)> {
    let (profile, settings) = (&plan.basis.profile, &plan.basis.settings);
    let help =
        if profile.consultant { format!("yes, saves {:.0} %", settings.consultant_saves * 100.0) } else { "no".into() };
    [
        ("Team: start", words::date(plan.start)),
        ("Team: people", profile.people.to_string()),
        ("Team: days a week", profile.days_per_week.to_string()),
        ("Team: share of the days that is there", format!("{:.0} %", settings.utilisation * 100.0)),
        ("Team: capacity", format!("{:.1} person-days a week", plan.capacity * DAYS_PER_WEEK)),
        ("Team: consultant", help),
        ("Team: source", settings.source.clone()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}

fn organisation(plan: &Plan) -> Vec<(String, String)> {
    let (profile, settings) = (&plan.basis.profile, &plan.basis.settings);
    let size = |size: Size| {
        let [own, reference] = [size.of(profile), size.of_reference(&settings.reference)].map(number);
        (format!("Organisation: {}", named(size)), format!("{own} (the road map is written for {reference})"))
    };
    let certificates: Vec<&str> = profile.certificates.iter().map(|certificate| certificate.title()).collect();
    let held = if certificates.is_empty() { "none".into() } else { certificates.join(", ") };
    let mut inputs: Vec<(String, String)> = Size::ALL.into_iter().map(size).collect();
    inputs.push(("Organisation: certificates".to_owned(), held));
    inputs.push(("Organisation: booking of the certification body".to_owned(), weeks(profile.booking_weeks)));
    inputs
}

/// Returns a size as it is told, a whole one with its thousands apart.
fn number(size: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with what it was")]
    let whole = size as u32;
    if f64::from(whole).total_cmp(&size).is_eq() { words::whole(whole) } else { size.to_string() }
}

/// Returns what a size is called within a sentence.
fn named(size: Size) -> &'static str {
    match size {
        Size::Headcount => "people employed",
        Size::AiSystems => "AI systems in scope",
        Size::AiPeople => "people doing AI work",
        Size::Sites => "sites in scope",
        Size::Suppliers => "AI suppliers",
    }
}

fn weeks(count: u32) -> String {
    if count == 1 { "1 week".to_owned() } else { format!("{count} weeks") }
}

fn answers(plan: &Plan) -> Vec<(String, String)> {
    let basis = &plan.basis;
    let [talk, write, live] = LEVEL_SHARES.map(|share| share * 100.0);
    [
        ("Answers: mean level, 3 at most", format!("{:.2}", basis.level)),
        ("Answers: open", open_answers(plan)),
        ("Answers: evidenced Stage 2 readiness, open ones at 0", format!("{:.0} %", basis.evidenced * 100.0)),
        ("Answers: share whose evidence carries level 3", format!("{:.0} %", basis.recorded * 100.0)),
        (
            "Answers: share of the effort from level 0 to 1, to 2, to 3",
            format!("{talk:.1} %, {write:.1} %, {live:.1} %; our estimate: published plans give writing and rolling out about the same time"),
        ),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}

/// Returns how many answers are open, and what they are drawn around.
fn open_answers(plan: &Plan) -> String {
    let asked = plan.basis.asked;
    let middles = || plan.open.iter().map(|open| open.middle);
    let spread = plan.open.iter().map(|open| open.shared.hypot(open.own)).fold(0.0, f64::max);
    match plan.open.len() {
        0 => format!("none of {asked}"),
        open => {
            let [least, most] = [middles().fold(f64::INFINITY, f64::min), middles().fold(0.0, f64::max)]
                .map(|level| format!("{level:.1}"));
            let levels = if least == most { format!("level {least}") } else { format!("levels {least} to {most}") };
            format!("{open} of {asked}, drawn around {levels}, by up to ± {spread:.1} in two trials of three")
        }
    }
}

fn activity_input(label: &Label, activity: &Activity) -> String {
    let (effort, waiting) = label.stated;
    let mut parts = vec![format!("{} person-days", points(effort))];
    if waiting.high > 0.0 {
        parts.push(format!("{} working days of waiting", points(waiting)));
    }
    if !label.is_step {
        parts.push(format!("gap {:.0} %", activity.middle_gap * 100.0));
    }
    parts.push(format!("size x {:.2}", label.scale));
    if label.reuse > 0.0 {
        parts.push(format!("certificates save {:.0} %", label.reuse * 100.0));
    }
    if activity.chance < 1.0 {
        parts.push(format!("needed in {:.0} % of the trials", activity.chance * 100.0));
    }
    format!("{}; {}", parts.join(", "), label.source)
}

fn points(points: ThreePoint) -> String {
    format!("{} / {} / {}", points.low, points.mode, points.high)
}
