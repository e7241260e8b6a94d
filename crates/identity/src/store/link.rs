//! Table `login_link`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, coded};

coded! {
    /// What a link is for.
    pub enum Purpose("identity.link-purpose-unknown") {
        SignIn = "sign-in",
        /// Adds an address to the account that asked for it.
        AddAddress = "add-address",
    }
}

/// A link, without its token.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub purpose: Purpose,
    pub email: String,
    pub account: Option<AccountId>,
    pub return_to: Option<String>,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}

fn link(row: &Row) -> Result<Link> {
    Ok(Link {
        purpose: row.get("purpose")?,
        email: row.get("email")?,
        account: row.get("account")?,
        return_to: row.get("return_to")?,
        expires_at: row.get("expires_at")?,
        used_at: row.get("used_at")?,
    })
}

pub fn insert(tx: &mut Tx, token_hash: &str, link: &Link, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO login_link (token_hash, purpose, email, account, return_to, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![token_hash, link.purpose, &link.email, link.account, link.return_to.as_deref(), now, link.expires_at],
    )?;
    Ok(())
}

pub fn get(tx: &mut Tx, token_hash: &str) -> Result<Option<Link>> {
    tx.row(
        "SELECT purpose, email, account, return_to, expires_at, used_at FROM login_link WHERE token_hash = $1",
        params![token_hash],
    )?
    .as_ref()
    .map(link)
    .transpose()
}

/// Uses the link up; false when it was used before or is too old.
pub fn use_up(tx: &mut Tx, token_hash: &str, now: Time) -> Result<bool> {
    let used = tx.exec(
        "UPDATE login_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        params![token_hash, now],
    )?;
    Ok(used == 1)
}

/// The other links in the same mailbox are no good any more.
pub fn use_up_others(tx: &mut Tx, email: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE login_link SET used_at = $2 WHERE email = $1 AND used_at IS NULL", params![email, now])?;
    Ok(())
}

pub fn drop_for(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec(
        "DELETE FROM login_link WHERE account = $1 OR email IN
           (SELECT subject FROM credential WHERE account = $1 AND kind = 'mail')",
        params![account],
    )?;
    Ok(())
}

pub fn purge(tx: &mut Tx, expired_before: Time) -> Result<u64> {
    tx.exec("DELETE FROM login_link WHERE expires_at < $1", params![expired_before])
}
