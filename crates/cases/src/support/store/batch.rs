//! Table `support_batch`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use super::super::{Batch, BatchId};
use crate::model::CaseId;

fn batch(row: &Row) -> Result<Batch> {
    Ok(Batch {
        id: row.get("id")?,
        case: row.get("case_id")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        account: row.get("account")?,
        organisation: row.get("organisation")?,
        protocol: row.get("protocol")?,
        sheets: row.get("sheets")?,
        accepted: row.get("accepted")?,
        duplicates: row.get("duplicates")?,
        refused: row.get("refused")?,
        undone_at: row.get("undone_at")?,
        undone_reason: row.get("undone_reason")?,
    })
}

pub(crate) fn batch_insert(tx: &mut Tx, batch: &Batch) -> Result<()> {
    tx.exec(
        "INSERT INTO support_batch (id, case_id, kind, at, account, organisation, protocol, sheets, accepted, duplicates,
           refused, undone_at, undone_by, undone_reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, '')",
        params![
            batch.id,
            batch.case,
            batch.kind,
            batch.at,
            batch.account,
            batch.organisation,
            &batch.protocol,
            batch.sheets,
            batch.accepted,
            batch.duplicates,
            batch.refused
        ],
    )?;
    Ok(())
}

pub(crate) fn batch_get(tx: &mut Tx, id: BatchId) -> Result<Option<Batch>> {
    tx.row(
        "SELECT id, case_id, kind, at, account, organisation, protocol, sheets, accepted, duplicates, refused, undone_at,
           undone_reason
         FROM support_batch WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(batch)
    .transpose()
}

pub(crate) fn batches(tx: &mut Tx, case: CaseId) -> Result<Vec<Batch>> {
    tx.rows(
        "SELECT id, case_id, kind, at, account, organisation, protocol, sheets, accepted, duplicates, refused, undone_at,
           undone_reason
         FROM support_batch WHERE case_id = $1 ORDER BY at DESC, id DESC",
        params![case],
    )?
    .iter()
    .map(batch)
    .collect()
}

/// False when it was undone before.
pub(crate) fn batch_undone(tx: &mut Tx, id: BatchId, at: Time, by: Option<AccountId>, reason: &str) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE support_batch SET undone_at = $2, undone_by = $3, undone_reason = $4
         WHERE id = $1 AND undone_at IS NULL",
        params![id, at, by, reason],
    )? == 1)
}
