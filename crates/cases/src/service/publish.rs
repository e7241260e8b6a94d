//! Looking at fields before they are public, and taking a public case back.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn review(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, fields: &[String]) -> Result<i64> {
    let _ = (tx, ctx, cases, number, fields);
    Err(Error::internal("not written yet"))
}

pub fn hide(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, reason);
    Err(Error::internal("not written yet"))
}

pub fn show(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, reason);
    Err(Error::internal("not written yet"))
}
