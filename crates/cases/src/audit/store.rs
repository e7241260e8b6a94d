//! SQL of the audit of cases.

use madang_base::Result;
use madang_db::{Row, Tx, params};

fn texts(rows: &[Row]) -> Result<Vec<String>> {
    rows.iter().map(|row| row.at(0)).collect()
}

/// A definition's text as it is kept.
pub(super) struct Version {
    pub digest: String,
    pub service: String,
    pub text: String,
}

pub(super) fn versions(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<Version>> {
    tx.rows(
        "SELECT digest, service, text FROM service_version WHERE digest > $1 ORDER BY digest LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| Ok(Version { digest: row.get("digest")?, service: row.get("service")?, text: row.get("text")? }))
    .collect()
}

pub(super) fn version_there(tx: &mut Tx, digest: &str, service: &str) -> Result<bool> {
    let row =
        tx.row("SELECT digest FROM service_version WHERE digest = $1 AND service = $2", params![digest, service])?;
    Ok(row.is_some())
}

/// Which definition is in force.
pub(super) struct Service {
    pub id: String,
    pub digest: String,
    pub origin: String,
    pub open: i64,
}

pub(super) fn services(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<Service>> {
    tx.rows("SELECT id, digest, origin, open FROM service WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| {
            Ok(Service {
                id: row.get("id")?,
                digest: row.get("digest")?,
                origin: row.get("origin")?,
                open: row.get("open")?,
            })
        })
        .collect()
}

pub(super) fn service_there(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.row("SELECT id FROM service WHERE id = $1", params![id])?.is_some())
}

pub(super) fn cases(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    texts(&tx.rows("SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn case_there(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.row("SELECT id FROM case_file WHERE id = $1", params![id])?.is_some())
}

/// Number and title, for messages.
pub(super) fn called(tx: &mut Tx, id: &str) -> Result<String> {
    let row = tx.row("SELECT number, title FROM case_file WHERE id = $1", params![id])?;
    row.map_or(Ok(String::new()), |row| Ok(format!("{} {}", row.at::<String>(0)?, row.at::<String>(1)?)))
}

pub(super) fn events(tx: &mut Tx, case: &str) -> Result<Vec<i64>> {
    tx.rows("SELECT no FROM case_event WHERE case_id = $1 ORDER BY no", params![case])?
        .iter()
        .map(|row| row.at(0))
        .collect()
}

/// The files of a case: SHA-256 and name.
pub(super) fn files(tx: &mut Tx, object: &str) -> Result<Vec<(String, String)>> {
    tx.rows("SELECT sha256, name FROM blob_use WHERE object = $1 ORDER BY sha256", params![object])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?)))
        .collect()
}

/// A supporter's row.
pub(super) struct Support {
    pub nullifier: String,
    pub at: i64,
    pub channel: String,
    pub region: Option<String>,
    pub age_band: Option<String>,
}

pub(super) fn supports(tx: &mut Tx, case: &str, after: &str, limit: u32) -> Result<Vec<Support>> {
    tx.rows(
        "SELECT nullifier, at, channel, region, age_band FROM support
         WHERE case_id = $1 AND nullifier > $2 ORDER BY nullifier LIMIT $3",
        params![case, after, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Support {
            nullifier: row.get("nullifier")?,
            at: row.get("at")?,
            channel: row.get("channel")?,
            region: row.get("region")?,
            age_band: row.get("age_band")?,
        })
    })
    .collect()
}

/// Cases with supports, after one of them.
pub(super) fn supported(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    texts(&tx.rows(
        "SELECT DISTINCT case_id FROM support WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        params![after, limit],
    )?)
}

/// Cases with batches, after one of them.
pub(super) fn with_batches(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    texts(&tx.rows(
        "SELECT DISTINCT case_id FROM support_batch WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        params![after, limit],
    )?)
}

/// Cases with bursts, after one of them.
pub(super) fn with_bursts(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    texts(&tx.rows(
        "SELECT DISTINCT case_id FROM support_burst WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        params![after, limit],
    )?)
}
