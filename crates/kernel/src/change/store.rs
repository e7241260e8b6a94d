//! SQL of the change feed and the folded counts.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::Change;
use crate::object::Ref;

fn change(row: &Row) -> Result<Change> {
    Ok(Change {
        position: row.get("position")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        object: row.get("object")?,
        public: row.get("public")?,
        json: row.get("json")?,
    })
}

pub(super) fn since(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $1 ORDER BY position LIMIT $2",
        params![position, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn since_public(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $1 AND public = 1 ORDER BY position LIMIT $2",
        params![position, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn objects(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change WHERE position > $1 AND position <= $2 ORDER BY object",
        params![position, upto],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn of_object(tx: &mut Tx, object: &Ref, position: i64, upto: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $2 AND position <= $3 AND object = $1 ORDER BY position LIMIT $4",
        params![object, position, upto, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn objects_with(tx: &mut Tx, kind: &str, object: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change WHERE kind = $1 AND object > $2 ORDER BY object LIMIT $3",
        params![kind, object, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn head(tx: &mut Tx) -> Result<i64> {
    tx.row("SELECT size FROM log_head WHERE id = 1", params![])?.map_or(Ok(0), |row| row.at(0))
}

pub(super) fn count(tx: &mut Tx, object: &Ref, name: &str) -> Result<Option<i64>> {
    tx.row("SELECT value FROM folded_count WHERE object = $1 AND name = $2", params![object, name])?
        .map(|row| row.at(0))
        .transpose()
}

pub(super) fn recount(tx: &mut Tx, object: &Ref, name: &str, position: i64) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS n FROM change WHERE object = $1 AND kind = $2 AND position <= $3",
        params![object, name, position],
    )?
    .get("n")
}

pub(crate) fn change_insert(
    tx: &mut Tx,
    position: i64,
    at: Time,
    (kind, object): (&str, &str),
    public: bool,
    json: &str,
) -> Result<()> {
    tx.exec(
        "INSERT INTO change (position, at, kind, object, public, json) VALUES ($1, $2, $3, $4, $5, $6)",
        params![position, at, kind, object, public, json],
    )?;
    Ok(())
}

pub(crate) fn count_add(tx: &mut Tx, object: &str, name: &str, more: i64, position: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO folded_count (object, name, value, position) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object, name) DO UPDATE SET value = folded_count.value + excluded.value, position = excluded.position",
        params![object, name, more, position],
    )?;
    Ok(())
}
