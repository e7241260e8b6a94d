//! Tables `totp` and `recovery_code`.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::AccountId;

/// A second factor; the secrets are sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totp {
    /// What codes are checked against; none before the first confirmation.
    pub secret: Option<Vec<u8>>,
    /// What is being enrolled.
    pub pending: Option<Vec<u8>>,
    pub public: bool,
    pub confirmed_at: Option<Time>,
}

pub fn get(tx: &mut Tx, account: AccountId) -> Result<Option<Totp>> {
    tx.row("SELECT secret, pending, public, confirmed_at FROM totp WHERE account = $1", params![account])?
        .map(|row| {
            Ok(Totp {
                secret: row.get("secret")?,
                pending: row.get("pending")?,
                public: row.get("public")?,
                confirmed_at: row.get("confirmed_at")?,
            })
        })
        .transpose()
}

/// Begins an enrolment; what is in force stays in force.
pub fn begin(tx: &mut Tx, account: AccountId, pending: &[u8], public: bool, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO totp (account, pending, last_step, public, created_at) VALUES ($1, $2, 0, $3, $4)
         ON CONFLICT (account) DO UPDATE SET pending = $2",
        params![account, pending, public, now],
    )?;
    Ok(())
}

/// Puts what is being enrolled in force.
pub fn confirm(tx: &mut Tx, account: AccountId, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE totp SET secret = pending, pending = NULL, last_step = 0, confirmed_at = $2
         WHERE account = $1 AND pending IS NOT NULL",
        params![account, now],
    )?;
    Ok(())
}

/// Remembers that a step's code was used; false when it or a later one was used before.
pub fn use_step(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool> {
    let used =
        tx.exec("UPDATE totp SET last_step = $2 WHERE account = $1 AND last_step < $2", params![account, step])?;
    Ok(used == 1)
}

/// False when there was none.
pub fn remove(tx: &mut Tx, account: AccountId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM totp WHERE account = $1", params![account])? == 1)
}

pub fn insert_code(tx: &mut Tx, account: AccountId, code_hash: &str, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO recovery_code (account, code_hash, created_at) VALUES ($1, $2, $3)",
        params![account, code_hash, now],
    )?;
    Ok(())
}

/// False when there is no such code or it was used.
pub fn use_code(tx: &mut Tx, account: AccountId, code_hash: &str, now: Time) -> Result<bool> {
    let used = tx.exec(
        "UPDATE recovery_code SET used_at = $3 WHERE account = $1 AND code_hash = $2 AND used_at IS NULL",
        params![account, code_hash, now],
    )?;
    Ok(used == 1)
}

pub fn codes_left(tx: &mut Tx, account: AccountId) -> Result<i64> {
    tx.one("SELECT COUNT(*) AS codes FROM recovery_code WHERE account = $1 AND used_at IS NULL", params![account])?
        .get("codes")
}

pub fn remove_codes(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec("DELETE FROM recovery_code WHERE account = $1", params![account])?;
    Ok(())
}
