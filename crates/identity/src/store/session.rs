//! Table `session`.

use madang_base::{Error, Locale, LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, PersonKeys};

use crate::model::{Device, SessionId};

fn device(row: &Row) -> Result<Device> {
    Ok(Device {
        id: row.get("id")?,
        account: row.get("account")?,
        method: row.get("method")?,
        assurance: row.get("assurance")?,
        agent: row.get("agent")?,
        created_at: row.get("created_at")?,
        seen_at: row.get("seen_at")?,
        idle_seconds: row.get("idle_seconds")?,
        expires_at: row.get("expires_at")?,
        second_factor_at: row.get("second_factor_at")?,
    })
}

pub fn insert(tx: &mut Tx, device: &Device, token_hash: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO session
           (id, account, token_hash, method, assurance, agent, created_at, seen_at, idle_seconds, expires_at, second_factor_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            device.id,
            device.account,
            token_hash,
            device.method,
            device.assurance,
            &device.agent,
            device.created_at,
            device.seen_at,
            device.idle_seconds,
            device.expires_at,
            device.second_factor_at
        ],
    )?;
    Ok(())
}

/// A session with what every request needs of its account.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub device: Device,
    pub name: LocalizedText,
    pub locale: Locale,
    /// Whether a second factor is enrolled and confirmed.
    pub enrolled: bool,
    /// Who the account is.
    pub keys: PersonKeys,
    /// Whether the account has memberships.
    pub member: bool,
}

/// The session with this token, when its account is active. Whether it still holds is the caller's question.
pub fn by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<Found>> {
    tx.row(
        "SELECT s.id, s.account, s.method, s.assurance, s.agent, s.created_at, s.seen_at, s.idle_seconds, s.expires_at,
                s.second_factor_at, a.name, a.locale,
                CASE WHEN t.confirmed_at IS NULL THEN 0 ELSE 1 END AS enrolled,
                (SELECT p.person FROM person_key p WHERE p.account = a.id ORDER BY p.created_at, p.key LIMIT 1) AS person_first,
                (SELECT p.person FROM person_key p WHERE p.account = a.id AND p.assurance IN ('verified', 'proxy')
                 ORDER BY p.created_at, p.key LIMIT 1) AS person_verified,
                (SELECT COUNT(*) FROM membership m WHERE m.account = a.id) AS memberships
         FROM session s
         JOIN account a ON a.id = s.account
         LEFT JOIN totp t ON t.account = s.account
         WHERE s.token_hash = $1 AND a.status = 'active'",
        params![token_hash],
    )?
    .map(|row| {
        Ok(Found {
            device: device(&row)?,
            name: row.get("name")?,
            locale: row.get::<String>("locale")?.parse().map_err(|error: Error| Error::internal(error))?,
            enrolled: row.get::<i64>("enrolled")? == 1,
            keys: super::person::keys(&row)?,
            member: row.get::<i64>("memberships")? > 0,
        })
    })
    .transpose()
}

pub fn get(tx: &mut Tx, id: SessionId) -> Result<Option<Device>> {
    tx.row(
        "SELECT id, account, method, assurance, agent, created_at, seen_at, idle_seconds, expires_at, second_factor_at
         FROM session WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(device)
    .transpose()
}

/// An account's sessions, the one seen last first.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Device>> {
    tx.rows(
        "SELECT id, account, method, assurance, agent, created_at, seen_at, idle_seconds, expires_at, second_factor_at
         FROM session WHERE account = $1 ORDER BY seen_at DESC, id DESC",
        params![account],
    )?
    .iter()
    .map(device)
    .collect()
}

pub fn touch(tx: &mut Tx, id: SessionId, now: Time) -> Result<()> {
    tx.exec("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", params![id, now])?;
    Ok(())
}

/// A new token, and the second factor passed at `now`.
pub fn raise(tx: &mut Tx, id: SessionId, token_hash: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE session SET token_hash = $2, second_factor_at = $3 WHERE id = $1", params![id, token_hash, now])?;
    Ok(())
}

pub fn drop_one(tx: &mut Tx, id: SessionId) -> Result<()> {
    tx.exec("DELETE FROM session WHERE id = $1", params![id])?;
    Ok(())
}

/// All sessions of an account but `keep`; how many there were.
pub fn drop_all(tx: &mut Tx, account: AccountId, keep: Option<SessionId>) -> Result<u64> {
    tx.exec("DELETE FROM session WHERE account = $1 AND (CAST($2 AS TEXT) IS NULL OR id <> $2)", params![account, keep])
}

pub fn purge(tx: &mut Tx, now: Time) -> Result<u64> {
    tx.exec("DELETE FROM session WHERE expires_at < $1 OR seen_at + idle_seconds * 1000000 < $1", params![now])
}
