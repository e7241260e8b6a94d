//! Withdrawing a case.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn withdraw(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str, code: Option<&str>) -> Result<i64> {
    let _ = (tx, ctx, cases, number, reason, code);
    Err(Error::internal("not written yet"))
}
