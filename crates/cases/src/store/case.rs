//! Table `case_file`.
//!
//! [`save`] writes a whole case that was read and changed, and refuses when another act came between.

use std::collections::BTreeSet;

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_form::Phase;

use super::{from_json, json};
use crate::model::{CaseFile, CaseId};

/// Writes a new case. False when its number or the request key is taken.
pub(crate) fn insert(tx: &mut Tx, case: &CaseFile, request_key: &str) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO case_file (id, number, service, version, state, phase, outcome, title, agency, assignee, author,
           author_name, mail, locale, assurance, channel, secret_hash, consent, publication, published_at, wants_public,
           delivery, delivered_at, answers, reviewed, area, filed_at, updated_at, answered_at, closed_at, due_at, revision,
           request_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
           $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)
         ON CONFLICT DO NOTHING",
        params![
            case.id,
            case.number.as_str(),
            case.service.as_str(),
            case.version.as_str(),
            case.state.as_str(),
            case.phase.code(),
            case.outcome.as_deref(),
            case.title.as_str(),
            case.agency,
            case.assignee,
            case.author,
            case.author_name.as_str(),
            case.mail.as_deref(),
            case.locale.tag(),
            case.assurance,
            case.channel,
            case.secret_hash.as_deref(),
            case.consent.as_ref().map(json).transpose()?,
            case.publication,
            case.published_at,
            case.wants_public,
            case.delivery,
            case.delivered_at,
            case.answers.to_json(),
            json(&case.reviewed)?,
            case.area.as_deref(),
            case.filed_at,
            case.updated_at,
            case.answered_at,
            case.closed_at,
            case.due_at,
            case.revision,
            request_key
        ],
    )? == 1)
}

/// Writes a case that was read and changed; its revision grows by one. `due_at` is written by the clocks.
///
/// # Errors
/// `Kind::Conflict` `case.changed` when it is not at the revision it was read at.
pub(crate) fn save(tx: &mut Tx, case: &mut CaseFile) -> Result<()> {
    let written = tx.exec(
        "UPDATE case_file SET version = $3, state = $4, phase = $5, outcome = $6, title = $7, agency = $8, assignee = $9,
           author = $10, author_name = $11, mail = $12, secret_hash = $13, consent = $14, publication = $15,
           published_at = $16, wants_public = $17, delivery = $18, delivered_at = $19, citizen_says = $20,
           satisfaction = $21, satisfaction_text = $22, answers = $23, reviewed = $24, area = $25, updated_at = $26,
           answered_at = $27, closed_at = $28, erased_at = $29, merged_into = $30, revision = revision + 1
         WHERE id = $1 AND revision = $2",
        params![
            case.id,
            case.revision,
            case.version.as_str(),
            case.state.as_str(),
            case.phase.code(),
            case.outcome.as_deref(),
            case.title.as_str(),
            case.agency,
            case.assignee,
            case.author,
            case.author_name.as_str(),
            case.mail.as_deref(),
            case.secret_hash.as_deref(),
            case.consent.as_ref().map(json).transpose()?,
            case.publication,
            case.published_at,
            case.wants_public,
            case.delivery,
            case.delivered_at,
            case.citizen_says,
            case.satisfaction,
            case.satisfaction_text.as_deref(),
            case.answers.to_json(),
            json(&case.reviewed)?,
            case.area.as_deref(),
            case.updated_at,
            case.answered_at,
            case.closed_at,
            case.erased_at,
            case.merged_into
        ],
    )?;
    if written == 0 {
        return Err(Error::conflict("case.changed").arg("number", &case.number));
    }
    case.revision += 1;
    Ok(())
}

pub(crate) fn by_number(tx: &mut Tx, number: &str) -> Result<Option<CaseFile>> {
    tx.row(
        "SELECT id, number, service, version, state, phase, outcome, title, agency, assignee, author, author_name, mail,
           locale, assurance, channel, secret_hash, consent, publication, published_at, wants_public, delivery,
           delivered_at, citizen_says, satisfaction, satisfaction_text, answers, reviewed, area, filed_at, updated_at,
           answered_at, closed_at, erased_at, due_at, merged_into, revision
         FROM case_file WHERE number = $1",
        params![number],
    )?
    .as_ref()
    .map(case)
    .transpose()
}

pub(crate) fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<CaseFile>> {
    tx.row(
        "SELECT id, number, service, version, state, phase, outcome, title, agency, assignee, author, author_name, mail,
           locale, assurance, channel, secret_hash, consent, publication, published_at, wants_public, delivery,
           delivered_at, citizen_says, satisfaction, satisfaction_text, answers, reviewed, area, filed_at, updated_at,
           answered_at, closed_at, erased_at, due_at, merged_into, revision
         FROM case_file WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(case)
    .transpose()
}

/// The number of a case, for links to it.
pub(crate) fn number(tx: &mut Tx, id: CaseId) -> Result<Option<String>> {
    tx.row("SELECT number FROM case_file WHERE id = $1", params![id])?.map(|row| row.get("number")).transpose()
}

/// The case that was filed with this key.
pub(crate) fn by_request_key(tx: &mut Tx, key: &str) -> Result<Option<CaseId>> {
    tx.row("SELECT id FROM case_file WHERE request_key = $1", params![key])?.map(|row| row.get("id")).transpose()
}

/// Writes when the next clock runs out; not a new revision.
pub(crate) fn set_due(tx: &mut Tx, id: CaseId, due_at: Option<Time>) -> Result<()> {
    tx.exec("UPDATE case_file SET due_at = $2 WHERE id = $1", params![id, due_at])?;
    Ok(())
}

/// Notes that the agency has seen it; not a new revision. False when it had.
pub(crate) fn set_seen(tx: &mut Tx, id: CaseId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_file SET delivery = 'seen', delivered_at = $2 WHERE id = $1 AND delivery <> 'seen'",
        params![id, now],
    )? == 1)
}

/// Cases of a version from after `after` on, by id.
pub(crate) fn of_version(tx: &mut Tx, digest: &str, after: &str, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows(
        "SELECT id FROM case_file WHERE version = $1 AND id > $2 ORDER BY id LIMIT $3",
        params![digest, after, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

fn phase(row: &Row) -> Result<Phase> {
    let code: String = row.get("phase")?;
    let known = Phase::ALL.into_iter().find(|phase| phase.code() == code);
    known.ok_or_else(|| Error::internal(format!("no phase {code}")))
}

pub(crate) fn case(row: &Row) -> Result<CaseFile> {
    let consent: Option<String> = row.get("consent")?;
    Ok(CaseFile {
        id: row.get("id")?,
        number: row.get("number")?,
        service: row.get("service")?,
        version: row.get("version")?,
        state: row.get("state")?,
        phase: phase(row)?,
        outcome: row.get("outcome")?,
        title: row.get("title")?,
        agency: row.get("agency")?,
        assignee: row.get("assignee")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        mail: row.get("mail")?,
        locale: row.get::<String>("locale")?.parse().unwrap_or_default(),
        assurance: row.get("assurance")?,
        channel: row.get("channel")?,
        secret_hash: row.get("secret_hash")?,
        consent: consent.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)?,
        publication: row.get("publication")?,
        published_at: row.get("published_at")?,
        wants_public: row.get("wants_public")?,
        delivery: row.get("delivery")?,
        delivered_at: row.get("delivered_at")?,
        citizen_says: row.get("citizen_says")?,
        satisfaction: row.get("satisfaction")?,
        satisfaction_text: row.get("satisfaction_text")?,
        answers: from_json(row, "answers")?,
        reviewed: from_json::<BTreeSet<String>>(row, "reviewed")?,
        area: row.get("area")?,
        filed_at: row.get("filed_at")?,
        updated_at: row.get("updated_at")?,
        answered_at: row.get("answered_at")?,
        closed_at: row.get("closed_at")?,
        erased_at: row.get("erased_at")?,
        due_at: row.get("due_at")?,
        merged_into: row.get("merged_into")?,
        revision: row.get("revision")?,
    })
}
