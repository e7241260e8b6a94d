//! The hashes of RFC 6962 §2.1: SHA-256 with one byte in front that says whether a leaf or a node is hashed.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A SHA-256 hash of a leaf, a node or a tree. Prints and parses as base64 (standard alphabet, padded), the form of
/// checkpoints and proofs; [`Hash::hex`] is for pages.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

/// Characters of a hash in base64.
const BASE64_LENGTH: usize = 44;

impl Hash {
    /// 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
        text
    }

    /// Reads exactly what [`Hash::hex`] prints.
    pub fn from_hex(text: &str) -> Result<Self> {
        let expected = "64 lower-case hexadecimal digits";
        let mut bytes = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(Error::Byte { offset: digits.len().min(64), expected });
        }
        for (place, digit) in digits.iter().enumerate() {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return Err(Error::Byte { offset: place, expected }),
            };
            bytes[place / 2] = bytes[place / 2] << 4 | value;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&base64::display::Base64Display::new(&self.0, &STANDARD), f)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = Error::Byte { offset: 0, expected: "a SHA-256 hash in base64 (44 characters)" };
        let mut bytes = [0; 36];
        if text.len() != BASE64_LENGTH || STANDARD.decode_slice(text, &mut bytes) != Ok(32) {
            return Err(refused);
        }
        let (hash, _) = bytes.split_first_chunk().ok_or(refused)?;
        Ok(Self(*hash))
    }
}

/// The hash of a leaf: SHA-256 of the byte 0 and the entry (RFC 6962 §2.1).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(entry);
    Hash(hasher.finalize().into())
}

/// The hash of a node: SHA-256 of the byte 1 and the hashes of its two children (RFC 6962 §2.1). Allocates nothing.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(bytes).into())
}

/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1).
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

#[cfg(test)]
mod tests;
