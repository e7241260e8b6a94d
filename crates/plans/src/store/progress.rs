//! Tables `progress` and `evidence`.

use std::collections::BTreeMap;

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::agency;
use crate::model::{Evidence, Update, UpdateId};
use crate::rules::Claim;

pub(crate) fn insert(tx: &mut Tx, update: &Update) -> Result<()> {
    tx.exec(
        "INSERT INTO progress (id, plan, commitment, milestone, period, organisation, account, claim, percent, text,
           delay_reason, at, corrects, corrected_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL)",
        params![
            update.id,
            &update.plan,
            &update.commitment,
            update.milestone.as_deref(),
            update.period,
            update.agency.id,
            update.account,
            update.claim,
            update.percent,
            &update.text,
            &update.delay_reason,
            update.at,
            update.corrects
        ],
    )?;
    for (position, evidence) in (0_i64..).zip(&update.evidence) {
        tx.exec(
            "INSERT INTO evidence (progress, position, kind, title, target) VALUES ($1, $2, $3, $4, $5)",
            params![update.id, position, evidence.kind, &evidence.title, &evidence.target],
        )?;
    }
    Ok(())
}

/// Marks a report as corrected. False when it was already.
pub(crate) fn correct(tx: &mut Tx, id: UpdateId, by: UpdateId) -> Result<bool> {
    Ok(tx.exec("UPDATE progress SET corrected_by = $2 WHERE id = $1 AND corrected_by IS NULL", params![id, by])? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: UpdateId) -> Result<Option<Update>> {
    let Some(row) = tx.row(
        "SELECT p.id, p.plan, p.commitment, p.milestone, p.period, p.account, p.claim, p.percent, p.text,
           p.delay_reason, p.at, p.corrects, p.corrected_by,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM progress p JOIN organisation o ON o.id = p.organisation WHERE p.id = $1",
        params![id],
    )?
    else {
        return Ok(None);
    };
    let mut found = update(&row)?;
    found.evidence = evidence(tx, id)?;
    Ok(Some(found))
}

/// Reports on a commitment and its milestones, newest first.
pub(crate) fn of_commitment(
    tx: &mut Tx,
    commitment: &str,
    before: Option<UpdateId>,
    limit: u32,
) -> Result<Vec<Update>> {
    let rows = tx.rows(
        "SELECT p.id, p.plan, p.commitment, p.milestone, p.period, p.account, p.claim, p.percent, p.text,
           p.delay_reason, p.at, p.corrects, p.corrected_by,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM progress p JOIN organisation o ON o.id = p.organisation
         WHERE p.commitment = $1 AND (CAST($2 AS TEXT) IS NULL OR p.id < $2) ORDER BY p.id DESC LIMIT $3",
        params![commitment, before, limit],
    )?;
    with_evidence(tx, &rows)
}

/// Reports of an agency, newest first.
pub(crate) fn of_agency(
    tx: &mut Tx,
    organisation: OrganisationId,
    before: Option<UpdateId>,
    limit: u32,
) -> Result<Vec<Update>> {
    let rows = tx.rows(
        "SELECT p.id, p.plan, p.commitment, p.milestone, p.period, p.account, p.claim, p.percent, p.text,
           p.delay_reason, p.at, p.corrects, p.corrected_by,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM progress p JOIN organisation o ON o.id = p.organisation
         WHERE p.organisation = $1 AND (CAST($2 AS TEXT) IS NULL OR p.id < $2) ORDER BY p.id DESC LIMIT $3",
        params![organisation, before, limit],
    )?;
    with_evidence(tx, &rows)
}

fn with_evidence(tx: &mut Tx, rows: &[Row]) -> Result<Vec<Update>> {
    let mut updates = rows.iter().map(update).collect::<Result<Vec<_>>>()?;
    for update in &mut updates {
        update.evidence = evidence(tx, update.id)?;
    }
    Ok(updates)
}

fn evidence(tx: &mut Tx, id: UpdateId) -> Result<Vec<Evidence>> {
    tx.rows("SELECT kind, title, target FROM evidence WHERE progress = $1 ORDER BY position", params![id])?
        .iter()
        .map(|row| Ok(Evidence { kind: row.get("kind")?, title: row.get("title")?, target: row.get("target")? }))
        .collect()
}

/// How many pieces of evidence stand for each milestone of a plan.
pub(crate) fn evidence_of_plan(tx: &mut Tx, plan: &str) -> Result<BTreeMap<String, u32>> {
    tx.rows(
        "SELECT p.milestone, COUNT(*) AS n FROM progress p JOIN evidence e ON e.progress = p.id
         WHERE p.plan = $1 AND p.milestone IS NOT NULL AND p.corrected_by IS NULL GROUP BY p.milestone",
        params![plan],
    )?
    .iter()
    .map(|row| Ok((row.get("milestone")?, row.get("n")?)))
    .collect()
}

/// What was reported of a milestone, corrected reports left out, oldest first: period, claim, time.
pub(crate) fn claims(tx: &mut Tx, milestone: &str) -> Result<Vec<(Option<i64>, Claim, Time)>> {
    tx.rows(
        "SELECT period, claim, at FROM progress WHERE milestone = $1 AND corrected_by IS NULL ORDER BY id",
        params![milestone],
    )?
    .iter()
    .map(|row| Ok((row.get("period")?, row.get("claim")?, row.get("at")?)))
    .collect()
}

fn update(row: &Row) -> Result<Update> {
    Ok(Update {
        id: row.get("id")?,
        plan: row.get("plan")?,
        commitment: row.get("commitment")?,
        milestone: row.get("milestone")?,
        period: row.get("period")?,
        agency: agency(row)?,
        account: row.get("account")?,
        claim: row.get("claim")?,
        percent: row.get("percent")?,
        text: row.get("text")?,
        delay_reason: row.get("delay_reason")?,
        evidence: Vec::new(),
        at: row.get("at")?,
        corrects: row.get("corrects")?,
        corrected_by: row.get("corrected_by")?,
    })
}
