//! Clocks: derived from what happened, folded into a table so that lists can ask for them.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{ClockRun, Happening};
use madang_kernel::Ctx;

use crate::Cases;
use crate::model::{CaseEvent, CaseFile};

/// Events as the clocks see them.
#[must_use]
pub fn happenings(events: &[CaseEvent]) -> Vec<Happening> {
    let _ = events;
    Vec::new()
}

/// The clocks of a case as they stand at the context's time.
///
/// # Errors
/// Those of the database.
pub fn runs(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Vec<ClockRun>> {
    let _ = (tx, ctx, cases, case);
    Err(Error::internal("not written yet"))
}

/// Folds the clocks of a case into `case_clock` and its `due_at`; called after every act, last of all. Writes
/// `case_file.due_at` itself, without a new revision, and sets it in `case`.
///
/// # Errors
/// Those of the database.
pub fn refold(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &mut CaseFile) -> Result<Vec<ClockRun>> {
    let _ = (tx, ctx, cases, case);
    Err(Error::internal("not written yet"))
}
