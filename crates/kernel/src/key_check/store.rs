//! SQL of the key check.

use madang_base::Result;
use madang_db::{Tx, params};

pub(super) fn insert(tx: &mut Tx, digest: &str) -> Result<bool> {
    Ok(tx.exec("INSERT INTO key_check (id, digest) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", params![digest])? == 1)
}

pub(super) fn digest(tx: &mut Tx) -> Result<Option<String>> {
    tx.row("SELECT digest FROM key_check WHERE id = 1", &[])?.map(|row| row.get("digest")).transpose()
}
