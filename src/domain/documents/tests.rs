//! When a document is there.

use crate::domain::assessment::Assessment;
use crate::domain::documents::Presence::{Missing, NotAsked, NotNeeded, Open, Partial, Present};
use crate::domain::documents::{Document, DocumentKind, Presence, documents, presence};
use crate::domain::glossary::Glossary;
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{Parts, Question, Questionnaire};
use crate::domain::scoring::score;
use crate::domain::soa::soa;
use crate::domain::testing::{area, assessment, control, exclude, header, profile, question, today};

/// The levels of the questions, and what they make of a document and of a record.
type Row = (&'static [Option<u8>], Presence, Presence);

#[test]
fn each_combination_of_answers_gives_its_presence() {
    let rows: [Row; 10] = [
        (&[None], Open, Open),
        (&[Some(0)], Missing, Missing),
        (&[Some(1), Some(0)], Missing, Missing),
        (&[Some(1), None], Missing, Missing),
        (&[Some(1), Some(2)], Partial, Partial),
        (&[Some(2)], Present, Partial),
        (&[Some(2), Some(3)], Present, Partial),
        (&[Some(3), Some(5)], Present, Present),
        (&[Some(3), None], Open, Open),
        (&[Some(2), None], Open, Partial),
    ];
    for (levels, document, record) in rows {
        let levels: Vec<Option<Level>> = levels.iter().map(|level| level.and_then(Level::new)).collect();
        assert_eq!(presence(&levels, DocumentKind::Document.bar()), document, "a document at {levels:?}");
        assert_eq!(presence(&levels, DocumentKind::Record.bar()), record, "a record at {levels:?}");
    }
}

#[test]
fn a_document_is_not_needed_only_where_all_that_asks_for_it_is_excluded() {
    let developers = Question { roles: vec![AiRole::Developer], ..question("d") };
    let areas = vec![area("A.7", vec![control("A.7.2", vec![developers]), control("A.7.4", vec![question("u")])])];
    let document = |id: &str, requirements: &[&str]| Document {
        id: id.into(),
        title: "Data".to_owned(),
        kind: DocumentKind::Document,
        stage1: false,
        requirements: requirements.iter().map(|id| (*id).into()).collect(),
        questions: vec!["d".into()],
    };
    let parts = Parts {
        header: header(),
        areas,
        roadmap: None,
        checks: vec![],
        crosswalks: vec![],
        glossary: Glossary::default(),
        documents: vec![document("one", &["A.7.2"]), document("both", &["A.7.2", "A.7.4"])],
    };
    let questionnaire = Questionnaire::of(parts).expect("the sample has no flaws");
    let mut assessment = assessment(&questionnaire);
    profile(&mut assessment, ProfileKey::AiRole, "user");
    let seen = |assessment: &Assessment| {
        let card = score(&questionnaire, assessment, today());
        let states = documents(&questionnaire, &card, &soa(&questionnaire, assessment, &card));
        states.into_iter().map(|state| state.presence.claimed).collect::<Vec<_>>()
    };
    assert_eq!(seen(&assessment), [NotAsked, NotAsked], "nobody has decided on A.7.2");
    exclude(&mut assessment, "A.7.2");
    assert_eq!(seen(&assessment), [NotNeeded, NotAsked], "A.7.4 applies");
}
