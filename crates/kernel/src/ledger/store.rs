//! SQL of the inbox and the salts.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

use crate::object::Ref;

/// An event on its way to a position.
pub(super) struct Waiting<'a> {
    pub at: Time,
    pub kind: &'a str,
    pub object: &'a str,
    pub public: bool,
    pub json: &'a str,
    pub commitment: Option<&'a str>,
}

pub(super) fn inbox_insert(tx: &mut Tx, event: &Waiting<'_>) -> Result<()> {
    let Waiting { at, kind, object, public, json, commitment } = *event;
    tx.exec(
        "INSERT INTO inbox (at, kind, object, public, json, commitment) VALUES ($1, $2, $3, $4, $5, $6)",
        params![at, kind, object, public, json, commitment],
    )?;
    Ok(())
}

pub(super) fn inbox_depth(tx: &mut Tx, most: i64) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM (SELECT id FROM inbox LIMIT CAST($1 AS BIGINT)) AS waiting", params![most])?.at(0)
}

pub(super) fn pending(tx: &mut Tx, object: &Ref) -> Result<Vec<(String, String)>> {
    tx.rows("SELECT kind, json FROM inbox WHERE object = $1 ORDER BY id", params![object])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?)))
        .collect()
}

pub(super) fn salt_insert(tx: &mut Tx, digest: &str, object: &str, field: &str, salt: &str, at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO salt (digest, object, field, salt, created_at) VALUES ($1, $2, $3, $4, $5)",
        params![digest, object, field, salt, at],
    )?;
    Ok(())
}

pub(super) fn salt_of(tx: &mut Tx, digest: &str) -> Result<Option<String>> {
    tx.row("SELECT salt FROM salt WHERE digest = $1", params![digest])?.map(|row| row.at(0)).transpose()
}

pub(super) fn salt_delete(tx: &mut Tx, object: &Ref, field: Option<&str>) -> Result<u64> {
    tx.exec("DELETE FROM salt WHERE object = $1 AND (CAST($2 AS TEXT) IS NULL OR field = $2)", params![object, field])
}

pub(super) fn salts_of(tx: &mut Tx, object: &Ref, field: &str) -> Result<Vec<(String, String)>> {
    tx.rows("SELECT digest, salt FROM salt WHERE object = $1 AND field = $2 ORDER BY digest", params![object, field])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?)))
        .collect()
}
