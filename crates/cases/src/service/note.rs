//! Notes of officers to each other; never public, never shown to the author.

use madang_base::{Id, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, Verb};
use serde::Serialize;

use super::act::{self, begin};
use crate::Cases;
use crate::model::{CaseId, NoteId};
use crate::store;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub id: NoteId,
    pub at: Time,
    pub account: Option<AccountId>,
    pub text: String,
}

/// Writes a note. It is no event: nothing outside the desk tells that there is one.
///
/// # Errors
/// `case.unknown`; `case.text-missing`; those of [`Ctx::require`].
pub fn add(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, text: &str) -> Result<NoteId> {
    let acting = begin(tx, ctx, cases, number, None)?;
    acting.officer(ctx, Verb::Handle)?;
    let text = act::text_of(text, "text")?;
    let note = Note { id: Id::new(ctx.now, ctx.rng()), at: ctx.now, account: ctx.account(), text };
    store::note::insert(tx, acting.case.id, &note)?;
    Ok(note.id)
}

/// Oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Note>> {
    store::note::of_case(tx, case)
}
