//! Table `case_value`: values that lists filter by.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

use crate::model::CaseId;

/// Writes a value. Twice is as good as once.
pub(crate) fn insert(tx: &mut Tx, case: CaseId, service: &str, filed_at: Time, field: &str, value: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO case_value (case_id, field, value, service, filed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (case_id, field, value) DO NOTHING",
        params![case, field, value, service, filed_at],
    )?;
    Ok(())
}

pub(crate) fn delete_all(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.exec("DELETE FROM case_value WHERE case_id = $1", params![case])?;
    Ok(())
}
