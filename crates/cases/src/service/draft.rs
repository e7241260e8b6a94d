//! What somebody has begun to write: kept at every screen, with and without an account, also when it is wrong.

use std::collections::BTreeMap;

use madang_base::{Error, FieldError, Result, Time};
use madang_db::Tx;
use madang_form::{Answers, Raw};
use madang_kernel::blob::Upload;
use madang_kernel::{AccountId, Ctx};

use crate::Cases;

/// Days after which a draft that nobody touched goes.
pub const KEPT_DAYS: i64 = 30;

/// Whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOwner {
    Account(AccountId),
    /// The hash of a cookie's token.
    Browser(String),
}

/// Something begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub service: String,
    /// Digest of the definition it is written for. A draft moves to the version in force when it is saved again.
    pub version: String,
    /// Given to [`super::file::file`]: sending twice is one case.
    pub request_key: String,
    /// The screen that was saved last, from 1.
    pub screen: u8,
    /// What is good, files included.
    pub answers: Answers,
    /// What was typed, also what is wrong.
    pub raw: Raw,
    /// What is wrong on the screen that was saved; not kept, empty when read again.
    pub errors: Vec<FieldError>,
    pub updated_at: Time,
}

/// Keeps a screen, whatever stands in it; what is good of it is in `answers`, what is wrong in `errors`.
///
/// # Errors
/// `service.unknown`; those of the database.
#[expect(clippy::too_many_arguments, reason = "the three that every verb has, and what a screen is")]
pub fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    owner: &DraftOwner,
    service: &str,
    screen: u8,
    raw: &Raw,
    files: &BTreeMap<String, Vec<Upload>>,
) -> Result<Draft> {
    let _ = (tx, ctx, cases, owner, service, screen, raw, files);
    Err(Error::internal("not written yet"))
}

/// # Errors
/// Those of the database.
pub fn get(tx: &mut Tx, cases: &Cases, owner: &DraftOwner, service: &str) -> Result<Option<Draft>> {
    let _ = (tx, cases, owner, service);
    Err(Error::internal("not written yet"))
}

/// The newest first.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, cases: &Cases, owner: &DraftOwner) -> Result<Vec<Draft>> {
    let _ = (tx, cases, owner);
    Err(Error::internal("not written yet"))
}

/// False when there was none.
///
/// # Errors
/// Those of the database.
pub fn discard(tx: &mut Tx, owner: &DraftOwner, service: &str) -> Result<bool> {
    let _ = (tx, owner, service);
    Err(Error::internal("not written yet"))
}

/// After signing in: what the browser has begun becomes the account's. Where both have a draft the newer one stays.
///
/// # Errors
/// Those of the database.
pub fn adopt(tx: &mut Tx, from: &DraftOwner, to: AccountId) -> Result<u64> {
    let _ = (tx, from, to);
    Err(Error::internal("not written yet"))
}

/// Deletes drafts that nobody touched for [`KEPT_DAYS`].
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Tx, now: Time) -> Result<u64> {
    let _ = (tx, now);
    Err(Error::internal("not written yet"))
}
