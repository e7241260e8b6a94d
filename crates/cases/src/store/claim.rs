//! What the public export needs of tables `case_file` and `case_event`.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

/// A public case.
pub(crate) struct Public {
    pub id: String,
    pub number: String,
    pub service: String,
    pub version: String,
    pub state: String,
    pub filed_at: Time,
}

/// Public cases filed from `from` until before `until`, in the order of their filing, after one of them.
pub(crate) fn page(
    tx: &mut Tx,
    (from, until): (Time, Time),
    (after, after_id): (Time, &str),
    limit: u32,
) -> Result<Vec<Public>> {
    tx.rows(
        "SELECT id, number, service, version, state, filed_at FROM case_file
         WHERE publication = 'published' AND filed_at >= $1 AND filed_at < $2
           AND (filed_at > $3 OR (filed_at = $3 AND id > $4))
         ORDER BY filed_at, id LIMIT $5",
        params![from, until, after, after_id, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Public {
            id: row.get("id")?,
            number: row.get("number")?,
            service: row.get("service")?,
            version: row.get("version")?,
            state: row.get("state")?,
            filed_at: row.get("filed_at")?,
        })
    })
    .collect()
}

/// When the first public case at or after `from` was filed.
pub(crate) fn first_from(tx: &mut Tx, from: Time) -> Result<Option<Time>> {
    tx.row(
        "SELECT filed_at FROM case_file WHERE publication = 'published' AND filed_at >= $1 ORDER BY filed_at LIMIT 1",
        params![from],
    )?
    .map(|row| row.at(0))
    .transpose()
}

/// An event of the history of states.
pub(crate) struct Moved {
    pub no: i64,
    pub at: Time,
    pub kind: String,
    pub step: Option<String>,
    pub to_state: Option<String>,
    pub body: String,
}

/// Filing, steps, states and moves to other definitions of one case, oldest first.
pub(crate) fn history(tx: &mut Tx, case: &str) -> Result<Vec<Moved>> {
    tx.rows(
        "SELECT no, at, kind, step, to_state, body FROM case_event
         WHERE case_id = $1 AND (step IS NOT NULL OR to_state IS NOT NULL OR kind = 'migrated') ORDER BY no",
        params![case],
    )?
    .iter()
    .map(|row| {
        Ok(Moved {
            no: row.get("no")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            step: row.get("step")?,
            to_state: row.get("to_state")?,
            body: row.get("body")?,
        })
    })
    .collect()
}

/// A support in the feed whose statement may still be opened.
pub(crate) struct Stated {
    pub position: i64,
    pub json: String,
    pub object: String,
}

/// Supports given after `position`.
pub(crate) fn given(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Stated>> {
    tx.rows(
        "SELECT position, object, json FROM change WHERE kind = 'support.given' AND position > $1
         ORDER BY position LIMIT $2",
        params![position, limit],
    )?
    .iter()
    .map(|row| Ok(Stated { position: row.get("position")?, object: row.get("object")?, json: row.get("json")? }))
    .collect()
}

/// Region, age band, and the salt of the commitment to them.
pub(crate) type Statement = (Option<String>, Option<String>, String);

/// What a person has stated first, and the salt of this commitment; none when either is gone.
pub(crate) fn statement(tx: &mut Tx, case: &str, nullifier: &str, digest: &str) -> Result<Option<Statement>> {
    tx.row(
        "SELECT s.region, s.age_band, t.salt FROM support s JOIN salt t ON t.digest = $3
         WHERE s.case_id = $1 AND s.nullifier = $2",
        params![case, nullifier, digest],
    )?
    .map(|row| Ok((row.get("region")?, row.get("age_band")?, row.get("salt")?)))
    .transpose()
}
