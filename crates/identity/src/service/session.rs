//! Sessions: kept on the server, found by a token that only the browser has.

use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Assurance, Ctx, Grant, ObjectKind, Owner, Person, Role, Verb};

pub use crate::model::Session;
use crate::model::{Device, Factor, Method, SessionId};
use crate::rules::{agent, session as rules, token};
use crate::store;

/// The grants of an account.
pub(crate) fn grants(tx: &mut Tx, account: AccountId) -> Result<Vec<Grant>> {
    Ok(store::membership::of_account(tx, account)?.iter().map(crate::model::Membership::grant).collect())
}

fn demanded(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| grant.role.needs_second_factor())
}

pub(crate) fn factor(passed: bool, enrolled: bool, grants: &[Grant]) -> Factor {
    match (passed, enrolled) {
        (true, _) => Factor::Passed,
        (false, true) => Factor::ToCheck,
        (false, false) if demanded(grants) => Factor::ToEnrol,
        (false, false) => Factor::NotNeeded,
    }
}

/// Begins a session: its token, for the cookie, and where it stands with the second factor.
pub(crate) fn start(
    tx: &mut Tx,
    ctx: &Ctx,
    account: AccountId,
    method: Method,
    assurance: Assurance,
    user_agent: &str,
) -> Result<(String, Device, Factor)> {
    let grants = grants(tx, account)?;
    let staff = grants.iter().any(|grant| grant.role != Role::CivilSociety);
    let life = rules::life(staff);
    let secret = ctx.rng().token();
    let device = Device {
        id: Id::new(ctx.now, ctx.rng()),
        account,
        method,
        assurance,
        agent: agent::summary(user_agent),
        created_at: ctx.now,
        seen_at: ctx.now,
        idle_seconds: life.idle,
        expires_at: ctx.now.plus_seconds(life.absolute),
        second_factor_at: None,
    };
    store::session::insert(tx, &device, &hash(&secret)?)?;
    let enrolled = store::factor::get(tx, account)?.is_some_and(|totp| totp.confirmed_at.is_some());
    Ok((secret, device, factor(false, enrolled, &grants)))
}

fn hash(secret: &str) -> Result<String> {
    token::token_hash(secret).ok_or_else(|| Error::internal("a token that is none"))
}

/// The session with this token and who it stands for; none when there is no such session, it has run out, or its account
/// is shut. Reads only.
///
/// While a second factor is enrolled and not yet presented ([`Factor::ToCheck`]) the person may nothing that not everybody
/// may: roles that demand the factor are refused by the permission table, and for all others the person comes without any
/// scope.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, secret: &str, now: Time) -> Result<Option<(Session, Person)>> {
    let Some(hash) = token::token_hash(secret) else { return Ok(None) };
    let Some(found) = store::session::by_token(tx, &hash)? else { return Ok(None) };
    let device = found.device;
    if !rules::holds(device.seen_at, device.idle_seconds, device.expires_at, now) {
        return Ok(None);
    }
    let grants = if found.member { grants(tx, device.account)? } else { Vec::new() };
    let passed = device.second_factor_at.is_some();
    let factor = factor(passed, found.enrolled, &grants);
    let nothing_yet = factor == Factor::ToCheck && !demanded(&grants);
    let person = Person {
        account: device.account,
        assurance: device.assurance,
        grants,
        second_factor: passed,
        scopes: nothing_yet.then(Vec::new),
        keys: found.keys,
    };
    let session = Session {
        id: device.id,
        account: device.account,
        name: found.name,
        locale: found.locale,
        factor,
        touch: now.seconds_since(device.seen_at) >= rules::SEEN_EVERY,
        device,
    };
    Ok(Some((session, person)))
}

/// Writes down that the session was seen; to be called when [`Session::touch`] says so.
///
/// # Errors
/// Those of the database.
pub fn touch(tx: &mut Tx, ctx: &Ctx, session: &Session) -> Result<()> {
    store::session::touch(tx, session.id, ctx.now)
}

/// A new token for a session whose privileges grew; the old one is worth nothing from now on.
pub(crate) fn raise(tx: &mut Tx, ctx: &Ctx, session: &Session) -> Result<String> {
    let secret = ctx.rng().token();
    store::session::raise(tx, session.id, &hash(&secret)?, ctx.now)?;
    Ok(secret)
}

/// Signs this session out. Whoever has it may.
///
/// # Errors
/// Those of the database.
pub fn sign_out(tx: &mut Tx, session: &Session) -> Result<()> {
    store::session::drop_one(tx, session.id)
}

/// Where the actor is signed in, seen last first.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn list(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Device>> {
    let account = own(ctx, Verb::Read)?;
    store::session::of_account(tx, account)
}

/// Signs one of the actor's other sessions out.
///
/// # Errors
/// `Kind::NotFound` `identity.session-unknown`, also for somebody else's; those of [`Ctx::require`].
pub fn end(tx: &mut Tx, ctx: &Ctx, id: SessionId) -> Result<()> {
    let account = own(ctx, Verb::Delete)?;
    let device = store::session::get(tx, id)?.filter(|device| device.account == account);
    device.ok_or_else(|| Error::not_found("identity.session-unknown"))?;
    store::session::drop_one(tx, id)
}

/// Signs the actor out everywhere, except in `keep`; how many sessions ended.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn end_all(tx: &mut Tx, ctx: &Ctx, keep: Option<&Session>) -> Result<u64> {
    let account = own(ctx, Verb::Delete)?;
    store::session::drop_all(tx, account, keep.map(|session| session.id))
}

fn own(ctx: &Ctx, verb: Verb) -> Result<AccountId> {
    super::account::own(ctx, verb, ObjectKind::Session)
}

/// Signs somebody out everywhere, for an administrator.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn end_all_of(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<u64> {
    ctx.require(Verb::Manage, ObjectKind::Account, Some(Owner::Account(account)))?;
    store::session::drop_all(tx, account, None)
}
