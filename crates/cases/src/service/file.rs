//! Filing: a case comes to be.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Answers, ClockRun};
use madang_kernel::Ctx;
use madang_kernel::blob::Upload;

use crate::Cases;
use crate::model::{CaseId, Channel};

/// What a clerk puts on record when filing for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyInput {
    /// How the person agreed: `spoken` or `signed`.
    pub how: String,
    pub note: String,
}

/// What is filed.
#[derive(Clone, Debug)]
pub struct FilingInput {
    pub service: String,
    pub answers: Answers,
    /// Files that `answers` name and that no draft holds.
    pub uploads: Vec<Upload>,
    pub channel: Channel,
    /// How the author is called; of an account its name, for a clerk the person's.
    pub name: String,
    /// Where somebody without account is written to.
    pub mail: Option<String>,
    /// Where the definition leaves it to the author.
    pub wants_public: bool,
    /// Sending twice with the same key is one case. 16 to 100 characters.
    pub request_key: String,
    pub proxy: Option<ProxyInput>,
    /// Whether the author is written to.
    pub follow: bool,
}

/// What the author is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    pub id: CaseId,
    pub number: String,
    /// Only here, for those who have no account, and in the hand of the person for whom a clerk files.
    pub secret: Option<String>,
    pub clocks: Vec<ClockRun>,
    /// The same request key came before: nothing was filed now.
    pub again: bool,
}

/// Files a case.
///
/// # Errors
/// `service.unknown`; `case.filing-shut`, `case.filing-not-open` (before or after the days of a call);
/// `case.filing-who` (arguments: who may); `case.filing-invalid` with the fields; `case.request-key`;
/// `case.filing-agency` when an agency that the answers name is none; `case.proxy-consent`.
pub fn file(tx: &mut Tx, ctx: &Ctx, cases: &Cases, input: &FilingInput) -> Result<Receipt> {
    let _ = (tx, ctx, cases, input);
    Err(Error::internal("not written yet"))
}
