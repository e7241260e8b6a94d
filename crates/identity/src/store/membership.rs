//! Table `membership`.

use madang_base::Result;
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, OrganisationId, Role};

use crate::model::Membership;

fn membership(row: &Row) -> Result<Membership> {
    Ok(Membership {
        account: row.get("account")?,
        role: row.get("role")?,
        organisation: row.get("organisation")?,
        created_at: row.get("created_at")?,
    })
}

/// What stands in the key for the organisation.
fn scope(organisation: Option<OrganisationId>) -> String {
    organisation.map_or_else(|| "*".to_owned(), |id| id.to_string())
}

/// False when it was there before.
pub fn insert(tx: &mut Tx, membership: &Membership) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO membership (account, role, scope, organisation, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account, role, scope) DO NOTHING",
        params![
            membership.account,
            membership.role,
            scope(membership.organisation),
            membership.organisation,
            membership.created_at
        ],
    )?;
    Ok(added == 1)
}

/// False when there was none.
pub fn remove(tx: &mut Tx, account: AccountId, role: Role, organisation: Option<OrganisationId>) -> Result<bool> {
    let removed = tx.exec(
        "DELETE FROM membership WHERE account = $1 AND role = $2 AND scope = $3",
        params![account, role, scope(organisation)],
    )?;
    Ok(removed == 1)
}

pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Membership>> {
    tx.rows(
        "SELECT account, role, organisation, created_at FROM membership WHERE account = $1 ORDER BY role, scope",
        params![account],
    )?
    .iter()
    .map(membership)
    .collect()
}

pub fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Membership>> {
    tx.rows(
        "SELECT account, role, organisation, created_at FROM membership WHERE organisation = $1 ORDER BY role, account",
        params![organisation],
    )?
    .iter()
    .map(membership)
    .collect()
}

/// How many active accounts hold a role.
pub fn holders(tx: &mut Tx, role: Role) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS holders FROM membership m JOIN account a ON a.id = m.account
         WHERE m.role = $1 AND a.status = 'active'",
        params![role],
    )?
    .get("holders")
}
