//! A change as it stands in the journal: who, when, after what, from which value to which.

mod change;
mod link;
mod quick;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ulid::Ulid;

pub use change::{
    AnswerRecord, ApprovalRecord, Base, ChangeRecord, EvidenceRecord, Names, OwnControlRecord, reasons, words,
};
pub use link::Link;
pub use quick::QuickReader;

/// The version of the records that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// The highest clock that is taken; a real one counts the changes. Every reader of JSON can hold it.
pub const MOST_CLOCK: u64 = 1 << 53;

/// The name of a change for good: the session that made it, and its number in that session, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// The session.
    pub session: Ulid,
    /// The number in the session, from 1.
    pub counter: u32,
}

/// Who makes a change, when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// When. For people only: no order is drawn from it.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// Why, where it was said.
    pub because: Option<String>,
}

/// A line of the journal, without its checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of the format.
    pub version: u32,
    /// The name of the change.
    pub op: OpId,
    /// The last changes that the session had seen; with its first change only, those that follow have seen it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<OpId>,
    /// One more than the highest that its author had seen (Lamport's clock): cause stands before effect.
    pub clock: u64,
    /// When, for people.
    pub at: DateTime<Utc>,
    /// Who; records that were read one after the other share it.
    #[serde(serialize_with = "write_shared", deserialize_with = "read_shared")]
    pub author: Arc<str>,
    /// Why, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The group that it counts with or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The digest of the line before in the same file; empty for the first.
    pub previous: Link,
    /// What changed.
    pub change: ChangeRecord,
}

/// Changes of one session, with consecutive numbers, that count together or not at all.
///
/// The last one closes the group: there is no need for a line that says so, and none that could be lost alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The number of its first change in the session.
    pub first: u32,
    /// How many changes it has; at least 1.
    pub size: u32,
}

/// Why a record can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A newer version of the program wrote it.
    #[error("it was written by a newer version of ready42 ({0})")]
    Newer(String),
    /// It isn't a record.
    #[error("it is no record: {0}")]
    Malformed(String),
}

/// What can be read of a record of any version: all the rest may have another form there.
#[derive(Deserialize)]
struct Probe {
    version: u32,
}

/// What can be read of a record of this version whose kind isn't known.
#[derive(Deserialize)]
struct ProbeOfKind {
    change: ProbeChange,
}

#[derive(Deserialize)]
struct ProbeChange {
    kind: String,
}

impl Record {
    /// Returns the record in a line of JSON. A line feed in a text is escaped: there is none in it.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a record has only texts as keys, and no value that JSON can't hold")
    }

    /// Reads a record.
    ///
    /// # Errors
    ///
    /// Returns whether it is newer than this program, or no record. Unknown and doubled keys are refused.
    pub fn from_json(json: &str) -> Result<Self, RecordError> {
        let error = match serde_json::from_str::<Self>(json) {
            Ok(record) if record.version == VERSION && record.clock > MOST_CLOCK => {
                return Err(RecordError::Malformed(format!("its clock {} is beyond {MOST_CLOCK}", record.clock)));
            }
            Ok(record) if record.version == VERSION => return Ok(record),
            Ok(record) => return Err(Self::other_version(record.version)),
            Err(error) => error,
        };
        if let Ok(Probe { version }) = serde_json::from_str(json)
            && version != VERSION
        {
            return Err(Self::other_version(version));
        }
        match serde_json::from_str::<ProbeOfKind>(json) {
            Ok(ProbeOfKind { change: ProbeChange { kind } }) if !ChangeRecord::KINDS.contains(&kind.as_str()) => {
                Err(RecordError::Newer(format!("it knows changes of the kind {kind:?}")))
            }
            Ok(_) | Err(_) => Err(RecordError::Malformed(error.to_string())),
        }
    }

    fn other_version(version: u32) -> RecordError {
        if version > VERSION {
            RecordError::Newer(format!("format {version}, and this one knows {VERSION}"))
        } else {
            RecordError::Malformed(format!("there is no format {version}"))
        }
    }
}

impl Group {
    /// Returns the number of its last change in the session.
    #[must_use]
    pub fn last(self) -> u32 {
        self.first.saturating_add(self.size.saturating_sub(1))
    }
}

impl fmt::Display for OpId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.session, self.counter)
    }
}

impl FromStr for OpId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is no name of a change");
        let (session, counter) = text.split_once(':').ok_or_else(wrong)?;
        let id = Self {
            session: Ulid::from_string(session).map_err(|_| wrong())?,
            counter: counter.parse().map_err(|_| wrong())?,
        };
        // One way to write each: small letters, signs and leading zeros would make a second.
        if id.counter == 0 || id.to_string() != text { Err(wrong()) } else { Ok(id) }
    }
}

impl Serialize for OpId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OpId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

fn write_shared<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn read_shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    pub use crate::storage::record::change::tests::any_change;

    /// Any record, also one that nobody can make.
    pub fn any_record() -> impl Strategy<Value = Record> {
        let op = (any::<u128>(), 1..=u32::MAX).prop_map(|(id, counter)| OpId { session: Ulid(id), counter });
        let meta = (any::<i32>(), any::<String>(), any::<Option<String>>());
        let group = proptest::option::of((any::<u32>(), any::<u32>()));
        (op.clone(), proptest::collection::vec(op, 0..3), 0..=MOST_CLOCK, meta, group, any_change()).prop_map(
            |(op, after, clock, (seconds, author, because), group, change)| Record {
                version: VERSION,
                op,
                after,
                clock,
                at: DateTime::from_timestamp(i64::from(seconds), 0).unwrap(),
                author: author.into(),
                because,
                group: group.map(|(first, size)| Group { first, size }),
                previous: Link::of(if seconds % 2 == 0 { "00ff" } else { "00112233aabbccdd" }),
                change: ChangeRecord::from(&change),
            },
        )
    }

    proptest! {
        #[test]
        fn a_record_reads_back_as_it_was_written(record in any_record()) {
            let json = record.to_json();
            prop_assert!(!json.contains('\n'));
            prop_assert_eq!(Record::from_json(&json), Ok(record));
        }

        #[test]
        fn a_change_survives_its_record(change in any_change()) {
            prop_assert_eq!(ChangeRecord::from(&change).to_change(), Ok(Some(change)));
        }
    }

    const SESSION: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    fn json(version: u32, change: &str) -> String {
        format!(
            r#"{{"version":{version},"op":"{SESSION}:1","clock":1,"at":"2027-01-01T00:00:00Z","author":"a","previous":"","change":{change}}}"#
        )
    }

    #[test]
    fn a_doubled_or_unknown_key_is_refused() {
        assert!(Record::from_json(&json(1, r#"{"kind":"rename","old":"a","new":"b"}"#)).is_ok());
        for change in [
            r#"{"kind":"rename","old":"a","new":"b","new":"c"}"#,
            r#"{"kind":"rename","kind":"rename","old":"a","new":"b"}"#,
            r#"{"kind":"rename","old":"a","new":"b","newer":"c"}"#,
            r#"{"kind":"rename","old":"a"}"#,
        ] {
            assert!(matches!(Record::from_json(&json(1, change)), Err(RecordError::Malformed(_))), "{change}");
        }
        let doubled = json(1, r#"{"kind":"rename","old":"a","new":"b"},"author":"b""#);
        assert!(matches!(Record::from_json(&doubled), Err(RecordError::Malformed(_))));
    }

    #[test]
    fn what_a_newer_version_wrote_is_called_so() {
        for newer in [
            json(2, r#"{"kind":"rename","old":"a","new":"b"}"#),
            json(7, "[]"),
            json(7, r#"{"kind":{"of":"dream"}}"#),
            json(1, r#"{"kind":"dream"}"#),
            r#"{"version":9}"#.to_owned(),
        ] {
            let read = Record::from_json(&newer);
            assert!(matches!(read, Err(RecordError::Newer(_))), "{newer}: {read:?}");
        }
    }

    #[test]
    fn there_is_one_way_to_write_the_name_of_a_change() {
        assert!(format!("{SESSION}:1").parse::<OpId>().is_ok());
        for wrong in [
            format!("{SESSION}:01"),
            format!("{SESSION}:+1"),
            format!("{SESSION}:0"),
            format!("{}:1", SESSION.to_lowercase()),
            format!("{SESSION}:99999999999"),
            SESSION.to_owned(),
        ] {
            assert!(wrong.parse::<OpId>().is_err(), "{wrong}");
        }
    }
}
