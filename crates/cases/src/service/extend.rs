//! Extending a clock.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn extend(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, clock: &str, reason: &str, consent: bool) -> Result<i64> {
    let _ = (tx, ctx, cases, number, clock, reason, consent);
    Err(Error::internal("not written yet"))
}
