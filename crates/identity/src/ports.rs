//! What identity asks of others: the words of its mails, identity providers, and the other domains' personal data.

use std::collections::BTreeMap;

use madang_base::{Locale, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, BoxFuture, Ctx};

use crate::options::ProviderConfig;

/// A mail's words, rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The words of identity's mails and the addresses of its pages. Implemented where templates and paths are.
pub trait MailTexts: Send + Sync {
    /// The whole address of the page that a one-time link opens.
    fn link_url(&self, locale: Locale, token: &str) -> String;

    /// The mail that lets somebody in; the link is good for `minutes`.
    fn sign_in(&self, locale: Locale, link_url: &str, minutes: i64) -> MailText;

    /// The mail that adds this address to an account.
    fn add_address(&self, locale: Locale, link_url: &str, minutes: i64) -> MailText;
}

/// The start of a journey to a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where the browser goes.
    pub url: String,
    pub state: String,
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
}

/// What a provider said of somebody, after its signature, audience, times and nonce were checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    pub email: Option<String>,
    pub email_verified: bool,
    pub name: Option<String>,
    /// All claims that are texts, `sub` and `ci` among them.
    pub texts: BTreeMap<String, String>,
}

/// An OpenID Connect provider (authorisation code flow with PKCE, state and nonce).
pub trait OidcProvider: Send + Sync {
    fn config(&self) -> &ProviderConfig;

    /// # Errors
    /// `Kind::Unavailable` `identity.provider-away` when the provider does not answer.
    fn begin(&self) -> BoxFuture<'_, Result<Begun>>;

    /// Exchanges the code of the callback.
    ///
    /// # Errors
    /// `Kind::Unavailable` `identity.provider-away`; `Kind::Unauthenticated` `identity.provider-refused` when the code or
    /// what the provider signed does not hold.
    fn finish<'a>(&'a self, code: &'a str, nonce: &'a str, verifier: &'a str) -> BoxFuture<'a, Result<Claims>>;
}

/// The personal data of another domain: its part of the export, and what it forgets when an account is deleted.
pub trait PersonalData: Send + Sync {
    /// The key in the export: `follows`.
    fn name(&self) -> &'static str;

    /// Everything this domain keeps about the account.
    ///
    /// # Errors
    /// Those of the database.
    fn export(&self, tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<serde_json::Value>;

    /// Deletes what is nobody's business after the account is gone. Public records stay; they name only its id.
    ///
    /// # Errors
    /// Those of the database.
    fn erase(&self, tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<()>;
}
