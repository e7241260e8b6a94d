//! SQL of the site's own facts.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

pub(super) fn insert(tx: &mut Tx, name: &str, value: &str, at: Time) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO site (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
        params![name, value, at],
    )? == 1)
}

pub(super) fn value(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    tx.row("SELECT value FROM site WHERE name = $1", params![name])?.map(|row| row.at(0)).transpose()
}
