//! Table `draft`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::{from_json, json};
use crate::file::Commitment;
use crate::model::{Draft, DraftId, DraftState};

pub(crate) fn insert(tx: &mut Tx, draft: &Draft) -> Result<()> {
    tx.exec(
        "INSERT INTO draft (id, plan, commitment, state, content, base, account, created_at, changed_at, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, NULL)",
        params![
            draft.id,
            &draft.plan,
            &draft.commitment,
            draft.state,
            json(&draft.content)?,
            json(&draft.base)?,
            draft.account,
            draft.created_at
        ],
    )?;
    Ok(())
}

/// Saves a draft that is still one. False when it is not.
pub(crate) fn save(tx: &mut Tx, id: DraftId, content: &Commitment, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE draft SET content = $2, changed_at = $3 WHERE id = $1 AND state = 'draft'",
        params![id, json(content)?, now],
    )? == 1)
}

/// Moves a draft from one state to another. False when it is not in the first.
pub(crate) fn move_on(tx: &mut Tx, id: DraftId, from: DraftState, to: DraftState, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE draft SET state = $3, changed_at = $4 WHERE id = $1 AND state = $2",
        params![id, from, to, now],
    )? == 1)
}

/// Notes the publication: when, and what was replaced.
pub(crate) fn published(tx: &mut Tx, id: DraftId, base: &Commitment, now: Time) -> Result<()> {
    tx.exec("UPDATE draft SET base = $2, published_at = $3 WHERE id = $1", params![id, json(base)?, now])?;
    Ok(())
}

pub(crate) fn get(tx: &mut Tx, id: DraftId) -> Result<Option<Draft>> {
    tx.row(
        "SELECT id, plan, commitment, state, content, base, account, created_at, changed_at, published_at
         FROM draft WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(draft)
    .transpose()
}

/// The latest draft of a commitment in a state.
pub(crate) fn latest(tx: &mut Tx, commitment: &str, state: DraftState) -> Result<Option<Draft>> {
    tx.row(
        "SELECT id, plan, commitment, state, content, base, account, created_at, changed_at, published_at
         FROM draft WHERE commitment = $1 AND state = $2 ORDER BY changed_at DESC, id DESC LIMIT 1",
        params![commitment, state],
    )?
    .as_ref()
    .map(draft)
    .transpose()
}

fn draft(row: &Row) -> Result<Draft> {
    Ok(Draft {
        id: row.get("id")?,
        plan: row.get("plan")?,
        commitment: row.get("commitment")?,
        state: row.get("state")?,
        content: from_json(row, "content")?,
        base: from_json(row, "base")?,
        account: row.get("account")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        published_at: row.get("published_at")?,
    })
}
