//! Table `newsletter`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use crate::model::{Newsletter, NewsletterId};

/// Writes a newsletter. False when the word of its address is taken.
pub(crate) fn insert(tx: &mut Tx, new: &Newsletter) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO newsletter (id, slug, organisation, name, about, topic, agency, area, rhythm, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (slug) DO NOTHING",
        params![
            new.id,
            new.slug.as_str(),
            new.organisation,
            &new.name,
            &new.about,
            new.topic.as_str(),
            new.agency.map(|id| id.to_string()).unwrap_or_default(),
            new.area.as_deref().unwrap_or_default(),
            new.rhythm,
            new.revision,
            new.created_at
        ],
    )? == 1)
}

/// Writes the settings. False when somebody else wrote since `revision`.
pub(crate) fn update(tx: &mut Tx, new: &Newsletter, revision: i64) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter SET name = $3, about = $4, topic = $5, agency = $6, area = $7, rhythm = $8,
           revision = revision + 1
         WHERE id = $1 AND revision = $2 AND retired_at IS NULL",
        params![
            new.id,
            revision,
            &new.name,
            &new.about,
            new.topic.as_str(),
            new.agency.map(|id| id.to_string()).unwrap_or_default(),
            new.area.as_deref().unwrap_or_default(),
            new.rhythm
        ],
    )? == 1)
}

pub(crate) fn retire(tx: &mut Tx, id: NewsletterId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter SET retired_at = $2, revision = revision + 1 WHERE id = $1 AND retired_at IS NULL",
        params![id, now],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: NewsletterId) -> Result<Option<Newsletter>> {
    tx.row(
        "SELECT id, slug, organisation, name, about, topic, agency, area, rhythm, revision, created_at, retired_at
         FROM newsletter WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(newsletter)
    .transpose()
}

pub(crate) fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Newsletter>> {
    tx.row(
        "SELECT id, slug, organisation, name, about, topic, agency, area, rhythm, revision, created_at, retired_at
         FROM newsletter WHERE slug = $1",
        params![slug],
    )?
    .as_ref()
    .map(newsletter)
    .transpose()
}

/// All of them, those that still come first, by their words.
pub(crate) fn all(tx: &mut Tx, limit: u32) -> Result<Vec<Newsletter>> {
    tx.rows(
        "SELECT id, slug, organisation, name, about, topic, agency, area, rhythm, revision, created_at, retired_at
         FROM newsletter ORDER BY COALESCE(retired_at, 0), slug LIMIT $1",
        params![limit],
    )?
    .iter()
    .map(newsletter)
    .collect()
}

/// Those of an organisation.
pub(crate) fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Newsletter>> {
    tx.rows(
        "SELECT id, slug, organisation, name, about, topic, agency, area, rhythm, revision, created_at, retired_at
         FROM newsletter WHERE organisation = $1 ORDER BY COALESCE(retired_at, 0), slug",
        params![organisation],
    )?
    .iter()
    .map(newsletter)
    .collect()
}

fn newsletter(row: &Row) -> Result<Newsletter> {
    let agency: String = row.get("agency")?;
    let area: String = row.get("area")?;
    Ok(Newsletter {
        id: row.get("id")?,
        slug: row.get("slug")?,
        organisation: row.get("organisation")?,
        name: row.get("name")?,
        about: row.get("about")?,
        topic: row.get("topic")?,
        agency: if agency.is_empty() { None } else { Some(agency.parse()?) },
        area: Some(area).filter(|area| !area.is_empty()),
        rhythm: row.get("rhythm")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        retired_at: row.get("retired_at")?,
    })
}
