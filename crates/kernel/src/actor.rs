//! Who acts: nobody known, the system itself, or a person with roles.

use std::fmt;
use std::str::FromStr;

use madang_base::{Error, Id, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::coded;
use crate::object::ObjectKind;
use crate::permission::Verb;

/// Marker of an account's id; never built.
#[derive(Debug)]
pub enum Account {}
/// Marker of an organisation's id; never built.
#[derive(Debug)]
pub enum OrganisationMarker {}

pub type AccountId = Id<Account>;
pub type OrganisationId = Id<OrganisationMarker>;

coded! {
    /// What somebody is, for the permission table.
    pub enum Role("role.unknown") {
        /// Everybody, signed in or not.
        Anyone = "anyone",
        /// Anybody who is signed in.
        Member = "member",
        /// Works for an agency.
        Officer = "officer",
        /// Works for the ministry that leads a plan; is also an officer of it.
        Lead = "lead",
        /// Assesses for a civil-society organisation.
        CivilSociety = "civil-society",
        /// Files and looks up for people who come to an agency's counter or call it.
        Clerk = "clerk",
        /// Runs the site: accounts, organisations, jobs. Writes no plan.
        Administrator = "administrator",
    }
}

impl Role {
    /// Whether those who hold it must have presented a second factor.
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::Officer | Self::Lead | Self::Clerk | Self::Administrator)
    }

    /// Whether it can be granted (the others come by themselves).
    #[must_use]
    pub const fn grantable(self) -> bool {
        !matches!(self, Self::Anyone | Self::Member)
    }

    /// Whether a grant of it names an organisation.
    #[must_use]
    pub const fn of_organisation(self) -> bool {
        matches!(self, Self::Officer | Self::Lead | Self::CivilSociety | Self::Clerk)
    }
}

coded! {
    /// How sure the site is of who somebody is; later ones are stronger, except `Proxy`, which says how, not how sure.
    pub enum Assurance("assurance.unknown") {
        Anonymous = "anonymous",
        /// An address or a name that answers, and no proof of the person.
        Pseudonymous = "pseudonymous",
        /// A person proved by an identity provider or at a desk.
        Verified = "verified",
        /// Somebody acts for a person who cannot.
        Proxy = "proxy",
    }
}

/// A role that somebody holds, for an organisation or for the whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub organisation: Option<OrganisationId>,
}

/// Narrows what an API key may do. `None` is "any": `plan:read`, `*:read`, `update:*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub object: Option<ObjectKind>,
    pub verb: Option<Verb>,
}

impl Scope {
    #[must_use]
    pub fn covers(self, verb: Verb, object: ObjectKind) -> bool {
        self.object.is_none_or(|o| o == object) && self.verb.is_none_or(|v| v == verb)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.object.map_or("*", ObjectKind::code), self.verb.map_or("*", Verb::code))
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        fn part<T: FromStr<Err = Error>>(word: &str) -> Result<Option<T>> {
            if word == "*" { Ok(None) } else { word.parse().map(Some) }
        }
        let unknown = || Error::invalid("scope.unknown").arg("value", text);
        let (object, verb) = text.split_once(':').ok_or_else(unknown)?;
        Ok(Self { object: part(object).map_err(|_| unknown())?, verb: part(verb).map_err(|_| unknown())? })
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How a person is told from all others without being named; loaded with the person. Empty for accounts that prove nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonKeys {
    /// What the account was first known by, a mail address included: proving more later makes no second person.
    pub first: Option<String>,
    /// What a provider or a desk proved first.
    pub verified: Option<String>,
}

impl fmt::Debug for PersonKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKeys(hidden)")
    }
}

/// A signed-in person, or a program with a person's key.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub account: AccountId,
    pub assurance: Assurance,
    pub grants: Vec<Grant>,
    /// Whether this session (or the session that made this key) has presented a second factor.
    pub second_factor: bool,
    /// Some when a program acts with an API key: it may do no more than these say.
    pub scopes: Option<Vec<Scope>>,
    pub keys: PersonKeys,
}

impl Person {
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        match role {
            Role::Anyone | Role::Member => true,
            _ => self.grants.iter().any(|grant| grant.role == role),
        }
    }

    /// The organisations for which this person holds `role`.
    pub fn organisations(&self, role: Role) -> impl Iterator<Item = OrganisationId> {
        self.grants.iter().filter(move |grant| grant.role == role).filter_map(|grant| grant.organisation)
    }

    /// Whether a role of theirs demands a second factor that has not been presented.
    #[must_use]
    pub fn lacks_second_factor(&self) -> bool {
        !self.second_factor && self.grants.iter().any(|grant| grant.role.needs_second_factor())
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    Anonymous,
    /// The machine itself: jobs, imports at the command line. May do everything.
    System,
    Person(Person),
}

impl Actor {
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Anonymous | Self::System => None,
        }
    }

    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.person().map(|person| person.account)
    }

    /// Whether it holds `role`; the system holds all.
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        match self {
            Self::Anonymous => role == Role::Anyone,
            Self::System => true,
            Self::Person(person) => person.holds(role),
        }
    }
}
