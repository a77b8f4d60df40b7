//! The stored form of [`Change`], kind by kind.

mod base;
mod value;

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::assessment::Seed;
use crate::domain::change::{Change, Edit};
use crate::domain::id::QuestionId;
use crate::domain::profile::ProfileKey;
use crate::domain::statement::Approval;
use crate::storage::record::OpId;

pub use base::Base;
use value::depth;
pub use value::{AnswerRecord, ApprovalRecord, EvidenceRecord, OwnControlRecord, reasons, words};

/// What changed, in words and numbers that stay readable when this program is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeRecord {
    Base(Box<Base>),
    Rename {
        old: String,
        new: String,
    },
    Depth {
        old: String,
        new: String,
    },
    Seed {
        old: u64,
        new: u64,
    },
    Profile {
        key: String,
        old: String,
        new: String,
    },
    Answer {
        question: String,
        old: Option<AnswerRecord>,
        new: Option<AnswerRecord>,
    },
    Note {
        question: String,
        old: String,
        new: String,
    },
    Owner {
        question: String,
        old: String,
        new: String,
    },
    Due {
        question: String,
        old: Option<NaiveDate>,
        new: Option<NaiveDate>,
    },
    Reviewed {
        question: String,
        old: Option<NaiveDate>,
        new: Option<NaiveDate>,
    },
    Marked {
        question: String,
        old: bool,
        new: bool,
    },
    EvidenceAdded {
        question: String,
        evidence: Box<EvidenceRecord>,
    },
    EvidenceRemoved {
        question: String,
        evidence: Box<EvidenceRecord>,
    },
    Exclusion {
        requirement: String,
        old: Option<String>,
        new: Option<String>,
    },
    Inclusion {
        requirement: String,
        old: Vec<String>,
        new: Vec<String>,
    },
    OwnControl {
        control: String,
        old: Option<Box<OwnControlRecord>>,
        new: Option<Box<OwnControlRecord>>,
    },
    Approval {
        old: Option<Box<ApprovalRecord>>,
        new: Option<Box<ApprovalRecord>>,
    },
    /// The rest of its group takes back the step of this name.
    Undo {
        of: OpId,
    },
    /// The rest of its group makes the step of this name again.
    Redo {
        of: OpId,
    },
    /// The state at this place has a label.
    Snapshot {
        label: String,
    },
}

/// Ids of questions that were named before: many changes are about few of them.
#[derive(Debug, Default)]
pub struct Names(HashSet<QuestionId>);

impl ChangeRecord {
    /// The kinds that this version knows.
    pub const KINDS: [&'static str; 20] = [
        "base",
        "rename",
        "depth",
        "seed",
        "profile",
        "answer",
        "note",
        "owner",
        "due",
        "reviewed",
        "marked",
        "evidence_added",
        "evidence_removed",
        "exclusion",
        "inclusion",
        "own_control",
        "approval",
        "undo",
        "redo",
        "snapshot",
    ];

    /// Returns the change; none for a [`Base`] and for what alters nothing by itself.
    ///
    /// # Errors
    ///
    /// Returns the word or number that this version doesn't know: a newer one wrote it.
    pub fn to_change(&self) -> Result<Option<Change>, String> {
        self.to_change_with(&mut Names::default())
    }

    /// Returns the change as [`ChangeRecord::to_change`] does; it shares its ids with others of the same names.
    ///
    /// # Errors
    ///
    /// As [`ChangeRecord::to_change`].
    pub fn to_change_with(&self, names: &mut Names) -> Result<Option<Change>, String> {
        let text = |old: &String, new: &String| Edit { old: old.clone(), new: new.clone() };
        Ok(Some(match self {
            Self::Base(_) | Self::Undo { .. } | Self::Redo { .. } | Self::Snapshot { .. } => return Ok(None),
            Self::Rename { old, new } => Change::Rename(text(old, new)),
            Self::Depth { old, new } => Change::Depth(Edit { old: depth(old)?, new: depth(new)? }),
            Self::Seed { old, new } => Change::Seed(Edit { old: Seed(*old), new: Seed(*new) }),
            Self::Profile { key, old, new } => {
                let key = ProfileKey::from_word(key).ok_or_else(|| format!("profile field {key:?}"))?;
                Change::Profile { key, edit: text(old, new) }
            }
            Self::Answer { question, old, new } => {
                let answer = |answer: &Option<AnswerRecord>| answer.as_ref().map(AnswerRecord::to_answer).transpose();
                Change::Answer {
                    question: names.question(question),
                    edit: Edit { old: answer(old)?, new: answer(new)? },
                }
            }
            Self::Note { question, old, new } => {
                Change::Note { question: names.question(question), edit: text(old, new) }
            }
            Self::Owner { question, old, new } => {
                Change::Owner { question: names.question(question), edit: text(old, new) }
            }
            Self::Due { question, old, new } => {
                Change::Due { question: names.question(question), edit: Edit { old: *old, new: *new } }
            }
            Self::Reviewed { question, old, new } => {
                Change::Reviewed { question: names.question(question), edit: Edit { old: *old, new: *new } }
            }
            Self::Marked { question, old, new } => {
                Change::Marked { question: names.question(question), edit: Edit { old: *old, new: *new } }
            }
            Self::EvidenceAdded { question, evidence } => Change::EvidenceAdded {
                question: names.question(question),
                evidence: evidence.as_ref().clone().into_evidence()?,
            },
            Self::EvidenceRemoved { question, evidence } => Change::EvidenceRemoved {
                question: names.question(question),
                evidence: evidence.as_ref().clone().into_evidence()?,
            },
            Self::Exclusion { requirement, old, new } => Change::Exclusion {
                requirement: requirement.as_str().into(),
                edit: Edit { old: old.clone(), new: new.clone() },
            },
            Self::Inclusion { requirement, old, new } => {
                let edit = Edit { old: reasons(old)?, new: reasons(new)? };
                Change::Inclusion { requirement: requirement.as_str().into(), edit }
            }
            Self::OwnControl { control, old, new } => {
                let own = |own: &Option<Box<OwnControlRecord>>| {
                    own.as_ref().map(|own| own.as_ref().clone().into_control()).transpose()
                };
                let edit = Box::new(Edit { old: own(old)?, new: own(new)? });
                Change::OwnControl { control: control.as_str().into(), edit }
            }
            Self::Approval { old, new } => {
                Change::Approval(Box::new(Edit { old: approval(old.as_deref()), new: approval(new.as_deref()) }))
            }
        }))
    }
}

fn approval(record: Option<&ApprovalRecord>) -> Option<Approval> {
    record.cloned().map(ApprovalRecord::into_approval)
}

impl Names {
    fn question(&mut self, text: &str) -> QuestionId {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let id = QuestionId::from(text);
        self.0.insert(id.clone());
        id
    }
}

impl From<&Change> for ChangeRecord {
    fn from(change: &Change) -> Self {
        match change.clone() {
            Change::Rename(Edit { old, new }) => Self::Rename { old, new },
            Change::Depth(Edit { old, new }) => Self::Depth { old: old.word().to_owned(), new: new.word().to_owned() },
            Change::Seed(Edit { old: Seed(old), new: Seed(new) }) => Self::Seed { old, new },
            Change::Profile { key, edit: Edit { old, new } } => Self::Profile { key: key.word().to_owned(), old, new },
            Change::Answer { question, edit: Edit { old, new } } => {
                Self::Answer { question: question.to_string(), old: old.map(Into::into), new: new.map(Into::into) }
            }
            Change::Note { question, edit: Edit { old, new } } => {
                Self::Note { question: question.to_string(), old, new }
            }
            Change::Owner { question, edit: Edit { old, new } } => {
                Self::Owner { question: question.to_string(), old, new }
            }
            Change::Due { question, edit: Edit { old, new } } => Self::Due { question: question.to_string(), old, new },
            Change::Reviewed { question, edit: Edit { old, new } } => {
                Self::Reviewed { question: question.to_string(), old, new }
            }
            Change::Marked { question, edit: Edit { old, new } } => {
                Self::Marked { question: question.to_string(), old, new }
            }
            Change::EvidenceAdded { question, evidence } => {
                Self::EvidenceAdded { question: question.to_string(), evidence: Box::new(evidence.into()) }
            }
            Change::EvidenceRemoved { question, evidence } => {
                Self::EvidenceRemoved { question: question.to_string(), evidence: Box::new(evidence.into()) }
            }
            Change::Exclusion { requirement, edit: Edit { old, new } } => {
                Self::Exclusion { requirement: requirement.to_string(), old, new }
            }
            Change::Inclusion { requirement, edit: Edit { old, new } } => {
                Self::Inclusion { requirement: requirement.to_string(), old: words(&old), new: words(&new) }
            }
            Change::OwnControl { control, edit } => {
                let Edit { old, new } = *edit;
                let [old, new] = [old, new].map(|control| control.map(|control| Box::new(control.into())));
                Self::OwnControl { control: control.to_string(), old, new }
            }
            Change::Approval(edit) => {
                let Edit { old, new } = *edit;
                let [old, new] = [old, new].map(|approval| approval.map(|approval| Box::new(approval.into())));
                Self::Approval { old, new }
            }
        }
    }
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::assessment::{Answer, Depth, Evidence};
    use crate::domain::level::Level;
    use crate::domain::questionnaire::EvidenceKind;
    use crate::domain::statement::{Approval, InclusionReason, OwnControl, Status};

    fn any_date() -> impl Strategy<Value = Option<NaiveDate>> {
        proptest::option::of(
            (0..80_000i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(719_163 + day).unwrap()),
        )
    }

    fn any_answer() -> impl Strategy<Value = Option<Answer>> {
        proptest::option::of(prop_oneof![
            (0..6u8).prop_map(|number| Answer::Level(Level::new(number).unwrap())),
            any::<String>().prop_map(|because| Answer::NotApplicable { because }),
        ])
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        (0..3usize, any::<String>(), any_date(), any_date()).prop_map(|(kind, what, date, valid_until)| Evidence {
            kind: EvidenceKind::ALL[kind],
            what,
            date,
            valid_until,
        })
    }

    fn any_reasons() -> impl Strategy<Value = BTreeSet<InclusionReason>> {
        proptest::collection::btree_set((0..4usize).prop_map(|at| InclusionReason::ALL[at]), 0..4)
    }

    fn any_control() -> impl Strategy<Value = Option<OwnControl>> {
        let texts = (any::<String>(), any::<String>(), any::<String>());
        proptest::option::of((texts, 0..4usize).prop_map(|((title, reason, owner), at)| OwnControl {
            title,
            reason,
            status: Status::ALL[at],
            owner,
        }))
    }

    fn any_approval() -> impl Strategy<Value = Option<Approval>> {
        let lines = proptest::collection::btree_map("q[0-4]", any::<String>(), 0..4);
        let day = any_date().prop_map(Option::unwrap_or_default);
        proptest::option::of((any::<u32>(), any::<String>(), day, lines).prop_map(|(version, approver, on, lines)| {
            let lines = lines.into_iter().map(|(id, line)| (id.as_str().into(), line)).collect();
            Approval { version, approver, on, lines }
        }))
    }

    fn edit<T: Clone + std::fmt::Debug>(values: impl Strategy<Value = T> + Clone) -> impl Strategy<Value = Edit<T>> {
        (values.clone(), values).prop_map(|(old, new)| Edit { old, new })
    }

    /// Any change, also those that no user can make, with ids from few questions so that they meet.
    pub fn any_change() -> impl Strategy<Value = Change> {
        let id = || prop_oneof![4 => "q[0-4]", 1 => any::<String>()];
        let text = || edit(any::<String>().boxed());
        let depth = prop_oneof![Just(Depth::Full), Just(Depth::Quick)];
        prop_oneof![
            text().prop_map(Change::Rename),
            edit(depth).prop_map(Change::Depth),
            edit(any::<u64>().prop_map(Seed)).prop_map(Change::Seed),
            (0..22usize, text()).prop_map(|(key, edit)| Change::Profile { key: ProfileKey::ALL[key], edit }),
            (id(), edit(any_answer().boxed()))
                .prop_map(|(id, edit)| Change::Answer { question: id.as_str().into(), edit }),
            (id(), text()).prop_map(|(id, edit)| Change::Note { question: id.as_str().into(), edit }),
            (id(), text()).prop_map(|(id, edit)| Change::Owner { question: id.as_str().into(), edit }),
            (id(), edit(any_date().boxed())).prop_map(|(id, edit)| Change::Due { question: id.as_str().into(), edit }),
            (id(), edit(any_date().boxed()))
                .prop_map(|(id, edit)| Change::Reviewed { question: id.as_str().into(), edit }),
            (id(), edit(any::<bool>())).prop_map(|(id, edit)| Change::Marked { question: id.as_str().into(), edit }),
            (id(), any_evidence())
                .prop_map(|(id, evidence)| Change::EvidenceAdded { question: id.as_str().into(), evidence }),
            (id(), any_evidence())
                .prop_map(|(id, evidence)| Change::EvidenceRemoved { question: id.as_str().into(), evidence }),
            (id(), edit(any::<Option<String>>()))
                .prop_map(|(id, edit)| Change::Exclusion { requirement: id.as_str().into(), edit }),
            (id(), edit(any_reasons().boxed()))
                .prop_map(|(id, edit)| Change::Inclusion { requirement: id.as_str().into(), edit }),
            (id(), edit(any_control().boxed()))
                .prop_map(|(id, edit)| Change::OwnControl { control: id.as_str().into(), edit: Box::new(edit) }),
            edit(any_approval().boxed()).prop_map(|edit| Change::Approval(Box::new(edit))),
        ]
    }
}
