//! Tables `service` and `service_version`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use crate::registry::Origin;

/// Which version of a service is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServiceRow {
    pub id: String,
    pub digest: String,
    pub origin: Origin,
    pub open: bool,
}

fn row(row: &Row) -> Result<ServiceRow> {
    Ok(ServiceRow {
        id: row.get("id")?,
        digest: row.get("digest")?,
        origin: row.get("origin")?,
        open: row.get("open")?,
    })
}

pub(crate) fn get(tx: &mut Tx, id: &str) -> Result<Option<ServiceRow>> {
    tx.row("SELECT id, digest, origin, open FROM service WHERE id = $1", params![id])?.as_ref().map(row).transpose()
}

pub(crate) fn all(tx: &mut Tx) -> Result<Vec<ServiceRow>> {
    tx.rows("SELECT id, digest, origin, open FROM service ORDER BY id", params![])?.iter().map(row).collect()
}

/// The service that a version belongs to.
pub(crate) fn service_of(tx: &mut Tx, digest: &str) -> Result<Option<String>> {
    tx.row("SELECT service FROM service_version WHERE digest = $1", params![digest])?
        .map(|row| row.get("service"))
        .transpose()
}

pub(crate) fn text(tx: &mut Tx, digest: &str) -> Result<Option<String>> {
    tx.row("SELECT text FROM service_version WHERE digest = $1", params![digest])?
        .map(|row| row.get("text"))
        .transpose()
}

/// Keeps a version; one that is there stays as it is.
pub(crate) fn insert_version(
    tx: &mut Tx,
    digest: &str,
    service: &str,
    text: &str,
    now: Time,
    by: Option<AccountId>,
) -> Result<()> {
    tx.exec(
        "INSERT INTO service_version (digest, service, text, created_at, created_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (digest) DO NOTHING",
        params![digest, service, text, now, by],
    )?;
    Ok(())
}

/// Digests of a service's versions with the time they came, newest first.
pub(crate) fn versions(tx: &mut Tx, service: &str) -> Result<Vec<(String, Time)>> {
    tx.rows(
        "SELECT digest, created_at FROM service_version WHERE service = $1 ORDER BY created_at DESC, digest",
        params![service],
    )?
    .iter()
    .map(|row| Ok((row.get("digest")?, row.get("created_at")?)))
    .collect()
}

/// Puts a version in force. A new service is open; one that is there stays as open as it is.
pub(crate) fn put(tx: &mut Tx, id: &str, digest: &str, origin: Origin, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO service (id, digest, origin, open, updated_at) VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, origin = excluded.origin,
           updated_at = excluded.updated_at",
        params![id, digest, origin, now],
    )?;
    Ok(())
}

/// False when it was so already, or is not there.
pub(crate) fn set_open(tx: &mut Tx, id: &str, open: bool, now: Time) -> Result<bool> {
    Ok(tx.exec("UPDATE service SET open = $2, updated_at = $3 WHERE id = $1 AND open <> $2", params![id, open, now])?
        == 1)
}

/// Versions with how many of their cases are not closed.
pub(crate) fn open_cases(tx: &mut Tx, service: &str) -> Result<Vec<(String, i64)>> {
    tx.rows(
        "SELECT v.digest, COUNT(c.id) AS n FROM service_version v
         JOIN case_file c ON c.version = v.digest AND c.closed_at IS NULL
         WHERE v.service = $1 GROUP BY v.digest ORDER BY v.digest",
        params![service],
    )?
    .iter()
    .map(|row| Ok((row.get("digest")?, row.get("n")?)))
    .collect()
}

/// States in which cases of a version stand, with how many of them are not closed.
pub(crate) fn states(tx: &mut Tx, digest: &str) -> Result<Vec<(String, i64)>> {
    tx.rows(
        "SELECT state, CAST(SUM(CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS n FROM case_file
         WHERE version = $1 GROUP BY state ORDER BY state",
        params![digest],
    )?
    .iter()
    .map(|row| Ok((row.get("state")?, row.get("n")?)))
    .collect()
}
