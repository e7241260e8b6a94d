//! SQL of the newsletters' contents: which cases a period has, some at a time.

use madang_base::{Error, Result, Time};
use madang_cases::model::{CaseId, EventBody};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

/// A case, before anything of it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub id: CaseId,
    /// When it was filed, answered, or due.
    pub at: Time,
    pub supports: i64,
}

/// Which cases, and from after which one on.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub from: Time,
    pub until: Time,
    pub agency: Option<OrganisationId>,
    pub after: (Time, String),
    pub limit: u32,
}

fn candidate(row: &Row) -> Result<Candidate> {
    Ok(Candidate { id: row.get("id")?, at: row.get("at")?, supports: row.get("supports")? })
}

/// Public cases that were published within the range and filed at most a quarter before.
pub(super) fn asked(tx: &mut Tx, range: &Range) -> Result<Vec<Candidate>> {
    tx.rows(
        "SELECT c.id, c.filed_at AS at, COALESCE(s.count, 0) AS supports
         FROM case_file c LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total'
         WHERE c.publication = 'published' AND c.filed_at >= $1 AND c.filed_at < $2 AND c.published_at >= $3
           AND c.published_at < $2 AND c.state <> 'withdrawn'
           AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4 OR EXISTS (
             SELECT 1 FROM case_agency a WHERE a.case_id = c.id AND a.organisation = $4 AND a.until_at IS NULL))
           AND (c.filed_at, c.id) > ($5, $6)
         ORDER BY c.filed_at, c.id LIMIT $7",
        params![
            range.from.plus_days(-92),
            range.until,
            range.from,
            range.agency,
            range.after.0,
            range.after.1.as_str(),
            range.limit
        ],
    )?
    .iter()
    .map(candidate)
    .collect()
}

/// Public cases whose answer came within the range.
pub(super) fn answered(tx: &mut Tx, range: &Range) -> Result<Vec<Candidate>> {
    tx.rows(
        "SELECT DISTINCT c.id, c.answered_at AS at, COALESCE(s.count, 0) AS supports
         FROM case_event e JOIN case_file c ON c.id = e.case_id
           LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total'
         WHERE e.at >= $1 AND e.at < $2 AND c.answered_at = e.at AND c.publication = 'published'
           AND (CAST($3 AS TEXT) IS NULL OR c.agency = $3 OR EXISTS (
             SELECT 1 FROM case_agency a WHERE a.case_id = c.id AND a.organisation = $3 AND a.until_at IS NULL))
           AND (c.answered_at, c.id) > ($4, $5)
         ORDER BY c.answered_at, c.id LIMIT $6",
        params![range.from, range.until, range.agency, range.after.0, range.after.1.as_str(), range.limit],
    )?
    .iter()
    .map(candidate)
    .collect()
}

/// Public cases that should have been answered before the end of the range and are not yet.
pub(super) fn late(tx: &mut Tx, range: &Range) -> Result<Vec<Candidate>> {
    tx.rows(
        "SELECT c.id, c.due_at AS at, COALESCE(s.count, 0) AS supports
         FROM case_file c LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total'
         WHERE c.publication = 'published' AND c.due_at < $1 AND c.closed_at IS NULL AND c.state <> 'withdrawn'
           AND (CAST($2 AS TEXT) IS NULL OR c.agency = $2 OR EXISTS (
             SELECT 1 FROM case_agency a WHERE a.case_id = c.id AND a.organisation = $2 AND a.until_at IS NULL))
           AND (c.due_at, c.id) > ($3, $4)
         ORDER BY c.due_at, c.id LIMIT $5",
        params![range.until, range.agency, range.after.0, range.after.1.as_str(), range.limit],
    )?
    .iter()
    .map(candidate)
    .collect()
}

/// What was said in public with the steps that a case took at an instant, the last first.
pub(super) fn said(tx: &mut Tx, case: CaseId, at: Time) -> Result<Vec<EventBody>> {
    tx.rows(
        "SELECT body FROM case_event WHERE case_id = $1 AND at = $2 AND kind = 'step' AND public = 1
         ORDER BY no DESC",
        params![case, at],
    )?
    .iter()
    .map(|row| serde_json::from_str(&row.get::<String>("body")?).map_err(Error::internal))
    .collect()
}
