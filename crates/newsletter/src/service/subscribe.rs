//! Reading a newsletter: with an account, or with a mail address that its owner confirms.
//!
//! Links in mails carry a token: the subscription's id with an HMAC under a key outside the database. Opening a link
//! changes nothing; [`confirm`] and [`leave`] are done by a POST, of the button on the page or of the mail program.

use madang_base::{Error, Id, Locale, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event};
use madang_kernel::{AccountId, Ctx, ObjectKind, Ref, Verb, digest, job};
use serde_json::{Value, json};

use super::current;
use crate::mailing::CONFIRM;
use crate::model::{Newsletter, NewsletterId, Subscriber, Subscription, SubscriptionId};
use crate::{kinds, rules, store};

/// Days in which a subscription by mail must be confirmed.
pub const CONFIRM_DAYS: i64 = 7;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Confirm,
    Leave,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Leave => "leave",
        }
    }
}

/// The token of a subscription for a purpose: letters, digits, dashes and two dots.
#[must_use]
pub fn token(ctx: &Ctx, id: SubscriptionId, purpose: Purpose) -> String {
    let uuid = id.uuid();
    let parts: [&[u8]; 3] = [b"newsletter.subscription", purpose.word().as_bytes(), uuid.as_bytes()];
    format!("{}.{id}.{}", purpose.word(), digest::hmac_hex(&ctx.keys.session, &parts))
}

fn open(ctx: &Ctx, text: &str, purpose: Purpose) -> Result<SubscriptionId> {
    let bad = || Error::not_found("newsletter.token");
    let mut parts = text.splitn(3, '.');
    if parts.next() != Some(purpose.word()) {
        return Err(bad());
    }
    let id: SubscriptionId = parts.next().ok_or_else(bad)?.parse().map_err(|_| bad())?;
    // Compared by digests, so that the time it takes tells nothing of how much was right.
    if digest::sha256(token(ctx, id, purpose).as_bytes()) != digest::sha256(text.as_bytes()) {
        return Err(bad());
    }
    Ok(id)
}

/// Somebody signed in subscribes. Subscribing again is as good as once.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.unknown`, `newsletter.retired`.
pub fn subscribe(tx: &mut Tx, ctx: &Ctx, newsletter: NewsletterId) -> Result<()> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(Verb::Follow, ObjectKind::Newsletter, None)?;
    current(tx, newsletter)?;
    let fresh = new(ctx, newsletter, Subscriber::Account(account), ctx.locale, true);
    if store::subscription::insert(tx, &fresh)? {
        told(tx, ctx, &kinds::NEWSLETTER_SUBSCRIBED, &fresh)?;
    }
    Ok(())
}

/// Somebody without an account subscribes with a mail address: a mail with a link asks for confirmation. Says the same
/// whether the address reads it already or not.
///
/// # Errors
/// `newsletter.mail-address`; `newsletter.unknown`, `newsletter.retired`.
pub fn subscribe_by_mail(
    tx: &mut Tx,
    ctx: &Ctx,
    newsletter: NewsletterId,
    address: &str,
    locale: Locale,
) -> Result<()> {
    let address = address.trim();
    if !rules::is_mail(address) {
        return Err(Error::invalid("newsletter.mail-address").field("mail", "newsletter.mail-address"));
    }
    current(tx, newsletter)?;
    let fresh = new(ctx, newsletter, Subscriber::Mail(address.to_lowercase()), locale, false);
    let waiting = if store::subscription::insert(tx, &fresh)? {
        Some(fresh.id)
    } else {
        store::subscription::find(tx, newsletter, &fresh.subscriber)?
            .filter(|old| old.confirmed_at.is_none())
            .map(|old| old.id)
    };
    if let Some(id) = waiting {
        store::subscription::touch(tx, id, ctx.now)?;
        job::enqueue(tx, ctx, CONFIRM, json!({ "subscription": id.to_string() }), None)?;
    }
    Ok(())
}

fn new(ctx: &Ctx, newsletter: NewsletterId, subscriber: Subscriber, locale: Locale, confirmed: bool) -> Subscription {
    Subscription {
        id: Id::new(ctx.now, ctx.rng()),
        newsletter,
        subscriber,
        locale,
        created_at: ctx.now,
        confirmed_at: confirmed.then_some(ctx.now),
    }
}

fn told(tx: &mut Tx, ctx: &Ctx, kind: &'static ledger::Kind, of: &Subscription) -> Result<()> {
    let event = Event::private(kind, Ref::new(ObjectKind::Follow, of.id));
    ledger::append(tx, ctx, event.with("object", Ref::new(ObjectKind::Newsletter, of.newsletter))).map(|_| ())
}

/// What a link in a mail is about; none when the subscription has ended. Changes nothing.
///
/// # Errors
/// `newsletter.token` when it is none of this purpose.
pub fn peek(tx: &mut Tx, ctx: &Ctx, token: &str, purpose: Purpose) -> Result<Option<(Subscription, Newsletter)>> {
    let id = open(ctx, token, purpose)?;
    let Some(found) = store::subscription::get(tx, id)? else { return Ok(None) };
    let newsletter = store::newsletter::get(tx, found.newsletter)?;
    Ok(newsletter.map(|newsletter| (found, newsletter)))
}

/// Confirms a subscription by mail. Confirming twice is as good as once.
///
/// # Errors
/// `newsletter.token`, also when it has ended; `newsletter.expired` after [`CONFIRM_DAYS`]; `newsletter.retired`.
pub fn confirm(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<Newsletter> {
    let found = peek(tx, ctx, token, Purpose::Confirm)?;
    let (subscription, newsletter) = found.ok_or_else(|| Error::not_found("newsletter.token"))?;
    if newsletter.retired_at.is_some() {
        return Err(Error::gone("newsletter.retired"));
    }
    if subscription.confirmed_at.is_none() {
        if ctx.now > subscription.created_at.plus_days(CONFIRM_DAYS) {
            return Err(Error::gone("newsletter.expired"));
        }
        if store::subscription::confirm(tx, subscription.id, ctx.now)? {
            told(tx, ctx, &kinds::NEWSLETTER_SUBSCRIBED, &subscription)?;
        }
    }
    Ok(newsletter)
}

/// Ends a subscription by the link in a mail, at one click and without signing in. One that has ended is no error.
///
/// # Errors
/// `newsletter.token` when the token is none.
pub fn leave(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let id = open(ctx, token, Purpose::Leave)?;
    match store::subscription::get(tx, id)? {
        Some(subscription) => end(tx, ctx, &subscription),
        None => Ok(()),
    }
}

/// Somebody signed in ends an own subscription. One that is not there is no error.
///
/// # Errors
/// `permission.sign-in`; those of the database.
pub fn unsubscribe(tx: &mut Tx, ctx: &Ctx, newsletter: NewsletterId) -> Result<()> {
    match find(tx, ctx, newsletter)? {
        Some(own) => end(tx, ctx, &own),
        None if ctx.account().is_none() => Err(Error::unauthenticated("permission.sign-in")),
        None => Ok(()),
    }
}

fn end(tx: &mut Tx, ctx: &Ctx, subscription: &Subscription) -> Result<()> {
    if store::subscription::delete(tx, subscription.id)? && subscription.confirmed_at.is_some() {
        told(tx, ctx, &kinds::NEWSLETTER_LEFT, subscription)?;
    }
    Ok(())
}

/// The actor's subscription of a newsletter, for the button on its page.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, ctx: &Ctx, newsletter: NewsletterId) -> Result<Option<Subscription>> {
    match ctx.account() {
        Some(account) => store::subscription::find(tx, newsletter, &Subscriber::Account(account)),
        None => Ok(None),
    }
}

/// What an account reads, for the export of one's own data: a list of newsletter, language and since when.
///
/// # Errors
/// Those of the database.
pub fn export_own(tx: &mut Tx, account: AccountId) -> Result<Value> {
    let mut out = Vec::new();
    for own in store::subscription::of_subscriber(tx, &Subscriber::Account(account))? {
        let Some(newsletter) = store::newsletter::get(tx, own.newsletter)? else { continue };
        out.push(json!({
            "newsletter": newsletter.slug, "name": newsletter.name, "language": own.locale.tag(),
            "since": own.created_at.rfc3339(),
        }));
    }
    Ok(Value::from(out))
}

/// Ends all subscriptions of an account: part of the deletion of an account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<u64> {
    store::subscription::delete_of_subscriber(tx, &Subscriber::Account(account))
}

/// Deletes what nobody confirmed; the daily job calls it.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Tx, now: Time) -> Result<u64> {
    store::subscription::delete_unconfirmed(tx, now.plus_days(-CONFIRM_DAYS))
}
