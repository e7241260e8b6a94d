//! Lists of cases: keyset pages, filters, date jumps.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;
use crate::views::{CaseFilter, CasePage};

/// Counts stop here.
pub const COUNTED: i64 = 10_000;

/// Public cases.
///
/// # Errors
/// `case.filter` when `after` is no place of a list or `values` come without a service; those of the database.
pub fn public(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &CaseFilter) -> Result<CasePage> {
    let _ = (tx, ctx, cases, filter);
    Err(Error::internal("not written yet"))
}

/// What the actor filed, follows or supports, newest first.
///
/// # Errors
/// `permission.sign-in`; those of the database.
pub fn mine(tx: &mut Tx, ctx: &Ctx, cases: &Cases, after: Option<&str>) -> Result<CasePage> {
    let _ = (tx, ctx, cases, after);
    Err(Error::internal("not written yet"))
}
