//! Questions of the agency to the author, and the replies.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::blob::Upload;
use madang_kernel::{AccountId, Ctx};
use serde::Serialize;

use crate::Cases;
use crate::model::CaseId;

/// A question to the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    pub no: i64,
    pub asked_at: Time,
    #[serde(skip)]
    pub asked_by: Option<AccountId>,
    pub text: String,
    pub replied_at: Option<Time>,
    pub reply: Option<String>,
}

pub fn ask(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, text: &str) -> Result<i64> {
    let _ = (tx, ctx, cases, number, text);
    Err(Error::internal("not written yet"))
}

pub fn reply(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, text: &str, uploads: &[Upload], code: Option<&str>) -> Result<i64> {
    let _ = (tx, ctx, cases, number, text, uploads, code);
    Err(Error::internal("not written yet"))
}

/// All questions of a case, oldest first.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Question>> {
    let _ = (tx, case);
    Ok(Vec::new())
}
