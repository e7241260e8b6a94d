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
    pub commitment: Option<String>,
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

/// Takes out the oldest: what lies within `span` of the lowest id, hence at most that many. Whatever becomes visible below
/// it meanwhile is taken too: what is returned is what was taken out, in the order of arrival.
pub(super) fn inbox_take(tx: &mut Tx, span: i64) -> Result<Vec<Waiting>> {
    let Some(first) = tx.one("SELECT MIN(id) FROM inbox", params![])?.at::<Option<i64>>(0)? else {
        return Ok(Vec::new());
    };
    let rows = tx.rows(
        "DELETE FROM inbox WHERE id < $1 RETURNING id, at, kind, object, public, json, commitment",
        params![first.saturating_add(span)],
    )?;
    let mut waiting = rows
        .iter()
        .map(|row| {
            Ok(Waiting {
                id: row.at(0)?,
                at: row.at(1)?,
                kind: row.at(2)?,
                object: row.at(3)?,
                public: row.at(4)?,
                json: row.at(5)?,
                commitment: row.at(6)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    waiting.sort_unstable_by_key(|event| event.id);
    Ok(waiting)
}

/// What waits of one object, in the order of arrival: id, kind and JSON.
pub(super) fn inbox_of(tx: &mut Tx, object: &str) -> Result<Vec<(i64, String, String)>> {
    tx.rows("SELECT id, kind, json FROM inbox WHERE object = $1 ORDER BY id", params![object])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))
        .collect()
}

/// Id, whether it is public, JSON, commitment.
pub(super) type Inside = (i64, bool, String, Option<String>);

/// What waits after `id`, at most `limit`.
pub(super) fn inbox_after(tx: &mut Tx, id: i64, limit: u32) -> Result<Vec<Inside>> {
    tx.rows("SELECT id, public, json, commitment FROM inbox WHERE id > $1 ORDER BY id LIMIT $2", params![id, limit])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?, row.at(3)?)))
        .collect()
}

/// Takes one out. False when it is gone.
pub(super) fn inbox_drop(tx: &mut Tx, id: i64) -> Result<bool> {
    Ok(tx.exec("DELETE FROM inbox WHERE id = $1", params![id])? == 1)
}
