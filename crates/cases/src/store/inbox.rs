//! What an agency has in hand, over `case_file`.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::{AccountId, OrganisationId};

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
