//! Correcting what was filed.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::Raw;
use madang_kernel::Ctx;

use crate::Cases;

pub fn correct(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, raw: &Raw, reason: &str, code: Option<&str>) -> Result<i64> {
    let _ = (tx, ctx, cases, number, raw, reason, code);
    Err(Error::internal("not written yet"))
}
