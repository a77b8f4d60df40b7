//! SHA-256 as text.

use sha2::{Digest, Sha256};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Returns the first bytes of the SHA-256 of some bytes, in hexadecimal digits; at most 32 bytes.
#[must_use]
pub fn sha256(bytes: &[u8], length: usize) -> String {
    let digit = |half: u8| char::from(DIGITS.get(usize::from(half)).copied().unwrap_or_default());
    let mut text = String::with_capacity(2 * length);
    for byte in Sha256::digest(bytes).iter().take(length) {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 0xf));
    }
    text
}

/// Returns the first 64 bits of the SHA-256 of some bytes.
#[must_use]
pub fn sha256_start(bytes: &[u8]) -> u64 {
    Sha256::digest(bytes).iter().take(8).fold(0, |bits, byte| (bits << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha_256_that_others_reckon() {
        assert_eq!(sha256(b"abc", 8), "ba7816bf8f01cfea");
        assert_eq!(sha256_start(b"abc"), 0xba78_16bf_8f01_cfea);
        assert_eq!(sha256(b"abc", 32).len(), 64);
    }
}
