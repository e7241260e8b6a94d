//! Leaves as the database has them: one for each line of the change feed.
//!
//! Position p of the feed is leaf p − 1. A public event's leaf is its canonical JSON; of the others the leaf holds a
//! salted commitment and nothing else, so nothing here tells more of them.

mod store;

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx};
use madang_tlog::{Hash, leaf_hash};

use super::store::{signed, unsigned};
use crate::ledger::{self, ReceiptCode};
use crate::object::Ref;

/// The kind of what is not public.
pub const OPAQUE: &str = "opaque";

/// One leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// From 0.
    pub index: u64,
    /// When it happened. Of what is not public the leaf does not say it, and pages must not.
    pub at: Time,
    /// `opaque` when it is not public.
    pub kind: String,
    /// None when it is not public.
    pub object: Option<Ref>,
    pub public: bool,
    /// What is hashed: canonical JSON.
    pub entry: String,
    pub hash: Hash,
}

fn read(row: &Row) -> Result<Option<Leaf>> {
    let public: bool = row.get("public")?;
    let commitment: Option<String> = row.get("commitment")?;
    if !public && commitment.is_none() {
        return Ok(None);
    }
    let entry = ledger::entry(public, &row.get::<String>("json")?, commitment.as_deref())?;
    Ok(Some(Leaf {
        index: index_of(row.get("position")?)?,
        at: row.get("at")?,
        kind: if public { row.get("kind")? } else { OPAQUE.to_owned() },
        object: if public { Some(row.get("object")?) } else { None },
        public,
        hash: leaf_hash(entry.as_bytes()),
        entry,
    }))
}

fn index_of(position: i64) -> Result<u64> {
    unsigned(position)?.checked_sub(1).ok_or_else(|| Error::internal("a position below 1"))
}

fn position_of(index: u64) -> Result<i64> {
    Ok(signed(index)?.saturating_add(1))
}

/// The leaf of this index. None beyond the feed, and of what waits for its commitment.
///
/// # Errors
/// Those of the database.
pub fn leaf(tx: &mut Tx, index: u64) -> Result<Option<Leaf>> {
    let Ok(position) = position_of(index) else { return Ok(None) };
    store::one(tx, position)?.as_ref().map_or(Ok(None), read)
}

/// Leaves after an index (none: from the first) below `upto`, in order, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn leaves(tx: &mut Tx, after: Option<u64>, upto: u64, limit: u32) -> Result<Vec<Leaf>> {
    let after = after.map_or(Ok(0), position_of)?;
    let rows = store::page(tx, after, i64::try_from(upto).unwrap_or(i64::MAX), limit)?;
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

/// The public leaves of one object below `before` (none: from the newest), newest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn leaves_of(tx: &mut Tx, object: &Ref, before: Option<u64>, limit: u32) -> Result<Vec<Leaf>> {
    let before = before.map_or(Ok(i64::MAX), position_of)?;
    // Kind by kind: the index is by object, kind and position, and an object may have a million events of one kind.
    let mut found = Vec::new();
    for kind in store::kinds_of(tx, object)? {
        for row in &store::of_kind(tx, object, &kind, before, limit)? {
            found.extend(read(row)?);
        }
    }
    found.sort_unstable_by_key(|leaf| std::cmp::Reverse(leaf.index));
    found.truncate(limit as usize);
    Ok(found)
}

/// The first public leaf of what happened at `at` or later; the newest public one when nothing did.
///
/// # Errors
/// Those of the database.
pub fn leaf_near(tx: &mut Tx, at: Time) -> Result<Option<u64>> {
    let found = match store::first_from(tx, at)? {
        Some(later) => Some(later),
        None => store::last_before(tx, at)?,
    };
    found.map(index_of).transpose()
}

/// The leaf that a receipt names, once it has its position.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, code: &ReceiptCode) -> Result<Option<u64>> {
    for row in &store::at(tx, code.at)? {
        if let Some(leaf) = read(row)?.filter(|leaf| code.is_of(leaf.at, &leaf.entry)) {
            return Ok(Some(leaf.index));
        }
    }
    Ok(None)
}
