//! The change feed: everything that happened, in one order without gaps, and the counts that follow from it.
//!
//! Search, live pages and webhooks read [`since`] from the position they reached last. A count says how many changes of
//! one kind an object has had ([`count`]); it is folded by the [`sequencer`](crate::sequencer), so it is complete up to
//! its position and says which, and [`recount`] at that position gives the same number.

mod store;

use madang_base::{Result, Time};
use madang_db::Tx;

pub(crate) use self::store::{New, change_insert, count_add};
use crate::object::Ref;

/// One line of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From 1, without gaps.
    pub position: i64,
    pub at: Time,
    pub kind: String,
    pub object: Ref,
    pub public: bool,
    /// The canonical JSON of [`ledger::append`](crate::ledger::append).
    pub json: String,
}

/// A number and the position up to which it is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub value: i64,
    pub position: i64,
}

/// What comes after `position`, oldest first, at most `limit`. Feeds that leave the house use [`since_public`].
///
/// # Errors
/// Those of the database.
pub fn since(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    store::since(tx, position, limit)
}

/// The public ones of what comes after `position`, oldest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn since_public(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    store::since_public(tx, position, limit)
}

/// The objects of the positions after `position` up to and with `upto`, each once, in their order.
///
/// # Errors
/// Those of the database.
pub fn objects(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<String>> {
    store::objects(tx, position, upto)
}

/// The objects of the positions after `position` up to and with `upto` that had a change of a kind from `first` on and
/// before `beyond` (`case.` and `case/`: of all kinds that begin with `case.`), each once, in their order.
///
/// # Errors
/// Those of the database.
pub fn objects_of(tx: &mut Tx, position: i64, upto: i64, first: &str, beyond: &str) -> Result<Vec<String>> {
    store::objects_of(tx, position, upto, first, beyond)
}

/// What one object has had after `position` up to and with `upto`, oldest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn of_object(tx: &mut Tx, object: &Ref, position: i64, upto: i64, limit: u32) -> Result<Vec<Change>> {
    store::of_object(tx, object, position, upto, limit)
}

/// The positions of public changes of one kind after `above` up to and with `upto`, newest first, at most `limit`. There
/// is no index by kind, for the sake of those who write: the caller keeps the stretch short.
///
/// # Errors
/// Those of the database.
pub fn newest_of(tx: &mut Tx, kind: &str, above: i64, upto: i64, limit: u32) -> Result<Vec<i64>> {
    store::newest_of(tx, kind, above, upto, limit)
}

/// Objects that have had a change of this kind, in their order, after `object`, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn objects_with(tx: &mut Tx, kind: &str, object: &str, limit: u32) -> Result<Vec<String>> {
    store::objects_with(tx, kind, object, limit)
}

/// The last position given; 0 before the first.
///
/// # Errors
/// Those of the database.
pub fn head(tx: &mut Tx) -> Result<i64> {
    store::head(tx)
}

/// How many changes of the kind `name` the object has had.
///
/// # Errors
/// Those of the database.
pub fn count(tx: &mut Tx, object: &Ref, name: &str) -> Result<Count> {
    Ok(Count { value: store::count(tx, object, name)?.unwrap_or(0), position: store::head(tx)? })
}

/// The same from the feed itself, up to and with `position`; slow, for checks.
///
/// # Errors
/// Those of the database.
pub fn recount(tx: &mut Tx, object: &Ref, name: &str, position: i64) -> Result<i64> {
    store::recount(tx, object, name, position)
}
