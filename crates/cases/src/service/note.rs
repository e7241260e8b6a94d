//! Notes of officers to each other; never public, never shown to the author.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx};
use serde::Serialize;

use crate::Cases;
use crate::model::{CaseId, NoteId};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub id: NoteId,
    pub at: Time,
    pub account: Option<AccountId>,
    pub text: String,
}

pub fn add(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, text: &str) -> Result<NoteId> {
    let _ = (tx, ctx, cases, number, text);
    Err(Error::internal("not written yet"))
}

/// Oldest first.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Note>> {
    let _ = (tx, case);
    Ok(Vec::new())
}
