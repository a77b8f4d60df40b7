//! What a crosswalk says about this organisation: how far its own evidence goes, and what stays uncovered.
//!
//! A share says how far the work for the standard goes that helps to produce evidence. It never says that an obligation
//! is met.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::crosswalk::{Crosswalk, Detail, Entry, Kind, Reuse};
use crate::domain::id::{CrosswalkId, RequirementId};
use crate::domain::profile::{AiRole, Certificate, Profile, ProfileKey};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::profile_text;
use crate::domain::report::words;
use crate::domain::scoring::{Range, Scorecard, Views};

/// A crosswalk seen by one organisation on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CrosswalkView {
    /// The id.
    pub id: CrosswalkId,
    /// The title.
    pub title: String,
    /// What kind of mapping it is.
    pub kind: Kind,
    /// The framework, exactly.
    pub reference: String,
    /// Who made the mapping, from what.
    pub source: String,
    /// The day whose state it shows.
    pub as_of: NaiveDate,
    /// How to read it.
    pub note: String,
    /// Whether the organisation has what it is about: the certificate of a reuse crosswalk. True for every other kind.
    pub is_held: bool,
    /// Whether nobody has filled in the profile: what concerns the organisation then follows from defaults.
    pub is_assumed: bool,
    /// What of the profile decides which obligations concern the organisation, in words.
    pub premise: String,
    /// Whether the profile says that the organisation sells no AI: buyers then hardly ask.
    pub sells_none: bool,
    /// What concerns the organisation, in the framework's order.
    pub lines: Vec<CrosswalkLine>,
    /// How many entries don't concern it, by its role and its systems.
    pub other: usize,
    /// How far the evidence goes over all requirements that any of the lines rests on.
    pub support: Views<Range>,
}

/// One entry, seen by the organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct CrosswalkLine {
    /// The entry.
    pub entry: Entry,
    /// The Stage 2 readiness over the requirements that bear on it; no question counts where there are none.
    pub support: Views<Range>,
    /// The requirements that bear on it and that are excluded here.
    pub excluded: Vec<RequirementId>,
    /// What the kind adds.
    pub says: Says,
}

/// What an entry comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// An obligation, and whether it applies on the day.
    Obligation(Timing),
    /// How much can be used again.
    Reuse(Reuse),
    /// A part of a framework.
    Coverage,
    /// A draft of an answer to a buyer, with what is unknown in square brackets.
    Draft {
        /// The text.
        text: String,
        /// What a person has to fill in.
        gaps: Vec<String>,
    },
}

/// Whether an obligation applies on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// It does.
    Applies,
    /// It will, in so many days.
    In(i64),
}

/// Returns what each crosswalk of the questionnaire says about the organisation, in order.
#[must_use]
pub fn views(questionnaire: &Questionnaire, assessment: &Assessment, card: &Scorecard) -> Vec<CrosswalkView> {
    let case = Case { questionnaire, assessment, card };
    questionnaire.crosswalks().iter().map(|crosswalk| case.view(crosswalk)).collect()
}

struct Case<'a> {
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    card: &'a Scorecard,
}

impl Case<'_> {
    fn view(&self, crosswalk: &Crosswalk) -> CrosswalkView {
        let profile = self.assessment.profile();
        let lines: Vec<CrosswalkLine> = crosswalk
            .entries
            .iter()
            .filter(|entry| concerns(&entry.detail, profile))
            .map(|entry| self.line(entry))
            .collect();
        let mut all: Vec<&RequirementId> = lines.iter().flat_map(|line| &line.entry.requirements).collect();
        all.sort_unstable();
        all.dedup();
        CrosswalkView {
            id: crosswalk.id.clone(),
            title: crosswalk.title.clone(),
            kind: crosswalk.kind,
            reference: crosswalk.reference.clone(),
            source: crosswalk.source.clone(),
            as_of: crosswalk.as_of,
            note: crosswalk.note.clone(),
            is_held: is_held(crosswalk, profile),
            is_assumed: profile.is_untold(),
            premise: premise(profile),
            sells_none: profile.ai_role == AiRole::User && !profile.core_to_product,
            other: crosswalk.entries.len() - lines.len(),
            support: self.card.stage2_over(self.questionnaire, |id| all.binary_search(&id).is_ok()),
            lines,
        }
    }

    fn line(&self, entry: &Entry) -> CrosswalkLine {
        let says = match &entry.detail {
            Detail::Obligation(obligation) => Says::Obligation(if obligation.applies_on(self.card.on) {
                Timing::Applies
            } else {
                Timing::In(obligation.applies_from.signed_duration_since(self.card.on).num_days())
            }),
            Detail::Reuse { reuse, .. } => Says::Reuse(*reuse),
            Detail::Coverage { .. } => Says::Coverage,
            Detail::Buyer { answer, .. } => {
                let draft = crate::domain::buyers::draft(answer, self.questionnaire, self.assessment, self.card);
                Says::Draft { text: draft.text, gaps: draft.gaps }
            }
        };
        let excluded = entry.requirements.iter().filter(|id| self.assessment.exclusion(id).is_some());
        CrosswalkLine {
            support: self.card.stage2_over(self.questionnaire, |id| entry.requirements.contains(id)),
            excluded: excluded.cloned().collect(),
            says,
            entry: entry.clone(),
        }
    }
}

/// Returns what of a profile decides which obligations concern the organisation.
fn premise(profile: &Profile) -> String {
    let told = |key: ProfileKey| format!("{}: {}", key.label(), profile_text(profile, key));
    [ProfileKey::AiActRole, ProfileKey::HighRisk].map(told).join("; ")
}

/// Returns whether an entry concerns an organisation with this profile.
fn concerns(detail: &Detail, profile: &Profile) -> bool {
    match detail {
        Detail::Obligation(obligation) => obligation.concerns(profile),
        Detail::Reuse { .. } | Detail::Coverage { .. } | Detail::Buyer { .. } => true,
    }
}

/// Returns whether the organisation holds the certificate that a reuse crosswalk is about; its id is the certificate's
/// word.
fn is_held(crosswalk: &Crosswalk, profile: &Profile) -> bool {
    let held = |certificate: &Certificate| certificate.word() == crosswalk.id.as_str();
    crosswalk.kind != Kind::Reuse || profile.certificates.iter().any(held)
}

impl CrosswalkView {
    /// Returns how many obligations can concern the organisation, and on what that rests.
    fn obligations_told(&self) -> String {
        let now = self.lines.iter().filter(|line| line.says == Says::Obligation(Timing::Applies)).count();
        let all = self.lines.len();
        if self.is_assumed {
            let more = if self.other == 0 {
                String::new()
            } else {
                format!("; with a high-risk system {} more would", self.other)
            };
            return format!(
                "The profile doesn't say your role or your systems, so every role and no high-risk system is \
                 assumed: {all} obligations could concern you then, {now} of which apply today{more}.",
            );
        }
        let others = match self.other {
            0 => String::new(),
            1 => "; 1 more doesn't concern you".to_owned(),
            other => format!("; {other} more don't concern you"),
        };
        format!(
            "By the profile ({}) {all} obligations can concern you, {now} of which apply today{others}. Whether \
             one does depends on more than the profile asks: each line says whom it binds.",
            self.premise
        )
    }

    /// Returns what the view comes to, in a sentence.
    #[must_use]
    pub fn told(&self) -> String {
        let count = |wanted: &dyn Fn(&CrosswalkLine) -> bool| self.lines.iter().filter(|line| wanted(line)).count();
        match self.kind {
            Kind::Obligations => self.obligations_told(),
            Kind::Reuse => {
                let of = |reuse: Reuse| count(&|line| line.says == Says::Reuse(reuse));
                let (full, part, none) = (of(Reuse::Full), of(Reuse::Part), of(Reuse::None));
                let all = self.lines.len();
                if self.is_held {
                    format!("Of {all} requirements, {full} carry over, {part} in part, {none} are new.")
                } else if self.is_assumed {
                    format!(
                        "The profile doesn't say whether you hold it. Whoever does brings {full} of {all} requirements \
                         along, and {part} in part."
                    )
                } else {
                    format!(
                        "The profile doesn't name it among your certificates. Whoever holds it brings {full} of {all} \
                         requirements along, and {part} in part."
                    )
                }
            }
            Kind::Coverage => {
                let bare = count(&|line| line.entry.requirements.is_empty());
                let all = self.lines.len();
                format!("{} of {all} parts have something in the standard that helps, {bare} nothing.", all - bare)
            }
            Kind::Buyers => {
                let ready = count(&|line| matches!(&line.says, Says::Draft { gaps, .. } if gaps.is_empty()));
                let all = self.lines.len();
                let hardly = if self.sells_none {
                    " By the profile you use the AI of others and sell none: hardly a buyer will ask, and what speaks of a \
                     product isn't meant for you."
                } else {
                    ""
                };
                format!(
                    "{}, {} with something for you to fill in or confirm.{hardly}",
                    words::count(all, "draft"),
                    all - ready
                )
            }
        }
    }
}

impl Entry {
    /// Returns what helps, and what stays uncovered; empty where the kind knows neither.
    #[must_use]
    pub fn helps_and_gap(&self) -> (&str, &str) {
        match &self.detail {
            Detail::Obligation(obligation) => (&obligation.helps, &obligation.gap),
            Detail::Reuse { helps, gap, .. } | Detail::Coverage { helps, gap, .. } => (helps, gap),
            Detail::Buyer { .. } => ("", ""),
        }
    }
}

impl Timing {
    /// Returns when an obligation applies, in words.
    #[must_use]
    pub fn told(self, from: NaiveDate) -> String {
        match self {
            Self::Applies => format!("applies since {from}"),
            Self::In(days) => format!("applies from {from}, in {days} days"),
        }
    }
}
