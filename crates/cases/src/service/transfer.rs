//! Passing a case on, and handling one together.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn transfer(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, to: &str, reason: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, to, reason);
    Err(Error::internal("not written yet"))
}

pub fn invite(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, slug: &str, reason: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, slug, reason);
    Err(Error::internal("not written yet"))
}

pub fn leave(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, reason);
    Err(Error::internal("not written yet"))
}
