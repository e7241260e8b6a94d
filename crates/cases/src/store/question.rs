//! Table `case_question`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use crate::model::CaseId;
use crate::service::ask::Question;

/// Writes a question and gives its number, from 1.
pub(crate) fn insert(tx: &mut Tx, case: CaseId, at: Time, by: Option<AccountId>, text: &str) -> Result<i64> {
    tx.one(
        "INSERT INTO case_question (case_id, no, asked_at, asked_by, text, replied_at, reply)
         SELECT $1, COALESCE(MAX(no), 0) + 1, $2, $3, $4, NULL, NULL FROM case_question WHERE case_id = $1
         RETURNING no",
        params![case, at, by, text],
    )?
    .get("no")
}

/// Writes the reply. False when it has one.
pub(crate) fn reply(tx: &mut Tx, case: CaseId, no: i64, at: Time, text: &str) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_question SET replied_at = $3, reply = $4
         WHERE case_id = $1 AND no = $2 AND replied_at IS NULL",
        params![case, no, at, text],
    )? == 1)
}

/// Oldest first.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Question>> {
    tx.rows(
        "SELECT no, asked_at, asked_by, text, replied_at, reply FROM case_question WHERE case_id = $1 ORDER BY no",
        params![case],
    )?
    .iter()
    .map(question)
    .collect()
}

/// The question that waits for a reply.
pub(crate) fn open(tx: &mut Tx, case: CaseId) -> Result<Option<Question>> {
    tx.row(
        "SELECT no, asked_at, asked_by, text, replied_at, reply FROM case_question
         WHERE case_id = $1 AND replied_at IS NULL ORDER BY no DESC LIMIT 1",
        params![case],
    )?
    .as_ref()
    .map(question)
    .transpose()
}

/// Blanks what is said in questions and replies, for erasure.
pub(crate) fn blank(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.exec(
        "UPDATE case_question SET text = '', reply = CASE WHEN reply IS NULL THEN NULL ELSE '' END WHERE case_id = $1",
        params![case],
    )?;
    Ok(())
}

fn question(row: &Row) -> Result<Question> {
    Ok(Question {
        no: row.get("no")?,
        asked_at: row.get("asked_at")?,
        asked_by: row.get("asked_by")?,
        text: row.get("text")?,
        replied_at: row.get("replied_at")?,
        reply: row.get("reply")?,
    })
}
