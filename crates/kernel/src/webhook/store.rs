//! SQL of webhooks and their deliveries.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::{Delivery, DeliveryId, DeliveryState, Webhook, WebhookId, WebhookState};
use crate::actor::AccountId;

pub(super) fn insert(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    tx.exec(
        "INSERT INTO webhook (id, account, url, kinds, state, position, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            webhook.id,
            webhook.account,
            &webhook.url,
            webhook.kinds.join(" "),
            webhook.state,
            webhook.position,
            webhook.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn get(tx: &mut Tx, id: WebhookId) -> Result<Option<Webhook>> {
    tx.row("SELECT id, account, url, kinds, state, position, created_at FROM webhook WHERE id = $1", params![id])?
        .as_ref()
        .map(webhook)
        .transpose()
}

pub(super) fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Webhook>> {
    tx.rows(
        "SELECT id, account, url, kinds, state, position, created_at FROM webhook WHERE account = $1 ORDER BY id",
        params![account],
    )?
    .iter()
    .map(webhook)
    .collect()
}

pub(super) fn count(tx: &mut Tx, account: AccountId) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM webhook WHERE account = $1", params![account])?.at(0)
}

/// Those that are called and have not been told up to `head`.
pub(super) fn behind(tx: &mut Tx, head: i64) -> Result<Vec<Webhook>> {
    tx.rows(
        "SELECT id, account, url, kinds, state, position, created_at FROM webhook
         WHERE state = 'active' AND position < $1 ORDER BY id LIMIT 100",
        params![head],
    )?
    .iter()
    .map(webhook)
    .collect()
}

pub(super) fn any_behind(tx: &mut Tx, head: i64) -> Result<bool> {
    Ok(tx.row("SELECT id FROM webhook WHERE state = 'active' AND position < $1 LIMIT 1", params![head])?.is_some())
}

pub(super) fn advance(tx: &mut Tx, id: WebhookId, from: i64, to: i64) -> Result<bool> {
    Ok(tx.exec("UPDATE webhook SET position = $3 WHERE id = $1 AND position = $2", params![id, from, to])? == 1)
}

pub(super) fn set_state(tx: &mut Tx, id: WebhookId, state: WebhookState, position: i64) -> Result<()> {
    tx.exec("UPDATE webhook SET state = $2, position = $3 WHERE id = $1", params![id, state, position])?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, id: WebhookId) -> Result<()> {
    tx.exec("DELETE FROM webhook_delivery WHERE webhook = $1", params![id])?;
    tx.exec("DELETE FROM webhook WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn delivery_insert(tx: &mut Tx, delivery: &Delivery) -> Result<()> {
    tx.exec(
        "INSERT INTO webhook_delivery (id, webhook, position, kind, body, state, attempts, at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7)",
        params![
            delivery.id,
            delivery.webhook,
            delivery.position,
            &delivery.kind,
            &delivery.body,
            delivery.state,
            delivery.at
        ],
    )?;
    Ok(())
}

/// A delivery that waits, with its webhook.
pub(super) fn to_deliver(tx: &mut Tx, id: DeliveryId) -> Result<Option<(Delivery, Webhook)>> {
    let row = tx.row(
        "SELECT id, webhook, position, kind, body, state, attempts, status, error, at, updated_at FROM webhook_delivery
         WHERE id = $1 AND state = 'waiting'",
        params![id],
    )?;
    let Some(found) = row.as_ref().map(delivery).transpose()? else { return Ok(None) };
    Ok(get(tx, found.webhook)?.map(|webhook| (found, webhook)))
}

pub(super) fn outcome(
    tx: &mut Tx,
    id: DeliveryId,
    state: DeliveryState,
    status: Option<i64>,
    error: Option<&str>,
    now: Time,
) -> Result<()> {
    tx.exec(
        "UPDATE webhook_delivery SET state = $2, attempts = attempts + 1, status = $3, error = $4, updated_at = $5
         WHERE id = $1",
        params![id, state, status, error, now],
    )?;
    Ok(())
}

pub(super) fn reset(tx: &mut Tx, webhook: WebhookId, id: DeliveryId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE webhook_delivery SET state = 'waiting', updated_at = $3 WHERE id = $1 AND webhook = $2",
        params![id, webhook, now],
    )? == 1)
}

pub(super) fn deliveries(tx: &mut Tx, webhook: WebhookId, before: Option<i64>, limit: u32) -> Result<Vec<Delivery>> {
    tx.rows(
        "SELECT id, webhook, position, kind, body, state, attempts, status, error, at, updated_at FROM webhook_delivery
         WHERE webhook = $1 AND (CAST($2 AS BIGINT) IS NULL OR position < $2) ORDER BY position DESC LIMIT $3",
        params![webhook, before, limit],
    )?
    .iter()
    .map(delivery)
    .collect()
}

pub(super) fn purge(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec("DELETE FROM webhook_delivery WHERE updated_at < $1 AND state <> 'waiting'", params![before])
}

fn webhook(row: &Row) -> Result<Webhook> {
    let kinds: String = row.get("kinds")?;
    Ok(Webhook {
        id: row.get("id")?,
        account: row.get("account")?,
        url: row.get("url")?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        state: row.get("state")?,
        position: row.get("position")?,
        created_at: row.get("created_at")?,
    })
}

fn delivery(row: &Row) -> Result<Delivery> {
    Ok(Delivery {
        id: row.get("id")?,
        webhook: row.get("webhook")?,
        position: row.get("position")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        status: row.get("status")?,
        error: row.get("error")?,
        at: row.get("at")?,
        updated_at: row.get("updated_at")?,
    })
}
