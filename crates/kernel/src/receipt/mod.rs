//! What a receipt is good for once the act is done: finding its leaf, finding the receipt of an act again, and opening
//! what stands in the log only as a digest.
//!
//! The code itself ([`ReceiptCode`]) is made by [`ledger::append`](crate::ledger::append). Nothing here decides who may
//! see an opening: whoever asks must find that out first.

mod store;
#[cfg(test)]
pub(crate) mod tests;

use madang_base::{Result, Time};
use madang_db::Tx;
use serde_json::Value;

use crate::digest;
use crate::ledger::{self, ReceiptCode};
use crate::log;
use crate::object::Ref;

/// Where the act of a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// No act has this code.
    Unknown,
    /// In the inbox: it gets its position within a second or two.
    Waiting,
    /// The leaf of this index, from 0.
    Leaf(u64),
}

/// What opens a leaf: the event, and the salts that are still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What is hashed into the log.
    pub entry: String,
    /// The canonical JSON of the event; the same as `entry` when the event is public.
    pub event: String,
    /// Of an event that is not public: the salt of its commitment, hexadecimal; none when it has been erased.
    pub salt: Option<String>,
    pub public: bool,
    /// Salts of the event's texts and files that are still there: digest and salt, hexadecimal.
    pub salts: Vec<(String, String)>,
}

impl Opening {
    /// Whether nobody can tell any more what the commitment stands for.
    #[must_use]
    pub fn erased(&self) -> bool {
        !self.public && self.salt.is_none()
    }
}

/// A file that stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLeaf {
    pub code: ReceiptCode,
    /// When it was put on record.
    pub at: Time,
    /// The salted digest as it stands in the leaf, 64 hexadecimal digits.
    pub digest: String,
    /// What opens it: SHA-256 of these 16 bytes (hexadecimal) and the 64 digits of the file's SHA-256 is `digest`.
    pub salt: String,
}

/// Where the act of this code is.
///
/// # Errors
/// Those of the database.
pub fn place(tx: &mut Tx, code: &ReceiptCode) -> Result<Place> {
    if let Some(index) = log::find(tx, code)? {
        return Ok(Place::Leaf(index));
    }
    let waits = store::waiting_at(tx, code.at)?.iter().any(|row| row.code(code.at) == Some(*code));
    Ok(if waits { Place::Waiting } else { Place::Unknown })
}

/// The receipt of what `object` had at a moment: the first event of which `is` says so, in the feed or in the inbox.
///
/// # Errors
/// Those of the database.
pub fn of_act(tx: &mut Tx, object: &Ref, at: Time, is: impl Fn(&Value) -> bool) -> Result<Option<ReceiptCode>> {
    let mut rows = store::logged(tx, object, at)?;
    rows.extend(store::waiting(tx, object, at)?);
    let found = rows.iter().find(|row| serde_json::from_str(&row.json).is_ok_and(|event| is(&event)));
    Ok(found.and_then(|row| row.code(at)))
}

/// What opens a leaf; none when there is no such leaf.
///
/// # Errors
/// Those of the database.
pub fn opening(tx: &mut Tx, index: u64) -> Result<Option<Opening>> {
    let Some(row) = store::row(tx, index)? else { return Ok(None) };
    let salt = match &row.commitment {
        Some(commitment) => ledger::salt_of(tx, commitment)?,
        None => None,
    };
    let mut salts = Vec::new();
    for digest in digests(&row.json) {
        if let Some(salt) = ledger::salt_of(tx, &digest)? {
            salts.push((digest, salt));
        }
    }
    Ok(Some(Opening { entry: row.entry()?, event: row.json.clone(), salt, public: row.public, salts }))
}

/// The leaf in which `object` put the file of this SHA-256 on record, the first one; none when it did not, or the salt
/// has been erased.
///
/// # Errors
/// Those of the database.
pub fn file(tx: &mut Tx, object: &Ref, sha256: &str) -> Result<Option<FileLeaf>> {
    for (found, salt, at) in store::salts_of_files(tx, object)? {
        let Some(bytes) = digest::unhex(&salt) else { continue };
        if digest::sha256(&[bytes.as_slice(), sha256.as_bytes()].concat()) != found {
            continue;
        }
        let named = |event: &Value| digests_of(event).any(|digest| digest == found);
        if let Some(code) = of_act(tx, object, at, named)? {
            return Ok(Some(FileLeaf { code, at, digest: found, salt }));
        }
    }
    Ok(None)
}

/// When a checkpoint that covers the leaf was signed for the first time: since then the act can be proved.
///
/// # Errors
/// Those of the database.
pub fn provable_since(tx: &mut Tx, index: u64) -> Result<Option<Time>> {
    store::covered(tx, index)
}

/// When the checkpoint of this size was signed.
///
/// # Errors
/// Those of the database.
pub fn signed_at(tx: &mut Tx, size: u64) -> Result<Option<Time>> {
    store::signed(tx, size)
}

/// A row of the feed or the inbox.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    json: String,
    public: bool,
    commitment: Option<String>,
}

impl Row {
    fn entry(&self) -> Result<String> {
        ledger::entry(self.public, &self.json, self.commitment.as_deref())
    }

    /// None for what is older than the ledger and not integrated yet.
    fn code(&self, at: Time) -> Option<ReceiptCode> {
        ReceiptCode::of(at, &self.entry().ok()?)
    }
}

/// The salted digests of an event, 64 hexadecimal digits each.
fn digests(json: &str) -> Vec<String> {
    serde_json::from_str::<Value>(json).map(|event| digests_of(&event).collect()).unwrap_or_default()
}

fn digests_of(event: &Value) -> impl Iterator<Item = String> {
    let fields = event["fields"].as_object().cloned().unwrap_or_default();
    fields
        .into_iter()
        .flat_map(|(_, value)| match value {
            Value::Array(list) => list,
            one => vec![one],
        })
        .filter_map(|value| value.as_str()?.strip_prefix("sha256:").map(str::to_owned))
}
