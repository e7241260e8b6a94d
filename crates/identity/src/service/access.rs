//! The access log: every look of staff at personal data, by whom, at whose, for what reason; and its review.

use madang_base::{Id, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, ObjectKind, Ref, Verb};

use super::account;
use crate::model::{Access, AccessId};
use crate::rules::text;
use crate::store;
pub use crate::store::access::Filter;

/// One page of the log; `next` is the `before` of the following page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub entries: Vec<Access>,
    pub next: Option<AccessId>,
}

/// Writes a look down. To be called in the transaction that reads the data, so that no look goes unwritten. Looking at
/// one's own data is not written down.
///
/// `subject` is whose data it was (none: a list of many), `what` a code such as `account.view`, `object` what it was
/// looked at for, `why` the reader's reason.
///
/// # Errors
/// `Kind::Invalid` `identity.reason`; those of the database.
pub fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Option<AccountId>,
    what: &'static str,
    object: Option<&Ref>,
    why: &str,
) -> Result<()> {
    let why = text::reason(why)?;
    let actor = ctx.account();
    if subject.is_some() && subject == actor {
        return Ok(());
    }
    let id = Id::new(ctx.now, ctx.rng());
    let object = object.map(ToString::to_string);
    store::access::insert(tx, &Access { id, at: ctx.now, actor, subject, what: what.to_owned(), object, why })
}

/// Whether a look like this is in the log: for looks that are written down once a day.
///
/// # Errors
/// Those of the database.
pub fn has(tx: &mut Tx, filter: &Filter) -> Result<bool> {
    Ok(!store::access::list(tx, filter, None, 1)?.is_empty())
}

/// The log for review, newest first.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn list(tx: &mut Tx, ctx: &Ctx, filter: &Filter, before: Option<AccessId>, limit: u32) -> Result<Page> {
    ctx.require(Verb::Read, ObjectKind::AccessLog, None)?;
    page(tx, filter, before, limit)
}

/// Who looked at the actor's own data.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn of_me(tx: &mut Tx, ctx: &Ctx, before: Option<AccessId>, limit: u32) -> Result<Page> {
    let subject = account::own(ctx, Verb::Read, ObjectKind::AccessLog)?;
    page(tx, &Filter { subject: Some(subject), ..Filter::default() }, before, limit)
}

fn page(tx: &mut Tx, filter: &Filter, before: Option<AccessId>, limit: u32) -> Result<Page> {
    let mut entries = store::access::list(tx, filter, before, limit.saturating_add(1))?;
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    Ok(Page { next: entries.last().filter(|_| more).map(|entry| entry.id), entries })
}

/// All looks at an account's data with what is told to its owner, for the export.
pub(crate) fn export(tx: &mut Tx, subject: AccountId) -> Result<Vec<(Time, String, String)>> {
    let filter = Filter { subject: Some(subject), ..Filter::default() };
    Ok(store::access::list(tx, &filter, None, 10_000)?
        .into_iter()
        .map(|entry| (entry.at, entry.what, entry.why))
        .collect())
}
