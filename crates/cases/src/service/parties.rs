//! Who belongs to the groups that a definition declares.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx};
use serde::Serialize;

use crate::Cases;

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    pub party: String,
    pub account: AccountId,
    pub since: Time,
}

pub fn members(tx: &mut Tx, service: &str) -> Result<Vec<Member>> {
    let _ = (tx, service);
    Err(Error::internal("not written yet"))
}

pub fn add(tx: &mut Tx, ctx: &Ctx, cases: &Cases, service: &str, party: &str, account: AccountId) -> Result<bool> {
    let _ = (tx, ctx, cases, service, party, account);
    Err(Error::internal("not written yet"))
}

pub fn remove(tx: &mut Tx, ctx: &Ctx, cases: &Cases, service: &str, party: &str, account: AccountId) -> Result<bool> {
    let _ = (tx, ctx, cases, service, party, account);
    Err(Error::internal("not written yet"))
}
