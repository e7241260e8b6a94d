//! Putting cases together that ask for the same, and taking them apart again.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn merge(tx: &mut Tx, ctx: &Ctx, cases: &Cases, into: &str, from: &[String], reason: &str) -> Result<u64> {
    let _ = (tx, ctx, cases, into, from, reason);
    Err(Error::internal("not written yet"))
}

/// By an officer, or by the author of the merged case (`code`: without account).
pub fn split(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str, code: Option<&str>) -> Result<i64> {
    let _ = (tx, ctx, cases, number, reason, code);
    Err(Error::internal("not written yet"))
}
