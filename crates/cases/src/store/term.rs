//! Table `case_term`: the words of public cases.

use madang_base::Result;
use madang_db::{Tx, params};

use crate::model::CaseId;

pub(crate) fn insert(tx: &mut Tx, case: CaseId, term: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO case_term (term, case_id) VALUES ($1, $2) ON CONFLICT (term, case_id) DO NOTHING",
        params![term, case],
    )?;
    Ok(())
}

pub(crate) fn delete_all(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.exec("DELETE FROM case_term WHERE case_id = $1", params![case])?;
    Ok(())
}

/// In how many cases a word is, counted up to `most`.
pub(crate) fn frequency(tx: &mut Tx, term: &str, most: u32) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_term WHERE term = $1 LIMIT $2) counted",
        params![term, most],
    )?
    .get("n")
}

/// The cases with a word, the newest first.
pub(crate) fn cases(tx: &mut Tx, term: &str, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows("SELECT case_id FROM case_term WHERE term = $1 ORDER BY case_id DESC LIMIT $2", params![term, limit])?
        .iter()
        .map(|row| row.get("case_id"))
        .collect()
}

/// The words of a case, in their own order.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<String>> {
    tx.rows("SELECT term FROM case_term WHERE case_id = $1 ORDER BY term", params![case])?
        .iter()
        .map(|row| row.get("term"))
        .collect()
}
