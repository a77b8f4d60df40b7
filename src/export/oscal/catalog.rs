//! The questionnaire as a catalog.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::level::Level;
use crate::domain::questionnaire::{Area, Question, Questionnaire, Requirement};
use crate::export::oscal::{Metadata, NAMESPACE, Property, VERSION, control_id, moment, question_id, told, uuid};

/// A catalog file.
#[derive(Debug, Serialize)]
pub struct File {
    catalog: Catalog,
}

#[derive(Debug, Serialize)]
struct Catalog {
    uuid: String,
    metadata: Metadata,
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    id: String,
    class: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
    controls: Vec<Control>,
}

#[derive(Debug, Serialize)]
struct Control {
    id: String,
    class: &'static str,
    title: String,
    props: Vec<Property>,
    parts: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct Part {
    id: String,
    name: &'static str,
    ns: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Property>,
    prose: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
}

/// Returns the catalog of a questionnaire, as of a day.
#[must_use]
pub fn catalog(questionnaire: &Questionnaire, on: NaiveDate) -> File {
    let header = questionnaire.header();
    let notice = format!("{} Licence of the texts: {}.", header.notice, header.licence);
    File {
        catalog: Catalog {
            uuid: uuid(&format!("catalog/{}/{}", header.id, header.version)),
            metadata: Metadata {
                title: told(&header.title, "Questionnaire"),
                last_modified: moment(on),
                version: told(&header.version, "0"),
                oscal_version: VERSION,
                props: vec![Property::new("questionnaire", &header.id)],
                remarks: told(&notice, "No notice."),
            },
            groups: questionnaire.areas().iter().map(group).collect(),
        },
    }
}

fn group(area: &Area) -> Group {
    let id = format!("g-{}", area.id);
    let objective = part(format!("{id}-objective"), "objective", &area.objective);
    Group {
        title: told(&area.title, area.id.as_str()),
        class: "area",
        parts: if area.objective.trim().is_empty() { vec![] } else { vec![objective] },
        controls: area.requirements.iter().map(control).collect(),
        id,
    }
}

fn control(requirement: &Requirement) -> Control {
    let id = control_id(requirement.id.as_str());
    let mut parts = vec![];
    if !requirement.intent.trim().is_empty() {
        parts.push(part(format!("{id}-intent"), "intent", &requirement.intent));
    }
    parts.extend(requirement.questions.iter().map(question));
    Control {
        class: if requirement.can_be_excluded() { "control" } else { "clause" },
        title: told(&requirement.title, requirement.id.as_str()),
        props: vec![
            Property::new("label", requirement.id.as_str()),
            Property::new("weight", requirement.weight.to_string()),
        ],
        parts,
        id,
    }
}

fn question(question: &Question) -> Part {
    let id = question_id(question.id.as_str());
    let level = |level: Level| Part {
        title: Some(level.to_string()),
        ..part(format!("{id}-level-{}", level.number()), "level", question.level_text(level))
    };
    let yes = |is_so: bool| if is_so { "yes" } else { "no" };
    Part {
        title: Some(question.id.to_string()),
        props: vec![
            Property::new("documented", yes(question.documented)),
            Property::new("showstopper", yes(question.showstopper)),
            Property::new("weight", question.weight.to_string()),
        ],
        parts: Level::ALL.into_iter().map(level).collect(),
        ..part(id.clone(), "question", &question.ask)
    }
}

fn part(id: String, name: &'static str, prose: &str) -> Part {
    Part { id, name, ns: NAMESPACE, title: None, props: vec![], prose: told(prose, "–"), parts: vec![] }
}
