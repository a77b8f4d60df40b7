//! Whether a certificate is worth it for this organisation now: reasons for and against, and the alternative.
//!
//! The advice rests on two questions that a person can answer without us: does anybody want to see a certificate, and
//! does AI matter enough here that a management system pays by itself. Cost and time stand beside it; they don't decide.

#[cfg(test)]
mod tests;

use crate::domain::assessment::Assessment;
use crate::domain::profile::{AiRole, Certificate, Profile};
use crate::domain::report::words;
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::{Range, Scorecard, Verdict};
use crate::domain::timeline::Forecast;

/// Up to so many people employed, the fixed part of audits and paper weighs heavily.
const SMALL: u32 = 10;
/// Below so many person-days a week, a project tends to be overtaken by the day job.
const LITTLE_TIME: f64 = 1.0;
/// From this Stage 2 readiness on, most of the way is done.
const FAR: f64 = 0.7;
/// Below this Stage 2 readiness, nearly all of the way is ahead.
const AT_THE_START: f64 = 0.3;
/// Below this share of answered questions, nothing is said about how far the way is.
const ENOUGH_ANSWERED: f64 = 0.5;
/// Below this probability, a target date isn't one to promise.
const LIKELY: f64 = 0.5;

/// Whether it is worth it, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// What we would do.
    pub advice: Advice,
    /// What speaks for a certificate now, strongest first.
    pub reasons_for: Vec<String>,
    /// What speaks against it now, strongest first.
    pub reasons_against: Vec<String>,
    /// What it takes from here, as ranges, where a forecast says.
    pub takes: Option<Takes>,
}

/// What we would do in this organisation's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// Nobody has told anything of the organisation yet.
    Unknown,
    /// Assess yourselves, close what hurts, and look again in a year.
    Wait,
    /// Work as the standard asks, without an audit, until somebody wants to see a certificate.
    Align,
    /// Go for the certificate.
    Certify,
}

/// What the way takes from here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Takes {
    /// Months to the certificate that 10 % and 90 % of the trials don't go beyond.
    pub months: (f64, f64),
    /// Person-days of work that 10 % and 90 % of the trials don't go beyond.
    pub days: (f64, f64),
    /// What these days cost by the profile's rate for one's own people, where it has one. Audit and help come on top.
    pub own_cost: Option<(f64, f64)>,
}

/// Returns whether a certificate is worth it.
#[must_use]
pub fn worth(assessment: &Assessment, card: &Scorecard, forecast: Option<&Forecast>) -> Worth {
    let profile = assessment.profile();
    if profile.is_untold() {
        // Every field has a default: what it says is nobody's word.
        return Worth {
            advice: Advice::Unknown,
            reasons_for: head_start(profile, card),
            reasons_against: vec![],
            takes: None,
        };
    }
    let takes = forecast.and_then(|forecast| takes(profile, forecast));
    let mut reasons_for = demand(profile);
    reasons_for.extend(head_start(profile, card));
    let mut reasons_against = unless_told_otherwise(profile);
    reasons_against.extend(no_demand(profile));
    reasons_against.extend(burden(profile, card, forecast));
    Worth { advice: advice(profile), reasons_for, reasons_against, takes }
}

/// Returns the advice: certify where customers ask, or where AI is what is sold and the role is to make or provide it;
/// align where AI is at the core or high-risk; else wait.
fn advice(profile: &Profile) -> Advice {
    if profile.customers_ask || (profile.core_to_product && makes(profile)) {
        Advice::Certify
    } else if profile.core_to_product || profile.high_risk {
        Advice::Align
    } else {
        Advice::Wait
    }
}

/// Returns whether the organisation makes AI or gives it to others.
fn makes(profile: &Profile) -> bool {
    match profile.ai_role {
        AiRole::User => false,
        AiRole::Developer | AiRole::Provider | AiRole::Several => true,
    }
}

fn demand(profile: &Profile) -> Vec<String> {
    let mut reasons = vec![];
    let mut add = |holds: bool, reason: &str| reasons.extend(holds.then(|| reason.to_owned()));
    add(
        profile.customers_ask,
        "Customers ask for proof. A certificate of an accredited body answers at once a part of what each of their \
         questionnaires asks anew.",
    );
    add(
        profile.core_to_product && makes(profile),
        "AI is at the core of what you sell, and you make or provide it: how you manage it is part of the product.",
    );
    add(
        profile.core_to_product && !makes(profile),
        "AI is at the core of what you sell, even though others make it: your customers will ask you, not them.",
    );
    add(
        profile.high_risk,
        "A system in scope is high-risk under the EU AI Act. The work for the standard helps to produce some of the \
         evidence that the Act asks for.",
    );
    reasons
}

fn head_start(profile: &Profile, card: &Scorecard) -> Vec<String> {
    let mut reasons = vec![];
    let systems = [Certificate::Iso27001, Certificate::Iso9001, Certificate::Iso27701, Certificate::Iso22301];
    let held: Vec<&str> =
        systems.into_iter().filter(|held| profile.certificates.contains(held)).map(Certificate::title).collect();
    if !held.is_empty() {
        reasons.push(format!(
            "You run a management system already ({}): audits, reviews and document control carry over, and audits can \
             be combined.",
            held.join(", ")
        ));
    }
    if let Some(share) = known(&card.overall.stage2.claimed).filter(|share| *share >= FAR) {
        reasons.push(format!(
            "Most of the way is done: {} of what the Stage 2 audit looks for, as claimed ({} of {} answered).",
            words::percent(share),
            card.overall.stage2.claimed.answered.answered,
            card.overall.stage2.claimed.answered.asked
        ));
    }
    reasons
}

/// Says that the advice rests on what a profile begins with, where nothing that decides differs from it: nobody may have
/// been asked.
fn unless_told_otherwise(profile: &Profile) -> Vec<String> {
    let told = profile.leaves_advice_open().then(|| {
        "The profile says what it says before anybody fills it in: no customer asks, AI is not at the core of what you \
         sell, no system is high-risk, and you have several roles towards AI. Check these four first, for they decide the \
         advice."
            .to_owned()
    });
    told.into_iter().collect()
}

fn no_demand(profile: &Profile) -> Vec<String> {
    let mut reasons = vec![];
    let mut add = |holds: bool, reason: &str| reasons.extend(holds.then(|| reason.to_owned()));
    add(
        !profile.customers_ask,
        "By the profile no customer asks for it so far. Ask your five largest whether they would value it, or only the work behind it.",
    );
    add(
        !profile.core_to_product && !makes(profile),
        "You use the AI of others, and it is not what you sell: clear rules for its use give most of the benefit.",
    );
    reasons.push(
        "It does not settle the EU AI Act: the certificate gives no presumption of conformity, and the duties for each \
         system stay."
            .to_owned(),
    );
    reasons
}

fn burden(profile: &Profile, card: &Scorecard, forecast: Option<&Forecast>) -> Vec<String> {
    let mut reasons = vec![];
    if profile.headcount <= SMALL {
        reasons.push(format!(
            "With {} people, the fixed part weighs heavily: audits every year, and an internal audit that nobody may \
             do on their own work.",
            profile.headcount
        ));
    }
    let days = profile.people * profile.days_per_week;
    if days < LITTLE_TIME {
        reasons.push(format!("The project has {days:.1} person-days a week: the day job tends to win over so little."));
    }
    if known(&card.overall.stage2.claimed).is_some_and(|share| share < AT_THE_START) {
        reasons.push(
            "Nearly all of the way is ahead. An audit wants months of records on top, so the work comes first anyway."
                .to_owned(),
        );
    }
    if let Some(target) = forecast.and_then(|forecast| forecast.target).filter(|target| target.probability < LIKELY)
        && card.verdict.claimed < Verdict::ReadyForStage2
    {
        reasons.push(format!(
            "Your target of {} is met in {} of the trials only: promise it to nobody yet.",
            words::date(target.date),
            words::percent(target.probability)
        ));
    }
    reasons
}

/// Returns a readiness, where enough is answered to speak of it.
fn known(range: &Range) -> Option<f64> {
    range.middle.filter(|_| range.coverage() >= ENOUGH_ANSWERED)
}

fn takes(profile: &Profile, forecast: &Forecast) -> Option<Takes> {
    let months = forecast.milestone(Milestone::Certificate)?;
    // Whole days, as they are told: who multiplies them by the rate comes to the same sum.
    let days = (forecast.effort.p10.round(), forecast.effort.p90.round());
    Some(Takes {
        months: (months.p10, months.p90),
        days,
        // Of whole days, as they are told: whoever multiplies gets the same.
        own_cost: profile.rate_internal.map(|rate| (days.0.round() * rate, days.1.round() * rate)),
    })
}

impl Advice {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Wait => "wait",
            Self::Align => "align",
            Self::Certify => "certify",
        }
    }

    /// Returns the advice in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Unknown => "It cannot be said before the profile is filled in",
            Self::Wait => "Not now: assess yourselves, close what hurts, and look again in a year",
            Self::Align => "Work as the standard asks, and certify once somebody wants to see it",
            Self::Certify => "Go for the certificate",
        }
    }

    /// Returns the way beside it, for those who decide otherwise.
    #[must_use]
    pub fn alternative(self) -> &'static str {
        match self {
            Self::Unknown => {
                "Fill in the profile first; it takes five minutes. Whether customers ask for proof, whether AI is at the \
                 core of what you sell, and what you do with AI decide it."
            }
            Self::Wait => {
                "If you want more than that: write the AI policy, list your AI systems and give each an owner. That is \
                 useful with or without a certificate, and nothing of it is lost if you certify later."
            }
            Self::Align => {
                "If a customer or a tender asks earlier, the certificate follows from the same work: book the \
                 certification body then, and have the internal audit and the management review done before it comes."
            }
            Self::Certify => {
                "If it has to be cheaper or sooner: do the same work and show this assessment with its evidence. Some \
                 buyers take that for a while. A later certificate loses nothing by it."
            }
        }
    }
}
