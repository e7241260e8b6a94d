//! Ids of what is public of plans, and the latest reports, for searches.

use madang_base::{LocalizedText, Result, Time};
use madang_db::{Tx, params};

pub(crate) fn plans(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows("SELECT id FROM plan WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

pub(crate) fn commitments(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT id FROM commitment WHERE id > $1 AND retired_at IS NULL ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

pub(crate) fn milestones(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT id FROM milestone WHERE id > $1 AND retired_at IS NULL ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// All milestones that a commitment has or had.
pub(crate) fn below(tx: &mut Tx, commitment: &str) -> Result<Vec<String>> {
    tx.rows("SELECT id FROM milestone WHERE commitment = $1 ORDER BY id", params![commitment])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// What was last reported of a milestone, or of a commitment as a whole, newest first.
pub(crate) fn reports(
    tx: &mut Tx,
    commitment: &str,
    milestone: Option<&str>,
    limit: u32,
) -> Result<Vec<(Time, LocalizedText)>> {
    tx.rows(
        "SELECT at, text FROM progress WHERE commitment = $1 AND COALESCE(milestone, '') = COALESCE(CAST($2 AS TEXT), '')
           AND corrected_by IS NULL ORDER BY id DESC LIMIT $3",
        params![commitment, milestone, limit],
    )?
    .iter()
    .map(|row| Ok((row.get("at")?, row.get("text")?)))
    .collect()
}
