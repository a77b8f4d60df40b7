//! What is answered, what is open, and so how sure the rest is, in sentences.

use crate::domain::profile::Profile;
use crate::domain::report::{Report, words};
use crate::domain::scoring::{Obstacle, Scorecard};

/// Below this share of answered questions, a date is a first guess.
const ENOUGH_ANSWERED: f64 = 0.5;

impl Report {
    /// Returns whether questions are asked and none of them is answered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let progress = self.scorecard.completion;
        progress.answered == 0 && progress.asked > 0
    }

    /// Returns that the dates are a first guess, where less than half of the questions are answered; empty otherwise.
    #[must_use]
    pub fn first_guess(&self) -> String {
        first_guess(&self.scorecard, self.assessment.profile())
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

/// Returns that dates are a first guess, where less than half of the questions are answered; empty otherwise.
#[must_use]
pub fn first_guess(card: &Scorecard, profile: &Profile) -> String {
    let progress = card.answered();
    if progress.asked == 0 || progress.share() >= ENOUGH_ANSWERED {
        return String::new();
    }
    let assumed = if profile.is_untold() { ", and so is most of the profile" } else { "" };
    let rest = if progress.answered == 0 { "they" } else { "the others" };
    let answered = match progress.answered {
        0 => nothing_answered(progress.asked),
        answered => format!("Only {answered} of {} are answered", words::count(progress.asked, "question")),
    };
    format!(
        "{answered}. What {rest} take is assumed{assumed}: these dates are a first guess, and none of them is one to promise."
    )
}

/// Returns how many of the questions that apply are answered, and how many more are not applicable, without a full stop.
pub(super) fn answered(card: &Scorecard) -> String {
    let (counted, out) = (card.answered(), card.not_applicable());
    let out = match out {
        0 => String::new(),
        1 => ", and 1 more is not applicable".to_owned(),
        out => format!(", and {out} more are not applicable"),
    };
    if counted.asked == 0 {
        return format!("No question applies{out}");
    }
    if counted.answered == 0 {
        return format!("{}{out}", nothing_answered(counted.asked));
    }
    let verb = if counted.asked == 1 { "is" } else { "are" };
    format!(
        "{} of {} {verb} answered ({}){out}",
        counted.answered,
        words::count(counted.asked, "question"),
        words::percent(counted.share())
    )
}

/// Returns that none of the questions is answered: the beginning of a sentence.
pub(super) fn nothing_answered(asked: usize) -> String {
    if asked == 1 {
        "The only question is not answered".to_owned()
    } else {
        format!("None of {asked} questions is answered")
    }
}
