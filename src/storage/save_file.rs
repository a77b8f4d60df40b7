//! `assessment.toml`: the whole state for people to read, with a digest, and enough alone if the journal is lost.

mod answers;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::assessment::{Answer, Assessment, Evidence, Response, Seed};
use crate::domain::change::{Change, Edit};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::profile::{Profile, ProfileKey};
use crate::storage::digest::sha256;
use crate::storage::record::{ApprovalRecord, Base, EvidenceRecord, OpId, OwnControlRecord, reasons, words};

/// The name of the file.
pub const NAME: &str = "assessment.toml";
/// The version of the file that this program writes, and the newest that it reads.
pub const SCHEMA: u32 = 1;
/// The greatest number of bytes that is read.
pub const MOST_BYTES: u64 = 16 << 20;

const INTRODUCTION: &str = "# What ready42 knows about this assessment, for people and other programs to read.\n\
    # ready42 keeps its truth in journal/ and writes this file anew; it reads it when the journal is lost.\n\n";

/// What the file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The state.
    pub assessment: Assessment,
    /// The last changes that are in it.
    pub heads: Vec<OpId>,
    /// The clock of the newest change in it.
    pub clock: u64,
    /// When the newest change was made.
    pub changed: Option<DateTime<Utc>>,
    /// How many changes it lacks because they could not be read when it was written.
    pub lost: u64,
}

/// Why the file can't be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SaveFileError {
    /// A newer version of the program wrote it.
    #[error("it was written by a newer version of ready42 ({0})")]
    Newer(String),
    /// It isn't as it was written.
    #[error("{0}")]
    Damaged(String),
    /// Its digest doesn't fit, and all of it can be understood: this is what it says now.
    #[error("its digest doesn't fit: it was edited by hand, or damaged")]
    Edited(Box<Saved>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: u32,
    written_by: String,
    name: String,
    depth: String,
    // As text: TOML's numbers end at 2^63.
    seed: String,
    heads: Vec<OpId>,
    clock: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lost: Option<u64>,
    questionnaire: QuestionnaireForm,
    /// The fields of the profile that somebody has told to be as they are by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<String>,
    profile: BTreeMap<String, String>,
    #[serde(default, rename = "answer", skip_serializing_if = "Vec::is_empty")]
    answers: Vec<ResponseForm>,
    #[serde(default, rename = "exclusion", skip_serializing_if = "Vec::is_empty")]
    exclusions: Vec<ExclusionForm>,
    #[serde(default, rename = "inclusion", skip_serializing_if = "Vec::is_empty")]
    inclusions: Vec<InclusionForm>,
    #[serde(default, rename = "own_control", skip_serializing_if = "BTreeMap::is_empty")]
    own_controls: BTreeMap<String, OwnControlRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    approval: Option<ApprovalRecord>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionnaireForm {
    id: String,
    version: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseForm {
    question: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_applicable: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    owner: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reviewed: Option<NaiveDate>,
    #[serde(default)]
    marked: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceRecord>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExclusionForm {
    control: String,
    because: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InclusionForm {
    control: String,
    reasons: Vec<String>,
}

/// What can be read of a file of any version.
#[derive(Deserialize)]
struct Probe {
    schema: u32,
    written_by: Option<String>,
}

impl Saved {
    /// Returns the file's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let form = Form::of(self);
        let body = toml::to_string_pretty(&form).expect("no number is beyond 2^53 and every key is a text");
        let text = format!("{INTRODUCTION}{body}\n");
        let end = end_line(form.answers.len(), &text);
        text + &end
    }

    /// Reads the file's bytes.
    ///
    /// # Errors
    ///
    /// Returns what a newer version wrote there, or what is wrong; every byte counts.
    pub fn read(bytes: &[u8]) -> Result<Self, SaveFileError> {
        let damaged = |why: &str| SaveFileError::Damaged(why.to_owned());
        let text = std::str::from_utf8(bytes).map_err(|error| SaveFileError::Damaged(error.to_string()))?;
        let start = text.rfind("\n# end ").map(|line_feed| line_feed + 1);
        let (body, end) = text.split_at(start.unwrap_or(text.len()));
        let stated = end.strip_prefix("# end n=").and_then(|rest| rest.split(' ').next()?.parse().ok());
        if stated.is_none_or(|answers| end_line(answers, body) != end) {
            // Looked for here alone: a note may quote such lines, and the digest says that all is as it was written.
            if is_conflict_of_git(text) {
                return Err(damaged("it holds both sides of a conflict that git could not settle"));
            }
            if start.is_none() {
                return Err(damaged("its last line, with the digest, is missing"));
            }
            // A cut end is no edit: whoever edits a value leaves the digest of the old one behind.
            if !is_end_line(end) {
                return Err(damaged("its last line, with the digest, is damaged"));
            }
            let edited = toml::from_str::<Form>(body).map_err(|error| error.message().to_owned());
            let edited = edited
                .and_then(|form| if form.schema == SCHEMA { form.into_saved() } else { Err("its schema".to_owned()) });
            return Err(match edited {
                Ok(saved) => SaveFileError::Edited(Box::new(saved)),
                Err(why) => SaveFileError::Damaged(format!(
                    "its digest doesn't fit: it was damaged, or edited by hand in a way that can't be taken over ({why})"
                )),
            });
        }
        if let Some(form) = stated.and_then(|stated| Form::read_quickly(body, stated)) {
            return form.into_saved().map_err(|unknown| SaveFileError::Newer(format!("it knows {unknown}")));
        }
        let form: Form = toml::from_str(body).map_err(|error| match toml::from_str::<Probe>(body) {
            Ok(probe) if probe.schema > SCHEMA => SaveFileError::Newer(probe.written_by.unwrap_or_default()),
            _ => damaged(error.message()),
        })?;
        if form.schema > SCHEMA {
            return Err(SaveFileError::Newer(form.written_by));
        }
        if form.schema != SCHEMA || stated != Some(form.answers.len()) {
            return Err(damaged("its schema or its number of answers doesn't fit"));
        }
        form.into_saved().map_err(|unknown| SaveFileError::Newer(format!("it knows {unknown}")))
    }
}

impl Form {
    /// Reads a file of so many answers, where all of it is written as this program does it.
    fn read_quickly(body: &str, stated: usize) -> Option<Self> {
        let (answers, rest) = answers::take(body)?;
        let form: Self = toml::from_str(&rest).ok()?;
        let is_all = form.schema == SCHEMA && form.answers.is_empty() && answers.len() == stated;
        is_all.then_some(Self { answers, ..form })
    }

    fn of(saved: &Saved) -> Self {
        let assessment = &saved.assessment;
        let profile = assessment.profile();
        Self {
            schema: SCHEMA,
            written_by: env!("CARGO_PKG_VERSION").to_owned(),
            name: assessment.name().to_owned(),
            depth: assessment.depth().word().to_owned(),
            seed: assessment.seed().0.to_string(),
            heads: saved.heads.clone(),
            clock: saved.clock,
            changed: saved.changed,
            lost: (saved.lost > 0).then_some(saved.lost),
            questionnaire: QuestionnaireForm {
                id: assessment.questionnaire().id.clone(),
                version: assessment.questionnaire().version.clone(),
            },
            told: profile.told.iter().map(|key| key.word().to_owned()).collect(),
            profile: ProfileKey::ALL.into_iter().map(|key| (key.word().to_owned(), profile.text(key))).collect(),
            answers: assessment.responses().map(|(question, response)| ResponseForm::of(question, response)).collect(),
            exclusions: assessment
                .exclusions()
                .map(|(id, because)| ExclusionForm { control: id.to_string(), because: because.to_owned() })
                .collect(),
            inclusions: assessment
                .inclusions()
                .map(|(id, reasons)| InclusionForm { control: id.to_string(), reasons: words(reasons) })
                .collect(),
            own_controls: assessment.own_controls().map(|(id, own)| (id.to_string(), own.clone().into())).collect(),
            approval: assessment.approval().cloned().map(Into::into),
        }
    }

    fn into_saved(self) -> Result<Saved, String> {
        let base = Base {
            name: self.name,
            questionnaire: self.questionnaire.id,
            questionnaire_version: self.questionnaire.version,
            depth: self.depth,
            seed: self.seed.parse::<u64>().map(Seed).map_err(|_| format!("the seed {:?}", self.seed))?.0,
            lost: 0,
            passed_over: vec![],
            unread: vec![],
        };
        let mut assessment = base.to_assessment()?;
        let default = Profile::default();
        for (word, new) in self.profile {
            let key = ProfileKey::from_word(&word).ok_or_else(|| format!("the profile field {word:?}"))?;
            if new != default.text(key) {
                let edit = Edit { old: String::new(), new: new.clone() };
                assessment.apply(&Change::Profile { key, edit });
            }
            if assessment.profile().text(key) != new {
                return Err(format!("the value {new:?} of {word}"));
            }
        }
        for word in self.told {
            let key = ProfileKey::from_word(&word).ok_or_else(|| format!("the profile field {word:?}"))?;
            let new = Profile { told: [key].into(), ..Profile::default() }.recorded(key);
            assessment.apply(&Change::Profile { key, edit: Edit { old: String::new(), new } });
        }
        for form in self.answers {
            let question = QuestionId::new(form.question.as_str());
            assessment.restore(question, form.into_response()?);
        }
        for ExclusionForm { control, because } in self.exclusions {
            let edit = Edit { old: None, new: Some(because) };
            assessment.apply(&Change::Exclusion { requirement: control.as_str().into(), edit });
        }
        for InclusionForm { control, reasons: given } in self.inclusions {
            let edit = Edit { old: BTreeSet::new(), new: reasons(&given)? };
            assessment.apply(&Change::Inclusion { requirement: control.as_str().into(), edit });
        }
        for (control, own) in self.own_controls {
            let edit = Box::new(Edit { old: None, new: Some(own.into_control()?) });
            assessment.apply(&Change::OwnControl { control: control.as_str().into(), edit });
        }
        let approval = self.approval.map(ApprovalRecord::into_approval);
        assessment.apply(&Change::Approval(Box::new(Edit { old: None, new: approval })));
        let (changed, lost) = (self.changed, self.lost.unwrap_or(0));
        Ok(Saved { assessment, heads: self.heads, clock: self.clock, changed, lost })
    }
}

impl ResponseForm {
    fn of(question: &QuestionId, response: &Response) -> Self {
        let Response { answer, note, evidence, owner, due, reviewed, marked } = response.clone();
        let (level, not_applicable) = match answer {
            None => (None, None),
            Some(Answer::Level(level)) => (Some(level.number()), None),
            Some(Answer::NotApplicable { because }) => (None, Some(because)),
        };
        let evidence = evidence.into_iter().map(EvidenceRecord::from).collect();
        Self { question: question.to_string(), level, not_applicable, note, owner, due, reviewed, marked, evidence }
    }

    fn into_response(self) -> Result<Response, String> {
        let answer = match (self.level, self.not_applicable) {
            (None, None) => None,
            (Some(number), None) => {
                Some(Answer::Level(Level::new(number).ok_or_else(|| format!("the level {number}"))?))
            }
            (None, Some(because)) => Some(Answer::NotApplicable { because }),
            (Some(_), Some(_)) => return Err("an answer that is a level and not applicable at once".to_owned()),
        };
        let evidence: Result<Vec<Evidence>, String> =
            self.evidence.into_iter().map(EvidenceRecord::into_evidence).collect();
        Ok(Response {
            answer,
            note: self.note,
            evidence: evidence?,
            owner: self.owner,
            due: self.due,
            reviewed: self.reviewed,
            marked: self.marked,
        })
    }
}

/// Returns whether git has left both sides of a conflict in a text.
fn is_conflict_of_git(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("<<<<<<< ")) && lines.any(|line| line.starts_with(">>>>>>> "))
}

/// Returns whether a text has the form of the last line, whatever its digest says.
fn is_end_line(text: &str) -> bool {
    let text = text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text));
    let parts = text.and_then(|text| text.strip_prefix("# end n=")?.split_once(" sha256="));
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.is_some_and(|(count, digest)| count.parse::<usize>().is_ok() && digest.len() == 64 && is_hex(digest))
}

fn end_line(answers: usize, body: &str) -> String {
    format!("# end n={answers} sha256={}\n", sha256(body.as_bytes(), 32))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;
    use crate::domain::assessment::{Depth, QuestionnaireRef};
    use crate::storage::rebuild::tests::any_assessment;

    fn saved(assessment: Assessment) -> Saved {
        let heads = vec![OpId { session: Ulid(99), counter: 3 }];
        Saved { assessment, heads, clock: 12, changed: DateTime::from_timestamp(1_800_000_000, 0), lost: 0 }
    }

    fn example() -> Saved {
        let questionnaire = QuestionnaireRef { id: "iso42001".to_owned(), version: "1.0.0".to_owned() };
        let mut assessment = Assessment::new("Café 東京", questionnaire, Depth::Full, Seed(u64::MAX));
        let response = Response {
            answer: Some(Answer::Level(Level::Operating)),
            note: "one\ntwo \u{1b}[31m \"\"\" '''\r\n".to_owned(),
            marked: true,
            ..Response::default()
        };
        assessment.restore("4.1-1".into(), response);
        saved(assessment)
    }

    proptest! {
        #[test]
        fn a_saved_state_reads_back_as_it_was(assessment in any_assessment()) {
            let saved = saved(assessment);
            prop_assert_eq!(Saved::read(saved.to_text().as_bytes()), Ok(saved));
        }

        #[test]
        fn what_is_read_quickly_is_what_toml_says(assessment in any_assessment(), plain in "[a-z \"'é\n]{0,30}") {
            let mut assessment = assessment;
            let note = Response { note: plain.clone(), owner: plain.replace('\n', " "), ..Response::default() };
            assessment.restore("4.1-1".into(), note);
            let saved = saved(assessment);
            let (text, answers) = (saved.to_text(), saved.assessment.responses().len());
            let body = text.rsplit_once("# end").unwrap().0;
            if let Some(form) = Form::read_quickly(body, answers) {
                prop_assert_eq!(form, toml::from_str::<Form>(body).unwrap());
            }
        }

        #[test]
        fn what_somebody_altered_is_read_quickly_only_as_toml_reads_it(
            assessment in any_assessment(),
            at in any::<prop::sample::Index>(),
            by in prop::sample::select("\n\"'[]=# \\a0.".chars().collect::<Vec<_>>()),
        ) {
            let saved = saved(assessment);
            let (text, answers) = (saved.to_text(), saved.assessment.responses().len());
            let mut body: Vec<char> = text.rsplit_once("# end").unwrap().0.chars().collect();
            let at = at.index(body.len());
            body[at] = by;
            let body: String = body.into_iter().collect();
            if let Some(form) = Form::read_quickly(&body, answers) {
                prop_assert_eq!(Ok(form), toml::from_str::<Form>(&body).map_err(|error| error.to_string()));
            }
        }
    }

    #[test]
    fn a_usual_file_is_read_quickly() {
        let mut usual = example();
        let evidence = Evidence {
            kind: crate::domain::questionnaire::EvidenceKind::Record,
            what: "Minutes of “March”".to_owned(),
            date: NaiveDate::from_ymd_opt(2026, 3, 1),
            valid_until: None,
        };
        for (question, note) in [("4.1-1", "one"), ("4.1-2", "one\ntwo"), ("4.1-3", "it's so"), ("4.1-4", "\"so\"")] {
            let answer = Some(Answer::Level(Level::Operating));
            let evidence = vec![evidence.clone(), evidence.clone()];
            let response = Response { answer, note: note.to_owned(), evidence, marked: true, ..Response::default() };
            usual.assessment.restore(question.into(), response);
        }
        let text = usual.to_text();
        let body = text.rsplit_once("# end").unwrap().0;
        let form = Form::read_quickly(body, 4).expect("it is written as usual");
        assert_eq!(form, toml::from_str::<Form>(body).unwrap());
        assert_eq!(Form::read_quickly(body, 3), None, "another number of answers than the file states");
    }

    #[test]
    fn a_name_that_looks_like_answers_is_a_name() {
        let mut odd = example();
        let name = "a\n[[answer]]\nquestion = \"4.1-2\"\nmarked = false\n\n[[exclusion]]\n".to_owned();
        odd.assessment.apply(&Change::Rename(Edit { old: String::new(), new: name }));
        assert_eq!(Saved::read(odd.to_text().as_bytes()), Ok(odd));
    }

    #[test]
    fn a_file_cut_at_any_byte_is_refused() {
        let text = example().to_text();
        assert!(Saved::read(text.as_bytes()).is_ok());
        for cut in 0..text.len() {
            assert!(matches!(Saved::read(&text.as_bytes()[..cut]), Err(SaveFileError::Damaged(_))), "cut at {cut}");
        }
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let bytes = example().to_text().into_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                assert!(
                    matches!(Saved::read(&bytes), Err(SaveFileError::Damaged(_) | SaveFileError::Edited(_))),
                    "byte {at} bit {bit} passed"
                );
            }
        }
    }

    #[test]
    fn a_value_that_was_edited_by_hand_is_read_and_not_believed() {
        let text = example().to_text().replace("level = 3", "level = 2");
        let Err(SaveFileError::Edited(edited)) = Saved::read(text.as_bytes()) else {
            panic!("it is not called edited")
        };
        assert_eq!(edited.assessment.answer(&"4.1-1".into()), Some(&Answer::Level(Level::Documented)));
        let wrong = text.replace("level = 2", "level = 9");
        assert!(matches!(Saved::read(wrong.as_bytes()), Err(SaveFileError::Damaged(why)) if why.contains("level 9")));
    }

    #[test]
    fn a_note_that_quotes_gits_marks_or_mail_reads_back() {
        for quoted in
            ["<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other", "so it was\n>>>>>>> asked\n", "<<<<<<< HEAD"]
        {
            let mut noted = example();
            let note = Response { note: format!("pasted\n{quoted}\nso far"), ..Response::default() };
            noted.assessment.restore("4.1-2".into(), note);
            let text = noted.to_text();
            assert!(text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")), "{text}");
            assert_eq!(Saved::read(text.as_bytes()), Ok(noted));
        }
    }

    #[test]
    fn an_edit_beside_a_note_that_quotes_mail_is_an_edit() {
        let mut noted = example();
        let note = Response { note: "so it was\n>>>>>>> asked\nso far".to_owned(), ..Response::default() };
        noted.assessment.restore("4.1-2".into(), note);
        let edited = noted.to_text().replace("level = 3", "level = 2");
        assert!(matches!(Saved::read(edited.as_bytes()), Err(SaveFileError::Edited(_))));
    }

    #[test]
    fn what_git_could_not_settle_is_called_so() {
        let text = format!("<<<<<<< ours\n{}=======\n>>>>>>> theirs\n", example().to_text());
        assert!(matches!(Saved::read(text.as_bytes()), Err(SaveFileError::Damaged(why)) if why.contains("conflict")));
    }

    #[test]
    fn a_newer_schema_is_called_so() {
        let text = example().to_text();
        let body = text.split("# end").next().unwrap().replace("schema = 1", "schema = 2\nwonder = true");
        let text = format!("{body}{}", end_line(1, &body));
        assert!(matches!(Saved::read(text.as_bytes()), Err(SaveFileError::Newer(_))));
    }
}
