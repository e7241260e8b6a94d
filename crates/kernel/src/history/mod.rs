//! The readable history of every object: who changed which field, when, from what to what.
//!
//! A row belongs to its object and to the topic, the page that shows it: a milestone's changes are read on the page of
//! its commitment. Rows name the account by id; pages look the name up, and after deletion there is none to find.

mod store;

use madang_base::{Id, Result, Time};
use madang_db::Tx;

use crate::actor::AccountId;
use crate::ctx::Ctx;
use crate::object::Ref;

/// Marker of a history row's id; never built.
#[derive(Debug)]
pub enum HistoryMarker {}
pub type HistoryId = Id<HistoryMarker>;

/// One change of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: HistoryId,
    pub at: Time,
    /// None: the system itself (an import), or somebody without an account.
    pub account: Option<AccountId>,
    pub object: Ref,
    pub topic: Ref,
    /// The field's name in the domain; pages translate it.
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Newest first. `next` is the `before` of the following page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub entries: Vec<Entry>,
    pub next: Option<HistoryId>,
}

/// Records a change of an object that has a page of its own. Does nothing when before and after are the same.
///
/// # Errors
/// `Kind::Invalid` for a reference that is none; those of the database.
pub fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    object: &Ref,
    field: &str,
    before: Option<String>,
    after: Option<String>,
) -> Result<()> {
    record_in(tx, ctx, object, object, field, before, after)
}

/// Records a change of an object that is shown on the page of `topic`.
///
/// # Errors
/// As [`record`].
pub fn record_in(
    tx: &mut Tx,
    ctx: &Ctx,
    object: &Ref,
    topic: &Ref,
    field: &str,
    before: Option<String>,
    after: Option<String>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    object.check()?;
    topic.check()?;
    store::insert(
        tx,
        &Entry {
            id: Id::new(ctx.now, ctx.rng()),
            at: ctx.now,
            account: ctx.account(),
            object: object.clone(),
            topic: topic.clone(),
            field: field.to_owned(),
            before,
            after,
        },
    )
}

/// The history of an object and of all that is shown on its page, newest first, from before the row `before`.
///
/// # Errors
/// Those of the database.
pub fn history_of(tx: &mut Tx, object: &Ref, before: Option<HistoryId>, limit: u32) -> Result<Page> {
    Ok(page(store::of_object(tx, object, before, limit.saturating_add(1))?, limit))
}

/// The history of an object, of all that is shown on its page, and of the pages below it: `plan:kr-2021` has those of
/// `commitment:kr-2021/2.1`. Newest first, from before the row `before`.
///
/// # Errors
/// Those of the database.
pub fn history_below(tx: &mut Tx, object: &Ref, before: Option<HistoryId>, limit: u32) -> Result<Page> {
    Ok(page(store::below(tx, object, before, limit.saturating_add(1))?, limit))
}

/// What an account has changed, newest first; for the export of one's own data.
///
/// # Errors
/// Those of the database.
pub fn history_by(tx: &mut Tx, account: AccountId, before: Option<HistoryId>, limit: u32) -> Result<Page> {
    Ok(page(store::by_account(tx, account, before, limit.saturating_add(1))?, limit))
}

/// Blanks what the history of an object says of one field, for erasure; that it changed stays.
///
/// # Errors
/// Those of the database.
pub fn erase(tx: &mut Tx, object: &Ref, field: Option<&str>) -> Result<u64> {
    store::blank(tx, object, field)
}

fn page(mut entries: Vec<Entry>, limit: u32) -> Page {
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    Page { next: entries.last().filter(|_| more).map(|entry| entry.id), entries }
}
