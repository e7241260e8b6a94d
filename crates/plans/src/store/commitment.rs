//! Tables `commitment` and `commitment_agency`.

use madang_base::{LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::{agency, from_json, json};
use crate::file::Commitment;
use crate::model::{AgencyRole, CommitmentAgency, CommitmentName};

/// Writes a commitment without its milestones and parts.
pub(crate) fn put(
    tx: &mut Tx,
    plan: &str,
    theme: &str,
    parent: Option<&str>,
    commitment: &Commitment,
    position: i64,
) -> Result<()> {
    let content = Commitment { milestone: Vec::new(), part: Vec::new(), ..commitment.clone() };
    tx.exec(
        "INSERT INTO commitment (id, plan, theme, parent, number, slug, position, name, summary, content, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)
         ON CONFLICT (id) DO UPDATE SET theme = excluded.theme, parent = excluded.parent, slug = excluded.slug,
           position = excluded.position, name = excluded.name, summary = excluded.summary, content = excluded.content,
           retired_at = NULL",
        params![
            crate::id::commitment(plan, &commitment.number),
            plan,
            theme,
            parent,
            &commitment.number,
            &commitment.slug,
            position,
            &commitment.name,
            &commitment.summary,
            json(&content)?
        ],
    )?;
    Ok(())
}

pub(crate) fn retire(tx: &mut Tx, id: &str, now: Time) -> Result<()> {
    tx.exec("UPDATE commitment SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL", params![id, now])?;
    Ok(())
}

/// Names of the plan's commitments and parts in order.
pub(crate) fn of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<CommitmentName>> {
    tx.rows(
        "SELECT id, plan, theme, parent, number, slug, name, summary FROM commitment
         WHERE plan = $1 AND retired_at IS NULL ORDER BY position",
        params![plan],
    )?
    .iter()
    .map(name)
    .collect()
}

/// A commitment of the plan with its content, with the theme it belongs to.
pub(crate) fn full_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<(CommitmentName, Commitment)>> {
    tx.rows(
        "SELECT id, plan, theme, parent, number, slug, name, summary, content FROM commitment
         WHERE plan = $1 AND retired_at IS NULL ORDER BY position",
        params![plan],
    )?
    .iter()
    .map(|row| Ok((name(row)?, from_json(row, "content")?)))
    .collect()
}

/// A commitment by its id, retired ones too, with the time of retirement.
pub(crate) fn get(tx: &mut Tx, id: &str) -> Result<Option<(CommitmentName, Commitment, Option<Time>)>> {
    tx.row(
        "SELECT id, plan, theme, parent, number, slug, name, summary, content, retired_at FROM commitment WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(|row| Ok((name(row)?, from_json(row, "content")?, row.get("retired_at")?)))
    .transpose()
}

/// The id of the commitment with this slug.
pub(crate) fn by_slug(tx: &mut Tx, plan: &str, slug: &str) -> Result<Option<String>> {
    tx.row("SELECT id FROM commitment WHERE plan = $1 AND slug = $2 AND retired_at IS NULL", params![plan, slug])?
        .map(|row| row.get("id"))
        .transpose()
}

/// Where a commitment stands in the order of its plan.
pub(crate) fn position(tx: &mut Tx, id: &str) -> Result<Option<i64>> {
    tx.row("SELECT position FROM commitment WHERE id = $1", params![id])?.map(|row| row.get("position")).transpose()
}

fn name(row: &Row) -> Result<CommitmentName> {
    Ok(CommitmentName {
        id: row.get("id")?,
        plan: row.get("plan")?,
        theme: row.get("theme")?,
        parent: row.get("parent")?,
        number: row.get("number")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        summary: row.get("summary")?,
    })
}

/// Forgets who leads and joins a commitment, before they are written anew.
pub(crate) fn clear_agencies(tx: &mut Tx, id: &str) -> Result<()> {
    tx.exec("DELETE FROM commitment_agency WHERE commitment = $1", params![id])?;
    Ok(())
}

pub(crate) fn put_agency(
    tx: &mut Tx,
    plan: &str,
    id: &str,
    role: AgencyRole,
    position: i64,
    organisation: OrganisationId,
    division: &LocalizedText,
) -> Result<()> {
    tx.exec(
        "INSERT INTO commitment_agency (commitment, role, position, plan, organisation, division)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, role, position, plan, organisation, division],
    )?;
    Ok(())
}

/// Agencies of all commitments of the plan, leading ones first, in order.
pub(crate) fn agencies_of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<CommitmentAgency>> {
    tx.rows(
        "SELECT a.commitment, a.role, a.division,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM commitment_agency a JOIN organisation o ON o.id = a.organisation
         JOIN commitment c ON c.id = a.commitment
         WHERE a.plan = $1 AND c.retired_at IS NULL ORDER BY c.position, a.role, a.position",
        params![plan],
    )?
    .iter()
    .map(commitment_agency)
    .collect()
}

/// Agencies of a commitment, leading ones first.
pub(crate) fn agencies(tx: &mut Tx, id: &str) -> Result<Vec<CommitmentAgency>> {
    tx.rows(
        "SELECT a.commitment, a.role, a.division,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM commitment_agency a JOIN organisation o ON o.id = a.organisation
         WHERE a.commitment = $1 ORDER BY a.role, a.position",
        params![id],
    )?
    .iter()
    .map(commitment_agency)
    .collect()
}

/// In which commitments of which plans an agency has a role, in order.
pub(crate) fn of_agency(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AgencyRole, CommitmentName)>> {
    tx.rows(
        "SELECT a.role, c.id, c.plan, c.theme, c.parent, c.number, c.slug, c.name, c.summary
         FROM commitment_agency a JOIN commitment c ON c.id = a.commitment JOIN plan p ON p.id = c.plan
         WHERE a.organisation = $1 AND c.retired_at IS NULL
         ORDER BY p.start_day DESC, p.number DESC, c.position, a.role, a.position",
        params![organisation],
    )?
    .iter()
    .map(|row| Ok((row.get("role")?, name(row)?)))
    .collect()
}

fn commitment_agency(row: &Row) -> Result<CommitmentAgency> {
    Ok(CommitmentAgency {
        commitment: row.get("commitment")?,
        role: row.get("role")?,
        agency: agency(row)?,
        division: row.get("division")?,
    })
}
