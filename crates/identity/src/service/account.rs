//! Accounts: one's own (profile, export, deletion) and, for administrators, everybody's.

use std::sync::Arc;

use madang_base::{Error, Id, Locale, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event};
use madang_kernel::{AccountId, Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, history};
use serde_json::{Value, json};

use super::{access, membership, second_factor};
use crate::directory::experts;
use crate::model::{Account, Credential, Membership, Method, Status};
use crate::ports::PersonalData;
use crate::rules::email::Email;
use crate::rules::text;
pub use crate::store::account::Filter;
use crate::{kinds, store};

/// An account with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    pub account: Account,
    pub credentials: Vec<Credential>,
    pub memberships: Vec<Membership>,
    pub second_factor: bool,
}

/// One page of accounts; `next` is the `before` of the following page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub accounts: Vec<(Account, Vec<Membership>)>,
    pub next: Option<AccountId>,
}

/// The actor's account, when the actor may do this to what is the actor's own.
pub(crate) fn own(ctx: &Ctx, verb: Verb, object: ObjectKind) -> Result<AccountId> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(verb, object, Some(Owner::Account(account)))?;
    Ok(account)
}

/// Makes an account with its first credential.
pub(crate) fn make(
    tx: &mut Tx,
    ctx: &Ctx,
    name: &LocalizedText,
    email: Option<&str>,
    (kind, issuer, subject): (Method, &str, &str),
) -> Result<AccountId> {
    let id = Id::new(ctx.now, ctx.rng());
    store::account::insert(tx, id, name, email, ctx.locale, ctx.now)?;
    if !store::account::add_credential(tx, id, kind, issuer, subject, ctx.now)? {
        return Err(Error::unavailable("identity.again"));
    }
    Ok(id)
}

fn known(tx: &mut Tx, id: AccountId) -> Result<Account> {
    store::account::get(tx, id)?.ok_or_else(|| Error::not_found("identity.account-unknown"))
}

fn overview(tx: &mut Tx, id: AccountId) -> Result<Overview> {
    Ok(Overview {
        account: known(tx, id)?,
        credentials: store::account::credentials(tx, id)?,
        memberships: store::membership::of_account(tx, id)?,
        second_factor: store::factor::get(tx, id)?.is_some_and(|totp| totp.confirmed_at.is_some()),
    })
}

/// The actor's own account.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn me(tx: &mut Tx, ctx: &Ctx) -> Result<Overview> {
    let id = own(ctx, Verb::Read, ObjectKind::Account)?;
    overview(tx, id)
}

/// Changes the actor's name (in the page's language) and the language of mails. An empty name removes it.
///
/// # Errors
/// `Kind::Invalid` `identity.name`; those of [`Ctx::require`].
pub fn edit(tx: &mut Tx, ctx: &Ctx, name: &str, locale: Locale) -> Result<()> {
    let id = own(ctx, Verb::Edit, ObjectKind::Account)?;
    let name = if name.trim().is_empty() { String::new() } else { text::name(name)? };
    // A person has one name: what was written in another language before is not left beside it.
    let name = LocalizedText::default().with(ctx.locale.tag(), name);
    store::account::set_profile(tx, id, &name, locale)
}

/// Where to write to somebody, in which language; none when the account is shut or has no address. For notices that
/// other domains send.
///
/// # Errors
/// Those of the database.
pub fn contact(tx: &mut Tx, id: AccountId) -> Result<Option<(Email, Locale)>> {
    let Some(account) = store::account::get(tx, id)?.filter(|account| account.status == Status::Active) else {
        return Ok(None);
    };
    Ok(account.email.and_then(|email| Email::parse(&email).ok()).map(|email| (email, account.locale)))
}

/// How public pages call somebody who acted for an organisation: role and organisation, never the name. None for
/// everybody else.
///
/// # Errors
/// Those of the database.
pub fn public_label(tx: &mut Tx, id: AccountId) -> Result<Option<(Role, OrganisationId)>> {
    let memberships = store::membership::of_account(tx, id)?;
    Ok(memberships.iter().find_map(|held| held.organisation.map(|organisation| (held.role, organisation))))
}

/// Accounts for administrators, newest first. The look is written down with its reason.
///
/// # Errors
/// `Kind::Invalid` `identity.reason` or `identity.email`; those of [`Ctx::require`].
pub fn list(tx: &mut Tx, ctx: &Ctx, filter: &Filter, before: Option<AccountId>, limit: u32, why: &str) -> Result<Page> {
    ctx.require(Verb::Manage, ObjectKind::Account, None)?;
    access::record(tx, ctx, None, "account.list", None, why)?;
    let email = filter.email.as_deref().map(Email::parse).transpose()?;
    let filter = Filter { email: email.map(|email| email.to_string()), ..filter.clone() };
    let mut found = store::account::list(tx, &filter, before, limit.saturating_add(1))?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|account| account.id);
    let mut accounts = Vec::with_capacity(found.len());
    for account in found {
        let memberships = store::membership::of_account(tx, account.id)?;
        accounts.push((account, memberships));
    }
    Ok(Page { accounts, next })
}

/// The account behind an address, for whoever puts people into the parties of a service; names and addresses of other
/// accounts are not told.
///
/// # Errors
/// `Kind::Invalid` `identity.email`; `Kind::NotFound` `identity.account-unknown`; those of [`Ctx::require`].
pub fn for_party(tx: &mut Tx, ctx: &Ctx, address: &str) -> Result<AccountId> {
    ctx.require(Verb::Manage, ObjectKind::Party, None)?;
    let email = Email::parse(address)?;
    let found = store::account::by_credential(tx, Method::Mail, "", email.as_str())?;
    let found = found.filter(|account| account.status == Status::Active);
    found.map(|account| account.id).ok_or_else(|| Error::not_found("identity.account-unknown"))
}

/// How somebody in a party is called on the pages of those who say who is in it.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn party_name(tx: &mut Tx, ctx: &Ctx, id: AccountId) -> Result<LocalizedText> {
    ctx.require(Verb::Manage, ObjectKind::Party, None)?;
    Ok(store::account::get(tx, id)?.map(|account| account.name).unwrap_or_default())
}

/// One account for administrators. The look is written down with its reason.
///
/// # Errors
/// `Kind::Invalid` `identity.reason`; `Kind::NotFound` `identity.account-unknown`; those of [`Ctx::require`].
pub fn view(tx: &mut Tx, ctx: &Ctx, id: AccountId, why: &str) -> Result<Overview> {
    ctx.require(Verb::Manage, ObjectKind::Account, Some(Owner::Account(id)))?;
    access::record(tx, ctx, Some(id), "account.view", None, why)?;
    overview(tx, id)
}

/// Shuts an account: its sessions end and nobody can sign in to it.
///
/// # Errors
/// `Kind::Conflict` `identity.suspend-own`, `identity.last-administrator` or `identity.status` (it is not active);
/// `Kind::NotFound` `identity.account-unknown`; `Kind::Invalid` `identity.reason`; those of [`Ctx::require`].
pub fn suspend(tx: &mut Tx, ctx: &Ctx, id: AccountId, why: &str) -> Result<()> {
    if ctx.account() == Some(id) {
        return Err(Error::conflict("identity.suspend-own"));
    }
    status(tx, ctx, id, Status::Active, Status::Suspended, why)?;
    store::session::drop_all(tx, id, None)?;
    membership::keep_one(tx, Role::Administrator)
}

/// Opens a suspended account again.
///
/// # Errors
/// As [`suspend`].
pub fn restore(tx: &mut Tx, ctx: &Ctx, id: AccountId, why: &str) -> Result<()> {
    status(tx, ctx, id, Status::Suspended, Status::Active, why)
}

fn status(tx: &mut Tx, ctx: &Ctx, id: AccountId, from: Status, to: Status, why: &str) -> Result<()> {
    ctx.require(Verb::Manage, ObjectKind::Account, Some(Owner::Account(id)))?;
    access::record(tx, ctx, Some(id), "account.status", None, why)?;
    let found = known(tx, id)?;
    if found.status != from {
        return Err(Error::conflict("identity.status").arg("status", found.status));
    }
    store::account::set_status(tx, id, to)?;
    history::record(tx, ctx, &reference(id), "status", Some(from.to_string()), Some(to.to_string()))
}

fn reference(id: AccountId) -> Ref {
    Ref::new(ObjectKind::Account, id)
}

/// Everything the site keeps about the actor, as JSON: identity's part under `account`, what the actor changed under
/// `changes`, the entry in the directory under `expert`, the other domains' parts under their names.
///
/// # Errors
/// Those of [`Ctx::require`], of the other domains and of the database.
pub fn export(tx: &mut Tx, ctx: &Ctx, others: &[Arc<dyn PersonalData>]) -> Result<Value> {
    let id = own(ctx, Verb::Export, ObjectKind::Account)?;
    let Overview { account, credentials, memberships, second_factor } = overview(tx, id)?;
    let when = Time::rfc3339_kst;
    let sessions = store::session::of_account(tx, id)?;
    let keys = store::api_key::of_account(tx, id)?;
    let looks = access::export(tx, id)?;
    let mut out = json!({
        "exported_at": when(ctx.now),
        "account": {
            "id": id,
            "name": account.name,
            "email": account.email,
            "locale": account.locale,
            "created_at": when(account.created_at),
            "second_factor": second_factor,
            "recovery_codes_left": store::factor::codes_left(tx, id)?,
            "person_keys": store::person::of_account(tx, id)?.into_iter()
                .map(|key| json!({ "person": key.person, "assurance": key.assurance })).collect::<Vec<_>>(),
            "sign_in_with": credentials.iter().map(|credential| json!({
                "kind": credential.kind, "issuer": credential.issuer, "subject": credential.subject,
                "since": when(credential.created_at),
            })).collect::<Vec<_>>(),
            "roles": memberships.iter().map(|held| json!({
                "role": held.role, "organisation": held.organisation, "since": when(held.created_at),
            })).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(|device| json!({
                "method": device.method, "assurance": device.assurance, "agent": device.agent,
                "created_at": when(device.created_at), "seen_at": when(device.seen_at),
                "expires_at": when(device.expires_at),
            })).collect::<Vec<_>>(),
            "api_keys": keys.iter().map(|key| json!({
                "prefix": key.prefix, "name": key.name, "scopes": key.scopes, "created_at": when(key.created_at),
                "expires_at": when(key.expires_at), "last_used_on": key.last_used_on,
                "revoked_at": key.revoked_at.map(when),
            })).collect::<Vec<_>>(),
            "looked_at": looks.into_iter().map(|(at, what, why)| json!({
                "at": when(at), "what": what, "why": why,
            })).collect::<Vec<_>>(),
        },
    });
    out["changes"] = changes(tx, id)?;
    out["expert"] = experts::export(tx, id)?;
    for other in others {
        out[other.name()] = other.export(tx, ctx, id)?;
    }
    Ok(out)
}

/// What the account has changed anywhere on the site, newest first.
fn changes(tx: &mut Tx, id: AccountId) -> Result<Value> {
    let mut out = Vec::new();
    let mut before = None;
    loop {
        let page = history::history_by(tx, id, before, 1000)?;
        out.extend(page.entries.into_iter().map(|entry| {
            json!({
                "at": entry.at.rfc3339_kst(), "object": entry.object, "field": entry.field,
                "before": entry.before, "after": entry.after,
            })
        }));
        before = page.next;
        if before.is_none() {
            return Ok(Value::Array(out));
        }
    }
}

/// Deletes the actor's account. Public records stay and name an empty account; the person key stays as a tombstone, so
/// that the same person is recognised as the same; what others logged about looks at the data stays for review.
///
/// # Errors
/// `Kind::Conflict` `identity.last-administrator`; those of [`Ctx::require`] and of the other domains.
pub fn delete(tx: &mut Tx, ctx: &Ctx, others: &[Arc<dyn PersonalData>]) -> Result<()> {
    let id = own(ctx, Verb::Delete, ObjectKind::Account)?;
    for other in others {
        other.erase(tx, ctx, id)?;
    }
    for held in store::membership::of_account(tx, id)? {
        membership::remove(tx, ctx, id, held.role, held.organisation)?;
    }
    experts::forget(tx, ctx, id)?;
    store::link::drop_for(tx, id)?;
    store::oidc::drop_for(tx, id)?;
    store::session::drop_all(tx, id, None)?;
    store::api_key::drop_all(tx, id)?;
    second_factor::drop_all(tx, id)?;
    store::account::drop_credentials(tx, id)?;
    store::person::release(tx, id, ctx.now)?;
    store::account::empty(tx, id, ctx.now)?;
    ledger::erase(tx, &reference(id), None)?;
    ledger::append(tx, ctx, Event::private(&kinds::ACCOUNT_DELETED, reference(id))).map(drop)
}
