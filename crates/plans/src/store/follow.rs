//! Table `follow`.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};

use crate::model::{Follow, FollowId, NewsId, Rhythm, Subscriber};

fn subscriber_word(subscriber: &Subscriber) -> String {
    match subscriber {
        Subscriber::Account(id) => format!("account:{id}"),
        Subscriber::Mail(address) => format!("mail:{address}"),
    }
}

fn subscriber(word: &str) -> Result<Subscriber> {
    match word.split_once(':') {
        Some(("account", id)) => Ok(Subscriber::Account(id.parse()?)),
        Some(("mail", address)) => Ok(Subscriber::Mail(address.to_owned())),
        _ => Err(Error::internal("a follower that is neither account nor mail")),
    }
}

/// Writes a follow. False when the subscriber follows the object already.
pub(crate) fn insert(tx: &mut Tx, follow: &Follow) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO follow (id, subscriber, object, rhythm, locale, created_at, confirmed_at, digested_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (subscriber, object) DO NOTHING",
        params![
            follow.id,
            subscriber_word(&follow.subscriber),
            &follow.object,
            follow.rhythm,
            follow.locale.tag(),
            follow.created_at,
            follow.confirmed_at,
            follow.digested_at
        ],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: FollowId) -> Result<Option<Follow>> {
    tx.row(
        "SELECT id, subscriber, object, rhythm, locale, created_at, confirmed_at, digested_at FROM follow WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(follow)
    .transpose()
}

/// The subscriber's follow of the object.
pub(crate) fn find(tx: &mut Tx, subscriber: &Subscriber, object: &madang_kernel::Ref) -> Result<Option<Follow>> {
    tx.row(
        "SELECT id, subscriber, object, rhythm, locale, created_at, confirmed_at, digested_at FROM follow
         WHERE subscriber = $1 AND object = $2",
        params![subscriber_word(subscriber), object],
    )?
    .as_ref()
    .map(follow)
    .transpose()
}

/// What a subscriber follows, newest first.
pub(crate) fn of_subscriber(tx: &mut Tx, subscriber: &Subscriber) -> Result<Vec<Follow>> {
    tx.rows(
        "SELECT id, subscriber, object, rhythm, locale, created_at, confirmed_at, digested_at FROM follow
         WHERE subscriber = $1 ORDER BY id DESC",
        params![subscriber_word(subscriber)],
    )?
    .iter()
    .map(follow)
    .collect()
}

pub(crate) fn set_rhythm(tx: &mut Tx, id: FollowId, rhythm: Rhythm) -> Result<()> {
    tx.exec("UPDATE follow SET rhythm = $2 WHERE id = $1", params![id, rhythm])?;
    Ok(())
}

/// Confirms a follow. False when it was confirmed already or is no more.
pub(crate) fn confirm(tx: &mut Tx, id: FollowId, now: Time) -> Result<bool> {
    Ok(tx.exec("UPDATE follow SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", params![id, now])? == 1)
}

pub(crate) fn delete(tx: &mut Tx, id: FollowId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM follow WHERE id = $1", params![id])? == 1)
}

/// Deletes all follows of a subscriber, for the deletion of an account.
pub(crate) fn delete_all(tx: &mut Tx, subscriber: &Subscriber) -> Result<u64> {
    tx.exec("DELETE FROM follow WHERE subscriber = $1", params![subscriber_word(subscriber)])
}

/// Deletes follows by mail that nobody confirmed before `before`.
pub(crate) fn delete_unconfirmed(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec("DELETE FROM follow WHERE confirmed_at IS NULL AND created_at < $1", params![before])
}

/// Whom a news item is written to at once, of those who followed when it came: of each one follow, in the order of the subscribers, from after
/// the subscriber `after`.
pub(crate) fn followers(tx: &mut Tx, news: NewsId, after: &str, limit: u32) -> Result<Vec<(String, Follow)>> {
    tx.rows(
        "SELECT f.id, f.subscriber, f.object, f.rhythm, f.locale, f.created_at, f.confirmed_at, f.digested_at
         FROM follow f WHERE f.subscriber > $2 AND f.id IN (
           SELECT MIN(g.id) FROM news_object n JOIN follow g ON g.object = n.object
             JOIN news w ON w.id = n.news
           WHERE n.news = $1 AND g.rhythm = 'at-once' AND g.confirmed_at < w.at GROUP BY g.subscriber)
         ORDER BY f.subscriber LIMIT $3",
        params![news, after, limit],
    )?
    .iter()
    .map(|row| Ok((row.get("subscriber")?, follow(row)?)))
    .collect()
}

/// Subscribers of the weekly digest who were last written to before `before`, from after the subscriber `after`.
pub(crate) fn digest_subscribers(
    tx: &mut Tx,
    before: Time,
    after: &str,
    limit: u32,
) -> Result<Vec<(String, Subscriber)>> {
    tx.rows(
        "SELECT subscriber FROM follow
         WHERE rhythm = 'weekly' AND confirmed_at IS NOT NULL AND digested_at < $1 AND subscriber > $2
         GROUP BY subscriber ORDER BY subscriber LIMIT $3",
        params![before, after, limit],
    )?
    .iter()
    .map(|row| {
        let word: String = row.get("subscriber")?;
        let who = subscriber(&word)?;
        Ok((word, who))
    })
    .collect()
}

/// Notes that a subscriber's weekly digest reaches up to `now`.
pub(crate) fn digested(tx: &mut Tx, subscriber: &Subscriber, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE follow SET digested_at = $2 WHERE subscriber = $1 AND rhythm = 'weekly'",
        params![subscriber_word(subscriber), now],
    )?;
    Ok(())
}

/// How many confirmed followers an object has.
pub(crate) fn count(tx: &mut Tx, object: &madang_kernel::Ref) -> Result<i64> {
    tx.one("SELECT COUNT(*) AS n FROM follow WHERE object = $1 AND confirmed_at IS NOT NULL", params![object])?.get("n")
}

fn follow(row: &Row) -> Result<Follow> {
    Ok(Follow {
        id: row.get("id")?,
        subscriber: subscriber(&row.get::<String>("subscriber")?)?,
        object: row.get("object")?,
        rhythm: row.get("rhythm")?,
        locale: row.get::<String>("locale")?.parse().unwrap_or_default(),
        created_at: row.get("created_at")?,
        confirmed_at: row.get("confirmed_at")?,
        digested_at: row.get("digested_at")?,
    })
}
