//! SQL of the links.

use madang_base::Result;
use madang_db::{Row, Tx, params};

use super::{Link, LinkType};
use crate::object::Ref;

pub(super) fn insert(tx: &mut Tx, link: &Link) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO link (source, type, target, created_at, created_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (source, type, target) DO NOTHING",
        params![&link.source, link.link_type, &link.target, link.at, link.by],
    )? == 1)
}

pub(super) fn delete(tx: &mut Tx, source: &Ref, link_type: LinkType, target: &Ref) -> Result<bool> {
    Ok(tx
        .exec("DELETE FROM link WHERE source = $1 AND type = $2 AND target = $3", params![source, link_type, target])?
        == 1)
}

pub(super) fn of_object(tx: &mut Tx, object: &Ref) -> Result<Vec<Link>> {
    tx.rows(
        "SELECT source, type, target, created_at, created_by FROM link WHERE source = $1 OR target = $1
         ORDER BY created_at, source, type, target",
        params![object],
    )?
    .iter()
    .map(link)
    .collect()
}

fn link(row: &Row) -> Result<Link> {
    Ok(Link {
        source: row.get("source")?,
        link_type: row.get("type")?,
        target: row.get("target")?,
        at: row.get("created_at")?,
        by: row.get("created_by")?,
    })
}
