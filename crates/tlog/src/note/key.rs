//! Keys that sign notes and keys that check them.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// What a key signs, and how (c2sp.org/signed-note, signature types).
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Algorithm {
    /// Ed25519 over a note's text: logs.
    Ed25519 = 0x01,
    /// Ed25519 over a checkpoint and a time (cosignature/v1, c2sp.org/tlog-cosignature): witnesses.
    Cosignature = 0x04,
}

impl Algorithm {
    fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0x01 => Some(Self::Ed25519),
            0x04 => Some(Self::Cosignature),
            _ => None,
        }
    }
}

/// A key that checks signatures. Prints and parses as a vkey: name, `+`, id in eight hexadecimal digits, `+`, base64
/// of the algorithm's byte and the public key. Never one of the weak points of the curve, which check anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    algorithm: Algorithm,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// The key of this name, algorithm and Ed25519 public key.
    pub fn new(name: &str, algorithm: Algorithm, public: [u8; 32]) -> Result<Self> {
        check_name(name)?;
        let expected = "a public key of Ed25519";
        let key = ed25519_dalek::VerifyingKey::from_bytes(&public).ok().filter(|key| !key.is_weak());
        let key = key.ok_or(Error::Value { what: "public key", expected })?;
        Ok(Self { name: name.to_owned(), id: key_id(name, algorithm, &public), algorithm, key })
    }

    /// The key's name: the log's origin, or the witness's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 over name, newline, algorithm and public key.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// What the key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The Ed25519 public key (RFC 8032).
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether `signature` is the Ed25519 signature of `message`, in its one canonical form.
    pub(crate) fn checks(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, &self.name, self.id, self.algorithm, self.key.as_bytes())
    }
}

impl FromStr for VerifierKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = Parts::parse(text)?;
        let expected = "a public key of Ed25519";
        let key = Self::new(parts.name, parts.algorithm, parts.key);
        let key = key.map_err(|_| Error::Byte { offset: parts.key_at, expected })?;
        if key.id == parts.id {
            Ok(key)
        } else {
            Err(Error::Byte { offset: parts.name.len() + 1, expected: "the id that belongs to name and key" })
        }
    }
}

/// A key that signs. Prints and parses as Go's note library writes it: `PRIVATE+KEY+`, name, id, and base64 of the
/// algorithm's byte and the secret seed. Debug output shows the public half only; the secret is wiped when dropped.
#[derive(Clone)]
pub struct SigningKey {
    verifier: VerifierKey,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key made from 32 secret random bytes.
    pub fn from_seed(name: &str, algorithm: Algorithm, seed: [u8; 32]) -> Result<Self> {
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        let verifier = VerifierKey::new(name, algorithm, key.verifying_key().to_bytes())?;
        Ok(Self { verifier, key })
    }

    /// The key that checks what this one signs.
    pub fn verifier(&self) -> VerifierKey {
        self.verifier.clone()
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    /// What the key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.verifier.algorithm
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    pub(crate) fn id(&self) -> [u8; 4] {
        self.verifier.id
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

impl fmt::Display for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PRIVATE)?;
        print(f, self.name(), self.id(), self.algorithm(), self.key.as_bytes())
    }
}

impl FromStr for SigningKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let rest = text.strip_prefix(PRIVATE).ok_or(Error::Byte { offset: 0, expected: "`PRIVATE+KEY+`" })?;
        let shift = |error| match error {
            Error::Byte { offset, expected } => Error::Byte { offset: offset + PRIVATE.len(), expected },
            other => other,
        };
        let parts = Parts::parse(rest).map_err(shift)?;
        let key = Self::from_seed(parts.name, parts.algorithm, parts.key)?;
        let expected = "the id that belongs to name and key";
        let wrong = shift(Error::Byte { offset: parts.name.len() + 1, expected });
        if key.id() == parts.id { Ok(key) } else { Err(wrong) }
    }
}

const PRIVATE: &str = "PRIVATE+KEY+";

fn print(f: &mut fmt::Formatter<'_>, name: &str, id: [u8; 4], algorithm: Algorithm, key: &[u8; 32]) -> fmt::Result {
    let mut bytes = [algorithm as u8; 33];
    bytes[1..].copy_from_slice(key);
    let key = base64::display::Base64Display::new(&bytes, &STANDARD);
    write!(f, "{name}+{:08x}+{key}", u32::from_be_bytes(id))
}

fn key_id(name: &str, algorithm: Algorithm, public: &[u8; 32]) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name);
    hasher.update([b'\n', algorithm as u8]);
    hasher.update(public);
    let hash: [u8; 32] = hasher.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The parts of a written key.
struct Parts<'a> {
    name: &'a str,
    id: [u8; 4],
    algorithm: Algorithm,
    key: [u8; 32],
    key_at: usize,
}

impl<'a> Parts<'a> {
    fn parse(text: &'a str) -> Result<Self> {
        let refuse = |offset, expected| Error::Byte { offset, expected };
        let (name, rest) = text.split_once('+').ok_or(refuse(text.len(), "`+` after the name"))?;
        check_name(name).map_err(|_| refuse(0, NAME))?;
        let id_at = name.len() + 1;
        let (id, key) = rest.split_once('+').ok_or(refuse(text.len(), "`+` after the id"))?;
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let id = Some(id).filter(|id| id.len() == 8 && id.bytes().all(hexadecimal));
        let id = id.and_then(|id| u32::from_str_radix(id, 16).ok());
        let id = id.ok_or(refuse(id_at, "eight lower-case hexadecimal digits"))?;
        let key_at = id_at + 9;
        let mut bytes = [0; 33];
        if key.len() != 44 || STANDARD.decode_slice(key, &mut bytes) != Ok(33) {
            return Err(refuse(key_at, "base64 of an algorithm's byte and a key of 32 bytes"));
        }
        let [byte, key @ ..] = bytes;
        let algorithm = Algorithm::from_byte(byte);
        let algorithm = algorithm.ok_or(refuse(key_at, "a key of algorithm 1 (Ed25519) or 4 (cosignature)"))?;
        Ok(Self { name, id: id.to_be_bytes(), algorithm, key, key_at })
    }
}

const NAME: &str = "a name without spaces, `+` and control characters";

/// What a key's name may be: not empty, no space of Unicode, no `+`, no control character.
pub(super) fn check_name(name: &str) -> Result<()> {
    let fits = |letter: char| !letter.is_whitespace() && letter != '+' && letter >= ' ';
    if name.is_empty() || !name.chars().all(fits) {
        return Err(Error::Value { what: "name of a key", expected: NAME });
    }
    if name.len() > MAX_NAME { Err(Error::TooLong { what: "name of a key", limit: MAX_NAME }) } else { Ok(()) }
}

/// The longest name of a key in bytes.
const MAX_NAME: usize = 1024;
