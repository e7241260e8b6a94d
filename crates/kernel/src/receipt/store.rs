//! SQL of receipts. An act is found by its time: times are microseconds, so few acts share one.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

use super::Row;
use crate::object::Ref;

pub(super) fn waiting_at(tx: &mut Tx, at: Time) -> Result<Vec<Row>> {
    tx.rows("SELECT json, public, commitment FROM inbox WHERE at = $1", params![at])?.iter().map(row_of).collect()
}

pub(super) fn waiting(tx: &mut Tx, object: &Ref, at: Time) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT json, public, commitment FROM inbox WHERE at = $1 AND object = $2 ORDER BY id",
        params![at, object],
    )?
    .iter()
    .map(row_of)
    .collect()
}

pub(super) fn logged(tx: &mut Tx, object: &Ref, at: Time) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT json, public, commitment FROM change WHERE at = $1 AND object = $2 ORDER BY position",
        params![at, object],
    )?
    .iter()
    .map(row_of)
    .collect()
}

pub(super) fn row(tx: &mut Tx, index: u64) -> Result<Option<Row>> {
    let Some(position) = index.checked_add(1).and_then(|position| i64::try_from(position).ok()) else {
        return Ok(None);
    };
    tx.row("SELECT json, public, commitment FROM change WHERE position = $1", params![position])?
        .as_ref()
        .map(row_of)
        .transpose()
}

fn row_of(row: &madang_db::Row) -> Result<Row> {
    Ok(Row { json: row.get("json")?, public: row.get("public")?, commitment: row.get("commitment")? })
}

/// Digest, salt and time of the files of an object, oldest first.
pub(super) fn salts_of_files(tx: &mut Tx, object: &Ref) -> Result<Vec<(String, String, Time)>> {
    tx.rows(
        "SELECT digest, salt, created_at FROM salt WHERE object = $1 AND field = 'file' ORDER BY created_at, digest",
        params![object],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))
    .collect()
}

pub(super) fn covered(tx: &mut Tx, index: u64) -> Result<Option<Time>> {
    let Ok(index) = i64::try_from(index) else { return Ok(None) };
    tx.row("SELECT signed_at FROM log_checkpoint WHERE size > $1 ORDER BY size LIMIT 1", params![index])?
        .map(|row| row.at(0))
        .transpose()
}

pub(super) fn signed(tx: &mut Tx, size: u64) -> Result<Option<Time>> {
    let Ok(size) = i64::try_from(size) else { return Ok(None) };
    tx.row("SELECT signed_at FROM log_checkpoint WHERE size = $1", params![size])?.map(|row| row.at(0)).transpose()
}
