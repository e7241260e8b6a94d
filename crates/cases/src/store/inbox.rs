//! What an agency has in hand, over `case_file`.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::{AccountId, OrganisationId};

use crate::model::CaseId;

/// What of an agency's open cases is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub organisation: OrganisationId,
    /// Those that it joined, instead of those that it handles.
    pub joint: bool,
    /// An account's id; empty: nobody's.
    pub assignee: Option<String>,
    /// When the next clock runs out, in microseconds; both included. A case without one has the largest number.
    pub due_from: i64,
    pub due_until: i64,
    pub service: Option<String>,
    pub state: Option<String>,
    pub phase: Option<String>,
    /// In the title, lower case.
    pub words: Option<String>,
    /// Filed from `since`, before `until`.
    pub since: Time,
    pub until: Time,
}

/// Beyond which place a page begins.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub due: i64,
    pub id: String,
}

/// A case of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub id: CaseId,
    pub due: i64,
    pub assignee: Option<AccountId>,
}

/// A page in the order of the dates.
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted, place: &Place, limit: u32) -> Result<Vec<Found>> {
    tx.rows(
        "SELECT id, assignee, due FROM (
           SELECT id, assignee, title, service, state, phase, filed_at,
             COALESCE(due_at, 9223372036854775807) AS due
           FROM case_file WHERE closed_at IS NULL AND ((CAST($2 AS BIGINT) = 0 AND agency = $1) OR
             (CAST($2 AS BIGINT) = 1 AND id IN (SELECT case_id FROM case_agency
               WHERE organisation = $1 AND until_at IS NULL AND role = 'joint')))) c
         WHERE (CAST($3 AS TEXT) IS NULL OR COALESCE(assignee, '') = $3)
           AND due >= $4 AND due <= $5
           AND (CAST($6 AS TEXT) IS NULL OR service = $6) AND (CAST($7 AS TEXT) IS NULL OR state = $7)
           AND (CAST($8 AS TEXT) IS NULL OR phase = $8)
           AND (CAST($9 AS TEXT) IS NULL OR LOWER(title) LIKE '%' || CAST($9 AS TEXT) || '%')
           AND filed_at >= $10 AND filed_at < $11
           AND (due > $12 OR (due = $12 AND id > $13))
         ORDER BY due, id LIMIT $14",
        params![
            wanted.organisation,
            wanted.joint,
            wanted.assignee.as_deref(),
            wanted.due_from,
            wanted.due_until,
            wanted.service.as_deref(),
            wanted.state.as_deref(),
            wanted.phase.as_deref(),
            wanted.words.as_deref(),
            wanted.since,
            wanted.until,
            place.due,
            place.id.as_str(),
            limit
        ],
    )?
    .iter()
    .map(|row| Ok(Found { id: row.get("id")?, due: row.get("due")?, assignee: row.get("assignee")? }))
    .collect()
}

/// How many there are, up to `most`.
pub(crate) fn count(tx: &mut Tx, wanted: &Wanted, most: u32) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS n FROM (SELECT id FROM (
           SELECT id, assignee, title, service, state, phase, filed_at,
             COALESCE(due_at, 9223372036854775807) AS due
           FROM case_file WHERE closed_at IS NULL AND ((CAST($2 AS BIGINT) = 0 AND agency = $1) OR
             (CAST($2 AS BIGINT) = 1 AND id IN (SELECT case_id FROM case_agency
               WHERE organisation = $1 AND until_at IS NULL AND role = 'joint')))) c
         WHERE (CAST($3 AS TEXT) IS NULL OR COALESCE(assignee, '') = $3)
           AND due >= $4 AND due <= $5
           AND (CAST($6 AS TEXT) IS NULL OR service = $6) AND (CAST($7 AS TEXT) IS NULL OR state = $7)
           AND (CAST($8 AS TEXT) IS NULL OR phase = $8)
           AND (CAST($9 AS TEXT) IS NULL OR LOWER(title) LIKE '%' || CAST($9 AS TEXT) || '%')
           AND filed_at >= $10 AND filed_at < $11
         LIMIT $12) x",
        params![
            wanted.organisation,
            wanted.joint,
            wanted.assignee.as_deref(),
            wanted.due_from,
            wanted.due_until,
            wanted.service.as_deref(),
            wanted.state.as_deref(),
            wanted.phase.as_deref(),
            wanted.words.as_deref(),
            wanted.since,
            wanted.until,
            most
        ],
    )?
    .get("n")
}

/// Who has open cases of which agency in hand.
pub(crate) fn assignees(tx: &mut Tx) -> Result<Vec<(OrganisationId, AccountId)>> {
    tx.rows(
        "SELECT agency, assignee FROM case_file
         WHERE assignee IS NOT NULL AND agency IS NOT NULL AND closed_at IS NULL
         GROUP BY agency, assignee ORDER BY agency, assignee",
        params![],
    )?
    .iter()
    .map(|row| Ok((row.get("agency")?, row.get("assignee")?)))
    .collect()
}

/// Takes the open cases of an agency out of somebody's hands; not a new revision.
pub(crate) fn unassign(tx: &mut Tx, agency: OrganisationId, account: AccountId) -> Result<u64> {
    tx.exec(
        "UPDATE case_file SET assignee = NULL WHERE agency = $1 AND assignee = $2 AND closed_at IS NULL",
        params![agency, account],
    )
}

/// The open cases of an agency by officer: how many, and how many of them are overdue. None: nobody's.
pub(crate) fn workload(tx: &mut Tx, agency: OrganisationId, now: Time) -> Result<Vec<(Option<AccountId>, i64, i64)>> {
    tx.rows(
        "SELECT assignee, COUNT(*) AS n,
           CAST(SUM(CASE WHEN due_at IS NOT NULL AND due_at <= $2 THEN 1 ELSE 0 END) AS BIGINT) AS overdue
         FROM case_file WHERE agency = $1 AND closed_at IS NULL GROUP BY assignee ORDER BY n DESC, assignee",
        params![agency, now],
    )?
    .iter()
    .map(|row| Ok((row.get("assignee")?, row.get("n")?, row.get("overdue")?)))
    .collect()
}
