//! Tables `indicator`, `indicator_target` and `indicator_value`.

use jiff::civil::Date;
use madang_base::calendar::PartialDate;
use madang_base::{LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, OrganisationId};

use super::{from_json, json, must_day};
use crate::file::{Indicator, Target};
use crate::model::ValueId;
use crate::schedule::day_number;

/// An indicator without its numbers.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorRow {
    pub id: String,
    pub plan: String,
    pub commitment: Option<String>,
    pub content: Indicator,
    pub retired_at: Option<Time>,
}

/// A value of a series.
#[derive(Clone, Debug)]
pub(crate) struct ValueRow {
    /// None for the whole.
    pub organisation: Option<OrganisationId>,
    pub day: Date,
    pub date: PartialDate,
    pub value: f64,
    pub note: LocalizedText,
    pub at: Time,
}

/// Writes an indicator without its numbers.
pub(crate) fn put(tx: &mut Tx, plan: &str, indicator: &Indicator, position: i64) -> Result<()> {
    let content = Indicator { targets: Vec::new(), values: Vec::new(), ..indicator.clone() };
    tx.exec(
        "INSERT INTO indicator (id, plan, commitment, series, position, name, content, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)
         ON CONFLICT (id) DO UPDATE SET commitment = excluded.commitment, series = excluded.series,
           position = excluded.position, name = excluded.name, content = excluded.content, retired_at = NULL",
        params![
            crate::id::indicator(plan, &indicator.id),
            plan,
            indicator.commitment.as_ref().map(|number| crate::id::commitment(plan, number)),
            &indicator.group,
            position,
            &indicator.name,
            json(&content)?
        ],
    )?;
    Ok(())
}

pub(crate) fn retire(tx: &mut Tx, id: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE indicator SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL", params![id, now])?;
    Ok(())
}

/// The plan's indicators in order.
pub(crate) fn of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<IndicatorRow>> {
    tx.rows(
        "SELECT id, plan, commitment, content, retired_at FROM indicator
         WHERE plan = $1 AND retired_at IS NULL ORDER BY position",
        params![plan],
    )?
    .iter()
    .map(indicator)
    .collect()
}

/// An indicator, also a retired one.
pub(crate) fn get(tx: &mut Tx, id: &str) -> Result<Option<IndicatorRow>> {
    tx.row("SELECT id, plan, commitment, content, retired_at FROM indicator WHERE id = $1", params![id])?
        .as_ref()
        .map(indicator)
        .transpose()
}

fn indicator(row: &Row) -> Result<IndicatorRow> {
    Ok(IndicatorRow {
        id: row.get("id")?,
        plan: row.get("plan")?,
        commitment: row.get("commitment")?,
        content: from_json(row, "content")?,
        retired_at: row.get("retired_at")?,
    })
}

/// Forgets the targets of an indicator, before they are written anew.
pub(crate) fn clear_targets(tx: &mut Tx, id: &str) -> Result<()> {
    tx.exec("DELETE FROM indicator_target WHERE indicator = $1", params![id])?;
    Ok(())
}

pub(crate) fn put_target(tx: &mut Tx, id: &str, target: &Target) -> Result<()> {
    tx.exec(
        "INSERT INTO indicator_target (indicator, day, date, value, note) VALUES ($1, $2, $3, $4, $5)",
        params![id, day_number(target.date.last_day()), target.date.to_string(), target.value, &target.note],
    )?;
    Ok(())
}

/// Targets in the order of their dates, each with its last day.
pub(crate) fn targets(tx: &mut Tx, id: &str) -> Result<Vec<(Date, Target)>> {
    tx.rows("SELECT day, date, value, note FROM indicator_target WHERE indicator = $1 ORDER BY day", params![id])?
        .iter()
        .map(|row| {
            let target = Target { date: date(row)?, value: row.get("value")?, note: row.get("note")? };
            Ok((must_day(row, "day")?, target))
        })
        .collect()
}

/// Targets of all indicators of the plan.
pub(crate) fn targets_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<(String, Date, Target)>> {
    tx.rows(
        "SELECT t.indicator, t.day, t.date, t.value, t.note FROM indicator_target t JOIN indicator i ON i.id = t.indicator
         WHERE i.plan = $1 AND i.retired_at IS NULL ORDER BY i.position, t.day",
        params![plan],
    )?
    .iter()
    .map(|row| {
        let target = Target { date: date(row)?, value: row.get("value")?, note: row.get("note")? };
        Ok((row.get("indicator")?, must_day(row, "day")?, target))
    })
    .collect()
}

/// Values that stand, of all indicators of the plan, by day.
pub(crate) fn values_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<(String, ValueRow)>> {
    tx.rows(
        "SELECT v.indicator, v.organisation, v.day, v.date, v.value, v.note, v.at
         FROM indicator_value v JOIN indicator i ON i.id = v.indicator
         WHERE i.plan = $1 AND i.retired_at IS NULL AND v.replaced_at IS NULL
         ORDER BY i.position, v.day, v.organisation",
        params![plan],
    )?
    .iter()
    .map(|row| Ok((row.get("indicator")?, value(row)?)))
    .collect()
}

/// Writes a value; what stood for the same agency and day is replaced.
#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
pub(crate) fn put_value(
    tx: &mut Tx,
    id: ValueId,
    indicator: &str,
    organisation: Option<OrganisationId>,
    date: PartialDate,
    value: f64,
    note: &LocalizedText,
    account: Option<AccountId>,
    now: Time,
) -> Result<()> {
    let owner = organisation.map(|o| o.to_string()).unwrap_or_default();
    let day = day_number(date.last_day());
    tx.exec(
        "UPDATE indicator_value SET replaced_at = $4
         WHERE indicator = $1 AND organisation = $2 AND day = $3 AND replaced_at IS NULL",
        params![indicator, &owner, day, now],
    )?;
    tx.exec(
        "INSERT INTO indicator_value (id, indicator, organisation, day, date, value, note, account, at, replaced_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
        params![id, indicator, &owner, day, date.to_string(), value, note, account, now],
    )?;
    Ok(())
}

/// Values that stand, by day.
pub(crate) fn values(tx: &mut Tx, id: &str) -> Result<Vec<ValueRow>> {
    tx.rows(
        "SELECT organisation, day, date, value, note, at FROM indicator_value
         WHERE indicator = $1 AND replaced_at IS NULL ORDER BY day, organisation",
        params![id],
    )?
    .iter()
    .map(value)
    .collect()
}

fn value(row: &Row) -> Result<ValueRow> {
    let owner: String = row.get("organisation")?;
    Ok(ValueRow {
        organisation: if owner.is_empty() { None } else { Some(owner.parse()?) },
        day: must_day(row, "day")?,
        date: date(row)?,
        value: row.get("value")?,
        note: row.get("note")?,
        at: row.get("at")?,
    })
}

fn date(row: &Row) -> Result<PartialDate> {
    row.get::<String>("date")?.parse().map_err(madang_base::Error::internal)
}
