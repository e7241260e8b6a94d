//! SQL of the export: where the months of the log begin and end, and which leaves name files.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_tlog::Hash;

/// A checkpoint of long ago or now, as far as the months need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub size: u64,
    pub root: Hash,
    pub signed_at: Time,
}

fn mark(row: &Row) -> Result<Mark> {
    Ok(Mark {
        size: u64::try_from(row.get::<i64>("size")?).map_err(Error::internal)?,
        root: Hash::from_hex(&row.get::<String>("root")?).map_err(Error::internal)?,
        signed_at: row.get("signed_at")?,
    })
}

fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The checkpoint of this size.
pub(super) fn of_size(tx: &mut Tx, size: u64) -> Result<Option<Mark>> {
    tx.row("SELECT size, root, signed_at FROM log_checkpoint WHERE size = $1", params![signed(size)])?
        .as_ref()
        .map(mark)
        .transpose()
}

/// The newest checkpoint.
pub(super) fn newest(tx: &mut Tx) -> Result<Option<Mark>> {
    tx.row("SELECT size, root, signed_at FROM log_checkpoint WHERE size > 0 ORDER BY size DESC LIMIT 1", params![])?
        .as_ref()
        .map(mark)
        .transpose()
}

/// The first checkpoint of `least` to `most` leaves.
pub(super) fn first_between(tx: &mut Tx, least: u64, most: u64) -> Result<Option<Mark>> {
    tx.row(
        "SELECT size, root, signed_at FROM log_checkpoint WHERE size >= $1 AND size <= $2 ORDER BY size LIMIT 1",
        params![signed(least), signed(most)],
    )?
    .as_ref()
    .map(mark)
    .transpose()
}

/// The last checkpoint signed before `until`, of at most `most` leaves.
pub(super) fn last_before(tx: &mut Tx, until: Time, most: u64) -> Result<Option<Mark>> {
    tx.row(
        "SELECT size, root, signed_at FROM log_checkpoint WHERE signed_at < $1 AND size <= $2
         ORDER BY signed_at DESC, size DESC LIMIT 1",
        params![until, signed(most)],
    )?
    .as_ref()
    .map(mark)
    .transpose()
}

/// Public events of the positions after `position` up to and with `upto` that name files: position and JSON.
pub(super) fn with_files(tx: &mut Tx, position: u64, upto: u64) -> Result<Vec<(u64, String)>> {
    tx.rows(
        "SELECT position, json FROM change
         WHERE position > $1 AND position <= $2 AND public = 1 AND json LIKE '%\"files\":[%' ORDER BY position",
        params![signed(position), signed(upto)],
    )?
    .iter()
    .map(|row| Ok((u64::try_from(row.at::<i64>(0)?).map_err(Error::internal)?, row.at(1)?)))
    .collect()
}
