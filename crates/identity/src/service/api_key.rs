//! API keys: programs that act for a person, within scopes.

use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, Owner, Person, PersonKeys, Scope, Verb};

use super::{account, session};
use crate::model::{ApiKey, ApiKeyId};
use crate::rules::token::ApiKeyText;
use crate::rules::{session as rules, text};
use crate::store;
use crate::store::api_key::Full;

/// How many keys that work an account may have.
const MOST: usize = 20;
/// How many scopes a key may have.
const MOST_SCOPES: usize = 40;

/// A key that was just made.
#[derive(Clone, PartialEq)]
pub struct Made {
    /// The whole key; shown once.
    pub secret: String,
    pub key: ApiKey,
}

/// Makes a key for the actor. It proves what the session that makes it has proved, second factor included.
///
/// # Errors
/// `Kind::Invalid`: `identity.name`, `identity.key-scopes` (none, or more than 40), `identity.key-expiry` (not within the
/// next 366 days); `Kind::Conflict` `identity.key-most`; those of [`Ctx::require`].
pub fn create(tx: &mut Tx, ctx: &Ctx, name: &str, scopes: &[Scope], expires_at: Time) -> Result<Made> {
    let account = account::own(ctx, Verb::Create, ObjectKind::ApiKey)?;
    let person = ctx.actor.person().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let name = text::name(name)?;
    if scopes.is_empty() || scopes.len() > MOST_SCOPES {
        return Err(text::refused("identity.key-scopes", "scopes", &[("most", &MOST_SCOPES)]));
    }
    if expires_at <= ctx.now || expires_at > ctx.now.plus_days(rules::API_KEY_DAYS) {
        return Err(text::refused("identity.key-expiry", "expires_at", &[("days", &rules::API_KEY_DAYS)]));
    }
    let working = store::api_key::of_account(tx, account)?.iter().filter(|key| works(key, ctx.now)).count();
    if working >= MOST {
        return Err(Error::conflict("identity.key-most").arg("most", MOST));
    }
    let made = ApiKeyText::new(ctx.rng());
    let key = ApiKey {
        id: Id::new(ctx.now, ctx.rng()),
        account,
        prefix: made.prefix().to_owned(),
        name,
        scopes: scopes.to_vec(),
        created_at: ctx.now,
        expires_at,
        last_used_on: None,
        revoked_at: None,
    };
    let full = Full {
        key,
        secret_hash: made.hash(),
        assurance: person.assurance,
        second_factor: person.second_factor,
        keys: PersonKeys::default(),
        member: false,
    };
    store::api_key::insert(tx, &full)?;
    Ok(Made { secret: made.reveal(), key: full.key })
}

fn works(key: &ApiKey, now: Time) -> bool {
    key.revoked_at.is_none() && now < key.expires_at
}

/// The key and who it stands for; none when there is no such key, it was revoked, has run out, or its account is shut.
/// Reads only; call [`used`] when [`ApiKey::last_used_on`] is not today.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, secret: &str, now: Time) -> Result<Option<(ApiKey, Person)>> {
    use subtle::ConstantTimeEq;
    let Some(presented) = ApiKeyText::parse(secret) else { return Ok(None) };
    let Some(full) = store::api_key::by_prefix(tx, presented.prefix())? else { return Ok(None) };
    let same = bool::from(presented.hash().as_bytes().ct_eq(full.secret_hash.as_bytes()));
    if !same || !works(&full.key, now) {
        return Ok(None);
    }
    let person = Person {
        account: full.key.account,
        assurance: full.assurance,
        grants: if full.member { session::grants(tx, full.key.account)? } else { Vec::new() },
        second_factor: full.second_factor,
        scopes: Some(full.key.scopes.clone()),
        keys: full.keys,
    };
    Ok(Some((full.key, person)))
}

/// [`find`] without the key.
///
/// # Errors
/// Those of the database.
pub fn person(tx: &mut Tx, secret: &str, now: Time) -> Result<Option<Person>> {
    Ok(find(tx, secret, now)?.map(|(_, person)| person))
}

/// Writes down the day on which a key was used; does nothing the second time in a day.
///
/// # Errors
/// Those of the database.
pub fn used(tx: &mut Tx, key: &ApiKey, now: Time) -> Result<()> {
    store::api_key::used_on(tx, &key.prefix, &now.kst_date().to_string())
}

/// The actor's keys, newest first, with those that no longer work.
///
/// # Errors
/// Those of [`Ctx::require`] and of the database.
pub fn list(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<ApiKey>> {
    let account = account::own(ctx, Verb::Read, ObjectKind::ApiKey)?;
    store::api_key::of_account(tx, account)
}

/// Ends a key: one's own, or anybody's for an administrator.
///
/// # Errors
/// `Kind::NotFound` `identity.key-unknown`, also for another's key; `Kind::Conflict` `identity.key-revoked`.
pub fn revoke(tx: &mut Tx, ctx: &Ctx, id: ApiKeyId) -> Result<()> {
    let unknown = || Error::not_found("identity.key-unknown");
    account::own(ctx, Verb::Delete, ObjectKind::ApiKey)?;
    let key = store::api_key::get(tx, id)?.ok_or_else(unknown)?;
    ctx.require(Verb::Delete, ObjectKind::ApiKey, Some(Owner::Account(key.account))).map_err(|_| unknown())?;
    if store::api_key::revoke(tx, id, ctx.now)? { Ok(()) } else { Err(Error::conflict("identity.key-revoked")) }
}
