//! One table says who may do what: role × verb × kind of object × within what.
//!
//! `service.rs` of every domain asks through [`crate::Ctx::require`]; nothing else decides. A verb is paired with the
//! thing it makes or changes: reporting progress makes an update, so it is `Report × Update`. Where even the existence
//! of a thing is secret, the service answers "not found" instead of the error from here.
//!
//! Start reading at [`TABLE`] and [`decide`].

mod table;
#[cfg(test)]
mod tests;

use madang_base::{Error, Result};

pub use self::table::TABLE;
use crate::actor::{AccountId, Actor, OrganisationId, Person, Role};
use crate::coded;
use crate::object::ObjectKind;

coded! {
    /// What somebody does.
    pub enum Verb("verb.unknown") {
        Read = "read",
        Create = "create",
        Edit = "edit",
        Publish = "publish",
        /// Takes back a published edit.
        Undo = "undo",
        Delete = "delete",
        /// Says how far something is, with evidence.
        Report = "report",
        Assess = "assess",
        Open = "open",
        Answer = "answer",
        Close = "close",
        Follow = "follow",
        /// Runs a part of the site: roles, second factors of others, queues.
        Manage = "manage",
        Retry = "retry",
        Import = "import",
        Export = "export",
        /// Acts for a person who is at the counter or on the telephone.
        Represent = "represent",
        /// Takes a step of a definition for oneself: as author, or as one of a party.
        Act = "act",
        /// Does an agency's work on a case: steps, questions, notes, who has it, how long it may take.
        Handle = "handle",
        /// Agrees, as second officer, to what another prepared.
        Approve = "approve",
        /// Takes back what one has filed or given.
        Withdraw = "withdraw",
    }
}

/// How far a rule reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    Anywhere,
    /// What belongs to an organisation for which the role is held.
    OwnOrganisation,
    /// What belongs to the person; of [`Role::Anyone`]: what the bearer of its secret may do.
    Own,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub role: Role,
    pub verb: Verb,
    pub object: ObjectKind,
    pub within: Within,
}

/// To whom the object belongs, for rules that reach no further than one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    Account(AccountId),
    Organisation(OrganisationId),
    /// Any of these; a commitment belongs to its lead agencies.
    Organisations(&'a [OrganisationId]),
    /// Whoever asks: the secret of the thing has been shown. Only rules of [`Role::Anyone`] within [`Within::Own`] reach
    /// it.
    Bearer,
}

impl Owner<'_> {
    fn includes(&self, organisation: OrganisationId) -> bool {
        match self {
            Self::Account(_) | Self::Bearer => false,
            Self::Organisation(own) => *own == organisation,
            Self::Organisations(own) => own.contains(&organisation),
        }
    }
}

/// What somebody whose role demands a second factor may do before presenting it, as a member and to what is their own:
/// enrol it, look at the account and leave.
pub const BEFORE_SECOND_FACTOR: &[(Verb, ObjectKind)] = &[
    (Verb::Manage, ObjectKind::SecondFactor),
    (Verb::Read, ObjectKind::SecondFactor),
    (Verb::Read, ObjectKind::Account),
    (Verb::Read, ObjectKind::Session),
    (Verb::Delete, ObjectKind::Session),
];

/// What no API key may do whatever its scopes say: what would let a stolen key outlive its revocation.
pub const NEVER_BY_KEY: &[ObjectKind] =
    &[ObjectKind::ApiKey, ObjectKind::Membership, ObjectKind::SecondFactor, ObjectKind::Session];

/// The table, for the documentation and for tests that walk it.
#[must_use]
pub fn table() -> &'static [Rule] {
    TABLE
}

/// The rules that `role` has for this.
pub fn rules(role: Role, verb: Verb, object: ObjectKind) -> impl Iterator<Item = &'static Rule> {
    TABLE.iter().filter(move |rule| rule.role == role && rule.verb == verb && rule.object == object)
}

/// Whether `role` may do this to anything at all; how far it reaches is in the rule.
#[must_use]
pub fn allowed(role: Role, verb: Verb, object: ObjectKind) -> bool {
    rules(role, verb, object).next().is_some()
}

/// Decides. What anyone may do, or whoever shows the secret of the thing, everybody may; else a rule of a role that the person holds must reach the owner; then
/// the second factor and the key's scopes must not stand against it.
///
/// # Errors
/// `Kind::Unauthenticated` with code `permission.sign-in` for the anonymous. `Kind::Forbidden` with code
/// `permission.denied` (no rule reaches), `permission.second-factor` (a rule reaches, the second factor is missing),
/// `permission.scope` or `permission.not-by-key` (a rule reaches, the API key does not).
pub fn decide(actor: &Actor, verb: Verb, object: ObjectKind, owner: Option<Owner<'_>>) -> Result<()> {
    let name = |error: Error| Err(error.arg("verb", verb).arg("object", object));
    let anyone = |rule: &Rule| rule.within == Within::Anywhere || owner == Some(Owner::Bearer);
    if rules(Role::Anyone, verb, object).any(anyone) {
        return Ok(());
    }
    let person = match actor {
        Actor::System => return Ok(()),
        Actor::Anonymous => return name(Error::unauthenticated("permission.sign-in")),
        Actor::Person(person) => person,
    };
    if !reaches(person, verb, object, owner, Role::ALL) {
        return name(Error::forbidden("permission.denied"));
    }
    let before =
        BEFORE_SECOND_FACTOR.contains(&(verb, object)) && reaches(person, verb, object, owner, &[Role::Member]);
    if person.lacks_second_factor() && !before {
        return name(Error::forbidden("permission.second-factor"));
    }
    if let Some(scopes) = &person.scopes {
        if verb != Verb::Read && NEVER_BY_KEY.contains(&object) {
            return name(Error::forbidden("permission.not-by-key"));
        }
        if !scopes.iter().any(|scope| scope.covers(verb, object)) {
            return name(Error::forbidden("permission.scope"));
        }
    }
    Ok(())
}

/// Whether a rule that the person has in one of these roles reaches the owner.
fn reaches(person: &Person, verb: Verb, object: ObjectKind, owner: Option<Owner<'_>>, roles: &[Role]) -> bool {
    let held = |rule: &&Rule| roles.contains(&rule.role) && person.holds(rule.role);
    TABLE.iter().filter(|rule| rule.verb == verb && rule.object == object).filter(held).any(|rule| {
        match (rule.within, owner) {
            (Within::Anywhere, _) => true,
            (Within::Own, Some(Owner::Account(account))) => account == person.account,
            (Within::OwnOrganisation, Some(owner)) => person.organisations(rule.role).any(|own| owner.includes(own)),
            (Within::Own | Within::OwnOrganisation, _) => false,
        }
    })
}
