//! SQL of the history. Ids sort by the time at which they were made.

use madang_base::Result;
use madang_db::{Row, Tx, params};

use super::{Entry, HistoryId};
use crate::actor::AccountId;
use crate::object::Ref;

pub(super) fn insert(tx: &mut Tx, entry: &Entry) -> Result<()> {
    tx.exec(
        "INSERT INTO history (id, at, account, object, topic, root, field, before, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            entry.id,
            entry.at,
            entry.account,
            &entry.object,
            &entry.topic,
            root(&entry.topic),
            &entry.field,
            entry.before.as_deref(),
            entry.after.as_deref()
        ],
    )?;
    Ok(())
}

pub(super) fn of_object(tx: &mut Tx, object: &Ref, before: Option<HistoryId>, limit: u32) -> Result<Vec<Entry>> {
    tx.rows(
        "SELECT id, at, account, object, topic, field, before, after FROM history
         WHERE (object = $1 OR topic = $1) AND (CAST($2 AS TEXT) IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
        params![object, before, limit],
    )?
    .iter()
    .map(entry)
    .collect()
}

/// `root` is indexed: the first segment of the topic's id, so that no text is searched for a prefix.
pub(super) fn below(tx: &mut Tx, object: &Ref, before: Option<HistoryId>, limit: u32) -> Result<Vec<Entry>> {
    tx.rows(
        "SELECT id, at, account, object, topic, field, before, after FROM history
         WHERE root = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
        params![root(object), before, limit],
    )?
    .iter()
    .map(entry)
    .collect()
}

/// The first segment of a reference's id: `kr-2021` for everything of that plan.
fn root(object: &Ref) -> &str {
    object.id.split('/').next().unwrap_or(&object.id)
}

pub(super) fn by_account(tx: &mut Tx, account: AccountId, before: Option<HistoryId>, limit: u32) -> Result<Vec<Entry>> {
    tx.rows(
        "SELECT id, at, account, object, topic, field, before, after FROM history
         WHERE account = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
        params![account, before, limit],
    )?
    .iter()
    .map(entry)
    .collect()
}

pub(super) fn blank(tx: &mut Tx, object: &Ref, field: Option<&str>) -> Result<u64> {
    tx.exec(
        "UPDATE history SET before = NULL, after = NULL
         WHERE object = $1 AND (CAST($2 AS TEXT) IS NULL OR field = $2)",
        params![object, field],
    )
}

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        id: row.get("id")?,
        at: row.get("at")?,
        account: row.get("account")?,
        object: row.get("object")?,
        topic: row.get("topic")?,
        field: row.get("field")?,
        before: row.get("before")?,
        after: row.get("after")?,
    })
}
