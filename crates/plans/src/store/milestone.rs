//! Tables `milestone` and `milestone_period`.

use jiff::civil::Date;
use madang_base::{LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::{day, from_json, json};
use crate::file::Milestone;
use crate::rules::{Claim, PeriodFacts};
use crate::schedule::day_number;

/// What the rules need to know of a milestone.
#[derive(Clone, Debug)]
pub(crate) struct FactRow {
    pub id: String,
    pub commitment: String,
    pub continues: bool,
    pub throughout: bool,
    pub recurs: bool,
    pub claim: Option<Claim>,
    pub periods: Vec<PeriodFacts>,
}

/// A milestone with its content.
#[derive(Clone, Debug)]
pub(crate) struct MilestoneRow {
    pub id: String,
    pub plan: String,
    pub commitment: String,
    pub position: i64,
    pub content: Milestone,
    pub claim: Option<Claim>,
    pub retired_at: Option<Time>,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PeriodRow {
    pub no: i64,
    pub start: Option<Date>,
    pub due: Option<Date>,
    pub claim: Option<Claim>,
    pub reported: Option<Date>,
}

impl PeriodRow {
    pub fn facts(self) -> PeriodFacts {
        PeriodFacts { start: self.start, due: self.due, claim: self.claim }
    }
}

pub(crate) fn put(tx: &mut Tx, plan: &str, commitment: &str, milestone: &Milestone, position: i64) -> Result<()> {
    let recurs = milestone.recurs.as_ref();
    tx.exec(
        "INSERT INTO milestone (id, plan, commitment, number, position, title, content, continues, throughout, recurs,
           claim, claimed_at, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, NULL)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title,
           content = excluded.content, continues = excluded.continues, throughout = excluded.throughout,
           recurs = excluded.recurs, retired_at = NULL",
        params![
            crate::id::milestone(commitment, &milestone.number),
            plan,
            commitment,
            &milestone.number,
            position,
            &milestone.title,
            json(milestone)?,
            milestone.continues,
            recurs.is_some_and(|r| r.throughout),
            recurs.is_some_and(|r| !r.throughout)
        ],
    )?;
    Ok(())
}

pub(crate) fn retire(tx: &mut Tx, id: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE milestone SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL", params![id, now])?;
    Ok(())
}

/// Sets what was last reported of a milestone.
pub(crate) fn set_claim(tx: &mut Tx, id: &str, claim: Option<Claim>, at: Option<Time>) -> Result<()> {
    tx.exec("UPDATE milestone SET claim = $2, claimed_at = $3 WHERE id = $1", params![id, claim, at])?;
    Ok(())
}

pub(crate) fn put_period(tx: &mut Tx, plan: &str, milestone: &str, period: PeriodRow) -> Result<()> {
    tx.exec(
        "INSERT INTO milestone_period (milestone, no, plan, start_day, due_day, claim, reported_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (milestone, no) DO UPDATE SET start_day = excluded.start_day, due_day = excluded.due_day,
           claim = excluded.claim, reported_day = excluded.reported_day",
        params![
            milestone,
            period.no,
            plan,
            period.start.map(day_number),
            period.due.map(day_number),
            period.claim,
            period.reported.map(day_number)
        ],
    )?;
    Ok(())
}

/// Removes the periods that a milestone no longer has.
pub(crate) fn cut_periods(tx: &mut Tx, milestone: &str, last: i64) -> Result<()> {
    tx.exec("DELETE FROM milestone_period WHERE milestone = $1 AND no > $2", params![milestone, last])?;
    Ok(())
}

pub(crate) fn periods(tx: &mut Tx, milestone: &str) -> Result<Vec<PeriodRow>> {
    tx.rows(
        "SELECT no, start_day, due_day, claim, reported_day FROM milestone_period WHERE milestone = $1 ORDER BY no",
        params![milestone],
    )?
    .iter()
    .map(period)
    .collect()
}

/// Periods of all milestones of the plan: milestone and period, in order.
pub(crate) fn periods_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<(String, PeriodRow)>> {
    tx.rows(
        "SELECT milestone, no, start_day, due_day, claim, reported_day FROM milestone_period
         WHERE plan = $1 ORDER BY milestone, no",
        params![plan],
    )?
    .iter()
    .map(|row| Ok((row.get("milestone")?, period(row)?)))
    .collect()
}

fn period(row: &Row) -> Result<PeriodRow> {
    Ok(PeriodRow {
        no: row.get("no")?,
        start: day(row, "start_day")?,
        due: day(row, "due_day")?,
        claim: row.get("claim")?,
        reported: day(row, "reported_day")?,
    })
}

/// Facts of all milestones of the plan in order, in one statement: what the plan's page is counted from.
pub(crate) fn facts_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<FactRow>> {
    let rows = tx.rows(
        "SELECT m.id, m.commitment, m.continues, m.throughout, m.recurs, m.claim, p.no, p.start_day, p.due_day,
           p.claim AS period_claim
         FROM milestone m LEFT JOIN milestone_period p ON p.milestone = m.id
         WHERE m.plan = $1 AND m.retired_at IS NULL ORDER BY m.position, p.no",
        params![plan],
    )?;
    let mut facts: Vec<FactRow> = Vec::new();
    for row in &rows {
        let id: String = row.at(0)?;
        if facts.last().is_none_or(|last| last.id != id) {
            facts.push(FactRow {
                id,
                commitment: row.at(1)?,
                continues: row.at(2)?,
                throughout: row.at(3)?,
                recurs: row.at(4)?,
                claim: row.at(5)?,
                periods: Vec::new(),
            });
        }
        let period: Option<i64> = row.at(6)?;
        if let (Some(last), true) = (facts.last_mut(), period.is_some()) {
            last.periods.push(PeriodFacts {
                start: day(row, "start_day")?,
                due: day(row, "due_day")?,
                claim: row.at(9)?,
            });
        }
    }
    Ok(facts)
}

/// The plan's milestones with their content in order, retired ones left out.
pub(crate) fn of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<MilestoneRow>> {
    tx.rows(
        "SELECT id, plan, commitment, position, content, claim, retired_at FROM milestone
         WHERE plan = $1 AND retired_at IS NULL ORDER BY position",
        params![plan],
    )?
    .iter()
    .map(milestone)
    .collect()
}

/// The commitment's milestones with their content in order, retired ones left out.
pub(crate) fn of_commitment(tx: &mut Tx, commitment: &str) -> Result<Vec<MilestoneRow>> {
    tx.rows(
        "SELECT id, plan, commitment, position, content, claim, retired_at FROM milestone
         WHERE commitment = $1 AND retired_at IS NULL ORDER BY position",
        params![commitment],
    )?
    .iter()
    .map(milestone)
    .collect()
}

/// A milestone by its id, also a retired one.
pub(crate) fn get(tx: &mut Tx, id: &str) -> Result<Option<MilestoneRow>> {
    tx.row(
        "SELECT id, plan, commitment, position, content, claim, retired_at FROM milestone WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(milestone)
    .transpose()
}

fn milestone(row: &Row) -> Result<MilestoneRow> {
    Ok(MilestoneRow {
        id: row.get("id")?,
        plan: row.get("plan")?,
        commitment: row.get("commitment")?,
        position: row.get("position")?,
        content: from_json(row, "content")?,
        claim: row.get("claim")?,
        retired_at: row.get("retired_at")?,
    })
}

/// A period with the milestone and commitment it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct DueRow {
    pub milestone: String,
    pub number: String,
    pub title: LocalizedText,
    pub continues: bool,
    pub throughout: bool,
    pub plan: String,
    pub plan_end: Date,
    pub commitment: String,
    pub commitment_number: String,
    pub commitment_name: LocalizedText,
    pub period: PeriodRow,
}

/// Periods that begin or are due between two days (both included), of one plan or of all.
pub(crate) fn between(tx: &mut Tx, plan: Option<&str>, first: Date, last: Date) -> Result<Vec<DueRow>> {
    tx.rows(
        "SELECT m.id AS milestone, m.number AS milestone_number, m.title, m.continues, m.throughout, m.plan,
           l.end_day AS plan_end, c.id AS commitment, c.number AS commitment_number,
           c.name AS commitment_name, p.no, p.start_day, p.due_day, p.claim, p.reported_day
         FROM milestone_period p JOIN milestone m ON m.id = p.milestone JOIN commitment c ON c.id = m.commitment
           JOIN plan l ON l.id = m.plan
         WHERE (CAST($1 AS TEXT) IS NULL OR p.plan = $1) AND m.retired_at IS NULL
           AND ((p.due_day >= $2 AND p.due_day <= $3) OR (p.start_day >= $2 AND p.start_day <= $3))
         ORDER BY COALESCE(p.due_day, 99999999), l.start_day, m.position, p.no",
        params![plan, day_number(first), day_number(last)],
    )?
    .iter()
    .map(due)
    .collect()
}

/// All periods of the commitments that an agency leads.
pub(crate) fn led_by(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DueRow>> {
    tx.rows(
        "SELECT m.id AS milestone, m.number AS milestone_number, m.title, m.continues, m.throughout, m.plan,
           l.end_day AS plan_end, c.id AS commitment, c.number AS commitment_number,
           c.name AS commitment_name, p.no, p.start_day, p.due_day, p.claim, p.reported_day
         FROM milestone m JOIN milestone_period p ON p.milestone = m.id JOIN commitment c ON c.id = m.commitment
           JOIN plan l ON l.id = m.plan
         WHERE m.retired_at IS NULL AND m.commitment IN
           (SELECT a.commitment FROM commitment_agency a WHERE a.organisation = $1 AND a.role = 'lead')
         ORDER BY COALESCE(p.due_day, 99999999), l.start_day, m.position, p.no",
        params![organisation],
    )?
    .iter()
    .map(due)
    .collect()
}

fn due(row: &Row) -> Result<DueRow> {
    Ok(DueRow {
        milestone: row.get("milestone")?,
        number: row.get("milestone_number")?,
        title: row.get("title")?,
        continues: row.get("continues")?,
        throughout: row.get("throughout")?,
        plan: row.get("plan")?,
        plan_end: super::must_day(row, "plan_end")?,
        commitment: row.get("commitment")?,
        commitment_number: row.get("commitment_number")?,
        commitment_name: row.get("commitment_name")?,
        period: period(row)?,
    })
}
