//! Table `case_note`.

use madang_base::Result;
use madang_db::{Tx, params};

use crate::model::CaseId;
use crate::service::note::Note;

pub(crate) fn insert(tx: &mut Tx, case: CaseId, note: &Note) -> Result<()> {
    tx.exec(
        "INSERT INTO case_note (id, case_id, at, account, text) VALUES ($1, $2, $3, $4, $5)",
        params![note.id, case, note.at, note.account, &note.text],
    )?;
    Ok(())
}

/// Oldest first.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Note>> {
    tx.rows("SELECT id, at, account, text FROM case_note WHERE case_id = $1 ORDER BY at, id", params![case])?
        .iter()
        .map(|row| {
            Ok(Note { id: row.get("id")?, at: row.get("at")?, account: row.get("account")?, text: row.get("text")? })
        })
        .collect()
}

/// Deletes the notes of a case, for erasure.
pub(crate) fn delete(tx: &mut Tx, case: CaseId) -> Result<u64> {
    tx.exec("DELETE FROM case_note WHERE case_id = $1", params![case])
}
