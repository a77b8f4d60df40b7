//! Drafts of answers to what buyers ask, filled from an assessment. What is unknown stays in square brackets.
//!
//! A template holds `{fields}` that the assessment fills, a word of the profile or the id of a requirement, and
//! `[gaps]` that a person fills. A draft claims nothing that wasn't answered, and calls nothing evidenced that isn't.

use std::iter;

use crate::domain::assessment::Assessment;
use crate::domain::flow::{Applicability, applicability};
use crate::domain::level::Level;
use crate::domain::profile::{Profile, ProfileKey};
use crate::domain::questionnaire::{Questionnaire, Requirement};
use crate::domain::scoring::{Contribution, Scorecard};

/// A draft of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The text, with what is unknown in square brackets.
    pub text: String,
    /// What a person has to fill in or confirm, in order: what stands in the square brackets.
    pub gaps: Vec<String>,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that stays.
    Text(&'t str),
    /// What stands in braces: a field that the assessment fills.
    Field(&'t str),
    /// What stands in square brackets: a gap that a person fills.
    Gap(&'t str),
}

/// Returns the pieces of a template. A brace or bracket that isn't closed is text.
pub fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    iter::from_fn(move || {
        let first = rest.chars().next()?;
        let close = match first {
            '{' => '}',
            '[' => ']',
            _ => {
                let end = rest.find(['{', '[']).unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                rest = after;
                return Some(Piece::Text(text));
            }
        };
        let Some((inner, after)) = rest.get(1..).and_then(|inner| inner.split_once(close)) else {
            return Some(Piece::Text(std::mem::take(&mut rest)));
        };
        rest = after;
        Some(if first == '{' { Piece::Field(inner) } else { Piece::Gap(inner) })
    })
}

/// Returns the draft that a template and an assessment make. The scorecard has to be that of the same questionnaire and
/// assessment.
#[must_use]
pub fn draft(template: &str, questionnaire: &Questionnaire, assessment: &Assessment, scorecard: &Scorecard) -> Draft {
    let mut draft = Draft { text: String::new(), gaps: vec![] };
    for piece in pieces(template) {
        let filled = match piece {
            Piece::Text(text) => Ok(text.to_owned()),
            Piece::Gap(gap) => Err(gap.to_owned()),
            Piece::Field(field) => match ProfileKey::from_word(field) {
                Some(key) => from_profile(key, assessment.profile()),
                None => match questionnaire.requirement(&field.into()) {
                    Some((_, requirement)) => state(requirement, assessment, scorecard),
                    None => Err(field.to_owned()),
                },
            },
        };
        match filled {
            Ok(text) => draft.text.push_str(&text),
            Err(gap) => {
                draft.text.push('[');
                draft.text.push_str(&gap);
                draft.text.push(']');
                draft.gaps.push(gap);
            }
        }
    }
    draft
}

/// Returns a field of the profile; a gap where it is empty, or still what the program assumes.
fn from_profile(key: ProfileKey, profile: &Profile) -> Result<String, String> {
    let text = profile.text(key);
    if text.is_empty() {
        Err(key.label().to_lowercase())
    } else if profile.is_told(key) {
        Ok(text)
    } else if profile.is_untold() {
        Err(format!("{text}, assumed: is it right?"))
    } else {
        // Somebody may have meant it, and nobody may have looked at it.
        Err(format!("{text}, as the profile begins: is it right?"))
    }
}

/// Returns where a requirement stands, by the weakest of its answers; a gap where that isn't known.
fn state(requirement: &Requirement, assessment: &Assessment, scorecard: &Scorecard) -> Result<String, String> {
    if requirement.can_be_excluded() && assessment.exclusion(&requirement.id).is_some() {
        return Ok("excluded as not applicable to us".to_owned());
    }
    let applies = |question| applicability(assessment, requirement, question) == Applicability::Applies;
    let asked: Vec<_> = requirement.questions.iter().filter(|question| applies(question)).collect();
    if asked.is_empty() {
        return Err("not decided yet whether it applies".to_owned());
    }
    if asked.iter().any(|question| assessment.answer(&question.id).is_none()) {
        return Err("not fully assessed yet".to_owned());
    }
    let counted: Vec<&Contribution> = scorecard
        .contributions
        .iter()
        .filter(|contribution| asked.iter().any(|question| question.id == contribution.question))
        .collect();
    // With nothing that counts, each answer is that it doesn't apply.
    let Some(claimed) = counted.iter().filter_map(|contribution| contribution.claimed).min() else {
        return Ok("not applicable to us".to_owned());
    };
    let most = counted.iter().filter_map(|contribution| contribution.claimed).max();
    // The weakest answer isn't said of the whole where others go further: that would confess what isn't so.
    if claimed < Level::Documented && most >= Some(Level::Documented) {
        return Ok(if claimed == Level::Absent {
            "in practice in part; parts of it are not in place yet".to_owned()
        } else {
            "in practice in part; not all of it is written down yet".to_owned()
        });
    }
    let evidenced = counted.iter().filter_map(|contribution| contribution.evidenced).min();
    Ok(match claimed {
        Level::Absent | Level::AdHoc => level_words(claimed).to_owned(),
        Level::Documented | Level::Operating | Level::Measured | Level::Improving => {
            let proof = if evidenced >= Some(claimed) { "with evidence on file" } else { "by our own account" };
            format!("{}, {proof}", level_words(claimed))
        }
    })
}

fn level_words(level: Level) -> &'static str {
    match level {
        Level::Absent => "not in place",
        Level::AdHoc => "done now and then, not yet written down",
        Level::Documented => "defined and approved",
        Level::Operating => "in practice",
        Level::Measured => "in practice and measured",
        Level::Improving => "in practice, measured and improved",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::AiRole;
    use crate::domain::questionnaire::{EvidenceKind, Question};
    use crate::domain::scoring::score;
    use crate::domain::testing::{answer, area, assessment, clause, control, evidence, exclude, not_applicable};
    use crate::domain::testing::{profile, question, questionnaire, today};

    fn sample() -> (Questionnaire, Assessment) {
        let providers = Question { roles: vec![AiRole::Provider], ..question("c") };
        let questionnaire = questionnaire(vec![
            area("4", vec![clause("4.1", vec![question("a"), question("b")])]),
            area("A.2", vec![control("A.2.2", vec![providers])]),
        ]);
        let assessment = assessment(&questionnaire);
        (questionnaire, assessment)
    }

    fn text(template: &str, questionnaire: &Questionnaire, assessment: &Assessment) -> String {
        draft(template, questionnaire, assessment, &score(questionnaire, assessment, today())).text
    }

    #[test]
    fn a_template_is_read_in_pieces() {
        let all: Vec<_> = pieces("We, {organisation}, do [this / that] é{4.1}").collect();
        assert_eq!(
            all,
            [
                Piece::Text("We, "),
                Piece::Field("organisation"),
                Piece::Text(", do "),
                Piece::Gap("this / that"),
                Piece::Text(" é"),
                Piece::Field("4.1")
            ]
        );
        assert_eq!(pieces("a {b [c").collect::<Vec<_>>(), [Piece::Text("a "), Piece::Text("{b [c")]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn what_the_profile_does_not_say_is_a_gap() {
        let (questionnaire, mut assessment) = sample();
        let template = "{organisation} has {ai_systems} AI systems in [scope].";
        let empty = draft(template, &questionnaire, &assessment, &score(&questionnaire, &assessment, today()));
        assert_eq!(empty.text, "[organisation] has [3, assumed: is it right?] AI systems in [scope].");
        assert_eq!(empty.gaps, ["organisation", "3, assumed: is it right?", "scope"]);
        profile(&mut assessment, ProfileKey::Organisation, "Acme [EU] {4.1}");
        let named = text(template, &questionnaire, &assessment);
        assert_eq!(named, "Acme [EU] {4.1} has [3, assumed: is it right?] AI systems in [scope].", "a name is told");
        profile(&mut assessment, ProfileKey::Headcount, "12");
        let sized = text(template, &questionnaire, &assessment);
        assert!(sized.contains("[3, as the profile begins: is it right?]"), "the profile is told by now: {sized}");
        profile(&mut assessment, ProfileKey::AiSystems, "7");
        let filled = draft(template, &questionnaire, &assessment, &score(&questionnaire, &assessment, today()));
        assert_eq!(filled.text, "Acme [EU] {4.1} has 7 AI systems in [scope].");
        assert_eq!(filled.gaps, ["scope"], "what a person wrote is text, whatever it looks like");
    }

    #[test]
    fn a_requirement_stands_where_its_weakest_answer_does_and_in_part_where_others_go_further() {
        let (questionnaire, mut assessment) = sample();
        let mut state = |a: u8, b: u8| {
            answer(&mut assessment, "a", a);
            answer(&mut assessment, "b", b);
            text("{4.1}", &questionnaire, &assessment)
        };
        assert_eq!(state(0, 1), "not in place");
        assert_eq!(state(0, 5), "in practice in part; parts of it are not in place yet");
        assert_eq!(state(1, 1), "done now and then, not yet written down");
        assert_eq!(state(4, 1), "in practice in part; not all of it is written down yet");
        assert_eq!(state(2, 3), "defined and approved, by our own account");
        assert_eq!(state(5, 3), "in practice, by our own account");
    }

    #[test]
    fn evidence_counts_only_where_it_carries_what_is_claimed() {
        let (questionnaire, mut assessment) = sample();
        for id in ["a", "b"] {
            answer(&mut assessment, id, 3);
        }
        evidence(&mut assessment, "a", EvidenceKind::Record, None);
        assert_eq!(text("{4.1}", &questionnaire, &assessment), "in practice, by our own account");
        evidence(&mut assessment, "b", EvidenceKind::Record, None);
        assert_eq!(text("{4.1}", &questionnaire, &assessment), "in practice, with evidence on file");
    }

    #[test]
    fn what_was_not_answered_or_decided_is_never_claimed() {
        let (questionnaire, mut assessment) = sample();
        assert_eq!(text("{4.1}", &questionnaire, &assessment), "[not fully assessed yet]");
        answer(&mut assessment, "a", 5);
        assert_eq!(text("{4.1}", &questionnaire, &assessment), "[not fully assessed yet]");
        assert_eq!(text("{A.2.2}", &questionnaire, &assessment), "[not fully assessed yet]");
        not_applicable(&mut assessment, "c");
        assert_eq!(text("{A.2.2}", &questionnaire, &assessment), "not applicable to us");
        profile(&mut assessment, ProfileKey::AiRole, "user");
        assert_eq!(text("{A.2.2}", &questionnaire, &assessment), "[not decided yet whether it applies]");
        exclude(&mut assessment, "A.2.2");
        assert_eq!(text("{A.2.2}", &questionnaire, &assessment), "excluded as not applicable to us");
    }
}
