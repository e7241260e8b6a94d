//! SQL of the files.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::{Attachment, Blob};
use crate::object::{ObjectKind, Ref};

pub(super) fn insert(tx: &mut Tx, blob: &Blob, at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO blob (sha256, size, media_type, width, height, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (sha256) DO NOTHING",
        params![&blob.sha256, blob.size, blob.media_type, blob.width, blob.height, at],
    )?;
    Ok(())
}

pub(super) fn known(tx: &mut Tx, sha256: &str) -> Result<bool> {
    Ok(tx.row("SELECT sha256 FROM blob WHERE sha256 = $1", params![sha256])?.is_some())
}

pub(super) fn use_insert(tx: &mut Tx, sha256: &str, object: &Ref, name: &str, at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO blob_use (sha256, object, name, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (sha256, object) DO UPDATE SET name = excluded.name",
        params![sha256, object, name, at],
    )?;
    Ok(())
}

pub(super) fn use_delete(tx: &mut Tx, sha256: &str, object: &Ref) -> Result<bool> {
    Ok(tx.exec("DELETE FROM blob_use WHERE sha256 = $1 AND object = $2", params![sha256, object])? == 1)
}

pub(super) fn uses(tx: &mut Tx, object: &Ref) -> Result<Vec<Attachment>> {
    tx.rows(
        "SELECT b.sha256, b.size, b.media_type, b.width, b.height, u.name, u.created_at
         FROM blob_use u JOIN blob b ON b.sha256 = u.sha256
         WHERE u.object = $1 ORDER BY u.created_at, u.name, b.sha256",
        params![object],
    )?
    .iter()
    .map(attachment)
    .collect()
}

pub(super) fn use_one(tx: &mut Tx, sha256: &str, object: &Ref) -> Result<Option<Attachment>> {
    tx.row(
        "SELECT b.sha256, b.size, b.media_type, b.width, b.height, u.name, u.created_at
         FROM blob_use u JOIN blob b ON b.sha256 = u.sha256
         WHERE u.object = $1 AND u.sha256 = $2",
        params![object, sha256],
    )?
    .as_ref()
    .map(attachment)
    .transpose()
}

pub(super) fn users(tx: &mut Tx, sha256: &str) -> Result<Vec<Ref>> {
    tx.rows("SELECT object FROM blob_use WHERE sha256 = $1 ORDER BY created_at, object LIMIT 100", params![sha256])?
        .iter()
        .map(|row| row.at::<String>(0)?.parse())
        .collect()
}

/// The first use of a file by an object of a kind. A reference is `kind:id`; `;` is the character after `:`.
pub(super) fn use_of_kind(tx: &mut Tx, sha256: &str, kind: ObjectKind) -> Result<Option<Attachment>> {
    tx.row(
        "SELECT b.sha256, b.size, b.media_type, b.width, b.height, u.name, u.created_at
         FROM blob_use u JOIN blob b ON b.sha256 = u.sha256
         WHERE u.sha256 = $1 AND u.object >= $2 AND u.object < $3 ORDER BY u.object LIMIT 1",
        params![sha256, format!("{kind}:"), format!("{kind};")],
    )?
    .as_ref()
    .map(attachment)
    .transpose()
}

/// Deletes rows from before `before` that no object uses, at most 500.
pub(super) fn delete_unused(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(
        "DELETE FROM blob WHERE sha256 IN (
           SELECT b.sha256 FROM blob b
           WHERE b.created_at < $1 AND NOT EXISTS (SELECT 1 FROM blob_use u WHERE u.sha256 = b.sha256)
           ORDER BY b.created_at, b.sha256 LIMIT 500)",
        params![before],
    )
}

fn attachment(row: &Row) -> Result<Attachment> {
    Ok(Attachment {
        blob: Blob {
            sha256: row.get("sha256")?,
            size: row.get("size")?,
            media_type: row.get("media_type")?,
            width: row.get("width")?,
            height: row.get("height")?,
        },
        name: row.get("name")?,
        at: row.get("created_at")?,
    })
}
