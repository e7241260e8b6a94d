//! Tables `account` and `credential`.

use madang_base::{Error, Locale, LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, OrganisationId, Role};

use crate::model::{Account, Credential, Method, Status};

fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.get("id")?,
        status: row.get("status")?,
        name: row.get("name")?,
        email: row.get("email")?,
        locale: row.get::<String>("locale")?.parse::<Locale>().map_err(Error::internal)?,
        created_at: row.get("created_at")?,
        deleted_at: row.get("deleted_at")?,
    })
}

fn credential(row: &Row) -> Result<Credential> {
    Ok(Credential {
        kind: row.get("kind")?,
        issuer: row.get("issuer")?,
        subject: row.get("subject")?,
        created_at: row.get("created_at")?,
    })
}

pub fn insert(
    tx: &mut Tx,
    id: AccountId,
    name: &LocalizedText,
    email: Option<&str>,
    locale: Locale,
    now: Time,
) -> Result<()> {
    tx.exec(
        "INSERT INTO account (id, status, name, email, locale, created_at) VALUES ($1, 'active', $2, $3, $4, $5)",
        params![id, name, email, locale.tag(), now],
    )?;
    Ok(())
}

pub fn get(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    tx.row("SELECT id, status, name, email, locale, created_at, deleted_at FROM account WHERE id = $1", params![id])?
        .as_ref()
        .map(account)
        .transpose()
}

pub fn set_profile(tx: &mut Tx, id: AccountId, name: &LocalizedText, locale: Locale) -> Result<()> {
    tx.exec("UPDATE account SET name = $2, locale = $3 WHERE id = $1", params![id, name, locale.tag()])?;
    Ok(())
}

pub fn set_email(tx: &mut Tx, id: AccountId, email: &str) -> Result<()> {
    tx.exec("UPDATE account SET email = $2 WHERE id = $1", params![id, email])?;
    Ok(())
}

/// Sets the contact only where there is none.
pub fn fill_email(tx: &mut Tx, id: AccountId, email: &str) -> Result<()> {
    tx.exec("UPDATE account SET email = $2 WHERE id = $1 AND email IS NULL", params![id, email])?;
    Ok(())
}

pub fn set_status(tx: &mut Tx, id: AccountId, status: Status) -> Result<()> {
    tx.exec("UPDATE account SET status = $2 WHERE id = $1", params![id, status])?;
    Ok(())
}

/// Empties the row; the id and the fact that it was deleted stay.
pub fn empty(tx: &mut Tx, id: AccountId, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE account SET status = 'deleted', name = '{}', email = NULL, deleted_at = $2 WHERE id = $1",
        params![id, now],
    )?;
    Ok(())
}

/// What staff may look for in the list of accounts; all that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The whole address; parts would let people be fished for.
    pub email: Option<String>,
    pub status: Option<Status>,
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
}

/// Newest first, those before `before`.
pub fn list(tx: &mut Tx, filter: &Filter, before: Option<AccountId>, limit: u32) -> Result<Vec<Account>> {
    tx.rows(
        "SELECT id, status, name, email, locale, created_at, deleted_at FROM account
         WHERE (CAST($1 AS TEXT) IS NULL OR email = $1
                OR EXISTS (SELECT 1 FROM credential c WHERE c.account = account.id AND c.kind = 'mail' AND c.subject = $1))
           AND (CAST($2 AS TEXT) IS NULL OR status = $2)
           AND ((CAST($3 AS TEXT) IS NULL AND CAST($4 AS TEXT) IS NULL)
                OR EXISTS (SELECT 1 FROM membership m WHERE m.account = account.id
                           AND (CAST($3 AS TEXT) IS NULL OR m.role = $3)
                           AND (CAST($4 AS TEXT) IS NULL OR m.organisation = $4)))
           AND (CAST($5 AS TEXT) IS NULL OR id < $5)
         ORDER BY id DESC LIMIT $6",
        params![filter.email.as_deref(), filter.status, filter.role, filter.organisation, before, limit],
    )?
    .iter()
    .map(account)
    .collect()
}

/// The account that this credential belongs to.
pub fn by_credential(tx: &mut Tx, kind: Method, issuer: &str, subject: &str) -> Result<Option<Account>> {
    tx.row(
        "SELECT a.id, a.status, a.name, a.email, a.locale, a.created_at, a.deleted_at
         FROM credential c JOIN account a ON a.id = c.account
         WHERE c.kind = $1 AND c.issuer = $2 AND c.subject = $3",
        params![kind, issuer, subject],
    )?
    .as_ref()
    .map(account)
    .transpose()
}

/// False when the credential exists already, whoever has it.
pub fn add_credential(
    tx: &mut Tx,
    account: AccountId,
    kind: Method,
    issuer: &str,
    subject: &str,
    now: Time,
) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO credential (kind, issuer, subject, account, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (kind, issuer, subject) DO NOTHING",
        params![kind, issuer, subject, account, now],
    )?;
    Ok(added == 1)
}

pub fn credentials(tx: &mut Tx, account: AccountId) -> Result<Vec<Credential>> {
    tx.rows(
        "SELECT kind, issuer, subject, created_at FROM credential WHERE account = $1 ORDER BY created_at, kind, subject",
        params![account],
    )?
    .iter()
    .map(credential)
    .collect()
}

/// Removes an account's other mail addresses than `keep`.
pub fn drop_other_addresses(tx: &mut Tx, account: AccountId, keep: &str) -> Result<()> {
    tx.exec("DELETE FROM credential WHERE account = $1 AND kind = 'mail' AND subject <> $2", params![account, keep])?;
    Ok(())
}

pub fn drop_credentials(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec("DELETE FROM credential WHERE account = $1", params![account])?;
    Ok(())
}

/// The demonstration accounts in the order of their names.
pub fn demo(tx: &mut Tx) -> Result<Vec<(String, Account)>> {
    tx.rows(
        "SELECT c.subject, a.id, a.status, a.name, a.email, a.locale, a.created_at, a.deleted_at
         FROM credential c JOIN account a ON a.id = c.account WHERE c.kind = 'demo' ORDER BY c.subject",
        params![],
    )?
    .iter()
    .map(|row| Ok((row.get("subject")?, account(row)?)))
    .collect()
}
