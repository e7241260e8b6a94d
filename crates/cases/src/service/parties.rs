//! Who belongs to the groups that a definition declares: committee, experts, volunteers.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{AccountId, Ctx, ObjectKind, Ref, Verb};
use serde::Serialize;

use crate::Cases;
use crate::kinds;
use crate::store;

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    pub party: String,
    pub account: AccountId,
    pub since: Time,
}

/// Everybody in the groups of a service, by group and from when.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn members(tx: &mut Tx, ctx: &Ctx, service: &str) -> Result<Vec<Member>> {
    ctx.require(Verb::Read, ObjectKind::Party, None)?;
    store::party::of_service(tx, service)
}

/// Takes an account into a group. False when it is in it already.
///
/// # Errors
/// `service.unknown`; `case.party-unknown`; those of [`Ctx::require`].
pub fn add(tx: &mut Tx, ctx: &Ctx, cases: &Cases, service: &str, party: &str, account: AccountId) -> Result<bool> {
    let object = allowed(tx, ctx, cases, service, party)?;
    if !store::party::insert(tx, ctx, service, party, account)? {
        return Ok(false);
    }
    ledger::append(tx, ctx, Event::private(&kinds::PARTY_JOINED, object).with("who", Field::Nullifier(account)))?;
    Ok(true)
}

/// Takes an account out of a group. False when it is not in it.
///
/// # Errors
/// As [`add`].
pub fn remove(tx: &mut Tx, ctx: &Ctx, cases: &Cases, service: &str, party: &str, account: AccountId) -> Result<bool> {
    let object = allowed(tx, ctx, cases, service, party)?;
    if !store::party::delete(tx, service, party, account)? {
        return Ok(false);
    }
    ledger::append(tx, ctx, Event::private(&kinds::PARTY_LEFT, object).with("who", Field::Nullifier(account)))?;
    Ok(true)
}

/// Ends all memberships of an account: part of the deletion of an account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<u64> {
    store::party::delete_account(tx, account)
}

fn allowed(tx: &mut Tx, ctx: &Ctx, cases: &Cases, service: &str, party: &str) -> Result<Ref> {
    ctx.require(Verb::Manage, ObjectKind::Party, None)?;
    let version = cases.services.current(tx, service)?;
    if version.definition.party(party).is_none() {
        return Err(Error::invalid("case.party-unknown").arg("value", party).field("party", "case.party-unknown"));
    }
    Ok(Ref::new(ObjectKind::Party, format!("{service}/{party}")))
}
