//! SQL of the audit of organisations and their offices.

use madang_base::Result;
use madang_db::{Tx, params};

pub(super) fn ids(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows("SELECT id FROM organisation WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| row.at(0))
        .collect()
}

pub(super) fn there(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.row("SELECT id FROM organisation WHERE id = $1", params![id])?.is_some())
}

pub(super) fn contacts(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows("SELECT id FROM contact WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| row.at(0))
        .collect()
}

pub(super) fn contact_there(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.row("SELECT id FROM contact WHERE id = $1", params![id])?.is_some())
}
