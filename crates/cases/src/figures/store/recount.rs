//! Counting the cases themselves. Slow: nothing here is asked by a page.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};

use crate::model::EventBody;

/// Which cases.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub service: Option<String>,
    pub agency: Option<String>,
    /// Filed from …
    pub from: Time,
    /// … before.
    pub until: Time,
}

/// What the row of a case says alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub received: i64,
    pub open: i64,
    pub withdrawn: i64,
    pub merged: i64,
}

pub(crate) fn plain(tx: &mut Tx, part: &Part) -> Result<Plain> {
    let row = tx.one(
        "SELECT COUNT(*) AS received,
           CAST(COALESCE(SUM(CASE WHEN closed_at IS NULL AND phase <> 'answered' AND phase <> 'refused' THEN 1 ELSE 0 END), 0)
             AS BIGINT) AS open,
           CAST(COALESCE(SUM(CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END), 0) AS BIGINT) AS withdrawn,
           CAST(COALESCE(SUM(CASE WHEN state = 'merged' THEN 1 ELSE 0 END), 0) AS BIGINT) AS merged
         FROM case_file WHERE filed_at >= $1 AND filed_at < $2
           AND (CAST($3 AS TEXT) IS NULL OR service = $3) AND (CAST($4 AS TEXT) IS NULL OR agency = $4)",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?;
    Ok(Plain {
        received: row.get("received")?,
        open: row.get("open")?,
        withdrawn: row.get("withdrawn")?,
        merged: row.get("merged")?,
    })
}

/// Cases that an agency (or any) passed on; the agency that has them now does not matter.
pub(crate) fn transferred(tx: &mut Tx, part: &Part) -> Result<i64> {
    tx.one(
        "SELECT COUNT(DISTINCT c.id) AS n FROM case_file c JOIN case_event e ON e.case_id = c.id AND e.kind = 'transferred'
         WHERE c.filed_at >= $1 AND c.filed_at < $2 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
           AND (CAST($4 AS TEXT) IS NULL OR e.organisation = $4)",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?
    .get("n")
}

pub(crate) fn stars(tx: &mut Tx, part: &Part) -> Result<Vec<(i64, i64)>> {
    tx.rows(
        "SELECT satisfaction, COUNT(*) AS n FROM case_file
         WHERE filed_at >= $1 AND filed_at < $2 AND satisfaction IS NOT NULL
           AND (CAST($3 AS TEXT) IS NULL OR service = $3) AND (CAST($4 AS TEXT) IS NULL OR agency = $4)
         GROUP BY satisfaction ORDER BY satisfaction",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?
    .iter()
    .map(|row| Ok((row.get("satisfaction")?, row.get("n")?)))
    .collect()
}

pub(crate) fn areas(tx: &mut Tx, part: &Part) -> Result<Vec<(String, i64)>> {
    let rows = tx.rows(
        "SELECT area AS word, COUNT(*) AS n FROM case_file
         WHERE filed_at >= $1 AND filed_at < $2 AND area IS NOT NULL AND area <> ''
           AND (CAST($3 AS TEXT) IS NULL OR service = $3) AND (CAST($4 AS TEXT) IS NULL OR agency = $4)
         GROUP BY area ORDER BY area",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?;
    rows.iter().map(counted).collect()
}

pub(crate) fn states(tx: &mut Tx, part: &Part) -> Result<Vec<(String, i64)>> {
    let rows = tx.rows(
        "SELECT e.to_state AS word, COUNT(DISTINCT c.id) AS n FROM case_file c JOIN case_event e ON e.case_id = c.id
         WHERE c.filed_at >= $1 AND c.filed_at < $2 AND e.to_state IS NOT NULL
           AND (CAST($3 AS TEXT) IS NULL OR c.service = $3) AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
         GROUP BY e.to_state ORDER BY e.to_state",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?;
    rows.iter().map(counted).collect()
}

fn counted(row: &Row) -> Result<(String, i64)> {
    Ok((row.get("word")?, row.get("n")?))
}

/// The versions on which the cases stand, with their services.
pub(crate) fn versions(tx: &mut Tx, part: &Part) -> Result<Vec<(String, String)>> {
    tx.rows(
        "SELECT DISTINCT version, service FROM case_file WHERE filed_at >= $1 AND filed_at < $2
           AND (CAST($3 AS TEXT) IS NULL OR service = $3) AND (CAST($4 AS TEXT) IS NULL OR agency = $4)
         ORDER BY version",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?
    .iter()
    .map(|row| Ok((row.get("version")?, row.get("service")?)))
    .collect()
}

/// Cases of a version that have this clock.
pub(crate) fn with_clock(tx: &mut Tx, part: &Part, version: &str, clock: &str) -> Result<Vec<String>> {
    tx.rows(
        "SELECT c.id FROM case_file c JOIN case_clock k ON k.case_id = c.id
         WHERE c.filed_at >= $1 AND c.filed_at < $2 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
           AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4) AND c.version = $5 AND k.clock = $6
         ORDER BY c.id",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref(), version, clock],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// Those of them that have not ended and had no answer, while this run of the clock is over.
pub(crate) fn over(tx: &mut Tx, part: &Part, version: &str, clock: &str) -> Result<Vec<String>> {
    tx.rows(
        "SELECT c.id FROM case_file c JOIN case_clock k ON k.case_id = c.id
         WHERE c.filed_at >= $1 AND c.filed_at < $2 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
           AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4) AND c.version = $5 AND k.clock = $6
           AND c.closed_at IS NULL AND c.answered_at IS NULL AND k.stopped_at IS NULL AND k.ran_out_at = k.overdue_from
         ORDER BY c.id",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref(), version, clock],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// An event that can be an answer, a refusal, or the end of a clock.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub at: Time,
    pub kind: String,
    pub party: String,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    body: String,
}

impl Event {
    /// Whether the text of the event names this clock.
    pub(crate) fn about(&self, clock: &str) -> bool {
        self.body.contains(&format!("\"about\":\"{clock}\""))
    }

    pub(crate) fn grounds(&self) -> Result<Vec<String>> {
        let body: EventBody = serde_json::from_str(&self.body).map_err(Error::internal)?;
        Ok(body.input.map(|input| input.grounds).unwrap_or_default())
    }
}

/// The events of a version's cases that move them, and clocks that ran out, with case and filing, in their order.
pub(crate) fn events(tx: &mut Tx, part: &Part, version: &str) -> Result<Vec<(String, Time, Event)>> {
    let rows = tx.rows(
        "SELECT c.id, c.filed_at, e.at, e.kind, e.party, e.from_state, e.to_state, e.body
         FROM case_file c JOIN case_event e ON e.case_id = c.id
         WHERE c.filed_at >= $1 AND c.filed_at < $2 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
           AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4) AND c.version = $5
           AND (e.to_state IS NOT NULL OR e.kind = 'ran-out')
         ORDER BY c.id, e.no",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref(), version],
    )?;
    let one = |row: &Row| {
        let event = Event {
            at: row.get("at")?,
            kind: row.get("kind")?,
            party: row.get("party")?,
            from_state: row.get("from_state")?,
            to_state: row.get("to_state")?,
            body: row.get("body")?,
        };
        Ok((row.get("id")?, row.get("filed_at")?, event))
    };
    rows.iter().map(one).collect()
}

/// Months like 202603 in which cases were filed.
pub(crate) fn months(tx: &mut Tx, part: &Part) -> Result<Vec<i64>> {
    let rows = tx.rows(
        "SELECT filed_at FROM case_file WHERE filed_at >= $1 AND filed_at < $2
           AND (CAST($3 AS TEXT) IS NULL OR service = $3) AND (CAST($4 AS TEXT) IS NULL OR agency = $4)
         ORDER BY filed_at",
        params![part.from, part.until, part.service.as_deref(), part.agency.as_deref()],
    )?;
    let month = |row: &Row| Ok(super::super::rules::day(row.get::<Time>("filed_at")?.kst_date()) / 100);
    let mut months = rows.iter().map(month).collect::<Result<Vec<_>>>()?;
    months.dedup();
    Ok(months)
}

/// Agencies that have a case or passed one on.
pub(crate) fn agencies(tx: &mut Tx) -> Result<Vec<String>> {
    tx.rows(
        "SELECT agency AS id FROM case_file WHERE agency IS NOT NULL
         UNION SELECT organisation AS id FROM case_event WHERE kind = 'transferred' AND organisation IS NOT NULL
         ORDER BY id",
        params![],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// Agencies and services that have sums.
pub(crate) fn pairs(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    tx.rows("SELECT DISTINCT agency, service FROM case_figure ORDER BY agency, service", params![])?
        .iter()
        .map(|row| Ok((row.get("agency")?, row.get("service")?)))
        .collect()
}
