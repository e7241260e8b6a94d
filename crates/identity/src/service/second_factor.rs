//! The second factor: six digits from an app, or a recovery code. Those who can change public records must have it.
//!
//! Enrolment: [`enrol`] gives a secret for the app, [`confirm`] takes the first code and gives recovery codes. From then
//! on every new session begins with [`check`]. Both move the session to a new token.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, ObjectKind, Owner, Ref, Verb, history};

use super::{account, rate, session};
use crate::model::{Factor, Session};
use crate::options::Options;
use crate::rules::{limit, secret, session as rules, token, totp};
use crate::store;

/// What an authenticator app needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Base32, for typing.
    pub secret: String,
    /// `otpauth://…`, for a QR code.
    pub uri: String,
}

/// A session that passed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passed {
    /// The session's new secret, for the cookie.
    pub token: String,
    /// Ten codes, shown once; empty when none were made.
    pub recovery_codes: Vec<String>,
    /// How many recovery codes are left, when one was used.
    pub codes_left: Option<i64>,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub enrolled: bool,
    pub codes_left: i64,
}

pub(crate) const SECRET: &str = "totp";
const CODE: &str = "recovery-code";

/// How the actor's second factor stands.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn state(tx: &mut Tx, ctx: &Ctx) -> Result<State> {
    let account = account::own(ctx, Verb::Read, ObjectKind::SecondFactor)?;
    let enrolled = store::factor::get(tx, account)?.is_some_and(|totp| totp.confirmed_at.is_some());
    Ok(State { enrolled, codes_left: store::factor::codes_left(tx, account)? })
}

/// Begins an enrolment. A factor that is in force stays so until the new one is confirmed.
///
/// # Errors
/// `Kind::Forbidden` `permission.second-factor` when one is in force and this session has not presented it;
/// `Kind::Conflict` `identity.factor-of-demo`; those of [`Ctx::require`].
pub fn enrol(tx: &mut Tx, ctx: &Ctx, session: &Session, options: &Options) -> Result<Enrolment> {
    let account = manage(ctx, session)?;
    own_secret(tx, account)?;
    let plain = ctx.rng().bytes::<{ totp::SECRET }>();
    let sealed = secret::seal(&ctx.keys.master, SECRET, &account.to_string(), &plain, ctx.rng())?;
    store::factor::begin(tx, account, &sealed, false, ctx.now)?;
    for_app(tx, ctx, account, options, &plain)
}

/// Refuses to change the factor of a demonstration account: the next visitor needs it as it is.
fn own_secret(tx: &mut Tx, account: AccountId) -> Result<()> {
    if store::factor::get(tx, account)?.is_some_and(|totp| totp.public) {
        return Err(Error::conflict("identity.factor-of-demo"));
    }
    Ok(())
}

/// The enrolment that was begun and not yet confirmed, for showing its page again; none when there is none.
///
/// # Errors
/// As [`enrol`].
pub fn pending(tx: &mut Tx, ctx: &Ctx, session: &Session, options: &Options) -> Result<Option<Enrolment>> {
    let account = manage(ctx, session)?;
    let Some(sealed) = store::factor::get(tx, account)?.and_then(|totp| totp.pending) else { return Ok(None) };
    let plain = secret::unseal(&ctx.keys.master, SECRET, &account.to_string(), &sealed)?;
    for_app(tx, ctx, account, options, &plain).map(Some)
}

fn for_app(tx: &mut Tx, ctx: &Ctx, account: AccountId, options: &Options, plain: &[u8]) -> Result<Enrolment> {
    let found = store::account::get(tx, account)?.ok_or_else(|| Error::not_found("identity.account-unknown"))?;
    let name = found.name.get(ctx.locale);
    let label = found.email.as_deref().unwrap_or(if name.is_empty() { "madang" } else { name });
    let (secret, uri) = totp::for_app(plain, &options.site, label)?;
    Ok(Enrolment { secret, uri })
}

/// The account of a session that may change its second factor.
fn manage(ctx: &Ctx, session: &Session) -> Result<AccountId> {
    ctx.require(Verb::Manage, ObjectKind::SecondFactor, Some(Owner::Account(session.account)))?;
    if ctx.account() != Some(session.account) || session.factor == Factor::ToCheck {
        return Err(Error::forbidden("permission.second-factor"));
    }
    Ok(session.account)
}

/// Ends an enrolment with the app's first code: the factor is in force, this session has passed, earlier recovery codes
/// are void.
///
/// # Errors
/// As [`enrol`]; `Kind::RateLimited` `identity.too-many`. The inner error is `Kind::Unauthenticated` `identity.code-wrong`,
/// or `Kind::Conflict` `identity.not-enrolling`.
pub fn confirm(tx: &mut Tx, ctx: &Ctx, session: &Session, code: &str) -> Result<Result<Passed>> {
    let account = manage(ctx, session)?;
    rate::attempt(tx, ctx, limit::FACTOR_ACCOUNT, &account.to_string())?;
    let Some(sealed) = store::factor::get(tx, account)?.and_then(|totp| totp.pending) else {
        return Ok(Err(Error::conflict("identity.not-enrolling")));
    };
    let plain = secret::unseal(&ctx.keys.master, SECRET, &account.to_string(), &sealed)?;
    let Some(step) = totp::check(&plain, code, ctx.now)? else { return Ok(Err(wrong())) };
    store::factor::confirm(tx, account, ctx.now)?;
    store::factor::use_step(tx, account, step)?;
    let recovery_codes = make_codes(tx, ctx, account)?;
    note(tx, ctx, account, None, Some("enrolled"))?;
    rate::clear(tx, ctx, limit::FACTOR_ACCOUNT, &account.to_string())?;
    Ok(Ok(Passed { token: session::raise(tx, ctx, session)?, recovery_codes, codes_left: None }))
}

fn wrong() -> Error {
    Error::unauthenticated("identity.code-wrong").field("code", "identity.code-wrong")
}

/// Presents the factor: six digits or a recovery code. Every code is good once.
///
/// # Errors
/// `Kind::RateLimited` `identity.too-many`. The inner error is `Kind::Unauthenticated` `identity.code-wrong` (a code that
/// was used before is wrong), or `Kind::Conflict` `identity.not-enrolled`.
pub fn check(tx: &mut Tx, ctx: &Ctx, session: &Session, code: &str) -> Result<Result<Passed>> {
    let account = session.account;
    rate::attempt(tx, ctx, limit::FACTOR_ACCOUNT, &account.to_string())?;
    let Some(found) = store::factor::get(tx, account)? else {
        return Ok(Err(Error::conflict("identity.not-enrolled")));
    };
    let Some(sealed) = found.secret else { return Ok(Err(Error::conflict("identity.not-enrolled"))) };
    let plain = secret::unseal(&ctx.keys.master, SECRET, &account.to_string(), &sealed)?;
    let mut codes_left = None;
    let good = match (totp::check(&plain, code, ctx.now)?, token::recovery_normal(code)) {
        // The code of a demonstration account is on the page for everybody: there is nothing to replay.
        (Some(_), _) if found.public => true,
        (Some(step), _) => store::factor::use_step(tx, account, step)?,
        (None, Some(code)) => {
            let used = store::factor::use_code(tx, account, &code_hash(ctx, account, &code), ctx.now)?;
            if used {
                note(tx, ctx, account, None, Some("recovery-code-used"))?;
                codes_left = Some(store::factor::codes_left(tx, account)?);
            }
            used
        }
        (None, None) => false,
    };
    if !good {
        return Ok(Err(wrong()));
    }
    rate::clear(tx, ctx, limit::FACTOR_ACCOUNT, &account.to_string())?;
    Ok(Ok(Passed { token: session::raise(tx, ctx, session)?, recovery_codes: Vec::new(), codes_left }))
}

/// Makes ten new recovery codes; the earlier ones are void.
///
/// # Errors
/// As [`enrol`]; `Kind::Conflict` `identity.not-enrolled`.
pub fn new_codes(tx: &mut Tx, ctx: &Ctx, session: &Session) -> Result<Vec<String>> {
    let account = manage(ctx, session)?;
    if session.factor != Factor::Passed {
        return Err(Error::conflict("identity.not-enrolled"));
    }
    note(tx, ctx, account, None, Some("recovery-codes-made"))?;
    make_codes(tx, ctx, account)
}

fn make_codes(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<Vec<String>> {
    store::factor::remove_codes(tx, account)?;
    let mut codes = Vec::with_capacity(rules::RECOVERY_CODES);
    while codes.len() < rules::RECOVERY_CODES {
        let code = token::recovery_code(ctx.rng());
        let Some(normal) = token::recovery_normal(&code) else { continue };
        store::factor::insert_code(tx, account, &code_hash(ctx, account, &normal), ctx.now)?;
        codes.push(code);
    }
    Ok(codes)
}

fn code_hash(ctx: &Ctx, account: AccountId, normal: &str) -> String {
    secret::mac(&ctx.keys.session, CODE, &[&account.to_string(), normal])
}

/// Gives the second factor up; refused to those whose role demands it.
///
/// # Errors
/// As [`enrol`]; `Kind::Conflict` `identity.factor-demanded` or `identity.not-enrolled`.
pub fn remove(tx: &mut Tx, ctx: &Ctx, session: &Session) -> Result<()> {
    let account = manage(ctx, session)?;
    if session.factor != Factor::Passed {
        return Err(Error::conflict("identity.not-enrolled"));
    }
    if session::grants(tx, account)?.iter().any(|grant| grant.role.needs_second_factor()) {
        return Err(Error::conflict("identity.factor-demanded"));
    }
    drop_all(tx, account)?;
    note(tx, ctx, account, Some("enrolled"), None)
}

pub(crate) fn drop_all(tx: &mut Tx, account: AccountId) -> Result<bool> {
    store::factor::remove_codes(tx, account)?;
    store::factor::remove(tx, account)
}

/// Takes away the second factor of somebody who lost the app and the codes, and signs them out everywhere. They enrol
/// anew at the next sign-in. The administrator must have made sure by other means who asks.
///
/// # Errors
/// `Kind::Conflict` `identity.not-enrolled`, or `identity.reset-own` for one's own; those of [`Ctx::require`].
pub fn reset(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<()> {
    ctx.require(Verb::Manage, ObjectKind::Account, Some(Owner::Account(account)))?;
    if ctx.account() == Some(account) {
        return Err(Error::conflict("identity.reset-own"));
    }
    if !drop_all(tx, account)? {
        return Err(Error::conflict("identity.not-enrolled"));
    }
    store::session::drop_all(tx, account, None)?;
    note(tx, ctx, account, Some("enrolled"), Some("reset"))
}

fn note(tx: &mut Tx, ctx: &Ctx, account: AccountId, before: Option<&str>, after: Option<&str>) -> Result<()> {
    let object = Ref::new(ObjectKind::Account, account);
    history::record(tx, ctx, &object, "second-factor", before.map(str::to_owned), after.map(str::to_owned))
}
