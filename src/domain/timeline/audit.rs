//! How many days the certification body audits: always a range, and always with where it comes from.
//!
//! ISO/IEC 42006:2025 reckons audit time from the people who do AI work in scope and from the organisation's role, not
//! from the headcount. Of its table only the row for 1 to 10 people is public (Sensiba, a certification body); the rest
//! here is an inference from the table for information security (ISO/IEC 27006-1:2024, C.1), and says so.

use crate::domain::profile::{AiRole, Certificate, Profile};
use crate::domain::report::words;

/// The most people of a row, and the days of the initial audit (Stage 1 and 2) for information security.
const ROWS: [(u32, f64); 16] = [
    (10, 5.0),
    (15, 6.0),
    (25, 7.0),
    (45, 8.5),
    (65, 10.0),
    (85, 11.0),
    (125, 12.0),
    (175, 13.0),
    (275, 14.0),
    (425, 15.0),
    (625, 16.5),
    (875, 17.5),
    (1175, 18.5),
    (1550, 19.5),
    (2025, 21.0),
    (2675, 22.0),
];
/// The share by which a certification body's own calculation may differ: complexity, more AI systems than the base.
const WIDTH: f64 = 0.25;
/// What an audit together with that of another management system saves at most (IAF MD 11:2019).
const INTEGRATED: f64 = 0.2;
/// Days that high-risk systems add, at least and at most.
const HIGH_RISK: (f64, f64) = (0.5, 1.0);
/// The share of the initial days that a surveillance audit takes each year (MD 5 by convention; tnvglobal.com: half).
const SURVEILLANCE: (f64, f64) = (1.0 / 3.0, 0.5);
/// The share of the initial days that recertification takes (MD 5 by convention; tnvglobal.com: up to 80 %).
const RECERTIFICATION: (f64, f64) = (2.0 / 3.0, 0.8);

/// Audit days of the certification body, in half days.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditDays {
    /// Stage 1 and Stage 2 together, from and to.
    pub initial: (f64, f64),
    /// Each of the two surveillance audits.
    pub surveillance: (f64, f64),
    /// Recertification in the third year.
    pub recertification: (f64, f64),
    /// Where it comes from, and what to do about it.
    pub source: String,
}

/// Returns how many days a certification body probably audits.
#[must_use]
pub fn audit_days(profile: &Profile) -> AuditDays {
    let row = ROWS.iter().find(|(most, _)| profile.ai_people <= *most).or(ROWS.last()).map_or(0.0, |row| row.1);
    // The public row as a share of the row for information security: 5.0 for who makes AI, 3.5 for a single other role,
    // 6.5 for several. One that develops may be counted as either of the first two, and one with several roles by the
    // higher one alone.
    let (least, most) = match profile.ai_role {
        AiRole::User | AiRole::Provider => (0.7, 0.7),
        AiRole::Developer => (0.7, 1.0),
        AiRole::Several => (1.0, 1.3),
    };
    let high_risk = if profile.high_risk { HIGH_RISK } else { (0.0, 0.0) };
    let saved = if integrates(profile) { 1.0 - INTEGRATED } else { 1.0 };
    let low = (row * least * (1.0 - WIDTH) + high_risk.0) * saved;
    let high = row * most * (1.0 + WIDTH) + high_risk.1;
    let initial = halves(low, high);
    AuditDays {
        initial,
        surveillance: halves(initial.0 * SURVEILLANCE.0, initial.1 * SURVEILLANCE.1),
        recertification: halves(initial.0 * RECERTIFICATION.0, initial.1 * RECERTIFICATION.1),
        source: source(profile),
    }
}

/// Returns whether a management system is certified already that the audit can be joined with; SOC 2 is none.
fn integrates(profile: &Profile) -> bool {
    profile.certificates.iter().any(|held| *held != Certificate::Soc2)
}

fn halves(low: f64, high: f64) -> (f64, f64) {
    ((low * 2.0).floor() / 2.0, (high * 2.0).ceil() / 2.0)
}

/// Returns where the days come from, in sentences.
fn source(profile: &Profile) -> String {
    let people = profile.ai_people;
    let mut told = vec![if people <= 10 {
        "The audit days are an estimate by the row for 1 to 10 people doing AI work that the certification body Sensiba has published, \
         with 25 % less or more."
            .to_owned()
    } else {
        format!(
            "The audit days are an estimate for {} people doing AI work, with 25 % less or more: only the row for 1 to 10 people is \
             public, and larger ones are inferred from the table for information security (ISO/IEC 27006-1:2024).",
            words::whole(people)
        )
    }];
    if profile.is_untold() {
        told.push(
            "How many people that are and which role you have is assumed: the profile doesn't say it.".to_owned(),
        );
    }
    let mut add = |holds: bool, sentence: &str| told.extend(holds.then(|| sentence.to_owned()));
    add(
        matches!(profile.ai_role, AiRole::Developer | AiRole::Several),
        "The range is wider, because a certification body may count your role in more than one way.",
    );
    add(profile.high_risk, "High-risk systems add 0.5 to 1 day.");
    add(
        integrates(profile),
        "An audit together with that of your other management system takes up to 20 % less (IAF MD 11), which the lower \
         figure has taken off.",
    );
    add(true, "Ask your certification body for its calculation after ISO/IEC 42006.");
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(ai_people: u32, ai_role: AiRole) -> AuditDays {
        audit_days(&Profile { ai_people, ai_role, ..Profile::default() })
    }

    #[test]
    fn the_published_row_lies_within_its_range() {
        for (role, published) in [(AiRole::User, 3.5), (AiRole::Provider, 3.5), (AiRole::Several, 6.5)] {
            let (low, high) = days(10, role).initial;
            assert!(low < published && published < high, "{role:?}: {low} to {high}");
        }
        assert!(days(10, AiRole::User).source.contains("published"));
        assert!(days(11, AiRole::User).source.contains("inferred"));
    }

    #[test]
    fn more_people_doing_ai_work_never_make_the_audit_shorter() {
        for role in AiRole::ALL {
            let mut before = (0.0, 0.0);
            for people in (1..3000).step_by(7) {
                let (low, high) = days(people, role).initial;
                assert!(before.0 <= low && before.1 <= high && low < high, "{people}");
                before = (low, high);
            }
        }
    }

    #[test]
    fn a_joint_audit_saves_a_fifth_at_most_and_promises_nothing() {
        let alone = days(40, AiRole::Several);
        let held = [Certificate::Iso27001].into();
        let profile = Profile { ai_people: 40, ai_role: AiRole::Several, certificates: held, ..Profile::default() };
        let joint = audit_days(&profile);
        assert!(joint.initial.0 < alone.initial.0 && joint.initial.0 >= 0.8 * alone.initial.0 - 0.5);
        assert!((joint.initial.1 - alone.initial.1).abs() < 1e-12);
        assert!(joint.source.contains("MD 11"));
        let soc2 = audit_days(&Profile { certificates: [Certificate::Soc2].into(), ..profile });
        assert_eq!(soc2.initial, alone.initial);
    }

    #[test]
    fn what_makes_the_range_wider_than_a_quarter_is_named() {
        let source = |ai_role, high_risk| audit_days(&Profile { ai_role, high_risk, ..Profile::default() }).source;
        assert!(!source(AiRole::User, false).contains("wider") && !source(AiRole::User, false).contains("high-risk"));
        assert!(source(AiRole::Several, false).contains("The range is wider, because"));
        assert!(source(AiRole::User, true).contains("High-risk systems add 0.5 to 1 day."));
    }

    #[test]
    fn what_nobody_has_said_is_told_as_assumed() {
        assert!(audit_days(&Profile::default()).source.contains("is assumed: the profile doesn't say it."));
        assert!(!days(9, AiRole::User).source.contains("is assumed"));
    }

    #[test]
    fn the_headcount_makes_no_difference() {
        let of = |headcount| audit_days(&Profile { headcount, ..Profile::default() });
        assert_eq!(of(5), of(50_000));
    }
}
