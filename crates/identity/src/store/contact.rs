//! Table `contact`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::lines;
use crate::directory::{Contact, ContactId};

fn contact(row: &Row) -> Result<Contact> {
    Ok(Contact {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        role: row.get("role")?,
        office: row.get("office")?,
        name: row.get("name")?,
        title: row.get("title")?,
        phone: row.get("phone")?,
        mail: row.get("mail")?,
        topics: lines(&row.get::<String>("topics")?),
        areas: lines(&row.get::<String>("areas")?),
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        confirmed_at: row.get("confirmed_at")?,
        retired_at: row.get("retired_at")?,
    })
}

pub fn insert(tx: &mut Tx, contact: &Contact) -> Result<()> {
    tx.exec(
        "INSERT INTO contact (id, organisation, role, office, name, title, phone, mail, topics, areas, created_at,
           changed_at, confirmed_at, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            contact.id,
            contact.organisation,
            contact.role,
            &contact.office,
            &contact.name,
            &contact.title,
            &contact.phone,
            &contact.mail,
            contact.topics.join("\n"),
            contact.areas.join("\n"),
            contact.created_at,
            contact.changed_at,
            contact.confirmed_at,
            contact.retired_at
        ],
    )?;
    Ok(())
}

/// Everything but whose it is and since when.
pub fn update(tx: &mut Tx, contact: &Contact) -> Result<()> {
    tx.exec(
        "UPDATE contact SET role = $2, office = $3, name = $4, title = $5, phone = $6, mail = $7, topics = $8,
           areas = $9, changed_at = $10, confirmed_at = $11, retired_at = $12
         WHERE id = $1",
        params![
            contact.id,
            contact.role,
            &contact.office,
            &contact.name,
            &contact.title,
            &contact.phone,
            &contact.mail,
            contact.topics.join("\n"),
            contact.areas.join("\n"),
            contact.changed_at,
            contact.confirmed_at,
            contact.retired_at
        ],
    )?;
    Ok(())
}

/// Also one that is retired.
pub fn get(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>> {
    tx.row(
        "SELECT id, organisation, role, office, name, title, phone, mail, topics, areas, created_at, changed_at,
           confirmed_at, retired_at FROM contact WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(contact)
    .transpose()
}

/// Those that stand in the directory: the officer for open government first, then by office.
pub fn of(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Contact>> {
    tx.rows(
        "SELECT id, organisation, role, office, name, title, phone, mail, topics, areas, created_at, changed_at,
           confirmed_at, retired_at FROM contact WHERE organisation = $1 AND retired_at IS NULL
         ORDER BY role DESC, office, id",
        params![organisation],
    )?
    .iter()
    .map(contact)
    .collect()
}

/// Those that stand in the directory, by id.
pub fn page(tx: &mut Tx, after: Option<ContactId>, limit: u32) -> Result<Vec<Contact>> {
    tx.rows(
        "SELECT id, organisation, role, office, name, title, phone, mail, topics, areas, created_at, changed_at,
           confirmed_at, retired_at FROM contact
         WHERE retired_at IS NULL AND (CAST($1 AS TEXT) IS NULL OR id > $1) ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(contact)
    .collect()
}

/// How many stand in the directory, how many of them were not confirmed since, of one agency.
pub fn counts(tx: &mut Tx, organisation: OrganisationId, since: Time) -> Result<(i64, i64)> {
    let row = tx.one(
        "SELECT COUNT(*) AS number, COUNT(CASE WHEN confirmed_at < $2 THEN 1 END) AS old FROM contact
         WHERE organisation = $1 AND retired_at IS NULL",
        params![organisation, since],
    )?;
    Ok((row.get("number")?, row.get("old")?))
}
