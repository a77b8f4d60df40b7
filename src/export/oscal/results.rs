//! The answers as assessment results.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::assessment::{Answer, Evidence};
use crate::domain::level::Level;
use crate::domain::report::{
    AnswerEntry, AreaAnswers, Earlier, FindingEntry, Report, RequirementAnswers, SELF_ASSESSMENT, basis, words,
};
use crate::domain::scoring::{Grade, RequirementScore, Scorecard};
use crate::export::oscal::{Metadata, Property, VERSION, control_id, moment, told, uuid};

/// A file of assessment results.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct File {
    assessment_results: Results,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "the names are OSCAL's")]
struct Results {
    uuid: String,
    metadata: Metadata,
    import_ap: Reference,
    results: Vec<ResultOn>,
    back_matter: BackMatter,
}

#[derive(Debug, Serialize)]
struct Reference {
    href: String,
}

#[derive(Debug, Serialize)]
struct BackMatter {
    resources: Vec<Resource>,
}

#[derive(Debug, Serialize)]
struct Resource {
    uuid: String,
    title: &'static str,
    description: &'static str,
}

/// What the answers said on a day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct ResultOn {
    uuid: String,
    title: String,
    description: String,
    start: String,
    end: String,
    props: Vec<Property>,
    reviewed_controls: Reviewed,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    observations: Vec<Observation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reviewed {
    control_selections: Vec<Selection>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Selection {
    include_all: Everything,
}

#[derive(Debug, Serialize)]
struct Everything {}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Observation {
    uuid: String,
    title: String,
    description: String,
    props: Vec<Property>,
    methods: Vec<&'static str>,
    collected: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relevant_evidence: Vec<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

#[derive(Debug, Serialize)]
struct Shown {
    description: String,
    props: Vec<Property>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Finding {
    uuid: String,
    title: String,
    description: String,
    target: Target,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_observations: Vec<Related>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "the names are OSCAL's")]
struct Target {
    #[serde(rename = "type")]
    kind: &'static str,
    target_id: String,
    props: Vec<Property>,
    status: State,
    implementation_status: State,
}

#[derive(Debug, Serialize)]
struct State {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Related {
    observation_uuid: String,
}

/// How an assessment stands, or stood, on a day: what one of the results is made of.
struct Standing<'a> {
    /// The name that its UUIDs follow from.
    name: String,
    title: String,
    on: NaiveDate,
    card: &'a Scorecard,
    areas: &'a [AreaAnswers],
    findings: Vec<&'a FindingEntry>,
    /// What of it is in conflict.
    conflicts: Option<String>,
}

impl<'a> Standing<'a> {
    fn now(report: &'a Report, name: &str) -> Self {
        Self {
            name: format!("{name}/{}", report.on),
            title: format!("Self-assessment as of {}", words::date(report.on)),
            on: report.on,
            card: &report.scorecard,
            areas: &report.areas,
            findings: report.all_findings().collect(),
            conflicts: report.conflicts(),
        }
    }

    /// Returns the standing of a snapshot, which has its number: labels may be used twice.
    fn earlier(earlier: &'a Earlier, number: usize, name: &str) -> Self {
        Self {
            name: format!("{name}/snapshot/{number}/{}/{}", earlier.on, earlier.label),
            title: told(&format!("{}, {}", earlier.label, words::date(earlier.on)), "Snapshot"),
            on: earlier.on,
            card: &earlier.scorecard,
            areas: &earlier.areas,
            findings: earlier.findings.iter().collect(),
            conflicts: None,
        }
    }
}

/// Returns the assessment results of a report: first those of its day, then those of each snapshot, the last one first.
#[must_use]
pub fn results(report: &Report) -> File {
    let name = format!("results/{}/{}", report.assessment.name(), report.questionnaire.id);
    let plan = uuid(&format!("{name}/plan"));
    let earlier = report.history.iter().enumerate().rev();
    let earlier = earlier.map(|(number, earlier)| Standing::earlier(earlier, number, &name));
    File {
        assessment_results: Results {
            uuid: uuid(&format!("{name}/{}", report.on)),
            metadata: Metadata {
                title: told(&report.title, "Self-assessment"),
                last_modified: moment(report.on),
                version: report.on.to_string(),
                oscal_version: VERSION,
                props: vec![
                    Property::new("questionnaire", &report.questionnaire.id),
                    Property::new("questionnaire-version", &report.questionnaire.version),
                ],
                remarks: SELF_ASSESSMENT.to_owned(),
            },
            import_ap: Reference { href: format!("#{plan}") },
            results: std::iter::once(Standing::now(report, &name)).chain(earlier).map(|one| result(&one)).collect(),
            back_matter: BackMatter {
                resources: vec![Resource {
                    uuid: plan,
                    title: "Self-assessment by questionnaire",
                    description: "There is no assessment plan: the questions of the catalog were answered one by one.",
                }],
            },
        },
    }
}

fn result(standing: &Standing<'_>) -> ResultOn {
    let (card, overall) = (standing.card, &standing.card.overall);
    let figure = |text: String| if text == "–" { "not known".to_owned() } else { text };
    let requirements = || standing.areas.iter().flat_map(|area| &area.requirements);
    let answered = requirements().flat_map(|requirement| &requirement.answers).filter(|a| a.response.answer.is_some());
    let scores = card.areas.iter().flat_map(|area| &area.requirements);
    ResultOn {
        uuid: uuid(&standing.name),
        title: standing.title.clone(),
        description: told(&basis(card), "Nothing is answered."),
        start: moment(standing.on),
        end: moment(standing.on),
        props: vec![
            Property::new("maturity-claimed", figure(words::middle_maturity(&overall.maturity.claimed))),
            Property::new("maturity-evidenced", figure(words::middle_maturity(&overall.maturity.evidenced))),
            Property::new("stage-1-readiness", figure(words::middle_share(&overall.stage1.claimed))),
            Property::new("stage-2-readiness", figure(words::middle_share(&overall.stage2.claimed))),
            Property::new("verdict-claimed", card.verdict.claimed.word()),
            Property::new("verdict-evidenced", card.verdict.evidenced.word()),
            Property::new("coverage", words::coverage(card.completion)),
        ],
        reviewed_controls: Reviewed { control_selections: vec![Selection { include_all: Everything {} }] },
        observations: answered.map(|entry| observation(entry, standing)).collect(),
        findings: requirements().zip(scores).map(|(answers, score)| finding(answers, score, standing)).collect(),
        remarks: standing.conflicts.clone(),
    }
}

fn observation(entry: &AnswerEntry, standing: &Standing<'_>) -> Observation {
    let response = &entry.response;
    let collected = response.reviewed.unwrap_or(standing.on);
    let description = match &response.answer {
        Some(Answer::NotApplicable { because }) => format!("Not applicable: {because}"),
        _ => entry.level_text.clone(),
    };
    let level = |level: Option<Level>| level.map_or_else(|| "none".to_owned(), |level| level.number().to_string());
    Observation {
        uuid: uuid(&format!("{}/{}", standing.name, entry.question)),
        title: told(&entry.ask, entry.question.as_str()),
        description: told(&description, &entry.told()),
        props: vec![
            Property::new("question", entry.question.as_str()),
            Property::new("level-claimed", level(response.claimed())),
            Property::new("level-evidenced", level(entry.evidenced)),
        ],
        methods: if response.evidence.is_empty() { vec!["INTERVIEW"] } else { vec!["INTERVIEW", "EXAMINE"] },
        collected: moment(collected),
        relevant_evidence: response.evidence.iter().map(evidence).collect(),
        remarks: Some(told(&response.note, "")).filter(|note| !note.is_empty()),
    }
}

fn evidence(item: &Evidence) -> Shown {
    let mut props = vec![Property::new("kind", item.kind.word())];
    props.extend(item.date.map(|date| Property::new("date", date.to_string())));
    props.extend(item.valid_until.map(|date| Property::new("valid-until", date.to_string())));
    Shown { description: told(&item.what, item.kind.word()), props }
}

fn finding(answers: &RequirementAnswers, score: &RequirementScore, standing: &Standing<'_>) -> Finding {
    let id = score.id.as_str();
    let told_finding = standing.findings.iter().find(|entry| entry.finding.requirement == score.id);
    let because = told_finding.map(|entry| entry.finding.because.clone()).unwrap_or_default();
    let grade = told_finding.map(|entry| entry.finding.grade);
    let is_met = score.excluded || matches!(grade, None | Some(Grade::Strength | Grade::Observation));
    let state = implementation(answers, score);
    let is_met = is_met && matches!(state, "implemented" | "not-applicable");
    let maturity = &score.figures.maturity;
    let mut props = vec![
        Property::new("maturity-claimed", words::middle_maturity(&maturity.claimed)),
        Property::new("maturity-evidenced", words::middle_maturity(&maturity.evidenced)),
        Property::new("coverage", words::coverage(score.figures.completion)),
    ];
    props.extend(grade.map(|grade| Property::new("grade", grade.word())));
    let observed = answers.answers.iter().filter(|entry| entry.response.answer.is_some());
    Finding {
        uuid: uuid(&format!("{}/finding/{id}", standing.name)),
        title: told(&format!("{id} {}", score.title), id),
        description: told(&because, "Nothing falls short."),
        target: Target {
            kind: "objective-id",
            target_id: control_id(id),
            props,
            status: State { state: if is_met { "satisfied" } else { "not-satisfied" }, remarks: None },
            implementation_status: State {
                state,
                remarks: answers.exclusion.as_ref().map(|because| told(because, "Excluded.")),
            },
        },
        related_observations: observed
            .map(|entry| Related { observation_uuid: uuid(&format!("{}/{}", standing.name, entry.question)) })
            .collect(),
    }
}

/// Returns how far a requirement is put into practice, in OSCAL's words.
fn implementation(answers: &RequirementAnswers, score: &RequirementScore) -> &'static str {
    if score.excluded || (!answers.answers.is_empty() && answers.answers.iter().all(is_out)) {
        return "not-applicable";
    }
    let counted: Vec<Option<Level>> =
        answers.answers.iter().filter(|entry| !is_out(entry)).map(|entry| entry.response.claimed()).collect();
    if !counted.is_empty() && counted.iter().all(|level| level.is_some_and(|level| level >= Level::Operating)) {
        "implemented"
    } else if counted.iter().flatten().any(|level| *level >= Level::Documented) {
        "partial"
    } else {
        "planned"
    }
}

fn is_out(entry: &AnswerEntry) -> bool {
    matches!(entry.response.answer, Some(Answer::NotApplicable { .. }))
}
