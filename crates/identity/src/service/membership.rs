//! Who holds which role for whom. A change signs the person out everywhere, so that no session carries rights it was not
//! begun with.

use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{AccountId, Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, history};

use super::{access, link};
use crate::model::{Account, Membership, Status};
use crate::rules::email::Email;
use crate::rules::text;
use crate::store;

/// To whom a role is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    Account(AccountId),
    /// The account of this address; made when there is none, and entered with the next link in that mailbox.
    Address {
        address: String,
        name: LocalizedText,
    },
}

/// Gives a role.
///
/// # Errors
/// `Kind::Invalid`: `identity.role-scope` (a role that needs an organisation without one, or the other way round, or that
/// cannot be given), `identity.role-organisation` (officers belong to agencies, civil society to civil-society
/// organisations), `identity.email`; `Kind::NotFound` `identity.account-unknown` or `organisation.unknown`;
/// `Kind::Conflict` `identity.role-held`; those of [`Ctx::require`].
pub fn grant(
    tx: &mut Tx,
    ctx: &Ctx,
    whom: &Whom,
    role: Role,
    organisation: Option<OrganisationId>,
) -> Result<AccountId> {
    ctx.require(Verb::Manage, ObjectKind::Membership, organisation.map(Owner::Organisation))?;
    fits(tx, role, organisation)?;
    let account = match whom {
        Whom::Account(id) => *id,
        Whom::Address { address, name } => link::ensure(tx, ctx, &Email::parse(address)?, name)?.0,
    };
    let found = store::account::get(tx, account)?.filter(|found| found.status != Status::Deleted);
    found.ok_or_else(|| Error::not_found("identity.account-unknown"))?;
    if !store::membership::insert(tx, &Membership { account, role, organisation, created_at: ctx.now })? {
        return Err(Error::conflict("identity.role-held"));
    }
    changed(tx, ctx, account, None, Some(word(role, organisation)))?;
    Ok(account)
}

fn fits(tx: &mut Tx, role: Role, organisation: Option<OrganisationId>) -> Result<()> {
    if !role.grantable() || role.of_organisation() != organisation.is_some() {
        return Err(text::refused("identity.role-scope", "organisation", &[("role", &role)]));
    }
    let Some(id) = organisation else { return Ok(()) };
    let kind = organisation::get(tx, id)?.kind;
    let fit = match role {
        Role::Officer | Role::Lead | Role::Clerk => kind == OrganisationKind::Agency,
        Role::CivilSociety => matches!(kind, OrganisationKind::CivilSociety | OrganisationKind::Body),
        Role::Anyone | Role::Member | Role::Administrator => false,
    };
    if fit {
        return Ok(());
    }
    Err(text::refused("identity.role-organisation", "organisation", &[("role", &role), ("kind", &kind)]))
}

/// Takes a role away, or lays one's own down.
///
/// # Errors
/// `Kind::NotFound` `identity.role-unknown`; `Kind::Conflict` `identity.last-administrator`; those of [`Ctx::require`].
pub fn remove(
    tx: &mut Tx,
    ctx: &Ctx,
    account: AccountId,
    role: Role,
    organisation: Option<OrganisationId>,
) -> Result<()> {
    ctx.require(Verb::Delete, ObjectKind::Membership, Some(Owner::Account(account)))?;
    if !store::membership::remove(tx, account, role, organisation)? {
        return Err(Error::not_found("identity.role-unknown"));
    }
    keep_one(tx, role)?;
    changed(tx, ctx, account, Some(word(role, organisation)), None)
}

/// Refuses to leave the site without an administrator.
pub(crate) fn keep_one(tx: &mut Tx, role: Role) -> Result<()> {
    if role == Role::Administrator && store::membership::holders(tx, role)? == 0 {
        return Err(Error::conflict("identity.last-administrator"));
    }
    Ok(())
}

fn changed(tx: &mut Tx, ctx: &Ctx, account: AccountId, before: Option<String>, after: Option<String>) -> Result<()> {
    store::session::drop_all(tx, account, None)?;
    history::record(tx, ctx, &Ref::new(ObjectKind::Account, account), "role", before, after)
}

/// `officer` or `officer organisation:…`, as the history keeps it.
fn word(role: Role, organisation: Option<OrganisationId>) -> String {
    organisation.map_or_else(|| role.to_string(), |id| format!("{role} {}", Ref::new(ObjectKind::Organisation, id)))
}

/// The members of an organisation with their accounts. Names are personal data: the look is written down.
///
/// # Errors
/// `Kind::Invalid` `identity.reason`; those of [`Ctx::require`].
pub fn list(tx: &mut Tx, ctx: &Ctx, organisation: OrganisationId, why: &str) -> Result<Vec<(Membership, Account)>> {
    ctx.require(Verb::Read, ObjectKind::Membership, Some(Owner::Organisation(organisation)))?;
    let why = text::reason(why)?;
    access::record(tx, ctx, None, "membership.list", Some(&Ref::new(ObjectKind::Organisation, organisation)), &why)?;
    let mut members = Vec::new();
    for membership in store::membership::of_organisation(tx, organisation)? {
        if let Some(account) = store::account::get(tx, membership.account)? {
            members.push((membership, account));
        }
    }
    Ok(members)
}

/// Who works for an organisation as officer or lead, with their names, in the order of the names; accounts that are shut
/// are left out. For assigning work among colleagues: no look at somebody's data, and the domain that asks has asked for
/// permission.
///
/// # Errors
/// Those of the database.
pub fn colleagues(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AccountId, LocalizedText)>> {
    let mut found: Vec<(AccountId, LocalizedText)> = Vec::new();
    for membership in store::membership::of_organisation(tx, organisation)? {
        let works = matches!(membership.role, Role::Officer | Role::Lead);
        if !works || found.iter().any(|(known, _)| *known == membership.account) {
            continue;
        }
        let account = store::account::get(tx, membership.account)?;
        found.extend(
            account.filter(|account| account.status == Status::Active).map(|account| (account.id, account.name)),
        );
    }
    found.sort_by(|one, other| one.1.to_json().cmp(&other.1.to_json()).then(one.0.cmp(&other.0)));
    Ok(found)
}
