//! Table `party_member`: who belongs to the groups of a service.

use madang_base::Result;
use madang_db::{Tx, params};
use madang_kernel::{AccountId, Ctx};

use crate::model::CaseId;
use crate::service::parties::Member;

/// False when the account is in the group already.
pub(crate) fn insert(tx: &mut Tx, ctx: &Ctx, service: &str, party: &str, account: AccountId) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO party_member (service, party, account, created_at, created_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (service, party, account) DO NOTHING",
        params![service, party, account, ctx.now, ctx.account()],
    )? == 1)
}

pub(crate) fn delete(tx: &mut Tx, service: &str, party: &str, account: AccountId) -> Result<bool> {
    Ok(tx.exec(
        "DELETE FROM party_member WHERE service = $1 AND party = $2 AND account = $3",
        params![service, party, account],
    )? == 1)
}

/// Everybody in the groups of a service.
pub(crate) fn of_service(tx: &mut Tx, service: &str) -> Result<Vec<Member>> {
    tx.rows(
        "SELECT party, account, created_at FROM party_member WHERE service = $1 ORDER BY party, created_at, account",
        params![service],
    )?
    .iter()
    .map(|row| Ok(Member { party: row.get("party")?, account: row.get("account")?, since: row.get("created_at")? }))
    .collect()
}

/// The groups of a service that an account is in.
pub(crate) fn of_account(tx: &mut Tx, service: &str, account: AccountId) -> Result<Vec<String>> {
    tx.rows(
        "SELECT party FROM party_member WHERE account = $1 AND service = $2 ORDER BY party",
        params![account, service],
    )?
    .iter()
    .map(|row| row.get("party"))
    .collect()
}

/// Ends all memberships of an account, for its deletion.
pub(crate) fn delete_account(tx: &mut Tx, account: AccountId) -> Result<u64> {
    tx.exec("DELETE FROM party_member WHERE account = $1", params![account])
}

/// Cases that went into this one.
pub(crate) fn merged_into(tx: &mut Tx, case: CaseId) -> Result<Vec<CaseId>> {
    tx.rows("SELECT id FROM case_file WHERE merged_into = $1 ORDER BY id", params![case])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}
