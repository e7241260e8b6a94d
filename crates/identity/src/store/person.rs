//! Table `person_key`: who is one person, kept when the account goes.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, Assurance, PersonKeys};

use crate::model::PersonKey;

/// A row: the person it stands for and the account that has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub person: String,
    pub account: Option<AccountId>,
}

/// The keys in a row that has them as `person_first` and `person_verified`: what identifies a visitor is one query.
pub fn keys(row: &Row) -> Result<PersonKeys> {
    Ok(PersonKeys { first: row.get("person_first")?, verified: row.get("person_verified")? })
}

pub fn get(tx: &mut Tx, key: &str) -> Result<Option<Held>> {
    tx.row("SELECT person, account FROM person_key WHERE key = $1", params![key])?
        .map(|row| Ok(Held { person: row.get("person")?, account: row.get("account")? }))
        .transpose()
}

/// False when the key exists already.
pub fn insert(
    tx: &mut Tx,
    key: &str,
    person: &str,
    assurance: Assurance,
    account: AccountId,
    now: Time,
) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO person_key (key, person, assurance, account, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (key) DO NOTHING",
        params![key, person, assurance, account, now],
    )?;
    Ok(added == 1)
}

/// Gives a tombstone to the account with which the person came back.
pub fn take(tx: &mut Tx, key: &str, account: AccountId) -> Result<()> {
    tx.exec(
        "UPDATE person_key SET account = $2, released_at = NULL WHERE key = $1 AND account IS NULL",
        params![key, account],
    )?;
    Ok(())
}

/// Makes tombstones of an account's keys.
pub fn release(tx: &mut Tx, account: AccountId, now: Time) -> Result<()> {
    tx.exec("UPDATE person_key SET account = NULL, released_at = $2 WHERE account = $1", params![account, now])?;
    Ok(())
}

/// An account's keys, oldest first.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<PersonKey>> {
    tx.rows("SELECT person, assurance FROM person_key WHERE account = $1 ORDER BY created_at, key", params![account])?
        .iter()
        .map(|row| Ok(PersonKey { person: row.get("person")?, assurance: row.get("assurance")? }))
        .collect()
}
