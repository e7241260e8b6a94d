//! Tables `support_count` and `threshold_reached`: what the fold writes.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

use super::super::Dimension;
use crate::model::CaseId;

/// A count: of what, how many, as of which position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub dimension: Dimension,
    pub value: String,
    pub count: i64,
    pub position: i64,
}

pub(crate) fn total(tx: &mut Tx, case: &str) -> Result<Option<(i64, i64)>> {
    tx.row(
        "SELECT count, position FROM support_count WHERE case_id = $1 AND dimension = 'total' AND value = ''",
        params![case],
    )?
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .transpose()
}

pub(crate) fn add(tx: &mut Tx, case: &str, dimension: Dimension, value: &str, more: i64, position: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO support_count (case_id, dimension, value, count, position) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (case_id, dimension, value)
         DO UPDATE SET count = support_count.count + excluded.count, position = excluded.position",
        params![case, dimension, value, more, position],
    )?;
    Ok(())
}

/// All counts of a case, by dimension and value.
pub(crate) fn counts(tx: &mut Tx, case: &str) -> Result<Vec<Count>> {
    tx.rows(
        "SELECT dimension, value, count, position FROM support_count WHERE case_id = $1 ORDER BY dimension, value",
        params![case],
    )?
    .iter()
    .map(|row| {
        Ok(Count {
            dimension: row.get("dimension")?,
            value: row.get("value")?,
            count: row.get("count")?,
            position: row.get("position")?,
        })
    })
    .collect()
}

/// What was given on one day.
pub(crate) fn on_day(tx: &mut Tx, case: CaseId, day: &str) -> Result<i64> {
    tx.row(
        "SELECT count FROM support_count WHERE case_id = $1 AND dimension = 'day' AND value = $2",
        params![case, day],
    )?
    .map_or(Ok(0), |row| row.at(0))
}

/// Cases that have a count, after one of them.
pub(crate) fn counted(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT case_id FROM support_count WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

/// Cases that have supports, after one of them.
pub(crate) fn supported(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows("SELECT DISTINCT case_id FROM support WHERE case_id > $1 ORDER BY case_id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| row.at(0))
        .collect()
}

/// A threshold that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    pub threshold: String,
    pub at: Time,
    pub position: i64,
    pub count: i64,
}

/// False when it was on record already.
pub(crate) fn reach(tx: &mut Tx, case: &str, reached: &Reached) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO threshold_reached (case_id, threshold, at, position, count) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (case_id, threshold) DO NOTHING",
        params![case, &reached.threshold, reached.at, reached.position, reached.count],
    )? == 1)
}

pub(crate) fn reached(tx: &mut Tx, case: &str) -> Result<Vec<Reached>> {
    tx.rows(
        "SELECT threshold, at, position, count FROM threshold_reached WHERE case_id = $1 ORDER BY position, threshold",
        params![case],
    )?
    .iter()
    .map(|row| {
        Ok(Reached {
            threshold: row.get("threshold")?,
            at: row.get("at")?,
            position: row.get("position")?,
            count: row.get("count")?,
        })
    })
    .collect()
}
