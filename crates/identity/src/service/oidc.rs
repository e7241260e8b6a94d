//! Signing in with an OpenID Connect provider: [`OidcProvider::begin`], [`begin`], the provider's pages, [`take`],
//! [`OidcProvider::finish`], [`sign_in`].
//!
//! State, nonce and PKCE verifier stay on the server; the browser carries a token of its own in a cookie, so that nobody
//! can be led through the end of another's journey. An account is found by issuer and subject, or by the person key; an
//! equal mail address proves nothing and joins nothing.

use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Assurance, Ctx, ObjectKind, Verb};

use super::{account, person, rate, session};
use crate::model::{Method, SignedIn, Status};
use crate::options::ProviderConfig;
pub use crate::ports::{Begun, Claims, OidcProvider};
use crate::rules::email::Email;
use crate::rules::{limit, secret, session as rules, text, token};
use crate::store;
use crate::store::oidc::State;

/// What the page that leads to a provider knows.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Journey {
    /// A token (`Rng::token`) that goes into a cookie of this browser.
    pub browser: String,
    /// A word for the visitor's network, for the limits; empty when it is not known.
    pub network: String,
    pub return_to: Option<String>,
    /// Add the provider's identity to the account that is signed in, instead of signing in.
    pub add: bool,
}

/// A journey that has come back.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    /// The provider's slug.
    pub provider: String,
    pub nonce: String,
    pub verifier: String,
    pub account: Option<AccountId>,
    pub return_to: Option<String>,
}

const VERIFIER: &str = "oidc-verifier";

/// Remembers a journey that begins.
///
/// # Errors
/// `Kind::RateLimited` `identity.too-many`; those of [`Ctx::require`] when an identity is to be added.
pub fn begin(tx: &mut Tx, ctx: &Ctx, provider: &ProviderConfig, begun: &Begun, journey: &Journey) -> Result<()> {
    let account = if journey.add { Some(account::own(ctx, Verb::Edit, ObjectKind::Account)?) } else { None };
    rate::attempt(tx, ctx, limit::OIDC_NETWORK, &journey.network)?;
    let hash = |text: &str| token::token_hash(text).ok_or_else(|| Error::internal("a token that is none"));
    let state_hash = hash(&begun.state)?;
    let verifier = secret::seal(&ctx.keys.master, VERIFIER, &state_hash, begun.verifier.as_bytes(), ctx.rng())?;
    let state = State {
        browser_hash: hash(&journey.browser)?,
        provider: provider.slug.clone(),
        nonce: begun.nonce.clone(),
        verifier,
        account,
        return_to: text::return_to(journey.return_to.as_deref()),
        expires_at: ctx.now.plus_seconds(rules::OIDC_MINUTES * 60),
    };
    store::oidc::insert(tx, &state_hash, &state, ctx.now)
}

/// Takes the journey that a callback belongs to; it can be taken once.
///
/// # Errors
/// `Kind::Gone` `identity.journey-unknown` when there is none, it took too long, or the browser is another one.
pub fn take(tx: &mut Tx, ctx: &Ctx, state: &str, browser: &str) -> Result<Returned> {
    let unknown = || Error::gone("identity.journey-unknown");
    let state_hash = token::token_hash(state).ok_or_else(unknown)?;
    let browser_hash = token::token_hash(browser).ok_or_else(unknown)?;
    let found = store::oidc::take(tx, &state_hash)?.ok_or_else(unknown)?;
    if found.expires_at <= ctx.now || found.browser_hash != browser_hash {
        return Err(unknown());
    }
    let verifier = secret::unseal(&ctx.keys.master, VERIFIER, &state_hash, &found.verifier)?;
    Ok(Returned {
        provider: found.provider,
        nonce: found.nonce,
        verifier: String::from_utf8(verifier).map_err(Error::internal)?,
        account: found.account,
        return_to: found.return_to,
    })
}

/// Signs in with what the provider said, making the account if there is none.
///
/// # Errors
/// `Kind::Internal` when journey or claims are another provider's; `Kind::Invalid` `identity.person-claim` when the
/// provider proves persons and did not say which; `Kind::Conflict` `identity.identity-taken` (the identity to be added is
/// another account's) or `identity.person-has-account`; `Kind::Forbidden` `identity.suspended`, or
/// `identity.link-of-another` when another is signed in than the one who began to add.
pub fn sign_in(
    tx: &mut Tx,
    ctx: &Ctx,
    provider: &ProviderConfig,
    claims: &Claims,
    returned: &Returned,
    user_agent: &str,
) -> Result<SignedIn> {
    if returned.provider != provider.slug || claims.issuer != provider.issuer {
        return Err(Error::internal("claims of another provider"));
    }
    if returned.account.is_some() && returned.account != ctx.account() {
        return Err(Error::forbidden("identity.link-of-another"));
    }
    let claim = claims.texts.get(&provider.person_claim).filter(|value| !value.is_empty());
    if claim.is_none() && provider.assurance != Assurance::Pseudonymous {
        return Err(Error::invalid("identity.person-claim").arg("claim", &provider.person_claim));
    }
    let key = claim.map(|value| person::claim_key(ctx, provider, value));
    let (account, created) = find_or_make(tx, ctx, claims, returned.account, key.as_deref())?;
    let status = store::account::get(tx, account)?.map(|found| found.status);
    if status != Some(Status::Active) {
        return Err(Error::forbidden("identity.suspended"));
    }
    if let Some(key) = &key {
        person::claim(tx, ctx, account, key, provider.assurance)?;
    }
    if let Some(email) = verified(claims) {
        store::account::fill_email(tx, account, email.as_str())?;
    }
    let (token, device, factor) = session::start(tx, ctx, account, Method::Oidc, provider.assurance, user_agent)?;
    Ok(SignedIn { token, device, factor, created, return_to: returned.return_to.clone() })
}

fn verified(claims: &Claims) -> Option<Email> {
    claims.email.as_deref().filter(|_| claims.email_verified).and_then(|email| Email::parse(email).ok())
}

fn find_or_make(
    tx: &mut Tx,
    ctx: &Ctx,
    claims: &Claims,
    adding_to: Option<AccountId>,
    key: Option<&str>,
) -> Result<(AccountId, bool)> {
    let known = store::account::by_credential(tx, Method::Oidc, &claims.issuer, &claims.subject)?;
    match (known, adding_to) {
        (Some(known), Some(own)) if known.id != own => return Err(Error::conflict("identity.identity-taken")),
        (Some(known), _) => return Ok((known.id, false)),
        (None, _) => {}
    }
    let held = match (adding_to, key) {
        (Some(own), _) => Some(own),
        (None, Some(key)) => person::account_of(tx, key)?,
        (None, None) => None,
    };
    if let Some(account) = held {
        store::account::add_credential(tx, account, Method::Oidc, &claims.issuer, &claims.subject, ctx.now)?;
        return Ok((account, false));
    }
    let name = claims.name.as_deref().and_then(|name| text::name(name).ok());
    let name = name.map_or_else(LocalizedText::default, |name| LocalizedText::default().with(ctx.locale.tag(), name));
    let id = account::make(tx, ctx, &name, None, (Method::Oidc, &claims.issuer, &claims.subject))?;
    Ok((id, true))
}
