//! SQL of the organisations.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::{Organisation, OrganisationKind};
use crate::actor::OrganisationId;

pub(super) fn by_id(tx: &mut Tx, id: OrganisationId) -> Result<Option<Organisation>> {
    tx.row("SELECT id, slug, kind, name, short, parent FROM organisation WHERE id = $1", params![id])?
        .as_ref()
        .map(organisation)
        .transpose()
}

pub(super) fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organisation>> {
    tx.row("SELECT id, slug, kind, name, short, parent FROM organisation WHERE slug = $1", params![slug])?
        .as_ref()
        .map(organisation)
        .transpose()
}

pub(super) fn list(tx: &mut Tx, kind: Option<OrganisationKind>) -> Result<Vec<Organisation>> {
    tx.rows(
        "SELECT id, slug, kind, name, short, parent FROM organisation
         WHERE (CAST($1 AS TEXT) IS NULL OR kind = $1) ORDER BY slug",
        params![kind],
    )?
    .iter()
    .map(organisation)
    .collect()
}

pub(super) fn insert(tx: &mut Tx, new: &Organisation, at: Time) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO organisation (id, slug, kind, name, short, parent, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (slug) DO NOTHING",
        params![new.id, &new.slug, new.kind, &new.name, &new.short, new.parent, at],
    )? == 1)
}

pub(super) fn update(tx: &mut Tx, new: &Organisation, at: Time) -> Result<()> {
    tx.exec(
        "UPDATE organisation SET kind = $2, name = $3, short = $4, parent = $5, updated_at = $6 WHERE id = $1",
        params![new.id, new.kind, &new.name, &new.short, new.parent, at],
    )?;
    Ok(())
}

fn organisation(row: &Row) -> Result<Organisation> {
    Ok(Organisation {
        id: row.get("id")?,
        slug: row.get("slug")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        short: row.get("short")?,
        parent: row.get("parent")?,
    })
}
