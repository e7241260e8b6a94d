//! Questions of the agency to the author, and the replies. One is open at a time; clocks that say so stand still.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::StepInput;
use madang_kernel::blob::{self, Upload};
use madang_kernel::{AccountId, Ctx, Verb};
use serde::Serialize;

use super::act::{self, Happened, Who, begin};
use super::step::file_answer;
use crate::Cases;
use crate::kinds;
use crate::model::{CaseId, Done, EventKind};
use crate::store;

/// A question to the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// From 1.
    pub no: i64,
    pub asked_at: Time,
    #[serde(skip)]
    pub asked_by: Option<AccountId>,
    pub text: String,
    pub replied_at: Option<Time>,
    pub reply: Option<String>,
}

/// An officer asks the author something. Gives the question's number.
///
/// # Errors
/// `case.question-open` while another one waits; `case.closed`; `case.text-missing`; those of [`Ctx::require`].
pub fn ask(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, text: &str) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Handle)?;
    acting.open()?;
    let text = act::text_of(text, "text")?;
    if store::question::open(tx, acting.case.id)?.is_some() {
        return Err(Error::conflict("case.question-open"));
    }
    let no = store::question::insert(tx, acting.case.id, ctx.now, ctx.account(), &text)?;
    let who = Who::agency(ctx, organisation);
    acting.record(tx, ctx, cases, Happened::new(EventKind::Asked, &kinds::CASE_ASKED, &who).about(no).text(&text))?;
    Ok(no)
}

/// The author replies to the open question.
///
/// # Errors
/// `case.question-none`; `case.author-only`; `case.closed`; `case.text-missing`; those of [`Ctx::require`].
pub fn reply(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    text: &str,
    uploads: &[Upload],
    code: Option<&str>,
) -> Result<Done> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    acting.author(ctx, Verb::Answer)?;
    acting.open()?;
    let text = act::text_of(text, "text")?;
    let none = || Error::conflict("case.question-none");
    let question = store::question::open(tx, acting.case.id)?.ok_or_else(none)?;
    if !store::question::reply(tx, acting.case.id, question.no, ctx.now, &text)? {
        return Err(none());
    }
    for upload in uploads {
        blob::attach(tx, ctx, upload, &act::reference(acting.case.id))?;
    }
    let who = Who::author(ctx);
    let mut happened = Happened::new(EventKind::Replied, &kinds::CASE_REPLIED, &who).about(question.no).text(&text);
    if !uploads.is_empty() {
        let files = uploads.iter().map(file_answer).collect();
        happened.body.input = Some(StepInput { files, ..StepInput::default() });
    }
    acting.done(tx, ctx, cases, happened)
}

/// All questions of a case, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Question>> {
    store::question::of_case(tx, case)
}
