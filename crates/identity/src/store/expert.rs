//! Table `expert`.

use madang_base::Result;
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use super::lines;
use crate::directory::{Expert, ExpertId};

fn expert(row: &Row) -> Result<Expert> {
    Ok(Expert {
        id: row.get("id")?,
        account: row.get("account")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        introduction: row.get("introduction")?,
        topics: lines(&row.get::<String>("topics")?),
        areas: lines(&row.get::<String>("areas")?),
        web: row.get("web")?,
        consent_at: row.get("consent_at")?,
        changed_at: row.get("changed_at")?,
    })
}

/// False when the account has an entry.
pub fn insert(tx: &mut Tx, expert: &Expert) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO expert (id, account, kind, name, introduction, topics, areas, web, consent_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (account) DO NOTHING",
        params![
            expert.id,
            expert.account,
            expert.kind,
            &expert.name,
            &expert.introduction,
            expert.topics.join("\n"),
            expert.areas.join("\n"),
            &expert.web,
            expert.consent_at,
            expert.changed_at
        ],
    )?;
    Ok(added == 1)
}

pub fn update(tx: &mut Tx, expert: &Expert) -> Result<()> {
    tx.exec(
        "UPDATE expert SET kind = $2, name = $3, introduction = $4, topics = $5, areas = $6, web = $7, changed_at = $8
         WHERE id = $1",
        params![
            expert.id,
            expert.kind,
            &expert.name,
            &expert.introduction,
            expert.topics.join("\n"),
            expert.areas.join("\n"),
            &expert.web,
            expert.changed_at
        ],
    )?;
    Ok(())
}

/// None when the account is shut.
pub fn get(tx: &mut Tx, id: ExpertId) -> Result<Option<Expert>> {
    tx.row(
        "SELECT e.id, e.account, e.kind, e.name, e.introduction, e.topics, e.areas, e.web, e.consent_at, e.changed_at
         FROM expert e JOIN account a ON a.id = e.account WHERE e.id = $1 AND a.status = 'active'",
        params![id],
    )?
    .as_ref()
    .map(expert)
    .transpose()
}

pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Option<Expert>> {
    tx.row(
        "SELECT id, account, kind, name, introduction, topics, areas, web, consent_at, changed_at FROM expert
         WHERE account = $1",
        params![account],
    )?
    .as_ref()
    .map(expert)
    .transpose()
}

/// By id. Entries of accounts that are shut are left out.
pub fn page(tx: &mut Tx, after: Option<ExpertId>, limit: u32) -> Result<Vec<Expert>> {
    tx.rows(
        "SELECT e.id, e.account, e.kind, e.name, e.introduction, e.topics, e.areas, e.web, e.consent_at, e.changed_at
         FROM expert e JOIN account a ON a.id = e.account
         WHERE a.status = 'active' AND (CAST($1 AS TEXT) IS NULL OR e.id > $1) ORDER BY e.id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(expert)
    .collect()
}

pub fn count(tx: &mut Tx) -> Result<i64> {
    tx.one("SELECT COUNT(*) AS number FROM expert e JOIN account a ON a.id = e.account WHERE a.status = 'active'", &[])?
        .get("number")
}

/// False when there was none.
pub fn delete(tx: &mut Tx, id: ExpertId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM expert WHERE id = $1", params![id])? == 1)
}
