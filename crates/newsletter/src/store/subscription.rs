//! Table `newsletter_subscription`.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};

use crate::model::{NewsletterId, Subscriber, Subscription, SubscriptionId};

/// As the table has it; issues are sent in the order of these words.
pub(crate) fn word(subscriber: &Subscriber) -> String {
    match subscriber {
        Subscriber::Account(id) => format!("account:{id}"),
        Subscriber::Mail(address) => format!("mail:{address}"),
    }
}

/// Writes a subscription. False when the subscriber has one already.
pub(crate) fn insert(tx: &mut Tx, new: &Subscription) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO newsletter_subscription (id, newsletter, subscriber, locale, created_at, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (newsletter, subscriber) DO NOTHING",
        params![new.id, new.newsletter, word(&new.subscriber), new.locale.tag(), new.created_at, new.confirmed_at],
    )? == 1)
}

pub(crate) fn get(tx: &mut Tx, id: SubscriptionId) -> Result<Option<Subscription>> {
    tx.row(
        "SELECT id, newsletter, subscriber, locale, created_at, confirmed_at FROM newsletter_subscription WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(subscription)
    .transpose()
}

pub(crate) fn find(tx: &mut Tx, newsletter: NewsletterId, subscriber: &Subscriber) -> Result<Option<Subscription>> {
    tx.row(
        "SELECT id, newsletter, subscriber, locale, created_at, confirmed_at FROM newsletter_subscription
         WHERE newsletter = $1 AND subscriber = $2",
        params![newsletter, word(subscriber)],
    )?
    .as_ref()
    .map(subscription)
    .transpose()
}

/// What a subscriber reads.
pub(crate) fn of_subscriber(tx: &mut Tx, subscriber: &Subscriber) -> Result<Vec<Subscription>> {
    tx.rows(
        "SELECT id, newsletter, subscriber, locale, created_at, confirmed_at FROM newsletter_subscription
         WHERE subscriber = $1 ORDER BY id",
        params![word(subscriber)],
    )?
    .iter()
    .map(subscription)
    .collect()
}

/// A new request for confirmation begins its days anew.
pub(crate) fn touch(tx: &mut Tx, id: SubscriptionId, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE newsletter_subscription SET created_at = $2 WHERE id = $1 AND confirmed_at IS NULL",
        params![id, now],
    )?;
    Ok(())
}

pub(crate) fn confirm(tx: &mut Tx, id: SubscriptionId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE newsletter_subscription SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL",
        params![id, now],
    )? == 1)
}

pub(crate) fn delete(tx: &mut Tx, id: SubscriptionId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM newsletter_subscription WHERE id = $1", params![id])? == 1)
}

pub(crate) fn delete_of_subscriber(tx: &mut Tx, subscriber: &Subscriber) -> Result<u64> {
    tx.exec("DELETE FROM newsletter_subscription WHERE subscriber = $1", params![word(subscriber)])
}

pub(crate) fn delete_of_newsletter(tx: &mut Tx, newsletter: NewsletterId) -> Result<u64> {
    tx.exec("DELETE FROM newsletter_subscription WHERE newsletter = $1", params![newsletter])
}

/// Deletes what nobody confirmed since `before`.
pub(crate) fn delete_unconfirmed(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec("DELETE FROM newsletter_subscription WHERE confirmed_at IS NULL AND created_at < $1", params![before])
}

/// How many read it.
pub(crate) fn count(tx: &mut Tx, newsletter: NewsletterId) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS n FROM newsletter_subscription WHERE newsletter = $1 AND confirmed_at IS NOT NULL",
        params![newsletter],
    )?
    .get("n")
}

/// Who had confirmed when an issue was sent, in the order of their words, from after `after`.
pub(crate) fn readers(
    tx: &mut Tx,
    newsletter: NewsletterId,
    sent_at: Time,
    after: &str,
    limit: u32,
) -> Result<Vec<Subscription>> {
    tx.rows(
        "SELECT id, newsletter, subscriber, locale, created_at, confirmed_at FROM newsletter_subscription
         WHERE newsletter = $1 AND confirmed_at <= $2 AND subscriber > $3 ORDER BY subscriber LIMIT $4",
        params![newsletter, sent_at, after, limit],
    )?
    .iter()
    .map(subscription)
    .collect()
}

fn subscription(row: &Row) -> Result<Subscription> {
    let word: String = row.get("subscriber")?;
    let subscriber = match word.split_once(':') {
        Some(("account", id)) => Subscriber::Account(id.parse()?),
        Some(("mail", address)) => Subscriber::Mail(address.to_owned()),
        _ => return Err(Error::internal("a subscriber that is neither account nor mail")),
    };
    Ok(Subscription {
        id: row.get("id")?,
        newsletter: row.get("newsletter")?,
        subscriber,
        locale: row.get::<String>("locale")?.parse().unwrap_or_default(),
        created_at: row.get("created_at")?,
        confirmed_at: row.get("confirmed_at")?,
    })
}
