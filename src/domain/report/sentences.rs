//! What a report says in whole sentences about its figures, the same in every format.

use crate::domain::actions::Action;
use crate::domain::report::{Report, majors, words};
use crate::domain::scoring::{Grade, Obstacle, Scorecard, Verdict};
use crate::domain::soa::Soa;
use crate::domain::timeline::Forecast;

impl Report {
    /// Returns how much stands in the way of the next audit; empty where nothing does.
    #[must_use]
    pub fn in_the_way(&self) -> String {
        let verdict = self.scorecard.verdict;
        let (claimed, evidenced) = (self.hurdles.claimed.len(), self.hurdles.evidenced.len());
        if (verdict.claimed, claimed) == (verdict.evidenced, evidenced) {
            return if claimed > 0 { format!("{}.", obstructed(claimed, verdict.claimed)) } else { String::new() };
        }
        let views = [("As claimed", claimed, verdict.claimed), ("On the evidence", evidenced, verdict.evidenced)];
        let told = views.into_iter().filter(|(_, hurdles, _)| *hurdles > 0);
        told.map(|(view, hurdles, verdict)| format!("{view}, {}.", obstructed(hurdles, verdict)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns that nothing is known, and how much that is; none where a question is answered.
    #[must_use]
    pub fn nothing_known(&self) -> Option<String> {
        let progress = self.scorecard.completion;
        (progress.asked > 0 && progress.answered == 0).then(|| {
            let questions = words::count(progress.asked, "question");
            let verb = if progress.asked == 1 { "is not" } else { "are not" };
            format!("{questions} {verb} answered: nothing is claimed, and nothing is on record.")
        })
    }

    /// Returns what the questions that are asked count, in short: how many of the answers are that one doesn't apply.
    #[must_use]
    pub fn asked(&self) -> String {
        match not_applicable(&self.scorecard) {
            0 => "questions that apply".to_owned(),
            out => format!("questions asked, {out} of them not applicable"),
        }
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
                "; at your rate that is {} to {} {} of your own people's time, without audit fees and help",
                words::amount(from),
                words::amount(to),
                self.assessment.profile().currency
            )
        });
        format!(
            "From here to the certificate it takes {:.1} to {:.1} months and {:.0} to {:.0} person-days (10 % to 90 % of the \
             trials), the time for audits and reviews included{}.",
            takes.months.0,
            takes.months.1,
            takes.days.0,
            takes.days.1,
            cost.unwrap_or_default()
        )
    }

    /// Returns how many questions are open, and what answering them does; empty where none is.
    #[must_use]
    pub fn open_questions(&self) -> String {
        let progress = self.scorecard.completion;
        let told = match progress.asked.saturating_sub(progress.answered) {
            0 => return String::new(),
            1 => "1 question is open: answering it narrows the ranges".to_owned(),
            open => format!("{open} questions are open: answering them narrows the ranges"),
        };
        let stands = |obstacle: &&Obstacle| matches!(obstacle, Obstacle::Open(_));
        let in_the_way = self.scorecard.obstacles.claimed.iter().filter(stands).count();
        let verb = if in_the_way == 1 { "stands" } else { "stand" };
        match in_the_way {
            0 => format!("{told}."),
            count => format!(
                "{told}. {count} of them {verb} in the way of {}.",
                self.scorecard.verdict.claimed.audit_ahead()
            ),
        }
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
    let out = not_applicable(card);
    let out = if out == 0 { String::new() } else { format!(", {out} of them with not applicable") };
    let mut text = format!(
        "{} of {} are answered ({}){out}. Claimed is what was said; evidenced is what the recorded evidence would \
         carry before an auditor.",
        progress.answered,
        words::count(progress.asked, "question"),
        words::percent(progress.share()),
    );
    if progress.answered > 0 {
        text.push_str(&pointed_to(card));
    }
    text
}

/// Returns how many questions were answered with not applicable.
fn not_applicable(card: &Scorecard) -> usize {
    card.completion.answered.saturating_sub(card.overall.maturity.claimed.answered.answered)
}

/// Returns from when a forecast counts, what effort remains, what set the end, and how likely the target is.
#[must_use]
pub fn outlook(forecast: &Forecast) -> String {
    let effort = forecast.effort;
    let target = forecast.target.map(|target| {
        let (share, day) = (words::percent(target.probability), words::date(target.date));
        format!(" The certificate is there by the target date, {day}, in {share} of the trials.")
    });
    format!(
        "Counted from {}. The effort that remains is {:.0} person-days (P50), and {:.0} to be safe (P80). In {} of \
         the trials the time of the people set the end, in {} the sequence of the work and its waiting.{}",
        words::date(forecast.start),
        effort.p50,
        effort.p80,
        words::percent(forecast.binding.people),
        words::percent(forecast.binding.path),
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
    let effort = action.effort.map(|days| format!(" for about {days:.1} person-days")).unwrap_or_default();
    let gains = if action.is_planning { "To plan it, a first step, gains" } else { "Gains" };
    format!("{gains} {}{effort}.", parts.join(", "))
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
    format!("{} {verb} in the way of {}", words::count(hurdles, "point"), verdict.audit_ahead())
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
