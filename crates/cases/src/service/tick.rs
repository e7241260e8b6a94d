//! Clocks that run out, and what follows from it.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

/// The kind of the recurring job, each minute.
pub const TICK: &str = "cases.tick";
/// The kind of the job that computes all open clocks anew.
pub const REFOLD: &str = "cases.refold";

/// Puts on record which clocks ran out and does what follows, for at most `limit` of them; says how many.
pub fn tick(tx: &mut Tx, ctx: &Ctx, cases: &Cases, limit: u32) -> Result<u64> {
    let _ = (tx, ctx, cases, limit);
    Err(Error::internal("not written yet"))
}

/// Computes the clocks of open cases anew from after the case `after`, at most `limit`; gives the last one.
pub fn refold_some(tx: &mut Tx, ctx: &Ctx, cases: &Cases, after: &str, limit: u32) -> Result<Option<String>> {
    let _ = (tx, ctx, cases, after, limit);
    Err(Error::internal("not written yet"))
}
