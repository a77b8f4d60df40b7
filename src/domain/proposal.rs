//! Which controls an organisation in this role towards AI usually leaves out. Proposed with a justification to edit,
//! never decided: an exclusion is recorded only when somebody accepts it.

use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::{Questionnaire, Requirement, UsualExclusion};

/// A control that is usually left out in the profile's role, with a justification to edit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal<'q> {
    /// The control.
    pub control: &'q Requirement,
    /// The justification.
    pub because: &'q str,
}

/// Returns the controls that could be excluded, in order: those that are usually left out in the profile's role, are
/// still included, and have no question answered with a level. With several roles at once, none is.
pub fn proposals<'q>(questionnaire: &'q Questionnaire, assessment: &Assessment) -> impl Iterator<Item = Proposal<'q>> {
    questionnaire.requirements().filter_map(|(_, requirement)| proposal(assessment, requirement))
}

/// Returns the proposal to exclude a control; none where the profile's role usually needs it, or it is excluded, or
/// somebody answered a question of it with a level.
#[must_use]
pub fn proposal<'q>(assessment: &Assessment, requirement: &'q Requirement) -> Option<Proposal<'q>> {
    let role = assessment.profile().ai_role;
    let UsualExclusion { because, .. } = requirement.exclusion.as_ref().filter(|usual| usual.roles.contains(&role))?;
    let is_answered = requirement
        .questions
        .iter()
        .any(|question| assessment.answer(&question.id).is_some_and(|answer| answer.level().is_some()));
    let is_decided = is_answered || assessment.exclusion(&requirement.id).is_some();
    (requirement.can_be_excluded() && !is_decided).then_some(Proposal { control: requirement, because })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::{AiRole, ProfileKey};
    use crate::domain::testing::{answer, area, assessment, clause, control, exclude, not_applicable};
    use crate::domain::testing::{profile, question, questionnaire};

    fn sample() -> Questionnaire {
        let usual = |roles| Some(UsualExclusion { roles, because: "We build no AI.".to_owned() });
        questionnaire(vec![
            area("4", vec![clause("4.1", vec![question("a")])]),
            area(
                "A.7",
                vec![
                    Requirement { exclusion: usual(vec![AiRole::User]), ..control("A.7.2", vec![question("b")]) },
                    Requirement {
                        exclusion: usual(vec![AiRole::User, AiRole::Developer]),
                        ..control("A.10.4", vec![question("c")])
                    },
                    control("A.7.4", vec![question("d")]),
                ],
            ),
        ])
    }

    fn proposed(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<String> {
        proposals(questionnaire, assessment).map(|proposal| proposal.control.id.to_string()).collect()
    }

    #[test]
    fn each_role_is_proposed_what_it_usually_leaves_out() {
        let questionnaire = sample();
        for (role, expected) in [
            (AiRole::User, vec!["A.7.2", "A.10.4"]),
            (AiRole::Developer, vec!["A.10.4"]),
            (AiRole::Provider, vec![]),
            (AiRole::Several, vec![]),
        ] {
            let mut assessment = assessment(&questionnaire);
            profile(&mut assessment, ProfileKey::AiRole, role.word());
            assert_eq!(proposed(&questionnaire, &assessment), expected, "{}", role.word());
        }
    }

    #[test]
    fn what_is_decided_is_not_proposed_again() {
        let questionnaire = sample();
        let mut assessment = assessment(&questionnaire);
        profile(&mut assessment, ProfileKey::AiRole, "user");
        not_applicable(&mut assessment, "b");
        assert_eq!(proposed(&questionnaire, &assessment), ["A.7.2", "A.10.4"], "not applicable points the same way");
        answer(&mut assessment, "b", 0);
        assert_eq!(proposed(&questionnaire, &assessment), ["A.10.4"], "somebody thinks that it applies");
        exclude(&mut assessment, "A.10.4");
        assert!(proposed(&questionnaire, &assessment).is_empty());
    }
}
