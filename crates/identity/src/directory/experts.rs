//! Groups and people who agreed to be found. They come by their own account and leave with one click.

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Kind};
use madang_kernel::{AccountId, Ctx, ObjectKind, Owner, Verb, digest};
use serde_json::{Value, json};

use super::model::{Expert, ExpertDraft, ExpertId};
use super::rules;
use crate::rules::secret;
use crate::service::account;
use crate::{kinds, store};

/// The actor's own entry, if there is one.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn expert_of(tx: &mut Tx, ctx: &Ctx) -> Result<Option<Expert>> {
    let own = account::own(ctx, Verb::Edit, ObjectKind::Expert)?;
    store::expert::of_account(tx, own)
}

/// One entry.
///
/// # Errors
/// `Kind::NotFound` `directory.expert-unknown`, also when it was withdrawn or its account is shut.
pub fn expert(tx: &mut Tx, id: ExpertId) -> Result<Expert> {
    store::expert::get(tx, id)?.ok_or_else(|| Error::not_found("directory.expert-unknown"))
}

/// Those of these that can be found, in the order of `ids`. For the search's documents and hits.
///
/// # Errors
/// Those of the database.
pub fn experts_by(tx: &mut Tx, ids: &[ExpertId]) -> Result<Vec<Expert>> {
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        out.extend(store::expert::get(tx, *id)?);
    }
    Ok(out)
}

/// All that can be found, by id, after this one.
///
/// # Errors
/// Those of the database.
pub fn experts_page(tx: &mut Tx, after: Option<ExpertId>, limit: u32) -> Result<Vec<Expert>> {
    store::expert::page(tx, after, limit)
}

/// How many can be found.
///
/// # Errors
/// Those of the database.
pub fn experts_count(tx: &mut Tx) -> Result<i64> {
    store::expert::count(tx)
}

/// The actor agrees to be found, or changes what is shown.
///
/// # Errors
/// `Kind::Invalid` with the fields that are wrong (see the rules: `directory.expert-name`, `directory.consent`, …);
/// `Kind::Conflict` `directory.expert-mail` when the account has no address to pass letters on to; those of
/// [`Ctx::require`].
pub fn expert_put(tx: &mut Tx, ctx: &Ctx, draft: &ExpertDraft) -> Result<Expert> {
    let own = account::own(ctx, Verb::Create, ObjectKind::Expert)?;
    let parts = rules::expert(draft)?;
    if account::contact(tx, own)?.is_none() {
        return Err(Error::conflict("directory.expert-mail"));
    }
    let fresh = Expert {
        id: Id::new(ctx.now, ctx.rng()),
        account: own,
        kind: draft.kind,
        name: parts.name,
        introduction: parts.introduction,
        topics: parts.topics,
        areas: parts.areas,
        web: parts.web,
        consent_at: ctx.now,
        changed_at: ctx.now,
    };
    if store::expert::insert(tx, &fresh)? {
        append(tx, ctx, &kinds::EXPERT_AGREED, &fresh)?;
        return Ok(fresh);
    }
    let old = store::expert::of_account(tx, own)?;
    let old = old.ok_or_else(|| Error::internal("an expert who is and is not there"))?;
    let new = Expert { id: old.id, consent_at: old.consent_at, ..fresh };
    store::expert::update(tx, &new)?;
    append(tx, ctx, &kinds::EXPERT_CHANGED, &new)?;
    Ok(new)
}

/// The actor wants to be found no longer: the row goes at once. False when there was none.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn expert_withdraw(tx: &mut Tx, ctx: &Ctx) -> Result<bool> {
    let own = account::own(ctx, Verb::Delete, ObjectKind::Expert)?;
    forget(tx, ctx, own)
}

/// An administrator takes out an entry that does not belong there.
///
/// # Errors
/// `Kind::NotFound` `directory.expert-unknown`; those of [`Ctx::require`].
pub fn expert_remove(tx: &mut Tx, ctx: &Ctx, id: ExpertId) -> Result<()> {
    let found = expert(tx, id)?;
    ctx.require(Verb::Delete, ObjectKind::Expert, Some(Owner::Account(found.account)))?;
    gone(tx, ctx, &found)
}

/// The token of the link under every letter, by which its reader leaves without signing in.
#[must_use]
pub fn withdraw_token(ctx: &Ctx, id: ExpertId) -> String {
    format!("{id}.{}", secret::mac(&ctx.keys.session, "expert-withdraw", &[&id.to_string()]))
}

/// Whose token it is. Changes nothing.
///
/// # Errors
/// `Kind::NotFound` `directory.withdraw-token` when it is none, or the entry is gone already.
pub fn withdraw_token_of(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<Expert> {
    let bad = || Error::not_found("directory.withdraw-token");
    let id: ExpertId = token.split_once('.').ok_or_else(bad)?.0.parse().map_err(|_| bad())?;
    // Compared by digests, so that the time it takes tells nothing of how much was right.
    if digest::sha256(withdraw_token(ctx, id).as_bytes()) != digest::sha256(token.as_bytes()) {
        return Err(bad());
    }
    expert(tx, id).map_err(|_| bad())
}

/// Withdraws whose token it is.
///
/// # Errors
/// As [`withdraw_token_of`].
pub fn expert_withdraw_by(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let found = withdraw_token_of(tx, ctx, token)?;
    gone(tx, ctx, &found)
}

/// Deletes what an account agreed to show. False when there was nothing.
pub(crate) fn forget(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<bool> {
    let Some(found) = store::expert::of_account(tx, account)? else { return Ok(false) };
    gone(tx, ctx, &found)?;
    Ok(true)
}

fn gone(tx: &mut Tx, ctx: &Ctx, expert: &Expert) -> Result<()> {
    store::expert::delete(tx, expert.id)?;
    ledger::erase(tx, &expert.reference(), None)?;
    append(tx, ctx, &kinds::EXPERT_WITHDRAWN, expert)
}

/// The account's entry, for its export.
pub(crate) fn export(tx: &mut Tx, account: AccountId) -> Result<Value> {
    let found = store::expert::of_account(tx, account)?;
    Ok(found.map_or(Value::Null, |expert| {
        json!({
            "kind": expert.kind, "name": expert.name, "introduction": expert.introduction, "topics": expert.topics,
            "areas": expert.areas, "web": expert.web, "agreed_at": expert.consent_at.rfc3339_kst(),
            "changed_at": expert.changed_at.rfc3339_kst(),
        })
    }))
}

fn append(tx: &mut Tx, ctx: &Ctx, kind: &'static Kind, expert: &Expert) -> Result<()> {
    ledger::append(tx, ctx, Event::private(kind, expert.reference())).map(drop)
}
