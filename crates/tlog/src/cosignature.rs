//! Cosignatures of witnesses (cosignature/v1, c2sp.org/tlog-cosignature): a witness says that at a time this was the
//! largest consistent tree of the log that it had seen.

use crate::note::{Algorithm, Signature, SigningKey, VerifierKey};
use crate::{Checkpoint, Error, Result};

/// The latest time of a cosignature, in seconds since 1970.
const MAX_TIME: u64 = i64::MAX.unsigned_abs();

/// Cosigns the text of a checkpoint. `at_seconds` counts from 1970 (POSIX time).
pub fn sign(key: &SigningKey, checkpoint_text: &str, at_seconds: u64) -> Result<Signature> {
    if key.algorithm() != Algorithm::Cosignature {
        return Err(refused(key.name()));
    }
    if at_seconds > MAX_TIME {
        return Err(Error::Value { what: "time of a cosignature", expected: "at most 2^63 - 1 seconds" });
    }
    let _: Checkpoint = checkpoint_text.parse()?;
    let signature = key.sign(message(checkpoint_text, at_seconds).as_bytes());
    Signature::new(key.name(), key.id(), [at_seconds.to_be_bytes().as_slice(), &signature].concat())
}

/// Checks a cosignature and says when it was made, in seconds since 1970. Whether that time is believable is for the
/// caller, who has a clock.
pub fn verify(key: &VerifierKey, text: &str, signature: &Signature) -> Result<u64> {
    if key.algorithm() != Algorithm::Cosignature {
        return Err(refused(key.name()));
    }
    let _: Checkpoint = text.parse()?;
    let verified = || {
        let (time, bytes) = signature.bytes().split_first_chunk()?;
        let at_seconds = u64::from_be_bytes(*time);
        let known = signature.claims(key) && at_seconds <= MAX_TIME;
        (known && key.checks(message(text, at_seconds).as_bytes(), bytes.try_into().ok()?)).then_some(at_seconds)
    };
    verified().ok_or_else(|| Error::Signature { name: key.name().to_owned(), place: 1 })
}

fn refused(name: &str) -> Error {
    Error::Key { name: name.to_owned(), expected: "a key that cosigns (type 4)" }
}

/// What is signed: a line that keeps it apart from other messages, the time, the checkpoint's text.
fn message(text: &str, at_seconds: u64) -> String {
    format!("cosignature/v1\ntime {at_seconds}\n{text}")
}
