//! SQL of the messages.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};

use super::{MailId, MailState, Outgoing, Summary};

pub(super) fn insert(tx: &mut Tx, mail: &Outgoing) -> Result<()> {
    tx.exec(
        "INSERT INTO mail (id, recipient, subject, text, html, headers, state, at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $7)",
        params![
            mail.id,
            &mail.to,
            &mail.subject,
            &mail.text,
            mail.html.as_deref(),
            serde_json::to_string(&mail.headers).map_err(Error::internal)?,
            mail.at
        ],
    )?;
    Ok(())
}

pub(super) fn to_send(tx: &mut Tx, id: MailId) -> Result<Option<Outgoing>> {
    tx.row(
        "SELECT id, recipient, subject, text, html, headers, at FROM mail
         WHERE id = $1 AND state IN ('queued', 'failed') AND (text <> '' OR html IS NOT NULL)",
        params![id],
    )?
    .as_ref()
    .map(outgoing)
    .transpose()
}

pub(super) fn end(tx: &mut Tx, id: MailId, state: MailState, error: Option<&str>, now: Time) -> Result<()> {
    tx.exec("UPDATE mail SET state = $2, error = $3, updated_at = $4 WHERE id = $1", params![id, state, error, now])?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx, state: Option<MailState>, before: Option<MailId>, limit: u32) -> Result<Vec<Summary>> {
    tx.rows(
        "SELECT id, recipient, subject, state, error, at FROM mail
         WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) AND (CAST($2 AS TEXT) IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
        params![state, before, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Summary {
            id: row.get("id")?,
            to: row.get("recipient")?,
            subject: row.get("subject")?,
            state: row.get("state")?,
            error: row.get("error")?,
            at: row.get("at")?,
        })
    })
    .collect()
}

pub(super) fn kept(tx: &mut Tx, before: Option<MailId>, limit: u32) -> Result<Vec<Outgoing>> {
    tx.rows(
        "SELECT id, recipient, subject, text, html, headers, at FROM mail
         WHERE state = 'kept' AND (CAST($1 AS TEXT) IS NULL OR id < $1)
         ORDER BY id DESC LIMIT $2",
        params![before, limit],
    )?
    .iter()
    .map(outgoing)
    .collect()
}

pub(super) fn kept_one(tx: &mut Tx, id: MailId) -> Result<Option<Outgoing>> {
    tx.row(
        "SELECT id, recipient, subject, text, html, headers, at FROM mail WHERE id = $1 AND state = 'kept'",
        params![id],
    )?
    .as_ref()
    .map(outgoing)
    .transpose()
}

pub(super) fn blank(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(
        "UPDATE mail SET text = '', html = NULL, headers = '[]' WHERE id IN (
           SELECT id FROM mail
           WHERE state IN ('sent', 'failed') AND updated_at < $1 AND (text <> '' OR html IS NOT NULL)
           ORDER BY id LIMIT 1000)",
        params![before],
    )
}

pub(super) fn delete(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(
        "DELETE FROM mail WHERE id IN (
           SELECT id FROM mail WHERE state <> 'queued' AND updated_at < $1 ORDER BY id LIMIT 1000)",
        params![before],
    )
}

pub(super) fn forget(tx: &mut Tx, address: &str) -> Result<u64> {
    tx.exec("DELETE FROM mail WHERE recipient = $1", params![address])
}

fn outgoing(row: &Row) -> Result<Outgoing> {
    let headers: String = row.get("headers")?;
    Ok(Outgoing {
        id: row.get("id")?,
        to: row.get("recipient")?,
        subject: row.get("subject")?,
        text: row.get("text")?,
        html: row.get("html")?,
        headers: serde_json::from_str(&headers).map_err(Error::internal)?,
        at: row.get("at")?,
    })
}
