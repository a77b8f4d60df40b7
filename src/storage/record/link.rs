//! What ties a line of the journal to the one before it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The digest of the line before; nothing for the first of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Nothing stands before.
    #[default]
    Start,
    /// 64 bits of the SHA-256 of the JSON before.
    Line(u64),
    /// What no program of ours has written there.
    Other(Box<str>),
}

impl Link {
    /// Returns what a text means.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let is_ours = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match u64::from_str_radix(text, 16) {
            _ if text.is_empty() => Self::Start,
            Ok(bits) if text.len() == 16 && text.bytes().all(is_ours) => Self::Line(bits),
            _ => Self::Other(text.into()),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => Ok(()),
            Self::Line(bits) => write!(formatter, "{bits:016x}"),
            Self::Other(text) => formatter.write_str(text),
        }
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_stays_what_it_is() {
        for text in ["", "00ff", "0011223344556677", "001122334455667G", "+011223344556677", "ABCDEF0123456789", "é"] {
            assert_eq!(Link::of(text).to_string(), text);
        }
        assert_eq!(Link::of("0011223344556677"), Link::Line(0x0011_2233_4455_6677));
        assert_ne!(Link::of("ABCDEF0123456789"), Link::of("abcdef0123456789"));
    }
}
