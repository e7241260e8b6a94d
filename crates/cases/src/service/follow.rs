//! Following a case: whom notices of the case go to beside its author and its agency.
//!
//! Links in mails carry a token: the follow's id with an HMAC under a key outside the database. Opening a link changes
//! nothing; [`unsubscribe`] is done by the button on its page, or by the mail program's (RFC 8058).

use std::fmt;
use std::str::FromStr;

use madang_base::{Error, Id, Locale, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, coded};
use serde::Serialize;

use crate::Cases;
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

/// Somebody signed in follows a case that they may see; following again changes the rhythm.
pub fn follow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, rhythm: Rhythm, code: Option<&str>) -> Result<()> {
    let _ = (tx, ctx, cases, number, rhythm, code);
    Err(Error::internal("not written yet"))
}

pub fn unfollow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<()> {
    let _ = (tx, ctx, cases, number, code);
    Err(Error::internal("not written yet"))
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

/// Ends a follow by the link in a mail.
pub fn unsubscribe(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let _ = (tx, ctx, token);
    Err(Error::internal("not written yet"))
}

/// How the actor follows the case, if at all.
pub fn follows(tx: &mut Tx, ctx: &Ctx, case: &CaseFile) -> Result<Option<Rhythm>> {
    let Some(account) = ctx.account() else { return Ok(None) };
    Ok(store::follow::find(tx, case.id, &Subscriber::Account(account))?.map(|follow| follow.rhythm))
}
