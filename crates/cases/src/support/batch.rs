//! Paper sheets and supports by proxy, entered in batches under the same uniqueness as all others.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use super::{Batch, BatchId, BatchInput, BatchResult};
use crate::context::Cases;
use crate::model::CaseId;

/// Enters a batch; officers of a handling agency only.
///
/// # Errors
/// `case.unknown`; `support.none`, `support.closed`, `support.no-paper`; `support.batch-invalid` with fields; those of
/// [`Ctx::require`].
pub fn enter(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _number: &str, _input: &BatchInput) -> Result<BatchResult> {
    Err(Error::internal("batch::enter is being written"))
}

/// A case's batches, newest first. The caller has asked whether the visitor may see them.
///
/// # Errors
/// Those of the database.
pub fn list(_tx: &mut Tx, _case: CaseId) -> Result<Vec<Batch>> {
    Err(Error::internal("batch::list is being written"))
}

/// Takes a batch back, by a recorded act with its reason; how many supports that took out of the count.
///
/// # Errors
/// `support.batch-unknown`, `support.batch-undone`, `support.reason`; those of [`Ctx::require`].
pub fn undo(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _id: BatchId, _reason: &str) -> Result<i64> {
    Err(Error::internal("batch::undo is being written"))
}
