//! Personal data: found before publication, erased after retention and with the account.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::{Answers, Definition};
use madang_kernel::{AccountId, Ctx};
use serde::Serialize;

use crate::Cases;

/// Something in an answer that looks like data about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The field's id.
    pub field: String,
    /// `resident-number`, `phone`, …: a code of [`madang_text::personal::Kind`].
    pub kind: String,
    /// In bytes of the answer's text.
    pub start: usize,
    pub end: usize,
    /// The found part, masked.
    pub masked: String,
}

/// What looks like personal data in lines and texts; with `only_public`, in those that can become public.
#[must_use]
pub fn findings(def: &Definition, answers: &Answers, only_public: bool) -> Vec<Finding> {
    let _ = (def, answers, only_public);
    Vec::new()
}

/// Everything that is kept about an account here, for the export of one's own data.
///
/// # Errors
/// Those of the database.
pub fn export_own(tx: &mut Tx, cases: &Cases, account: AccountId) -> Result<serde_json::Value> {
    let _ = (tx, cases, account);
    Err(Error::internal("not written yet"))
}

/// With the account's deletion: name, address and personal fields of the own cases go, drafts and follows too; the cases
/// stay.
///
/// # Errors
/// Those of the database.
pub fn erase_own(tx: &mut Tx, ctx: &Ctx, cases: &Cases, account: AccountId) -> Result<()> {
    let _ = (tx, ctx, cases, account);
    Err(Error::internal("not written yet"))
}

/// Erases the personal data of cases that were closed longer ago than their definition keeps it; a few at a time. Says
/// how many were done.
///
/// # Errors
/// Those of the database.
pub fn sweep_personal(tx: &mut Tx, ctx: &Ctx, cases: &Cases, now: Time, limit: u32) -> Result<u64> {
    let _ = (tx, ctx, cases, now, limit);
    Err(Error::internal("not written yet"))
}
