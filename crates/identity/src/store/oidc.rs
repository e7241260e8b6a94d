//! Table `oidc_state`.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::AccountId;

/// A journey to a provider that has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub browser_hash: String,
    pub provider: String,
    pub nonce: String,
    /// Sealed.
    pub verifier: Vec<u8>,
    /// The signed-in account to which the provider's identity is to be added.
    pub account: Option<AccountId>,
    pub return_to: Option<String>,
    pub expires_at: Time,
}

pub fn insert(tx: &mut Tx, state_hash: &str, state: &State, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO oidc_state
           (state_hash, browser_hash, provider, nonce, verifier, account, return_to, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            state_hash,
            &state.browser_hash,
            &state.provider,
            &state.nonce,
            &state.verifier,
            state.account,
            state.return_to.as_deref(),
            now,
            state.expires_at
        ],
    )?;
    Ok(())
}

/// Takes the state away: it answers one callback.
pub fn take(tx: &mut Tx, state_hash: &str) -> Result<Option<State>> {
    tx.row(
        "DELETE FROM oidc_state WHERE state_hash = $1
         RETURNING browser_hash, provider, nonce, verifier, account, return_to, expires_at",
        params![state_hash],
    )?
    .map(|row| {
        Ok(State {
            browser_hash: row.get("browser_hash")?,
            provider: row.get("provider")?,
            nonce: row.get("nonce")?,
            verifier: row.get("verifier")?,
            account: row.get("account")?,
            return_to: row.get("return_to")?,
            expires_at: row.get("expires_at")?,
        })
    })
    .transpose()
}

pub fn drop_for(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec("DELETE FROM oidc_state WHERE account = $1", params![account])?;
    Ok(())
}

pub fn purge(tx: &mut Tx, expired_before: Time) -> Result<u64> {
    tx.exec("DELETE FROM oidc_state WHERE expires_at < $1", params![expired_before])
}
