//! Tables `plan` and `theme`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::{from_json, json, must_day};
use crate::file::{Head, Theme};
use crate::model::{AgencyName, PlanSummary, ThemeView};
use crate::schedule::{Term, day_number};

/// A plan with its content and its lead.
#[derive(Clone, Debug)]
pub(crate) struct PlanRow {
    pub summary: PlanSummary,
    pub head: Head,
    pub lead: AgencyName,
}

impl PlanRow {
    pub fn term(&self) -> Term {
        Term { start: self.summary.start, end: self.summary.end }
    }
}

/// Writes a plan; its revision starts at 1. `agencies` are the slugs of those that its file lists.
pub(crate) fn put(tx: &mut Tx, head: &Head, lead: OrganisationId, agencies: &[&str], now: Time) -> Result<()> {
    let term = Term::new(head.start, head.end);
    tx.exec(
        "INSERT INTO plan (id, number, name, start_day, end_day, lead, content, agencies, revision, created_at,
           changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name, start_day = excluded.start_day,
           end_day = excluded.end_day, lead = excluded.lead, content = excluded.content, agencies = excluded.agencies",
        params![
            &head.id,
            head.number,
            &head.name,
            day_number(term.start),
            day_number(term.end),
            lead,
            json(head)?,
            json(&agencies)?,
            now
        ],
    )?;
    Ok(())
}

/// Counts a change of anything in the plan.
pub(crate) fn bump(tx: &mut Tx, plan: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE plan SET revision = revision + 1, changed_at = $2 WHERE id = $1", params![plan, now])?;
    Ok(())
}

pub(crate) fn get(tx: &mut Tx, plan: &str) -> Result<Option<PlanRow>> {
    tx.row(
        "SELECT p.id, p.number, p.name, p.start_day, p.end_day, p.revision, p.changed_at, p.content,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM plan p JOIN organisation o ON o.id = p.lead WHERE p.id = $1",
        params![plan],
    )?
    .as_ref()
    .map(|row| Ok(PlanRow { summary: summary(row)?, head: from_json(row, "content")?, lead: super::agency(row)? }))
    .transpose()
}

/// The slugs of the agencies that the plan's file lists.
pub(crate) fn agencies(tx: &mut Tx, plan: &str) -> Result<Vec<String>> {
    tx.one("SELECT agencies FROM plan WHERE id = $1", params![plan]).and_then(|row| from_json(&row, "agencies"))
}

/// A plan without its content.
pub(crate) fn brief(tx: &mut Tx, plan: &str) -> Result<Option<PlanSummary>> {
    tx.row("SELECT id, number, name, start_day, end_day, revision, changed_at FROM plan WHERE id = $1", params![plan])?
        .as_ref()
        .map(summary)
        .transpose()
}

/// All plans, the latest first.
pub(crate) fn list(tx: &mut Tx) -> Result<Vec<PlanSummary>> {
    tx.rows(
        "SELECT id, number, name, start_day, end_day, revision, changed_at FROM plan ORDER BY start_day DESC, number DESC",
        params![],
    )?
    .iter()
    .map(summary)
    .collect()
}

fn summary(row: &Row) -> Result<PlanSummary> {
    Ok(PlanSummary {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        start: must_day(row, "start_day")?,
        end: must_day(row, "end_day")?,
        revision: row.get("revision")?,
        changed_at: row.get("changed_at")?,
    })
}

/// Writes a theme without its commitments.
pub(crate) fn put_theme(tx: &mut Tx, plan: &str, theme: &Theme, position: i64) -> Result<()> {
    let content = Theme { commitment: Vec::new(), ..theme.clone() };
    tx.exec(
        "INSERT INTO theme (plan, id, position, content, retired_at) VALUES ($1, $2, $3, $4, NULL)
         ON CONFLICT (plan, id) DO UPDATE SET position = excluded.position, content = excluded.content, retired_at = NULL",
        params![plan, &theme.id, position, json(&content)?],
    )?;
    Ok(())
}

pub(crate) fn retire_theme(tx: &mut Tx, plan: &str, theme: &str, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE theme SET retired_at = $3 WHERE plan = $1 AND id = $2 AND retired_at IS NULL",
        params![plan, theme, now],
    )?;
    Ok(())
}

/// The plan's themes in order.
pub(crate) fn themes(tx: &mut Tx, plan: &str) -> Result<Vec<ThemeView>> {
    tx.rows("SELECT content FROM theme WHERE plan = $1 AND retired_at IS NULL ORDER BY position", params![plan])?
        .iter()
        .map(|row| {
            let Theme { id, name, aims, .. } = from_json(row, "content")?;
            Ok(ThemeView { id, name, aims })
        })
        .collect()
}
