//! What is late, over `case_clock` and `case_file`. A clock is an agency's when it names one and its time is the agency's.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::OrganisationId;

use super::agency::agency;
use crate::model::AgencyName;

/// An agency's clocks that have not stopped.
#[derive(Clone, Debug)]
pub(crate) struct AgencyRow {
    pub agency: AgencyName,
    pub running: i64,
    pub overdue: i64,
    /// Since when the one is late that is late for longest.
    pub first: Option<Time>,
}

/// Every agency with clocks that have not stopped, the one with most overdue first.
pub(crate) fn by_agency(tx: &mut Tx, now: Time) -> Result<Vec<AgencyRow>> {
    tx.rows(
        "SELECT o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, x.running, x.overdue, x.first
         FROM (SELECT k.agency, COUNT(*) AS running,
                 CAST(SUM(CASE WHEN k.overdue_from <= $1 THEN 1 ELSE 0 END) AS BIGINT) AS overdue,
                 MIN(CASE WHEN k.overdue_from <= $1 THEN k.overdue_from END) AS first
               FROM case_clock k
               WHERE k.who = 'agency' AND k.agency IS NOT NULL AND k.status IN ('running', 'paused', 'overdue')
               GROUP BY k.agency) x
           JOIN organisation o ON o.id = x.agency
         ORDER BY x.overdue DESC, o.slug",
        params![now],
    )?
    .iter()
    .map(|row| {
        Ok(AgencyRow {
            agency: agency(row)?,
            running: row.get("running")?,
            overdue: row.get("overdue")?,
            first: row.get("first")?,
        })
    })
    .collect()
}

/// A late clock of an agency with its case.
#[derive(Clone, Debug)]
pub(crate) struct LateRow {
    pub case: String,
    pub number: String,
    pub title: String,
    pub service: String,
    pub version: String,
    pub public: bool,
    pub clock: String,
    pub overdue_from: Time,
}

/// Late clocks of an agency, those first that are late for longest, from after the place `(time, case, clock)`.
pub(crate) fn of_agency(
    tx: &mut Tx,
    agency: OrganisationId,
    now: Time,
    after: (Time, &str, &str),
    limit: u32,
) -> Result<Vec<LateRow>> {
    tx.rows(
        "SELECT k.case_id, k.clock, k.overdue_from, c.number, c.title, c.service, c.version, c.publication
         FROM case_clock k JOIN case_file c ON c.id = k.case_id
         WHERE k.agency = $1 AND k.who = 'agency' AND k.status IN ('running', 'overdue') AND k.overdue_from <= $2
           AND (k.overdue_from > $3 OR (k.overdue_from = $3 AND
             (k.case_id > $4 OR (k.case_id = $4 AND k.clock > $5))))
         ORDER BY k.overdue_from, k.case_id, k.clock LIMIT $6",
        params![agency, now, after.0, after.1, after.2, limit],
    )?
    .iter()
    .map(|row| {
        Ok(LateRow {
            case: row.get("case_id")?,
            number: row.get("number")?,
            title: row.get("title")?,
            service: row.get("service")?,
            version: row.get("version")?,
            public: row.get::<String>("publication")? == "published",
            clock: row.get("clock")?,
            overdue_from: row.get("overdue_from")?,
        })
    })
    .collect()
}
