//! SQL of the sequencer: the head of the log and taking out of the inbox.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

pub(super) struct Waiting {
    id: i64,
    pub at: Time,
    pub kind: String,
    pub object: String,
    pub public: bool,
    pub json: String,
}

pub(super) fn inbox_waits(tx: &mut Tx) -> Result<bool> {
    Ok(tx.row("SELECT id FROM inbox LIMIT 1", params![])?.is_some())
}

/// The log's size, with its row locked until the end of the transaction: of two sequencers one waits here.
pub(super) fn head_lock(tx: &mut Tx) -> Result<i64> {
    tx.exec("INSERT INTO log_head (id, size) VALUES (1, 0) ON CONFLICT (id) DO NOTHING", params![])?;
    tx.one("UPDATE log_head SET size = size WHERE id = 1 RETURNING size", params![])?.at(0)
}

/// The fence: false when somebody else has moved the head since.
pub(super) fn head_move(tx: &mut Tx, from: i64, to: i64) -> Result<bool> {
    Ok(tx.exec("UPDATE log_head SET size = $1 WHERE id = 1 AND size = $2", params![to, from])? == 1)
}

/// Takes out the oldest, in the order of their arrival.
pub(super) fn inbox_take(tx: &mut Tx, limit: u32) -> Result<Vec<Waiting>> {
    let rows = tx.rows(
        "DELETE FROM inbox WHERE id IN (SELECT id FROM inbox ORDER BY id LIMIT $1)
         RETURNING id, at, kind, object, public, json",
        params![limit],
    )?;
    let mut waiting = rows
        .iter()
        .map(|row| {
            Ok(Waiting {
                id: row.get("id")?,
                at: row.get("at")?,
                kind: row.get("kind")?,
                object: row.get("object")?,
                public: row.get("public")?,
                json: row.get("json")?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    waiting.sort_by_key(|event| event.id);
    Ok(waiting)
}
