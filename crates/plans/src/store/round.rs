//! Tables `round` and `round_answer`.

use madang_base::{LocalizedText, Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{AccountId, OrganisationId};

use super::{agency, must_day};
use crate::model::{Round, RoundAnswer, RoundId, RoundState};
use crate::schedule::day_number;

/// Writes a round. False when the plan has one with this label.
pub(crate) fn insert(tx: &mut Tx, round: &Round) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO round (id, plan, label, title, due_day, state, conclusion, opened_at, closed_at, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL) ON CONFLICT (plan, label) DO NOTHING",
        params![
            round.id,
            &round.plan,
            &round.label,
            &round.title,
            day_number(round.due),
            round.state,
            &round.conclusion,
            round.opened_at
        ],
    )? == 1)
}

/// Asks an agency. False when it was asked already.
pub(crate) fn ask(tx: &mut Tx, round: RoundId, organisation: OrganisationId) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO round_answer (round, organisation, text, account, answered_at)
         VALUES ($1, $2, $3, NULL, NULL) ON CONFLICT (round, organisation) DO NOTHING",
        params![round, organisation, &LocalizedText::default()],
    )? == 1)
}

/// Writes an agency's answer. False when it was not asked.
pub(crate) fn answer(
    tx: &mut Tx,
    round: RoundId,
    organisation: OrganisationId,
    text: &LocalizedText,
    account: Option<AccountId>,
    now: Time,
) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE round_answer SET text = $3, account = $4, answered_at = $5 WHERE round = $1 AND organisation = $2",
        params![round, organisation, text, account, now],
    )? == 1)
}

/// Closes an open round. False when it is not open.
pub(crate) fn close(tx: &mut Tx, round: RoundId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE round SET state = 'closed', closed_at = $2 WHERE id = $1 AND state = 'open'",
        params![round, now],
    )? == 1)
}

/// Publishes a closed round. False when it is not closed.
pub(crate) fn publish(tx: &mut Tx, round: RoundId, conclusion: &LocalizedText, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE round SET state = 'published', conclusion = $2, published_at = $3 WHERE id = $1 AND state = 'closed'",
        params![round, conclusion, now],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: RoundId) -> Result<Option<Round>> {
    tx.row(
        "SELECT id, plan, label, title, due_day, state, conclusion, opened_at, closed_at, published_at
         FROM round WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(round)
    .transpose()
}

/// The plan's rounds, the latest first.
pub(crate) fn of_plan(tx: &mut Tx, plan: &str) -> Result<Vec<Round>> {
    tx.rows(
        "SELECT id, plan, label, title, due_day, state, conclusion, opened_at, closed_at, published_at
         FROM round WHERE plan = $1 ORDER BY id DESC",
        params![plan],
    )?
    .iter()
    .map(round)
    .collect()
}

/// What the agencies answered, in the order of their slugs.
pub(crate) fn answers(tx: &mut Tx, id: RoundId) -> Result<Vec<RoundAnswer>> {
    tx.rows(
        "SELECT a.text, a.answered_at,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM round_answer a JOIN organisation o ON o.id = a.organisation WHERE a.round = $1 ORDER BY o.slug",
        params![id],
    )?
    .iter()
    .map(|row| Ok(RoundAnswer { agency: agency(row)?, text: row.get("text")?, answered_at: row.get("answered_at")? }))
    .collect()
}

/// Open rounds that wait for the answer of one of an agency's officers.
pub(crate) fn waiting_for(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Round>> {
    tx.rows(
        "SELECT r.id, r.plan, r.label, r.title, r.due_day, r.state, r.conclusion, r.opened_at, r.closed_at,
           r.published_at
         FROM round_answer a JOIN round r ON r.id = a.round
         WHERE a.organisation = $1 AND a.answered_at IS NULL AND r.state = 'open' ORDER BY r.due_day, r.id",
        params![organisation],
    )?
    .iter()
    .map(round)
    .collect()
}

fn round(row: &Row) -> Result<Round> {
    let state: RoundState = row.get("state")?;
    Ok(Round {
        id: row.get("id")?,
        plan: row.get("plan")?,
        label: row.get("label")?,
        title: row.get("title")?,
        due: must_day(row, "due_day")?,
        state,
        conclusion: row.get("conclusion")?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
        published_at: row.get("published_at")?,
    })
}
