//! Following a case: whom notices of the case go to beside its author and its agency.
//!
//! Links in mails carry a token: the follow's id with an HMAC under a key outside the database. Opening a link changes
//! nothing; [`unsubscribe`] is done by the button on its page, or by the mail program's (RFC 8058).

use std::fmt;
use std::str::FromStr;

use madang_base::{Error, Id, Locale, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{AccountId, Ctx, ObjectKind, Ref, Verb, coded, digest};
use serde::Serialize;

use super::act::begin;
use crate::Cases;
use crate::kinds;
use crate::model::{CaseFile, CaseId};
use crate::store;

coded! {
    /// How often a follower is written to.
    pub enum Rhythm("case.rhythm-unknown") {
        AtOnce = "at-once",
        Weekly = "weekly",
    }
}

coded! {
    /// Why somebody follows.
    pub enum Reason("case.follow-reason-unknown") {
        Asked = "asked",
        /// Supports the case and asked to hear of it.
        Supported = "supported",
        /// The own case went into this one.
        Merged = "merged",
    }
}

/// Marker of a follow's id; never built.
#[derive(Debug)]
pub enum FollowMarker {}
pub type FollowId = Id<FollowMarker>;

/// Who follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Subscriber {
    Account(AccountId),
    Mail(String),
}

impl fmt::Display for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Mail(address) => write!(f, "mail:{address}"),
        }
    }
}

impl FromStr for Subscriber {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        match word.split_once(':') {
            Some(("account", id)) => Ok(Self::Account(id.parse()?)),
            Some(("mail", address)) => Ok(Self::Mail(address.to_owned())),
            _ => Err(Error::invalid("case.subscriber")),
        }
    }
}

/// A follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Follow {
    pub id: FollowId,
    pub case: CaseId,
    #[serde(skip)]
    pub subscriber: Subscriber,
    pub rhythm: Rhythm,
    pub reason: Reason,
    pub locale: Locale,
    pub created_at: Time,
    pub digested_at: Time,
}

/// What a link in a mail ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// This follow.
    One,
    /// All weekly follows of the same subscriber.
    Weekly,
}

impl Stop {
    const fn word(self) -> &'static str {
        match self {
            Self::One => "case-stop",
            Self::Weekly => "case-digest",
        }
    }
}

/// Somebody signed in follows a case that they may see; following again changes the rhythm.
///
/// # Errors
/// `case.unknown`; those of [`Ctx::require`].
pub fn follow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, rhythm: Rhythm, code: Option<&str>) -> Result<()> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let acting = begin(tx, ctx, cases, number, code)?;
    ctx.require(Verb::Follow, ObjectKind::Case, None)?;
    let subscriber = Subscriber::Account(account);
    if put(tx, ctx, acting.case.id, subscriber.clone(), rhythm, Reason::Asked)? {
        let object = Ref::new(ObjectKind::Case, acting.case.id);
        let event = Event::private(&kinds::CASE_FOLLOWED, object);
        ledger::append(tx, ctx, event.with("by", Field::Nullifier(account)))?;
        return Ok(());
    }
    store::follow::set_rhythm(tx, acting.case.id, &subscriber, rhythm)?;
    Ok(())
}

/// Ends it; a follow that is none is no error.
///
/// # Errors
/// As [`follow`].
pub fn unfollow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<()> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let acting = begin(tx, ctx, cases, number, code)?;
    match store::follow::find(tx, acting.case.id, &Subscriber::Account(account))? {
        Some(follow) => end(tx, ctx, &follow),
        None => Ok(()),
    }
}

fn end(tx: &mut Tx, ctx: &Ctx, follow: &Follow) -> Result<()> {
    if store::follow::delete(tx, follow.id)? {
        ledger::append(tx, ctx, Event::private(&kinds::CASE_UNFOLLOWED, Ref::new(ObjectKind::Case, follow.case)))?;
    }
    Ok(())
}

/// Writes that somebody follows, without asking for permission: for supporters who asked (F), for authors of merged
/// cases. False when they follow already.
///
/// # Errors
/// Those of the database.
pub fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    case: CaseId,
    subscriber: Subscriber,
    rhythm: Rhythm,
    reason: Reason,
) -> Result<bool> {
    let follow = Follow {
        id: Id::new(ctx.now, ctx.rng()),
        case,
        subscriber,
        rhythm,
        reason,
        locale: ctx.locale,
        created_at: ctx.now,
        digested_at: ctx.now,
    };
    store::follow::insert(tx, &follow)
}

/// The token of a link that ends a follow.
#[must_use]
pub fn token(ctx: &Ctx, follow: FollowId, stop: Stop) -> String {
    let mac = digest::hmac_hex(&ctx.keys.session, &[b"cases.follow", stop.word().as_bytes(), follow.uuid().as_bytes()]);
    format!("{}.{follow}.{mac}", stop.word())
}

fn open(ctx: &Ctx, text: &str) -> Result<(FollowId, Stop)> {
    let bad = || Error::not_found("case.follow-token");
    let mut parts = text.splitn(3, '.');
    let stop = match parts.next() {
        Some("case-stop") => Stop::One,
        Some("case-digest") => Stop::Weekly,
        _ => return Err(bad()),
    };
    let follow: FollowId = parts.next().ok_or_else(bad)?.parse().map_err(|_| bad())?;
    // Compared by digests, so that the time it takes tells nothing of how much was right.
    if digest::sha256(token(ctx, follow, stop).as_bytes()) != digest::sha256(text.as_bytes()) {
        return Err(bad());
    }
    Ok((follow, stop))
}

/// What a link in a mail is about: the case's number, and what the link ends; changes nothing. None when it has ended.
///
/// # Errors
/// `case.follow-token` when the token is none.
pub fn peek(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<Option<(String, Stop)>> {
    let (id, stop) = open(ctx, token)?;
    let Some(follow) = store::follow::get(tx, id)? else { return Ok(None) };
    Ok(store::case::number(tx, follow.case)?.map(|number| (number, stop)))
}

/// Ends a follow by the link in a mail, at one click and without signing in. A follow that has ended is no error.
///
/// # Errors
/// `case.follow-token` when the token is none.
pub fn unsubscribe(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let (id, stop) = open(ctx, token)?;
    let Some(follow) = store::follow::get(tx, id)? else { return Ok(()) };
    match stop {
        Stop::One => end(tx, ctx, &follow),
        Stop::Weekly => store::follow::delete_weekly(tx, &follow.subscriber).map(|_| ()),
    }
}

/// Ends everything an account follows: part of the deletion of an account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<u64> {
    store::follow::delete_all(tx, &Subscriber::Account(account))
}

/// Who follows a case, in the order of their words, from after the word `after`; for what carries them on.
///
/// # Errors
/// Those of the database.
pub fn followers(tx: &mut Tx, ctx: &Ctx, case: CaseId, after: &str, limit: u32) -> Result<Vec<Follow>> {
    store::follow::of_case(tx, case, ctx.now, after, limit)
}

/// How the actor follows the case, if at all.
///
/// # Errors
/// Those of the database.
pub fn follows(tx: &mut Tx, ctx: &Ctx, case: &CaseFile) -> Result<Option<Rhythm>> {
    let Some(account) = ctx.account() else { return Ok(None) };
    Ok(store::follow::find(tx, case.id, &Subscriber::Account(account))?.map(|follow| follow.rhythm))
}
