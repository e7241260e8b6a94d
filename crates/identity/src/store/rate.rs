//! Table `rate_limit`: one row per attempt, so that nobody waits for a shared counter.

use madang_base::{Id, Result, Time};
use madang_db::{Tx, params};

/// Marker of an attempt's id; never built.
#[derive(Debug)]
pub enum AttemptMarker {}

pub fn insert(tx: &mut Tx, id: Id<AttemptMarker>, bucket: &str, now: Time) -> Result<()> {
    tx.exec("INSERT INTO rate_limit (id, bucket, at) VALUES ($1, $2, $3)", params![id, bucket, now])?;
    Ok(())
}

/// Attempts after `since`.
pub fn count(tx: &mut Tx, bucket: &str, since: Time) -> Result<i64> {
    tx.one("SELECT COUNT(*) AS attempts FROM rate_limit WHERE bucket = $1 AND at > $2", params![bucket, since])?
        .get("attempts")
}

pub fn clear(tx: &mut Tx, bucket: &str) -> Result<()> {
    tx.exec("DELETE FROM rate_limit WHERE bucket = $1", params![bucket])?;
    Ok(())
}

pub fn purge(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec("DELETE FROM rate_limit WHERE at < $1", params![before])
}
