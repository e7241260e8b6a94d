//! Signing in by a one-time link in a mail: [`request`], then [`open`] (the page with the button, which changes nothing:
//! mail scanners open links), then [`redeem`] (the button).
//!
//! The answer to a request is the same whether or not the address has an account: accounts come into being when their
//! first link is redeemed.

use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::mail::{self, Mail};
use madang_kernel::{AccountId, Assurance, Ctx, ObjectKind, Verb};

use super::{account, person, rate, session};
use crate::model::{Method, SignedIn, Status};
use crate::ports::{MailText, MailTexts};
use crate::rules::email::Email;
use crate::rules::{limit, session as rules, text, token};
use crate::store;
use crate::store::link::Link;
pub use crate::store::link::Purpose;

/// Minutes that a link is good for.
pub const MINUTES: i64 = rules::LINK_MINUTES;

/// What the sign-in form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub address: String,
    /// A word for the visitor's network, for the limits; empty when it is not known.
    pub network: String,
    /// The page to go back to; dropped when it is not a path on this site.
    pub return_to: Option<String>,
}

/// What the page behind a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub purpose: Purpose,
    /// `h***@example.org`: enough to see whose it is.
    pub address: String,
    pub expires_at: Time,
}

/// What a link did.
#[derive(Debug)]
pub enum Redeemed {
    SignedIn(SignedIn),
    /// The address was added to the account of the one who asked.
    AddressAdded,
}

/// Sends a link to sign in with, in the language of the request.
///
/// # Errors
/// `Kind::Invalid` `identity.email`; `Kind::RateLimited` `identity.too-many`.
pub fn request(tx: &mut Tx, ctx: &Ctx, texts: &dyn MailTexts, request: &Request) -> Result<()> {
    let email = Email::parse(&request.address)?;
    let link = Link {
        purpose: Purpose::SignIn,
        email: email.to_string(),
        account: None,
        return_to: text::return_to(request.return_to.as_deref()),
        expires_at: ctx.now.plus_seconds(rules::LINK_MINUTES * 60),
        used_at: None,
    };
    limits(tx, ctx, &email, &request.network)?;
    let url = write(tx, ctx, texts, &link)?;
    send(tx, ctx, &email, texts.sign_in(ctx.locale, &url, rules::LINK_MINUTES))
}

/// Sends a link that makes `address` the actor's address, once opened and redeemed by the actor.
///
/// # Errors
/// As [`request`], and those of [`Ctx::require`].
pub fn request_address(tx: &mut Tx, ctx: &Ctx, texts: &dyn MailTexts, request: &Request) -> Result<()> {
    let account = account::own(ctx, Verb::Edit, ObjectKind::Account)?;
    let email = Email::parse(&request.address)?;
    let link = Link {
        purpose: Purpose::AddAddress,
        email: email.to_string(),
        account: Some(account),
        return_to: None,
        expires_at: ctx.now.plus_seconds(rules::LINK_MINUTES * 60),
        used_at: None,
    };
    limits(tx, ctx, &email, &request.network)?;
    let url = write(tx, ctx, texts, &link)?;
    send(tx, ctx, &email, texts.add_address(ctx.locale, &url, rules::LINK_MINUTES))
}

fn limits(tx: &mut Tx, ctx: &Ctx, email: &Email, network: &str) -> Result<()> {
    rate::attempt(tx, ctx, limit::LINK_NETWORK, network)?;
    rate::attempt(tx, ctx, limit::LINK_ADDRESS, email.as_str())
}

/// Stores a link and returns its address.
pub(crate) fn write(tx: &mut Tx, ctx: &Ctx, texts: &dyn MailTexts, link: &Link) -> Result<String> {
    let secret = ctx.rng().token();
    let hash = token::token_hash(&secret).ok_or_else(|| Error::internal("a token that is none"))?;
    store::link::insert(tx, &hash, link, ctx.now)?;
    Ok(texts.link_url(ctx.locale, &secret))
}

fn send(tx: &mut Tx, ctx: &Ctx, email: &Email, words: MailText) -> Result<()> {
    let MailText { subject, text, html } = words;
    mail::queue(tx, ctx, Mail { to: email.to_string(), subject, text, html: Some(html), headers: Vec::new() })?;
    Ok(())
}

/// Looks at a link without using it.
///
/// # Errors
/// `Kind::NotFound` `identity.link-unknown`; `Kind::Gone` `identity.link-used` or `identity.link-expired`.
pub fn open(tx: &mut Tx, secret: &str, now: Time) -> Result<Opened> {
    let (_, link) = good(tx, secret, now)?;
    Ok(Opened { purpose: link.purpose, address: crate::rules::email::masked(&link.email), expires_at: link.expires_at })
}

fn good(tx: &mut Tx, secret: &str, now: Time) -> Result<(String, Link)> {
    let unknown = || Error::not_found("identity.link-unknown");
    let hash = token::token_hash(secret).ok_or_else(unknown)?;
    let link = store::link::get(tx, &hash)?.ok_or_else(unknown)?;
    if link.used_at.is_some() {
        return Err(Error::gone("identity.link-used"));
    }
    if link.expires_at <= now {
        return Err(Error::gone("identity.link-expired"));
    }
    Ok((hash, link))
}

/// Uses a link: signs in, making the account if there is none, or adds the address. The other links in the same mailbox
/// stop working.
///
/// # Errors
/// As [`open`]; `Kind::Forbidden` `identity.suspended` or, when another than the one who asked adds an address,
/// `identity.link-of-another`; `Kind::Conflict` `identity.address-taken`.
pub fn redeem(tx: &mut Tx, ctx: &Ctx, secret: &str, user_agent: &str) -> Result<Redeemed> {
    let (hash, link) = good(tx, secret, ctx.now)?;
    if !store::link::use_up(tx, &hash, ctx.now)? {
        return Err(Error::gone("identity.link-used"));
    }
    let email = Email::parse(&link.email)?;
    store::link::use_up_others(tx, email.as_str(), ctx.now)?;
    match link.purpose {
        Purpose::SignIn => sign_in(tx, ctx, &email, link.return_to, user_agent).map(Redeemed::SignedIn),
        Purpose::AddAddress => add_address(tx, ctx, &email, link.account).map(|()| Redeemed::AddressAdded),
    }
}

fn sign_in(tx: &mut Tx, ctx: &Ctx, email: &Email, return_to: Option<String>, agent: &str) -> Result<SignedIn> {
    let (account, created) = ensure(tx, ctx, email, &LocalizedText::default())?;
    let (token, device, factor) = session::start(tx, ctx, account, Method::Mail, Assurance::Pseudonymous, agent)?;
    Ok(SignedIn { token, device, factor, created, return_to })
}

/// The active account of an address; made when there is none.
pub(crate) fn ensure(tx: &mut Tx, ctx: &Ctx, email: &Email, name: &LocalizedText) -> Result<(AccountId, bool)> {
    if let Some(known) = store::account::by_credential(tx, Method::Mail, "", email.as_str())? {
        if known.status != Status::Active {
            return Err(Error::forbidden("identity.suspended"));
        }
        return Ok((known.id, false));
    }
    let id = account::make(tx, ctx, name, Some(email.as_str()), (Method::Mail, "", email.as_str()))?;
    person::claim_mail(tx, ctx, id, email)?;
    Ok((id, true))
}

fn add_address(tx: &mut Tx, ctx: &Ctx, email: &Email, asked: Option<AccountId>) -> Result<()> {
    let account = account::own(ctx, Verb::Edit, ObjectKind::Account)?;
    if asked != Some(account) {
        return Err(Error::forbidden("identity.link-of-another"));
    }
    if !store::account::add_credential(tx, account, Method::Mail, "", email.as_str(), ctx.now)?
        && store::account::by_credential(tx, Method::Mail, "", email.as_str())?.is_none_or(|a| a.id != account)
    {
        return Err(Error::conflict("identity.address-taken"));
    }
    store::account::drop_other_addresses(tx, account, email.as_str())?;
    store::account::set_email(tx, account, email.as_str())?;
    person::claim_mail(tx, ctx, account, email)
}
