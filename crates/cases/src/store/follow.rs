//! Tables `case_follow` and `case_notice`: who follows a case, and how far the notices of an event have got.

use madang_base::{Error, Locale, Result, Time};
use madang_db::{Row, Tx, params};

use crate::model::CaseId;
use crate::service::follow::{Follow, FollowId, Rhythm, Subscriber};

/// False when the subscriber follows the case already.
pub(crate) fn insert(tx: &mut Tx, follow: &Follow) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO case_follow (id, case_id, subscriber, rhythm, reason, locale, created_at, digested_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (case_id, subscriber) DO NOTHING",
        params![
            follow.id,
            follow.case,
            follow.subscriber.to_string(),
            follow.rhythm,
            follow.reason,
            follow.locale.tag(),
            follow.created_at,
            follow.digested_at
        ],
    )? == 1)
}

pub(crate) fn set_rhythm(tx: &mut Tx, case: CaseId, subscriber: &Subscriber, rhythm: Rhythm) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_follow SET rhythm = $3 WHERE case_id = $1 AND subscriber = $2",
        params![case, subscriber.to_string(), rhythm],
    )? == 1)
}

pub(crate) fn delete(tx: &mut Tx, id: FollowId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM case_follow WHERE id = $1", params![id])? == 1)
}

/// Ends everything a subscriber follows, for the deletion of an account.
pub(crate) fn delete_all(tx: &mut Tx, subscriber: &Subscriber) -> Result<u64> {
    tx.exec("DELETE FROM case_follow WHERE subscriber = $1", params![subscriber.to_string()])
}

/// Ends all weekly follows of a subscriber.
pub(crate) fn delete_weekly(tx: &mut Tx, subscriber: &Subscriber) -> Result<u64> {
    tx.exec("DELETE FROM case_follow WHERE subscriber = $1 AND rhythm = 'weekly'", params![subscriber.to_string()])
}

pub(crate) fn get(tx: &mut Tx, id: FollowId) -> Result<Option<Follow>> {
    tx.row(
        "SELECT id, case_id, subscriber, rhythm, reason, locale, created_at, digested_at FROM case_follow WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(follow)
    .transpose()
}

pub(crate) fn find(tx: &mut Tx, case: CaseId, subscriber: &Subscriber) -> Result<Option<Follow>> {
    tx.row(
        "SELECT id, case_id, subscriber, rhythm, reason, locale, created_at, digested_at FROM case_follow
         WHERE case_id = $1 AND subscriber = $2",
        params![case, subscriber.to_string()],
    )?
    .as_ref()
    .map(follow)
    .transpose()
}

/// The followers of a case in the order of their words, from after `after`; those of after `before` are left out.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId, before: Time, after: &str, limit: u32) -> Result<Vec<Follow>> {
    tx.rows(
        "SELECT id, case_id, subscriber, rhythm, reason, locale, created_at, digested_at FROM case_follow
         WHERE case_id = $1 AND created_at <= $2 AND subscriber > $3 ORDER BY subscriber LIMIT $4",
        params![case, before, after, limit],
    )?
    .iter()
    .map(follow)
    .collect()
}

/// What a subscriber follows weekly.
pub(crate) fn weekly_of(tx: &mut Tx, subscriber: &Subscriber, limit: u32) -> Result<Vec<Follow>> {
    tx.rows(
        "SELECT id, case_id, subscriber, rhythm, reason, locale, created_at, digested_at FROM case_follow
         WHERE subscriber = $1 AND rhythm = 'weekly' ORDER BY created_at DESC, case_id LIMIT $2",
        params![subscriber.to_string(), limit],
    )?
    .iter()
    .map(follow)
    .collect()
}

/// Subscribers of the weekly digest who were last written to before `before`, from after the subscriber `after`.
pub(crate) fn digest_subscribers(tx: &mut Tx, before: Time, after: &str, limit: u32) -> Result<Vec<Subscriber>> {
    tx.rows(
        "SELECT subscriber FROM case_follow WHERE rhythm = 'weekly' AND digested_at < $1 AND subscriber > $2
         GROUP BY subscriber ORDER BY subscriber LIMIT $3",
        params![before, after, limit],
    )?
    .iter()
    .map(|row| row.get::<String>("subscriber")?.parse())
    .collect()
}

/// Notes that a subscriber's weekly digest reaches up to `until`.
pub(crate) fn digested(tx: &mut Tx, subscriber: &Subscriber, until: Time) -> Result<()> {
    tx.exec(
        "UPDATE case_follow SET digested_at = $2 WHERE subscriber = $1 AND rhythm = 'weekly'",
        params![subscriber.to_string(), until],
    )?;
    Ok(())
}

/// The notices of an event begin.
pub(crate) fn notice_insert(tx: &mut Tx, case: CaseId, no: i64) -> Result<()> {
    tx.exec("INSERT INTO case_notice (case_id, no, reached) VALUES ($1, $2, '')", params![case, no])?;
    Ok(())
}

/// The last who was written to; none when everybody has been.
pub(crate) fn notice(tx: &mut Tx, case: CaseId, no: i64) -> Result<Option<String>> {
    tx.row("SELECT reached FROM case_notice WHERE case_id = $1 AND no = $2", params![case, no])?
        .map(|row| row.get("reached"))
        .transpose()
}

pub(crate) fn notice_reached(tx: &mut Tx, case: CaseId, no: i64, reached: &str) -> Result<()> {
    tx.exec("UPDATE case_notice SET reached = $3 WHERE case_id = $1 AND no = $2", params![case, no, reached])?;
    Ok(())
}

pub(crate) fn notice_delete(tx: &mut Tx, case: CaseId, no: i64) -> Result<()> {
    tx.exec("DELETE FROM case_notice WHERE case_id = $1 AND no = $2", params![case, no])?;
    Ok(())
}

fn follow(row: &Row) -> Result<Follow> {
    Ok(Follow {
        id: row.get("id")?,
        case: row.get("case_id")?,
        subscriber: row.get::<String>("subscriber")?.parse().map_err(Error::internal)?,
        rhythm: row.get("rhythm")?,
        reason: row.get("reason")?,
        locale: row.get::<String>("locale")?.parse().unwrap_or(Locale::Ko),
        created_at: row.get("created_at")?,
        digested_at: row.get("digested_at")?,
    })
}
