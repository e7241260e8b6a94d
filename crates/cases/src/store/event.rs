//! Table `case_event`.

use madang_base::Result;
use madang_db::{Row, Tx, params};

use super::{from_json, json};
use crate::model::{CaseEvent, CaseId};

/// Appends an event as the case's next one and says its number; `event.no` is not looked at.
pub(crate) fn append(tx: &mut Tx, event: &CaseEvent) -> Result<i64> {
    tx.one(
        "INSERT INTO case_event (case_id, no, at, kind, step, from_state, to_state, party, account, organisation, public,
           body)
         SELECT CAST($1 AS TEXT), COALESCE(MAX(no), 0) + 1, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
           CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS BIGINT),
           CAST($11 AS TEXT)
         FROM case_event WHERE case_id = $1 RETURNING no",
        params![
            event.case,
            event.at,
            event.kind,
            event.step.as_deref(),
            event.from_state.as_deref(),
            event.to_state.as_deref(),
            event.party.as_str(),
            event.account,
            event.organisation,
            event.public,
            json(&event.body)?
        ],
    )?
    .get("no")
}

/// All events of a case, oldest first.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<CaseEvent>> {
    tx.rows(
        "SELECT case_id, no, at, kind, step, from_state, to_state, party, account, organisation, public, body
         FROM case_event WHERE case_id = $1 ORDER BY no",
        params![case],
    )?
    .iter()
    .map(event)
    .collect()
}

/// One event.
pub(crate) fn get(tx: &mut Tx, case: CaseId, no: i64) -> Result<Option<CaseEvent>> {
    tx.row(
        "SELECT case_id, no, at, kind, step, from_state, to_state, party, account, organisation, public, body
         FROM case_event WHERE case_id = $1 AND no = $2",
        params![case, no],
    )?
    .as_ref()
    .map(event)
    .transpose()
}

/// Replaces the body of an event, for erasure.
pub(crate) fn set_body(tx: &mut Tx, event: &CaseEvent) -> Result<()> {
    tx.exec(
        "UPDATE case_event SET body = $3 WHERE case_id = $1 AND no = $2",
        params![event.case, event.no, json(&event.body)?],
    )?;
    Ok(())
}

fn event(row: &Row) -> Result<CaseEvent> {
    Ok(CaseEvent {
        case: row.get("case_id")?,
        no: row.get("no")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        step: row.get("step")?,
        from_state: row.get("from_state")?,
        to_state: row.get("to_state")?,
        party: row.get("party")?,
        account: row.get("account")?,
        organisation: row.get("organisation")?,
        public: row.get("public")?,
        body: from_json(row, "body")?,
    })
}
