//! The stored form of [`Change`], kind by kind.

mod base;
mod value;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::assessment::Seed;
use crate::domain::change::{Change, Edit};
use crate::domain::profile::ProfileKey;
use crate::storage::record::OpId;

pub use base::Base;
use value::depth;
pub use value::{AnswerRecord, ApprovalRecord, EvidenceRecord, OwnControlRecord, reasons, words};

/// What changed, in words and numbers that stay readable when this program is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeRecord {
    Base(Base),
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
        evidence: EvidenceRecord,
    },
    EvidenceRemoved {
        question: String,
        evidence: EvidenceRecord,
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
        old: Option<OwnControlRecord>,
        new: Option<OwnControlRecord>,
    },
    Approval {
        old: Option<ApprovalRecord>,
        new: Option<ApprovalRecord>,
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
        Ok(Some(match self.clone() {
            Self::Base(_) | Self::Undo { .. } | Self::Redo { .. } | Self::Snapshot { .. } => return Ok(None),
            Self::Rename { old, new } => Change::Rename(Edit { old, new }),
            Self::Depth { old, new } => Change::Depth(Edit { old: depth(&old)?, new: depth(&new)? }),
            Self::Seed { old, new } => Change::Seed(Edit { old: Seed(old), new: Seed(new) }),
            Self::Profile { key, old, new } => {
                let key = ProfileKey::from_word(&key).ok_or_else(|| format!("profile field {key:?}"))?;
                Change::Profile { key, edit: Edit { old, new } }
            }
            Self::Answer { question, old, new } => {
                let edit = Edit {
                    old: old.map(AnswerRecord::into_answer).transpose()?,
                    new: new.map(AnswerRecord::into_answer).transpose()?,
                };
                Change::Answer { question: question.as_str().into(), edit }
            }
            Self::Note { question, old, new } => {
                Change::Note { question: question.as_str().into(), edit: Edit { old, new } }
            }
            Self::Owner { question, old, new } => {
                Change::Owner { question: question.as_str().into(), edit: Edit { old, new } }
            }
            Self::Due { question, old, new } => {
                Change::Due { question: question.as_str().into(), edit: Edit { old, new } }
            }
            Self::Reviewed { question, old, new } => {
                Change::Reviewed { question: question.as_str().into(), edit: Edit { old, new } }
            }
            Self::Marked { question, old, new } => {
                Change::Marked { question: question.as_str().into(), edit: Edit { old, new } }
            }
            Self::EvidenceAdded { question, evidence } => {
                Change::EvidenceAdded { question: question.as_str().into(), evidence: evidence.into_evidence()? }
            }
            Self::EvidenceRemoved { question, evidence } => {
                Change::EvidenceRemoved { question: question.as_str().into(), evidence: evidence.into_evidence()? }
            }
            Self::Exclusion { requirement, old, new } => {
                Change::Exclusion { requirement: requirement.as_str().into(), edit: Edit { old, new } }
            }
            Self::Inclusion { requirement, old, new } => {
                let edit = Edit { old: reasons(&old)?, new: reasons(&new)? };
                Change::Inclusion { requirement: requirement.as_str().into(), edit }
            }
            Self::OwnControl { control, old, new } => {
                let edit = Edit {
                    old: old.map(OwnControlRecord::into_control).transpose()?,
                    new: new.map(OwnControlRecord::into_control).transpose()?,
                };
                Change::OwnControl { control: control.as_str().into(), edit }
            }
            Self::Approval { old, new } => Change::Approval(Edit {
                old: old.map(ApprovalRecord::into_approval),
                new: new.map(ApprovalRecord::into_approval),
            }),
        }))
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
                Self::EvidenceAdded { question: question.to_string(), evidence: evidence.into() }
            }
            Change::EvidenceRemoved { question, evidence } => {
                Self::EvidenceRemoved { question: question.to_string(), evidence: evidence.into() }
            }
            Change::Exclusion { requirement, edit: Edit { old, new } } => {
                Self::Exclusion { requirement: requirement.to_string(), old, new }
            }
            Change::Inclusion { requirement, edit: Edit { old, new } } => {
                Self::Inclusion { requirement: requirement.to_string(), old: words(&old), new: words(&new) }
            }
            Change::OwnControl { control, edit: Edit { old, new } } => {
                Self::OwnControl { control: control.to_string(), old: old.map(Into::into), new: new.map(Into::into) }
            }
            Change::Approval(Edit { old, new }) => {
                Self::Approval { old: old.map(Into::into), new: new.map(Into::into) }
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
                .prop_map(|(id, edit)| Change::OwnControl { control: id.as_str().into(), edit }),
            edit(any_approval().boxed()).prop_map(Change::Approval),
        ]
    }
}
