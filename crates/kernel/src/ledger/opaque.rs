//! What stands in the log of an event that is not public: that something happened, and nothing else.
//!
//! All of them look alike, so that nobody learns from the log who follows what. Whoever has the event's JSON and its salt
//! can show that it is the one behind a leaf.

use madang_base::{Error, Result, Rng, Time};
use madang_db::Tx;

use super::{SALT, salted_digest, store};
use crate::digest;

/// The field of the salt that opens a commitment.
pub const EVENT: &str = "event";

/// The leaf of an event that is not public; `commitment` is 64 hexadecimal digits.
#[must_use]
pub fn opaque_entry(commitment: &str) -> String {
    format!(r#"{{"commitment":"sha256:{commitment}","kind":"opaque","v":1}}"#)
}

/// The leaf of an event: its canonical JSON when it is public, else its commitment.
///
/// # Errors
/// `Kind::Internal` for an event that is not public and has no commitment.
pub fn entry(public: bool, json: &str, commitment: Option<&str>) -> Result<String> {
    match commitment {
        _ if public => Ok(json.to_owned()),
        Some(commitment) => Ok(opaque_entry(commitment)),
        None => Err(Error::internal("an event that is neither public nor committed to")),
    }
}

/// Makes the commitment to an event that is not public, and keeps its salt with the event's object.
///
/// # Errors
/// Those of the database.
pub fn commit(tx: &mut Tx, rng: &dyn Rng, now: Time, object: &str, json: &str) -> Result<String> {
    let salt = rng.bytes::<SALT>();
    let commitment = salted_digest(&salt, json);
    store::salt_insert(tx, &commitment, object, EVENT, &digest::hex(&salt), now)?;
    Ok(commitment)
}

/// The commitment of an event's canonical JSON under a salt (32 hexadecimal digits): what the leaf must hold.
///
/// # Errors
/// `Kind::Invalid` with code `ledger.salt` when the salt is none.
pub fn commitment_of(json: &str, salt: &str) -> Result<String> {
    let bytes = digest::unhex(salt).filter(|salt| salt.len() == SALT);
    let bytes = bytes.ok_or_else(|| Error::invalid("ledger.salt").arg("value", salt))?;
    Ok(salted_digest(&bytes, json))
}

/// Whether `entry` is the leaf of the event with this canonical JSON and salt.
///
/// # Errors
/// As [`commitment_of`].
pub fn opens_entry(entry: &str, json: &str, salt: &str) -> Result<bool> {
    Ok(entry == opaque_entry(&commitment_of(json, salt)?))
}

/// The salt of a commitment (64 hexadecimal digits), for the receipt of whoever may see the event; none once erased.
///
/// # Errors
/// Those of the database.
pub fn salt_of(tx: &mut Tx, commitment: &str) -> Result<Option<String>> {
    store::salt_of(tx, commitment)
}
