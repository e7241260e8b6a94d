//! Following a plan, a commitment or an agency: with an account, or with a mail address that its owner confirms.
//!
//! Links in mails carry a token: the follow's id with an HMAC under a key outside the database. Opening a link changes
//! nothing; [`confirm`] and [`unsubscribe`] are done by the button on its page.

use madang_base::{Error, Id, Locale, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{AccountId, Ctx, ObjectKind, Owner, Ref, Verb, digest, job, organisation};
use serde_json::json;

use crate::checks::is_mail;
use crate::kinds;
use crate::model::{Follow, FollowId, Rhythm, Subscriber};
use crate::{notify, store};

/// Days in which a follow by mail must be confirmed.
pub const CONFIRM_DAYS: i64 = 7;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Confirm,
    /// Ends one follow.
    Stop,
    /// Ends all weekly follows of the same subscriber.
    StopDigest,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Stop => "stop",
            Self::StopDigest => "digest",
        }
    }
}

/// The token of a follow for a purpose.
#[must_use]
pub fn token(ctx: &Ctx, follow: FollowId, purpose: Purpose) -> String {
    let mac =
        digest::hmac_hex(&ctx.keys.session, &[b"plans.follow", purpose.word().as_bytes(), follow.uuid().as_bytes()]);
    format!("{}.{follow}.{mac}", purpose.word())
}

fn open(ctx: &Ctx, text: &str) -> Result<(FollowId, Purpose)> {
    let bad = || Error::not_found("plan.follow-token");
    let mut parts = text.splitn(3, '.');
    let purpose = match parts.next() {
        Some("confirm") => Purpose::Confirm,
        Some("stop") => Purpose::Stop,
        Some("digest") => Purpose::StopDigest,
        _ => return Err(bad()),
    };
    let follow: FollowId = parts.next().ok_or_else(bad)?.parse().map_err(|_| bad())?;
    // Compared by digests, so that the time it takes tells nothing of how much was right.
    if digest::sha256(token(ctx, follow, purpose).as_bytes()) != digest::sha256(text.as_bytes()) {
        return Err(bad());
    }
    Ok((follow, purpose))
}

/// The name of what can be followed; refuses what is not there.
///
/// # Errors
/// `plan.follow-object` when it can not be followed or is not there.
pub fn followed(tx: &mut Tx, object: &Ref) -> Result<LocalizedText> {
    let unknown = || Error::not_found("plan.follow-object").arg("value", object);
    match object.kind {
        ObjectKind::Plan => Ok(store::plan::brief(tx, &object.id)?.ok_or_else(unknown)?.name),
        ObjectKind::Commitment => Ok(store::commitment::get(tx, &object.id)?.ok_or_else(unknown)?.0.name),
        ObjectKind::Organisation => {
            Ok(organisation::get(tx, object.id.parse().map_err(|_| unknown())?).map_err(|_| unknown())?.name)
        }
        _ => Err(unknown()),
    }
}

/// Somebody signed in follows; following again changes the rhythm.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.follow-object`.
pub fn follow(tx: &mut Tx, ctx: &Ctx, object: &Ref, rhythm: Rhythm) -> Result<Follow> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(Verb::Follow, object.kind, None)?;
    followed(tx, object)?;
    let subscriber = Subscriber::Account(account);
    let fresh = new(ctx, subscriber.clone(), object, rhythm, ctx.locale, true);
    if store::follow::insert(tx, &fresh)? {
        let event = Event::private(&kinds::FOLLOW_CREATED, Ref::new(ObjectKind::Follow, fresh.id));
        ledger::append(tx, ctx, event.with("object", object).with("by", Field::Nullifier(account)))?;
        return Ok(fresh);
    }
    let old =
        store::follow::find(tx, &subscriber, object)?.ok_or_else(|| Error::internal("a follow that is not there"))?;
    store::follow::set_rhythm(tx, old.id, rhythm)?;
    Ok(Follow { rhythm, ..old })
}

/// Somebody without an account follows with a mail address: a mail with a link asks for confirmation. Says the same
/// whether the address follows already or not.
///
/// # Errors
/// `plan.mail-address`; `plan.follow-object`.
pub fn follow_by_mail(
    tx: &mut Tx,
    ctx: &Ctx,
    object: &Ref,
    address: &str,
    rhythm: Rhythm,
    locale: Locale,
) -> Result<()> {
    let address = address.trim();
    if !is_mail(address) {
        return Err(Error::invalid("plan.mail-address").field("address", "plan.mail-address"));
    }
    followed(tx, object)?;
    let subscriber = Subscriber::Mail(address.to_lowercase());
    let fresh = new(ctx, subscriber.clone(), object, rhythm, locale, false);
    let waiting = if store::follow::insert(tx, &fresh)? {
        Some(fresh)
    } else {
        store::follow::find(tx, &subscriber, object)?.filter(|old| old.confirmed_at.is_none())
    };
    if let Some(waiting) = waiting {
        job::enqueue(tx, ctx, notify::CONFIRM, json!({ "follow": waiting.id.to_string() }), None)?;
    }
    Ok(())
}

fn new(ctx: &Ctx, subscriber: Subscriber, object: &Ref, rhythm: Rhythm, locale: Locale, confirmed: bool) -> Follow {
    Follow {
        id: Id::new(ctx.now, ctx.rng()),
        subscriber,
        object: object.clone(),
        rhythm,
        locale,
        created_at: ctx.now,
        confirmed_at: confirmed.then_some(ctx.now),
        digested_at: ctx.now,
    }
}

/// What a link in a mail is about; changes nothing.
///
/// # Errors
/// `plan.follow-token` when the token is none, or the follow has ended.
pub fn peek(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<(Follow, Purpose, LocalizedText)> {
    let (id, purpose) = open(ctx, token)?;
    let follow = store::follow::get(tx, id)?.ok_or_else(|| Error::not_found("plan.follow-token"))?;
    let name = followed(tx, &follow.object)?;
    Ok((follow, purpose, name))
}

/// Confirms a follow by mail. Confirming twice is as good as once.
///
/// # Errors
/// `plan.follow-token`; `plan.follow-expired` after [`CONFIRM_DAYS`].
pub fn confirm(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<Follow> {
    let (follow, purpose, _) = peek(tx, ctx, token)?;
    if purpose != Purpose::Confirm {
        return Err(Error::not_found("plan.follow-token"));
    }
    if follow.confirmed_at.is_none() {
        if ctx.now > follow.created_at.plus_days(CONFIRM_DAYS) {
            return Err(Error::gone("plan.follow-expired"));
        }
        store::follow::confirm(tx, follow.id, ctx.now)?;
        let event = Event::private(&kinds::FOLLOW_CREATED, Ref::new(ObjectKind::Follow, follow.id));
        ledger::append(tx, ctx, event.with("object", &follow.object))?;
    }
    Ok(Follow { confirmed_at: follow.confirmed_at.or(Some(ctx.now)), ..follow })
}

/// Ends a follow by the link in a mail, at one click and without signing in. A follow that has ended is no error.
///
/// # Errors
/// `plan.follow-token` when the token is none.
pub fn unsubscribe(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let (id, purpose) = open(ctx, token)?;
    let Some(follow) = store::follow::get(tx, id)? else { return Ok(()) };
    match purpose {
        Purpose::Confirm => Err(Error::not_found("plan.follow-token")),
        Purpose::Stop => end(tx, ctx, &follow),
        Purpose::StopDigest => {
            for other in store::follow::of_subscriber(tx, &follow.subscriber)? {
                if other.rhythm == Rhythm::Weekly {
                    end(tx, ctx, &other)?;
                }
            }
            Ok(())
        }
    }
}

/// Somebody signed in ends an own follow.
///
/// # Errors
/// `plan.follow-unknown`, also for somebody else's.
pub fn unfollow(tx: &mut Tx, ctx: &Ctx, follow: FollowId) -> Result<()> {
    let unknown = || Error::not_found("plan.follow-unknown").arg("value", follow);
    let own = store::follow::get(tx, follow)?.ok_or_else(unknown)?;
    let Subscriber::Account(account) = own.subscriber else { return Err(unknown()) };
    if ctx.account() != Some(account) {
        return Err(unknown());
    }
    ctx.require(Verb::Delete, ObjectKind::Follow, Some(Owner::Account(account)))?;
    end(tx, ctx, &own)
}

fn end(tx: &mut Tx, ctx: &Ctx, follow: &Follow) -> Result<()> {
    if store::follow::delete(tx, follow.id)? {
        let event = Event::private(&kinds::FOLLOW_ENDED, Ref::new(ObjectKind::Follow, follow.id));
        ledger::append(tx, ctx, event.with("object", &follow.object))?;
    }
    Ok(())
}

/// What the actor follows, newest first, with the names of the objects.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn own(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(Follow, LocalizedText)>> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(Verb::Read, ObjectKind::Follow, Some(Owner::Account(account)))?;
    let mut named = Vec::new();
    for follow in store::follow::of_subscriber(tx, &Subscriber::Account(account))? {
        let name = followed(tx, &follow.object).unwrap_or_default();
        named.push((follow, name));
    }
    Ok(named)
}

/// The actor's follow of an object, for the button on its page.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, ctx: &Ctx, object: &Ref) -> Result<Option<Follow>> {
    match ctx.account() {
        Some(account) => store::follow::find(tx, &Subscriber::Account(account), object),
        None => Ok(None),
    }
}

/// Ends everything an account follows: part of the deletion of an account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<u64> {
    store::follow::delete_all(tx, &Subscriber::Account(account))
}

/// Deletes follows by mail that were never confirmed; the weekly job calls it.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Tx, now: madang_base::Time) -> Result<u64> {
    store::follow::delete_unconfirmed(tx, now.plus_days(-CONFIRM_DAYS))
}
