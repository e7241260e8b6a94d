//! A citizen's proof file: that something stands in the log.

use madang_base::{Error, Result, Time};
use madang_tlog::{Policy, ProofFile, leaf_hash};
use serde::Serialize;

use super::canonical::{self, Entry};
use super::report::Witness;
use super::signed::Trust;

/// What a proof file shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proved {
    pub origin: String,
    /// The leaf, and how many the log had.
    pub leaf: u64,
    pub size: u64,
    /// The root that was signed, base64.
    pub root: String,
    /// What the leaf says; empty when it is opaque.
    pub kind: String,
    pub object: String,
    /// When, by the leaf, RFC 3339; empty when it is opaque.
    pub at: String,
    pub witnesses: Vec<Witness>,
    /// The leaf itself.
    pub entry: String,
}

/// Checks a proof file under the keys that are trusted. `leaf`: the leaf's bytes; without it the proof file must carry
/// them as its extra data.
///
/// # Errors
/// `proof.file` when it is none; `proof.leaf` when the leaf is neither given nor in it; `proof.keys` without a key;
/// `proof.wrong` with the reason when it does not hold.
pub fn proof(text: &str, leaf: Option<&[u8]>, trust: &Trust) -> Result<Proved> {
    let file: ProofFile = text
        .parse()
        .map_err(|error: madang_tlog::Error| Error::invalid("proof.file").arg("why", &error).source(error))?;
    let entry = leaf.or(file.extra.as_deref()).ok_or_else(|| Error::invalid("proof.leaf"))?;
    // An editor adds a newline to what it saves; no leaf ends with one.
    let entry = entry.strip_suffix(b"\n").unwrap_or(entry);
    if trust.keys.is_empty() {
        return Err(Error::invalid("proof.keys"));
    }
    let policy = Policy { logs: trust.keys.clone(), witnesses: trust.witnesses.clone(), quorum: trust.quorum };
    let verified = file
        .verify(&leaf_hash(entry), &policy)
        .map_err(|error| Error::invalid("proof.wrong").arg("why", &error).source(error))?;
    let text = String::from_utf8_lossy(entry).into_owned();
    let (kind, object, at) = match canonical::read(&text) {
        Ok(Entry::Event { at, kind, object, .. }) => {
            (kind.to_owned(), object.to_owned(), Time::from_micros(at).rfc3339())
        }
        Ok(Entry::Opaque) => (canonical::OPAQUE.to_owned(), String::new(), String::new()),
        // A leaf of another log: the proof holds, what it says is its own affair.
        Err(_) => (String::new(), String::new(), String::new()),
    };
    let witnesses = verified.cosigned.into_iter().map(|(name, seconds)| {
        let micros = i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000).saturating_mul(1_000_000);
        Witness { name, at: Time::from_micros(micros).rfc3339() }
    });
    Ok(Proved {
        origin: verified.origin,
        leaf: verified.index,
        size: verified.size,
        root: verified.root.to_string(),
        kind,
        object,
        at,
        witnesses: witnesses.collect(),
        entry: text,
    })
}
