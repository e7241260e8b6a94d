//! Table `case_clock`: clocks as lists ask for them. What counts are the events.

use jiff::civil::Date;
use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use crate::model::CaseId;

/// One clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClockRow {
    pub clock: String,
    /// Whose list it is on.
    pub agency: Option<OrganisationId>,
    /// Whose time it is: a party's code.
    pub who: String,
    /// The code of a `form::ClockStatus`.
    pub status: String,
    pub started_at: Time,
    pub due_on: Option<Date>,
    pub overdue_from: Option<Time>,
    pub stopped_at: Option<Time>,
}

/// Writes the clock, or what changed of it. That a run ran out stays on record as long as it is the same run.
pub(crate) fn put(tx: &mut Tx, case: CaseId, clock: &ClockRow) -> Result<()> {
    tx.exec(
        "INSERT INTO case_clock (case_id, clock, agency, who, status, started_at, due_on, overdue_from, stopped_at,
           ran_out_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)
         ON CONFLICT (case_id, clock) DO UPDATE SET agency = excluded.agency, who = excluded.who,
           status = excluded.status, started_at = excluded.started_at, due_on = excluded.due_on,
           overdue_from = excluded.overdue_from, stopped_at = excluded.stopped_at,
           ran_out_at = CASE WHEN case_clock.started_at = excluded.started_at THEN case_clock.ran_out_at END",
        params![
            case,
            &clock.clock,
            clock.agency,
            &clock.who,
            &clock.status,
            clock.started_at,
            clock.due_on.map(|day| day.to_string()),
            clock.overdue_from,
            clock.stopped_at
        ],
    )?;
    Ok(())
}

/// Forgets a clock that the definition does not have any more.
pub(crate) fn delete(tx: &mut Tx, case: CaseId, clock: &str) -> Result<()> {
    tx.exec("DELETE FROM case_clock WHERE case_id = $1 AND clock = $2", params![case, clock])?;
    Ok(())
}

/// The clocks of a case, by name.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<ClockRow>> {
    tx.rows(
        "SELECT clock, agency, who, status, started_at, due_on, overdue_from, stopped_at FROM case_clock
         WHERE case_id = $1 ORDER BY clock",
        params![case],
    )?
    .iter()
    .map(row)
    .collect()
}

/// Clocks that ran out and of which that is not on record, the earliest first.
pub(crate) fn ran_out(tx: &mut Tx, now: Time, limit: u32) -> Result<Vec<(CaseId, String, Time)>> {
    tx.rows(
        "SELECT case_id, clock, overdue_from FROM case_clock
         WHERE stopped_at IS NULL AND overdue_from <= $1 AND (ran_out_at IS NULL OR ran_out_at < overdue_from)
         ORDER BY overdue_from, case_id, clock LIMIT $2",
        params![now, limit],
    )?
    .iter()
    .map(|row| Ok((row.get("case_id")?, row.get("clock")?, row.get("overdue_from")?)))
    .collect()
}

/// The same for one case.
pub(crate) fn ran_out_of(tx: &mut Tx, case: CaseId, now: Time) -> Result<Vec<(String, Time)>> {
    tx.rows(
        "SELECT clock, overdue_from FROM case_clock
         WHERE case_id = $1 AND stopped_at IS NULL AND overdue_from <= $2
           AND (ran_out_at IS NULL OR ran_out_at < overdue_from)
         ORDER BY overdue_from, clock",
        params![case, now],
    )?
    .iter()
    .map(|row| Ok((row.get("clock")?, row.get("overdue_from")?)))
    .collect()
}

/// Puts on record that a clock ran out at `at`; false when somebody else has done so.
pub(crate) fn set_ran_out(tx: &mut Tx, case: CaseId, clock: &str, at: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_clock SET ran_out_at = $3
         WHERE case_id = $1 AND clock = $2 AND overdue_from = $3 AND stopped_at IS NULL
           AND (ran_out_at IS NULL OR ran_out_at < $3)",
        params![case, clock, at],
    )? == 1)
}

/// Cases with a clock that has not stopped, in the order of their ids, from after `after`.
pub(crate) fn cases_running(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows(
        "SELECT DISTINCT case_id FROM case_clock WHERE stopped_at IS NULL AND case_id > $1 ORDER BY case_id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| row.get("case_id"))
    .collect()
}

fn row(row: &Row) -> Result<ClockRow> {
    let due: Option<String> = row.get("due_on")?;
    Ok(ClockRow {
        clock: row.get("clock")?,
        agency: row.get("agency")?,
        who: row.get("who")?,
        status: row.get("status")?,
        started_at: row.get("started_at")?,
        due_on: due.and_then(|day| day.parse().ok()),
        overdue_from: row.get("overdue_from")?,
        stopped_at: row.get("stopped_at")?,
    })
}
