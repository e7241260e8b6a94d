//! Table `case_approval`: steps that are prepared, or wait for a second officer.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_form::StepInput;
use madang_kernel::{AccountId, OrganisationId};

use crate::model::{ApprovalId, CaseId};
use crate::service::approve::{Approval, ApprovalState};

pub(crate) fn insert(tx: &mut Tx, approval: &Approval) -> Result<()> {
    tx.exec(
        "INSERT INTO case_approval (id, case_id, step, state, input, by_account, organisation, at, decided_by,
           decided_at, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            approval.id,
            approval.case,
            &approval.step,
            approval.state,
            json(&approval.input)?,
            approval.by,
            approval.organisation,
            approval.at,
            approval.decided_by,
            approval.decided_at,
            &approval.note
        ],
    )?;
    Ok(())
}

/// Changes what is prepared; only in the state `before`, so that two do not change it at once.
pub(crate) fn update(tx: &mut Tx, approval: &Approval, before: ApprovalState) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_approval SET state = $3, input = $4, by_account = $5, at = $6, decided_by = $7, decided_at = $8,
           note = $9 WHERE id = $1 AND state = $2",
        params![
            approval.id,
            before,
            approval.state,
            json(&approval.input)?,
            approval.by,
            approval.at,
            approval.decided_by,
            approval.decided_at,
            &approval.note
        ],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: ApprovalId) -> Result<Option<Approval>> {
    tx.row(
        "SELECT id, case_id, step, state, input, by_account, organisation, at, decided_by, decided_at,
           note FROM case_approval
         WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(approval)
    .transpose()
}

/// What is not decided of a case, newest first.
pub(crate) fn open(tx: &mut Tx, case: CaseId) -> Result<Vec<Approval>> {
    tx.rows(
        "SELECT id, case_id, step, state, input, by_account, organisation, at, decided_by, decided_at,
           note FROM case_approval
         WHERE case_id = $1 AND state IN ('draft', 'waiting', 'returned') ORDER BY at DESC, id DESC",
        params![case],
    )?
    .iter()
    .map(approval)
    .collect()
}

/// Of an agency's prepared steps those that wait for somebody else than `account`, the oldest first, up to `limit`.
pub(crate) fn waiting(
    tx: &mut Tx,
    organisation: OrganisationId,
    account: Option<AccountId>,
    limit: u32,
) -> Result<Vec<(ApprovalId, CaseId)>> {
    tx.rows(
        "SELECT id, case_id FROM case_approval
         WHERE organisation = $1 AND state = 'waiting' AND (by_account IS NULL OR by_account <> COALESCE($2, ''))
         ORDER BY at, id LIMIT $3",
        params![organisation, account, limit],
    )?
    .iter()
    .map(|row| Ok((row.get("id")?, row.get("case_id")?)))
    .collect()
}

/// Deletes what is prepared for a case, for erasure.
pub(crate) fn delete(tx: &mut Tx, case: CaseId) -> Result<u64> {
    tx.exec("DELETE FROM case_approval WHERE case_id = $1", params![case])
}

fn json(input: &StepInput) -> Result<String> {
    serde_json::to_string(input).map_err(Error::internal)
}

fn approval(row: &Row) -> Result<Approval> {
    let input: String = row.get("input")?;
    Ok(Approval {
        id: row.get("id")?,
        case: row.get("case_id")?,
        step: row.get("step")?,
        state: row.get("state")?,
        input: serde_json::from_str(&input).map_err(Error::internal)?,
        by: row.get("by_account")?,
        organisation: row.get("organisation")?,
        at: row.get::<Time>("at")?,
        decided_by: row.get("decided_by")?,
        decided_at: row.get("decided_at")?,
        note: row.get("note")?,
    })
}
