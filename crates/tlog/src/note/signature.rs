//! A signature line.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{Error, Result};

use super::VerifierKey;
use super::key::check_name;

/// A signature as it stands in a note. Prints and parses as its line without the newline: em dash, space, name, space,
/// base64 of key id and signature. The signature may be of an algorithm that this crate does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl Signature {
    /// The signature of the key of this name and id; `bytes` are the algorithm's own and must not be empty.
    pub fn new(name: &str, id: [u8; 4], bytes: Vec<u8>) -> Result<Self> {
        check_name(name)?;
        if bytes.is_empty() {
            return Err(Error::Value { what: "signature", expected: "at least one byte" });
        }
        Ok(Self { name: name.to_owned(), id, bytes })
    }

    /// The name of the key that is said to have signed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key that is said to have signed.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The signature proper: 64 bytes of Ed25519; for a cosignature eight bytes of time before them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it says that it is by this key. Nothing is verified.
    pub fn claims(&self, key: &VerifierKey) -> bool {
        self.id == key.id() && self.name == key.name()
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id, self.bytes.as_slice()].concat();
        write!(f, "— {} {}", self.name, base64::display::Base64Display::new(&bytes, &STANDARD))
    }
}

impl FromStr for Signature {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self> {
        let start = "— ";
        let rest = line.strip_prefix(start).ok_or(Error::Byte { offset: 0, expected: "an em dash and a space" })?;
        let name_at = start.len();
        let expected = "a key's name and a space";
        let (name, text) = rest.split_once(' ').ok_or(Error::Byte { offset: name_at, expected })?;
        check_name(name).map_err(|_| Error::Byte { offset: name_at, expected })?;
        let expected = "base64 of a key's id and a signature";
        let refused = Error::Byte { offset: name_at + name.len() + 1, expected };
        let bytes = STANDARD.decode(text).map_err(|_| refused.clone())?;
        match bytes.split_first_chunk() {
            Some((id, bytes)) if !bytes.is_empty() => Self::new(name, *id, bytes.to_vec()),
            _ => Err(refused),
        }
    }
}
