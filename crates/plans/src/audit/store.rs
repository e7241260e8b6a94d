//! SQL of the audit of plans.

use madang_base::Result;
use madang_db::{Row, Tx, params};
use madang_kernel::ObjectKind;

fn ids(rows: &[Row]) -> Result<Vec<String>> {
    rows.iter().map(|row| row.at(0)).collect()
}

pub(super) fn plans(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM plan WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn commitments(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM commitment WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn milestones(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM milestone WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn indicators(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM indicator WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn rounds(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM round WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn updates(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM progress WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

pub(super) fn assessments(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    ids(&tx.rows("SELECT id FROM assessment WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?)
}

/// The columns that repeat what the content of a milestone says, beside what was last reported.
pub(super) struct Milestone {
    pub number: String,
    pub title: String,
    pub continues: i64,
    pub throughout: i64,
    pub recurs: i64,
    pub claim: Option<String>,
    pub claimed_at: Option<i64>,
}

pub(super) fn milestone(tx: &mut Tx, id: &str) -> Result<Milestone> {
    let row = tx.one(
        "SELECT number, title, continues, throughout, recurs, claim, claimed_at FROM milestone WHERE id = $1",
        params![id],
    )?;
    Ok(Milestone {
        number: row.get("number")?,
        title: row.get("title")?,
        continues: row.get("continues")?,
        throughout: row.get("throughout")?,
        recurs: row.get("recurs")?,
        claim: row.get("claim")?,
        claimed_at: row.get("claimed_at")?,
    })
}

/// Name and series of an indicator, as they stand beside its content.
pub(super) fn indicator(tx: &mut Tx, id: &str) -> Result<(String, String)> {
    let row = tx.one("SELECT name, series FROM indicator WHERE id = $1", params![id])?;
    Ok((row.at(0)?, row.at(1)?))
}

/// Values of an indicator that were replaced.
pub(super) fn replaced_values(tx: &mut Tx, id: &str) -> Result<u64> {
    let row =
        tx.one("SELECT COUNT(*) FROM indicator_value WHERE indicator = $1 AND replaced_at IS NOT NULL", params![id])?;
    Ok(u64::try_from(row.at::<i64>(0)?).unwrap_or(0))
}

/// What stands of a report beside its record: by which it was corrected, and by which it says it was.
pub(super) fn corrected(tx: &mut Tx, id: &str) -> Result<(Option<String>, Option<String>)> {
    let row = tx.one(
        "SELECT (SELECT MIN(c.id) FROM progress c WHERE c.corrects = p.id) AS actual, p.corrected_by
         FROM progress p WHERE p.id = $1",
        params![id],
    )?;
    Ok((row.at(0)?, row.at(1)?))
}

/// The same of an assessment: the next of the same side, organisation and period takes its place.
pub(super) fn replaced(tx: &mut Tx, id: &str) -> Result<(Option<String>, Option<String>)> {
    let row = tx.one(
        "SELECT (SELECT n.id FROM assessment n WHERE n.commitment = a.commitment AND n.side = a.side
             AND n.organisation = a.organisation AND n.period = a.period
             AND (n.at > a.at OR (n.at = a.at AND n.id > a.id)) ORDER BY n.at, n.id LIMIT 1) AS actual,
           a.replaced_by FROM assessment a WHERE a.id = $1",
        params![id],
    )?;
    Ok((row.at(0)?, row.at(1)?))
}

/// News as they stand.
pub(super) struct News {
    pub id: String,
    pub kind: String,
    pub object: String,
    pub commitment: Option<String>,
    pub milestone: Option<String>,
    pub at: i64,
}

pub(super) fn news(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<News>> {
    tx.rows(
        "SELECT id, kind, object, commitment, milestone, at FROM news WHERE id > $1 ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| {
        Ok(News {
            id: row.get("id")?,
            kind: row.get("kind")?,
            object: row.get("object")?,
            commitment: row.get("commitment")?,
            milestone: row.get("milestone")?,
            at: row.get("at")?,
        })
    })
    .collect()
}

/// Whether there is a row.
pub(super) fn there(tx: &mut Tx, kind: ObjectKind, id: &str) -> Result<bool> {
    let row = match kind {
        ObjectKind::Plan => tx.row("SELECT id FROM plan WHERE id = $1", params![id])?,
        ObjectKind::Commitment => tx.row("SELECT id FROM commitment WHERE id = $1", params![id])?,
        ObjectKind::Indicator => tx.row("SELECT id FROM indicator WHERE id = $1", params![id])?,
        ObjectKind::Round => tx.row("SELECT id FROM round WHERE id = $1", params![id])?,
        ObjectKind::Update => tx.row("SELECT id FROM progress WHERE id = $1", params![id])?,
        _ => tx.row("SELECT id FROM assessment WHERE id = $1", params![id])?,
    };
    Ok(row.is_some())
}
