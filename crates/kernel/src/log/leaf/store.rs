//! SQL of the lines of the feed, as leaves.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use crate::object::Ref;

pub(super) fn one(tx: &mut Tx, position: i64) -> Result<Option<Row>> {
    tx.row(
        "SELECT position, at, kind, object, public, json, commitment FROM change WHERE position = $1",
        params![position],
    )
}

pub(super) fn page(tx: &mut Tx, position: i64, upto: i64, limit: u32) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change
         WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3",
        params![position, upto, limit],
    )
}

/// The kinds of which an object has had any.
pub(super) fn kinds_of(tx: &mut Tx, object: &Ref) -> Result<Vec<String>> {
    tx.rows("SELECT name FROM folded_count WHERE object = $1 ORDER BY name", params![object])?
        .iter()
        .map(|row| row.at(0))
        .collect()
}

pub(super) fn of_kind(tx: &mut Tx, object: &Ref, kind: &str, before: i64, limit: u32) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change
         WHERE object = $1 AND kind = $2 AND position < $3 AND public = 1 ORDER BY position DESC LIMIT $4",
        params![object, kind, before, limit],
    )
}

pub(super) fn first_from(tx: &mut Tx, at: Time) -> Result<Option<i64>> {
    tx.row("SELECT position FROM change WHERE at >= $1 AND public = 1 ORDER BY at, position LIMIT 1", params![at])?
        .map(|row| row.at(0))
        .transpose()
}

pub(super) fn last_before(tx: &mut Tx, at: Time) -> Result<Option<i64>> {
    tx.row(
        "SELECT position FROM change WHERE at < $1 AND public = 1 ORDER BY at DESC, position DESC LIMIT 1",
        params![at],
    )?
    .map(|row| row.at(0))
    .transpose()
}

pub(super) fn at(tx: &mut Tx, at: Time) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change WHERE at = $1 ORDER BY position",
        params![at],
    )
}
