//! What a report says in whole sentences about its figures, the same in every format.

use crate::domain::actions::Action;
use crate::domain::report::open::{answered, nothing_answered};
use crate::domain::report::{Report, majors, words};
use crate::domain::roadmap::Phase;
use crate::domain::scoring::{Grade, Scorecard, Verdict};
use crate::domain::soa::Soa;
use crate::domain::timeline::{Forecast, PackageForecast};

impl Report {
    /// Returns how much stands in the way of the next audit; empty where nothing does.
    #[must_use]
    pub fn in_the_way(&self) -> String {
        let verdict = self.scorecard.verdict;
        let (claimed, evidenced) = (self.hurdles.claimed.len(), self.hurdles.evidenced.len());
        if self.is_blank() {
            let verb = if claimed == 1 { "decides" } else { "decide" };
            let asked = nothing_answered(self.scorecard.completion.asked);
            return format!("{asked}; {claimed} of them {verb} on {}.", verdict.claimed.audit_ahead());
        }
        if (verdict.claimed, claimed) == (verdict.evidenced, evidenced) {
            return if claimed > 0 { format!("{}.", obstructed(claimed, verdict.claimed)) } else { String::new() };
        }
        let views = [("As claimed", claimed, verdict.claimed), ("On the evidence", evidenced, verdict.evidenced)];
        let told = views.into_iter().filter(|(_, hurdles, _)| *hurdles > 0);
        told.map(|(view, hurdles, verdict)| format!("{view}, {}.", obstructed(hurdles, verdict)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns what the figures rest on, and what the answers point to.
    #[must_use]
    pub fn basis(&self) -> String {
        basis(&self.scorecard)
    }

    /// Returns what to do where no answer is below level 3.
    #[must_use]
    pub fn nothing_below_the_bar(&self) -> String {
        let card = &self.scorecard;
        let progress = card.completion;
        let open = progress.asked.saturating_sub(progress.answered);
        let unsupported = card.findings.iter().filter(|finding| finding.grade == Grade::Observation).count();
        if progress.asked == 0 {
            "Nothing is asked. Check the exclusions and the role in the profile.".to_owned()
        } else if progress.answered == 0 {
            "Answer the questions: nothing is known yet.".to_owned()
        } else if open > 0 {
            let verb = if open == 1 { "is" } else { "are" };
            format!("No answer is below level 3. Answer the {} that {verb} open.", words::count(open, "question"))
        } else if unsupported > 0 {
            let requirements = words::count(unsupported, "requirement");
            format!(
                "Every answer is at 3 or more. Record the evidence for {requirements} that an auditor would ask for."
            )
        } else {
            "Every answer is at 3 or more, and the evidence carries it. Keep it so, and keep the evidence current."
                .to_owned()
        }
    }

    /// Returns what the way takes from here, in time, work and money; empty where no forecast says.
    #[must_use]
    pub fn takes(&self) -> String {
        let Some(takes) = self.worth.takes else { return String::new() };
        let cost = takes.own_cost.map(|(from, to)| {
            format!(
                "; at your rate that is {} to {} {} for your own people's time, without audit fees and help",
                words::amount(from),
                words::amount(to),
                self.assessment.profile().currency
            )
        });
        format!(
            "From here to the certificate it takes {:.1} to {:.1} months and {:.0} to {:.0} person-days, for closing the \
             gaps, audits and reviews (10 % to 90 % of the trials){}.",
            takes.months.0,
            takes.months.1,
            takes.days.0,
            takes.days.1,
            cost.unwrap_or_default()
        )
    }

    /// Returns what is left before Stage 1 for who is ready by the answers: the steps that come whatever the answers. Empty
    /// where something stands in the way, or no forecast says.
    #[must_use]
    pub fn left_to_do(&self) -> String {
        let Some(forecast) = self.forecast.as_ref().filter(|_| self.scorecard.verdict.claimed > Verdict::NotReady)
        else {
            return String::new();
        };
        let Some(until) = forecast.packages.iter().find(|package| package.milestone.is_some()) else {
            return String::new();
        };
        let is_left = |package: &&PackageForecast| package.is_step && package.phase == Phase::Check;
        let titles: Vec<String> = forecast
            .packages
            .iter()
            .filter(is_left)
            .filter(|package| package.months.1 <= until.months.1)
            .map(|package| format!("“{}”", package.title))
            .collect();
        let Some((last, others)) = titles.split_last() else { return String::new() };
        let list = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        format!(
            "Ready is what the answers say of today. What the plan still has before Stage 1 are the steps that come whatever \
             the answers: {list}."
        )
    }
}

impl Verdict {
    /// Returns the audit that the obstacles of the verdict stand before.
    #[must_use]
    pub fn audit_ahead(self) -> &'static str {
        match self {
            Self::NotReady => "Stage 1",
            Self::ReadyForStage1 | Self::ReadyForStage2 => "Stage 2",
        }
    }
}

/// Returns what figures rest on, and what the answers point to.
#[must_use]
pub fn basis(card: &Scorecard) -> String {
    let progress = card.completion;
    if progress.asked == 0 {
        return "No question applies: every control is excluded, or concerns another role.".to_owned();
    }
    let mut text = format!(
        "{}. Claimed is what was said; evidenced is what the recorded evidence would carry before an auditor.",
        answered(card)
    );
    if progress.answered > 0 {
        text.push_str(&pointed_to(card));
    }
    text
}

/// Returns in how many of the trials something happened, for the middle of a sentence. What happened in each of them is no
/// certainty.
#[must_use]
pub fn of_trials(share: f64, trials: u32) -> String {
    if share < 1.0 {
        format!("in {} of the trials", words::percent(share))
    } else {
        format!("in each of the {} trials, which is no certainty", words::whole(trials))
    }
}

/// Returns from when a forecast counts, what effort remains, what set the end, and how likely the target is.
#[must_use]
pub fn outlook(forecast: &Forecast) -> String {
    let effort = forecast.effort;
    let target = forecast.target.map(|target| {
        let day = words::date(target.date);
        let share = of_trials(target.probability, forecast.trials);
        format!(" The certificate is there by the target date, {day}, {share}.")
    });
    let (people, path) = (forecast.binding.people, forecast.binding.path);
    let end = if people >= 1.0 {
        "In all of the trials the time of the people set the end.".to_owned()
    } else if path >= 1.0 {
        "In all of the trials the sequence of the work and its waiting set the end.".to_owned()
    } else {
        format!(
            "In {} of the trials the time of the people set the end, in {} the sequence of the work and its waiting.",
            words::percent(people),
            words::percent(path)
        )
    };
    format!(
        "Counted from {}. The effort that remains is {:.0} person-days (P50), and {:.0} to be safe (P80). {end}{}",
        words::date(forecast.start),
        effort.p50,
        effort.p80,
        target.unwrap_or_default(),
    )
}

/// Returns what closing a gap gains and for what effort, in a sentence.
#[must_use]
pub fn gain(action: &Action) -> String {
    let gain = &action.gain;
    let figures = [("Stage 1", gain.stage1), ("Stage 2", gain.stage2), ("Stage 2 by the evidence", gain.evidenced)];
    let mut parts: Vec<String> = figures
        .into_iter()
        .filter(|(_, points)| *points >= 0.05)
        .map(|(name, points)| format!("{name} +{points:.1} points"))
        .collect();
    parts.extend(gain.months.filter(|months| *months >= 0.05).map(|months| format!("{months:.1} months sooner")));
    if parts.is_empty() {
        parts.push("less than 0.1 points".to_owned());
    }
    let effort = action.effort.map(|days| format!(" for {} person-days", words::days(days))).unwrap_or_default();
    let planning =
        if action.is_to_plan { " That is for planning it; to hold it is work of its own, later." } else { "" };
    format!("Gains {}{effort}.{planning}", parts.join(", "))
}

/// Returns the version of the Statement of Applicability, and whether and by whom it is approved.
#[must_use]
pub fn approval(soa: &Soa) -> String {
    match &soa.approval {
        None => format!("Version {}, not approved yet.", soa.version),
        Some(approval) if soa.changes.is_empty() => {
            format!("Version {}, approved by {} on {}.", soa.version, approval.approver, words::date(approval.on))
        }
        Some(approval) => format!(
            "Version {}, not approved yet. Version {} was approved by {} on {}; {} since.",
            soa.version,
            approval.version,
            approval.approver,
            words::date(approval.on),
            match soa.changes.len() {
                1 => "1 control changed".to_owned(),
                many => format!("{many} controls changed"),
            }
        ),
    }
}

fn obstructed(hurdles: usize, verdict: Verdict) -> String {
    let verb = if hurdles == 1 { "stands" } else { "stand" };
    format!("{} {verb} in the way of {}", words::count(hurdles, "obstacle"), verdict.audit_ahead())
}

/// Returns what the answers point to. What is part of a systemic failure is told by the failure.
fn pointed_to(card: &Scorecard) -> String {
    let (majors, areas) = majors(card);
    let found = |grade: Grade| card.findings.iter().filter(|finding| finding.grade == grade).count();
    let systemic = match areas {
        0 => String::new(),
        1 => ", a systemic failure of 1 area".to_owned(),
        areas => format!(", systemic failures of {areas} areas"),
    };
    let told = |number: usize, one: &str, many: &str| match number {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    format!(
        " As claimed, the answers point to {}{systemic}, {} and {}.",
        told(majors, "potential major nonconformity by itself", "potential major nonconformities by themselves"),
        told(found(Grade::Minor), "potential minor nonconformity", "potential minor nonconformities"),
        told(found(Grade::Observation), "observation", "observations"),
    )
}
