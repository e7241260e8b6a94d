//! Table `api_key`.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, Assurance, PersonKeys, Scope};

use crate::model::{ApiKey, ApiKeyId};

fn scopes(text: &str) -> Result<Vec<Scope>> {
    text.split_whitespace().map(|word| word.parse().map_err(|error: Error| Error::internal(error))).collect()
}

fn api_key(row: &Row) -> Result<ApiKey> {
    Ok(ApiKey {
        id: row.get("id")?,
        account: row.get("account")?,
        prefix: row.get("prefix")?,
        name: row.get("name")?,
        scopes: scopes(&row.get::<String>("scopes")?)?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        last_used_on: row.get("last_used_on")?,
        revoked_at: row.get("revoked_at")?,
    })
}

/// A key with what it proves.
#[derive(Clone, Debug)]
pub struct Full {
    pub key: ApiKey,
    pub secret_hash: String,
    pub assurance: Assurance,
    pub second_factor: bool,
    /// Who the account is; empty when a key is being made.
    pub keys: PersonKeys,
    /// Whether the account has memberships.
    pub member: bool,
}

pub fn insert(tx: &mut Tx, full: &Full) -> Result<()> {
    let words: Vec<String> = full.key.scopes.iter().map(ToString::to_string).collect();
    tx.exec(
        "INSERT INTO api_key
           (id, account, prefix, secret_hash, name, scopes, assurance, second_factor, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            full.key.id,
            full.key.account,
            &full.key.prefix,
            &full.secret_hash,
            &full.key.name,
            words.join(" "),
            full.assurance,
            full.second_factor,
            full.key.created_at,
            full.key.expires_at
        ],
    )?;
    Ok(())
}

/// The key with this prefix, when its account is active.
pub fn by_prefix(tx: &mut Tx, prefix: &str) -> Result<Option<Full>> {
    tx.row(
        "SELECT k.id, k.account, k.prefix, k.name, k.scopes, k.created_at, k.expires_at, k.last_used_on, k.revoked_at,
                k.secret_hash, k.assurance, k.second_factor,
                (SELECT p.person FROM person_key p WHERE p.account = a.id ORDER BY p.created_at, p.key LIMIT 1) AS person_first,
                (SELECT p.person FROM person_key p WHERE p.account = a.id AND p.assurance IN ('verified', 'proxy')
                 ORDER BY p.created_at, p.key LIMIT 1) AS person_verified,
                (SELECT COUNT(*) FROM membership m WHERE m.account = a.id) AS memberships
         FROM api_key k JOIN account a ON a.id = k.account WHERE k.prefix = $1 AND a.status = 'active'",
        params![prefix],
    )?
    .map(|row| {
        Ok(Full {
            key: api_key(&row)?,
            secret_hash: row.get("secret_hash")?,
            assurance: row.get("assurance")?,
            second_factor: row.get("second_factor")?,
            keys: super::person::keys(&row)?,
            member: row.get::<i64>("memberships")? > 0,
        })
    })
    .transpose()
}

pub fn get(tx: &mut Tx, id: ApiKeyId) -> Result<Option<ApiKey>> {
    tx.row(
        "SELECT id, account, prefix, name, scopes, created_at, expires_at, last_used_on, revoked_at
         FROM api_key WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(api_key)
    .transpose()
}

/// An account's keys, newest first.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<ApiKey>> {
    tx.rows(
        "SELECT id, account, prefix, name, scopes, created_at, expires_at, last_used_on, revoked_at
         FROM api_key WHERE account = $1 ORDER BY id DESC",
        params![account],
    )?
    .iter()
    .map(api_key)
    .collect()
}

pub fn used_on(tx: &mut Tx, prefix: &str, day: &str) -> Result<()> {
    tx.exec(
        "UPDATE api_key SET last_used_on = $2 WHERE prefix = $1 AND (last_used_on IS NULL OR last_used_on < $2)",
        params![prefix, day],
    )?;
    Ok(())
}

/// False when it was revoked before.
pub fn revoke(tx: &mut Tx, id: ApiKeyId, now: Time) -> Result<bool> {
    Ok(tx.exec("UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", params![id, now])? == 1)
}

pub fn drop_all(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec("DELETE FROM api_key WHERE account = $1", params![account])?;
    Ok(())
}
