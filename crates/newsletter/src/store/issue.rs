//! Table `newsletter_issue`.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use crate::model::{Content, Issue, IssueId, IssueState, NewsletterId};
use crate::period::Period;

/// What stands in `reached` when everybody has been written to; sorts behind every subscriber.
pub(crate) const ALL: &str = "~";

/// Writes a draft. False when the period has an issue already.
pub(crate) fn insert(tx: &mut Tx, new: &Issue) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO newsletter_issue
           (id, newsletter, period, from_at, until_at, state, content, undo, revision, created_at, changed_at, reached)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '[]', $8, $9, $9, '') ON CONFLICT (newsletter, period) DO NOTHING",
        params![
            new.id,
            new.newsletter,
            new.period.to_string(),
            new.from,
            new.until,
            new.state,
            new.content.to_json()?,
            new.revision,
            new.created_at
        ],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: IssueId) -> Result<Option<Issue>> {
    tx.row(
        "SELECT id, newsletter, period, from_at, until_at, state, content, undo, revision, account, created_at,
           changed_at, send_at, sent_at, reached FROM newsletter_issue WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(issue)
    .transpose()
}

pub(crate) fn of_period(tx: &mut Tx, newsletter: NewsletterId, period: Period) -> Result<Option<Issue>> {
    tx.row(
        "SELECT id, newsletter, period, from_at, until_at, state, content, undo, revision, account, created_at,
           changed_at, send_at, sent_at, reached FROM newsletter_issue WHERE newsletter = $1 AND period = $2",
        params![newsletter, period.to_string()],
    )?
    .as_ref()
    .map(issue)
    .transpose()
}

/// What was sent of a newsletter, newest first, from before the instant `before`.
pub(crate) fn sent(tx: &mut Tx, newsletter: NewsletterId, before: Time, limit: u32) -> Result<Vec<Issue>> {
    tx.rows(
        "SELECT id, newsletter, period, from_at, until_at, state, content, undo, revision, account, created_at,
           changed_at, send_at, sent_at, reached FROM newsletter_issue
         WHERE newsletter = $1 AND state = 'sent' AND sent_at < $2 ORDER BY sent_at DESC LIMIT $3",
        params![newsletter, before, limit],
    )?
    .iter()
    .map(issue)
    .collect()
}

/// How many were sent of a newsletter, and when the last.
pub(crate) fn sent_count(tx: &mut Tx, newsletter: NewsletterId) -> Result<(i64, Option<Time>)> {
    let row = tx.one(
        "SELECT COUNT(*) AS n, MAX(sent_at) AS last FROM newsletter_issue WHERE newsletter = $1 AND state = 'sent'",
        params![newsletter],
    )?;
    Ok((row.get("n")?, row.get("last")?))
}

/// What is not sent yet of a newsletter, the newest period first.
pub(crate) fn open(tx: &mut Tx, newsletter: NewsletterId) -> Result<Vec<Issue>> {
    tx.rows(
        "SELECT id, newsletter, period, from_at, until_at, state, content, undo, revision, account, created_at,
           changed_at, send_at, sent_at, reached FROM newsletter_issue
         WHERE newsletter = $1 AND state <> 'sent' ORDER BY period DESC",
        params![newsletter],
    )?
    .iter()
    .map(issue)
    .collect()
}

/// Sent issues of all newsletters by id, from after one of them; for an index.
pub(crate) fn sent_by_id(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<Issue>> {
    tx.rows(
        "SELECT id, newsletter, period, from_at, until_at, state, content, undo, revision, account, created_at,
           changed_at, send_at, sent_at, reached FROM newsletter_issue
         WHERE state = 'sent' AND id > $1 ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(issue)
    .collect()
}

/// Whether a newsletter's mails are still being written.
pub(crate) fn mailing(tx: &mut Tx, newsletter: NewsletterId) -> Result<bool> {
    let row = tx.row(
        "SELECT id FROM newsletter_issue WHERE newsletter = $1 AND state = 'sent' AND reached <> '~' LIMIT 1",
        params![newsletter],
    )?;
    Ok(row.is_some())
}

/// What an edit writes.
#[derive(Debug)]
pub(crate) struct Edit<'a> {
    pub id: IssueId,
    pub content: &'a Content,
    pub undo: &'a [Content],
    pub account: Option<AccountId>,
    pub at: Time,
}

/// Writes the content of a draft. False when somebody else wrote since `revision`, or it is no draft any more.
pub(crate) fn edit(tx: &mut Tx, edit: &Edit<'_>, revision: i64) -> Result<bool> {
    let undo: Vec<serde_json::Value> =
        edit.undo.iter().map(|c| serde_json::to_value(c).map_err(Error::internal)).collect::<Result<_>>()?;
    Ok(tx.exec(
        "UPDATE newsletter_issue SET content = $3, undo = $4, account = $5, changed_at = $6, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND state = 'draft'",
        params![
            edit.id,
            revision,
            edit.content.to_json()?,
            serde_json::Value::from(undo).to_string(),
            edit.account,
            edit.at
        ],
    )? == 1)
}

/// The contents before the last edits, newest last.
pub(crate) fn undo(tx: &mut Tx, id: IssueId) -> Result<Vec<Content>> {
    let row = tx.one("SELECT undo FROM newsletter_issue WHERE id = $1", params![id])?;
    serde_json::from_str(&row.get::<String>("undo")?).map_err(Error::internal)
}

/// Puts a draft into the state of waiting, or back. False when somebody else wrote since `revision`.
pub(crate) fn schedule(
    tx: &mut Tx,
    id: IssueId,
    state: IssueState,
    send_at: Option<Time>,
    account: Option<AccountId>,
    revision: i64,
) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter_issue SET state = $3, send_at = $4, account = $5, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND state <> 'sent'",
        params![id, revision, state, send_at, account],
    )? == 1)
}

/// Makes it public. What could be taken back of its edits can be no more. False when it was sent, or somebody else wrote
/// since `revision`.
pub(crate) fn send(tx: &mut Tx, id: IssueId, content: &Content, at: Time, revision: i64) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter_issue SET state = 'sent', content = $3, undo = '[]', send_at = NULL, sent_at = $4,
           changed_at = $4, reached = '', revision = revision + 1
         WHERE id = $1 AND revision = $2 AND state <> 'sent'",
        params![id, revision, content.to_json()?, at],
    )? == 1)
}

/// Writes the content of a sent issue, for a correction.
pub(crate) fn correct(tx: &mut Tx, id: IssueId, content: &Content, at: Time, revision: i64) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter_issue SET content = $3, changed_at = $4, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND state = 'sent'",
        params![id, revision, content.to_json()?, at],
    )? == 1)
}

/// The last subscriber who was written to.
pub(crate) fn reached(tx: &mut Tx, id: IssueId) -> Result<Option<String>> {
    tx.row("SELECT reached FROM newsletter_issue WHERE id = $1 AND state = 'sent'", params![id])?
        .map(|row| row.get("reached"))
        .transpose()
}

/// Moves on from `from`. False when another has moved on.
pub(crate) fn move_on(tx: &mut Tx, id: IssueId, from: &str, to: &str) -> Result<bool> {
    Ok(tx.exec("UPDATE newsletter_issue SET reached = $3 WHERE id = $1 AND reached = $2", params![id, from, to])? == 1)
}

fn issue(row: &Row) -> Result<Issue> {
    let content = serde_json::from_str(&row.get::<String>("content")?).map_err(Error::internal)?;
    let undo: Vec<serde_json::Value> = serde_json::from_str(&row.get::<String>("undo")?).map_err(Error::internal)?;
    let state: IssueState = row.get("state")?;
    let reached: String = row.get("reached")?;
    Ok(Issue {
        id: row.get("id")?,
        newsletter: row.get("newsletter")?,
        period: row.get::<String>("period")?.parse().map_err(Error::internal)?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
        state,
        content,
        undos: undo.len(),
        revision: row.get("revision")?,
        account: row.get("account")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        send_at: row.get("send_at")?,
        sent_at: row.get("sent_at")?,
        mailing: state == IssueState::Sent && reached != ALL,
    })
}
