//! The step engine: somebody takes a step, or the engine takes one by itself.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Moment, StepInput};
use madang_kernel::Ctx;
use madang_kernel::blob::Upload;

use crate::model::{ApprovalId, CaseId};
use crate::Cases;

/// What came of taking a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It happened.
    Done { state: String, revision: i64 },
    /// It waits for a second officer.
    Submitted(ApprovalId),
}

/// Refuses when the case is no longer as the actor saw it: call it first, in the same transaction.
///
/// # Errors
/// `case.changed`; `case.unknown`.
pub fn unchanged(tx: &mut Tx, number: &str, revision: i64) -> Result<()> {
    let _ = (tx, number, revision);
    Err(Error::internal("not written yet"))
}

/// Takes a step.
///
/// # Errors
/// See the module.
#[expect(clippy::too_many_arguments, reason = "the three that every verb has, and what a step is")]
pub fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    step: &str,
    input: &StepInput,
    uploads: &[Upload],
    code: Option<&str>,
) -> Result<Taken> {
    let _ = (tx, ctx, cases, number, step, input, uploads, code);
    Err(Error::internal("not written yet"))
}

/// Takes the steps that the definition says happen by themselves at a moment. Says how many were taken.
///
/// # Errors
/// Those of the database.
pub fn happen(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: CaseId, moment: &Moment) -> Result<u64> {
    let _ = (tx, ctx, cases, case, moment);
    Err(Error::internal("not written yet"))
}
