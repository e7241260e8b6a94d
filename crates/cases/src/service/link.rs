//! The thread: what a case became, what it is evidence of.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::links::LinkType;
use madang_kernel::{Ctx, Ref};

use crate::Cases;

pub fn link(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, link_type: LinkType, target: &Ref) -> Result<bool> {
    let _ = (tx, ctx, cases, number, link_type, target);
    Err(Error::internal("not written yet"))
}

pub fn unlink(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, link_type: LinkType, target: &Ref) -> Result<bool> {
    let _ = (tx, ctx, cases, number, link_type, target);
    Err(Error::internal("not written yet"))
}
