//! A case as the visitor may see it, and whether there is one for this visitor at all.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;
use crate::model::CaseFile;
use crate::views::{CaseView, Standing};

/// As whom the actor stands before the case. A code that is not the case's changes nothing.
///
/// # Errors
/// Those of the database.
pub fn standing(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile, code: Option<&str>) -> Result<Standing> {
    let _ = (tx, ctx, cases, case, code);
    Err(Error::internal("not written yet"))
}

/// The case of this number.
///
/// # Errors
/// `Kind::NotFound` `case.unknown`, also when there is one that is not the visitor's business.
pub fn open(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<CaseView> {
    let _ = (tx, ctx, cases, number, code);
    Err(Error::internal("not written yet"))
}

/// Notes that an officer of its agency has opened the case for the first time. False when it was seen before.
///
/// # Errors
/// `case.unknown`; those of [`Ctx::require`].
pub fn seen(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str) -> Result<bool> {
    let _ = (tx, ctx, cases, number);
    Err(Error::internal("not written yet"))
}

/// For a clerk, without the code: numbers of cases that the person of this name filed through the clerk's organisation on
/// these days. The page writes the look into the access log.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn by_name(tx: &mut Tx, ctx: &Ctx, name: &str, since: jiff::civil::Date, until: jiff::civil::Date) -> Result<Vec<String>> {
    let _ = (tx, ctx, name, since, until);
    Err(Error::internal("not written yet"))
}
