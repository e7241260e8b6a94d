//! A text and its signatures.

use std::fmt;
use std::str::FromStr;

use crate::lines::{Lines, is_plain};
use crate::{Error, Result, cosignature};

use super::{Algorithm, Signature, SigningKey, VerifierKey};

/// The longest note in bytes.
pub const MAX_NOTE: usize = 1_000_000;

/// The most signatures of a note.
pub const MAX_SIGNATURES: usize = 100;

/// A signed note. Prints and parses as the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text, with the newline at its end.
    pub text: String,
    /// The signatures in the file's order, also those by keys one does not know.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// A note by these keys. Keys of witnesses cannot sign a note: see [`crate::cosignature::sign`].
    pub fn sign(text: impl Into<String>, keys: &[&SigningKey]) -> Result<Self> {
        let text = text.into();
        check_text(&text)?;
        let mut signatures = Vec::with_capacity(keys.len());
        for key in keys {
            if key.algorithm() != Algorithm::Ed25519 {
                return Err(Error::Key { name: key.name().to_owned(), expected: "a key that signs notes (type 1)" });
            }
            signatures.push(Signature::new(key.name(), key.id(), key.sign(text.as_bytes()).to_vec())?);
        }
        if signatures.is_empty() { Err(Error::NotSigned) } else { Ok(Self { text, signatures }) }
    }

    /// Which of `keys` (by their place in the slice) signed this text; at least one, each once, in ascending order.
    ///
    /// Signatures of other keys are ignored. A signature that claims a known key's name and id and does not verify
    /// refuses the whole note, as c2sp.org/signed-note advises.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<usize>> {
        let mut signed = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            for (line, signature) in self.signatures.iter().enumerate() {
                if !signature.claims(key) {
                    continue;
                }
                check(key, &self.text, signature)
                    .map_err(|_| Error::Signature { name: key.name().to_owned(), place: line + 1 })?;
                if signed.last() != Some(&place) {
                    signed.push(place);
                }
            }
        }
        if signed.is_empty() { Err(Error::NotSigned) } else { Ok(signed) }
    }

    /// Adds a signature unless it is there. It is not verified.
    pub fn add(&mut self, signature: Signature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }
}

/// Checks one signature, whatever the key's algorithm.
fn check(key: &VerifierKey, text: &str, signature: &Signature) -> Result<()> {
    match key.algorithm() {
        Algorithm::Cosignature => cosignature::verify(key, text, signature).map(drop),
        Algorithm::Ed25519 => match signature.bytes().try_into() {
            Ok(bytes) if key.checks(text.as_bytes(), bytes) => Ok(()),
            _ => Err(Error::Signature { name: key.name().to_owned(), place: 1 }),
        },
    }
}

const TEXT: &str = "a text without control characters that ends with a newline";

fn check_text(text: &str) -> Result<()> {
    if text.len() > MAX_NOTE {
        return Err(Error::TooLong { what: "note", limit: MAX_NOTE });
    }
    let fits = text.ends_with('\n') && is_plain(text, true);
    if fits { Ok(()) } else { Err(Error::Value { what: "text of a note", expected: TEXT }) }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for Note {
    type Err = Error;

    fn from_str(file: &str) -> Result<Self> {
        if file.len() > MAX_NOTE {
            return Err(Error::TooLong { what: "note", limit: MAX_NOTE });
        }
        if let Some(offset) = file.bytes().position(|byte| byte < 0x20 && byte != b'\n') {
            let line = 1 + file.bytes().take(offset).filter(|byte| *byte == b'\n').count();
            return Err(Error::Line { line, expected: "no control character" });
        }
        let end = file.rfind("\n\n").ok_or_else(|| Error::Line {
            line: file.lines().count().max(1),
            expected: "an empty line between text and signatures",
        })?;
        let (text, rest) = (&file[..=end], &file[end + 2..]);
        let before = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let mut lines = Lines::new(rest);
        let mut signatures = Vec::new();
        while signatures.is_empty() || !lines.is_empty() {
            let expected = "a signature line: em dash, space, name, space, base64, newline";
            let line = lines.next(expected).map_err(|error| error.below(before))?;
            if signatures.len() == MAX_SIGNATURES {
                return Err(lines.refuse("the end: a note has at most 100 signatures").below(before));
            }
            let signature = line.parse().map_err(|error: Error| error.below(before + lines.taken() - 1));
            signatures.push(signature?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}
