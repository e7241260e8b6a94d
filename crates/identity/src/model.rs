//! What the domain speaks of. Rows as the services and pages see them; no secrets.

use madang_base::{Id, Locale, LocalizedText, Time};
use madang_kernel::{AccountId, Assurance, Grant, OrganisationId, Role, Scope, coded};
use serde::Serialize;

/// Marker of a session's id; never built.
#[derive(Debug)]
pub enum SessionMarker {}
pub type SessionId = Id<SessionMarker>;

/// Marker of an API key's id; never built.
#[derive(Debug)]
pub enum ApiKeyMarker {}
pub type ApiKeyId = Id<ApiKeyMarker>;

/// Marker of an access-log entry's id; never built.
#[derive(Debug)]
pub enum AccessMarker {}
pub type AccessId = Id<AccessMarker>;

coded! {
    /// Whether an account can be used.
    pub enum Status("identity.status-unknown") {
        Active = "active",
        /// Shut by an administrator; nobody can sign in to it.
        Suspended = "suspended",
        /// Emptied at its owner's wish; the id stays because public records point at it.
        Deleted = "deleted",
    }
}

coded! {
    /// How somebody signed in.
    pub enum Method("identity.method-unknown") {
        /// A one-time link sent by mail.
        Mail = "mail",
        /// An OpenID Connect provider.
        Oidc = "oidc",
        /// The list of demonstration accounts; only in demo mode.
        Demo = "demo",
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    pub id: AccountId,
    pub status: Status,
    pub name: LocalizedText,
    /// A proven address to write to.
    pub email: Option<String>,
    /// The language of mails.
    pub locale: Locale,
    pub created_at: Time,
    pub deleted_at: Option<Time>,
}

/// One way by which an account is recognised at sign-in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Credential {
    pub kind: Method,
    /// Empty except for `Oidc`.
    pub issuer: String,
    /// The address, the provider's subject, or the demonstration account's name.
    pub subject: String,
    pub created_at: Time,
}

/// A role that somebody holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Membership {
    pub account: AccountId,
    pub role: Role,
    pub organisation: Option<OrganisationId>,
    pub created_at: Time,
}

impl Membership {
    #[must_use]
    pub const fn grant(&self) -> Grant {
        Grant { role: self.role, organisation: self.organisation }
    }
}

/// Where a session stands with the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Factor {
    /// No role demands it and none is enrolled.
    NotNeeded,
    /// A role demands it and none is enrolled: the next page is the enrolment.
    ToEnrol,
    /// It is enrolled and has not been presented: the next page asks for a code, and until then the session may nothing.
    ToCheck,
    Passed,
}

/// A place where an account is signed in, as its owner sees it in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Device {
    pub id: SessionId,
    pub account: AccountId,
    pub method: Method,
    pub assurance: Assurance,
    /// Browser family and system.
    pub agent: String,
    pub created_at: Time,
    /// Right to within five minutes.
    pub seen_at: Time,
    pub idle_seconds: i64,
    pub expires_at: Time,
    pub second_factor_at: Option<Time>,
}

/// The session of a request. Having one proves that its token was presented.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    /// The account's name, for the header.
    pub name: LocalizedText,
    pub locale: Locale,
    pub factor: Factor,
    /// Whether it is time to write down that it was seen (`session::touch`).
    pub touch: bool,
    pub device: Device,
}

/// An API key without its secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub account: AccountId,
    pub prefix: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub created_at: Time,
    pub expires_at: Time,
    /// `2026-03-01`, the day in Korea.
    pub last_used_on: Option<String>,
    pub revoked_at: Option<Time>,
}

/// One look of staff at personal data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Access {
    pub id: AccessId,
    pub at: Time,
    /// Who looked; none is the command line.
    pub actor: Option<AccountId>,
    /// Whose data; none is a list of many.
    pub subject: Option<AccountId>,
    /// A code: `account.list`, `account.view`, `case.personal-data`.
    pub what: String,
    /// The object it was looked at for: `commitment:kr-2021/2.1`.
    pub object: Option<String>,
    /// In the reader's own words.
    pub why: String,
}

/// How a person is told from all others without being named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonKey {
    /// Hexadecimal digits; the same for one person for ever, also after an account was deleted and made anew.
    pub person: String,
    pub assurance: Assurance,
}

/// What a completed sign-in gives: the cookie's value and what comes next.
pub struct SignedIn {
    /// The session's secret, for the cookie. It is nowhere else.
    pub token: String,
    pub device: Device,
    pub factor: Factor,
    /// Whether the account came into being with this sign-in.
    pub created: bool,
    /// A path on this site.
    pub return_to: Option<String>,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("device", &self.device).field("factor", &self.factor).finish_non_exhaustive()
    }
}
