//! SHA-256 as text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Returns the first bytes of the SHA-256 of some bytes, in hexadecimal digits; at most 32 bytes.
#[must_use]
pub fn sha256(bytes: &[u8], length: usize) -> String {
    Sha256::digest(bytes).iter().take(length).fold(String::new(), |mut text, byte| {
        // Writing to a string doesn't fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha_256_that_others_reckon() {
        assert_eq!(sha256(b"abc", 8), "ba7816bf8f01cfea");
        assert_eq!(sha256(b"abc", 32).len(), 64);
    }
}
