//! Table `case_draft`.

use std::collections::BTreeMap;

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_form::{Answers, Raw};

use super::{from_json, json};

/// A draft as stored; its answers are not typed yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftRow {
    pub owner: String,
    pub service: String,
    pub version: String,
    pub request_key: String,
    pub screen: u8,
    pub answers: Answers,
    pub raw: Raw,
    pub updated_at: Time,
}

/// Writes a draft; one that is there keeps its request key.
pub(crate) fn put(tx: &mut Tx, draft: &DraftRow) -> Result<()> {
    tx.exec(
        "INSERT INTO case_draft (owner, service, version, request_key, screen, answers, raw, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (owner, service) DO UPDATE SET version = excluded.version, screen = excluded.screen,
           answers = excluded.answers, raw = excluded.raw, updated_at = excluded.updated_at",
        params![
            draft.owner.as_str(),
            draft.service.as_str(),
            draft.version.as_str(),
            draft.request_key.as_str(),
            draft.screen,
            draft.answers.to_json(),
            json(&draft.raw.0)?,
            draft.updated_at
        ],
    )?;
    Ok(())
}

pub(crate) fn get(tx: &mut Tx, owner: &str, service: &str) -> Result<Option<DraftRow>> {
    tx.row(
        "SELECT owner, service, version, request_key, screen, answers, raw, updated_at FROM case_draft
         WHERE owner = $1 AND service = $2",
        params![owner, service],
    )?
    .as_ref()
    .map(draft)
    .transpose()
}

/// The drafts of an owner, newest first.
pub(crate) fn of_owner(tx: &mut Tx, owner: &str) -> Result<Vec<DraftRow>> {
    tx.rows(
        "SELECT owner, service, version, request_key, screen, answers, raw, updated_at FROM case_draft
         WHERE owner = $1 ORDER BY updated_at DESC, service",
        params![owner],
    )?
    .iter()
    .map(draft)
    .collect()
}

/// The drafts that would be filed with this key.
pub(crate) fn of_request(tx: &mut Tx, request_key: &str) -> Result<Vec<DraftRow>> {
    tx.rows(
        "SELECT owner, service, version, request_key, screen, answers, raw, updated_at FROM case_draft
         WHERE request_key = $1 ORDER BY owner",
        params![request_key],
    )?
    .iter()
    .map(draft)
    .collect()
}

pub(crate) fn set_owner(tx: &mut Tx, from: &str, service: &str, to: &str) -> Result<()> {
    tx.exec("UPDATE case_draft SET owner = $3 WHERE owner = $1 AND service = $2", params![from, service, to])?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx, owner: &str, service: &str) -> Result<bool> {
    Ok(tx.exec("DELETE FROM case_draft WHERE owner = $1 AND service = $2", params![owner, service])? == 1)
}

/// Drafts that nobody has touched since, the oldest first.
pub(crate) fn untouched(tx: &mut Tx, since: Time, limit: u32) -> Result<Vec<DraftRow>> {
    tx.rows(
        "SELECT owner, service, version, request_key, screen, answers, raw, updated_at FROM case_draft
         WHERE updated_at < $1 ORDER BY updated_at LIMIT $2",
        params![since, limit],
    )?
    .iter()
    .map(draft)
    .collect()
}

fn draft(row: &Row) -> Result<DraftRow> {
    Ok(DraftRow {
        owner: row.get("owner")?,
        service: row.get("service")?,
        version: row.get("version")?,
        request_key: row.get("request_key")?,
        screen: row.get("screen")?,
        answers: from_json(row, "answers")?,
        raw: Raw(from_json::<BTreeMap<String, Vec<String>>>(row, "raw")?),
        updated_at: row.get("updated_at")?,
    })
}
