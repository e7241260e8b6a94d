//! Calls to other people's programs when something public happens.
//!
//! A webhook follows the change feed from the moment it was made: [`fan_out`] turns new public changes into deliveries,
//! each with a job of its own in the same transaction, so that nothing is left out and every call is tried again with
//! growing pauses until it is taken or has failed. A receiver may be called twice; `webhook-id` tells it so.
//!
//! Calls are made and signed as Standard Webhooks 1.0 describes: headers `webhook-id`, `webhook-timestamp` (seconds) and
//! `webhook-signature: v1,` with the base64 HMAC-SHA-256 of `id.timestamp.body`. The secret (`whsec_…`) is derived from
//! the site's master key, so the database alone gives none away.
//!
//! Start reading at [`create`], [`fan_out`] and [`Deliver`].

mod deliver;
mod store;
#[cfg(test)]
pub(crate) mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use sha2::{Digest as _, Sha256};

pub use self::deliver::{Call, Caller, Deliver, any_behind, fan_out};
use crate::actor::AccountId;
use crate::coded;
use crate::ctx::Ctx;
use crate::keys::Keys;
use crate::object::ObjectKind;
use crate::permission::{Owner, Verb};
use crate::{digest, job};

/// The kind of job that makes one call.
pub const DELIVER: &str = "webhook.deliver";

/// Webhooks of one account.
const MOST: i64 = 20;
/// Letters of an address.
const LONGEST_URL: usize = 2000;

/// Marker of a webhook's id; never built.
#[derive(Debug)]
pub enum WebhookMarker {}
pub type WebhookId = Id<WebhookMarker>;

/// Marker of a delivery's id; never built.
#[derive(Debug)]
pub enum DeliveryMarker {}
pub type DeliveryId = Id<DeliveryMarker>;

coded! {
    /// Whether a webhook is called.
    pub enum WebhookState("webhook.state-unknown") {
        Active = "active",
        /// By its owner, or because the receiver said that it is gone (410).
        Paused = "paused",
    }
}

coded! {
    /// Where one call stands.
    pub enum DeliveryState("webhook.delivery-state-unknown") {
        Waiting = "waiting",
        Delivered = "delivered",
        /// Given up.
        Failed = "failed",
    }
}

/// Where somebody wants to be called.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    pub id: WebhookId,
    pub account: AccountId,
    pub url: String,
    /// Kinds of changes, or their beginnings up to a dot: `case.filed`, `support`. Empty: all.
    pub kinds: Vec<String>,
    pub state: WebhookState,
    /// Up to which position of the change feed it has been told.
    pub position: i64,
    pub created_at: Time,
}

impl Webhook {
    /// Whether it wants to hear of changes of this kind.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        let fits = |wanted: &String| {
            kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.kinds.is_empty() || self.kinds.iter().any(fits)
    }
}

/// One call, for the delivery log.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub id: DeliveryId,
    pub webhook: WebhookId,
    pub position: i64,
    pub kind: String,
    /// The JSON that is sent.
    pub body: String,
    pub state: DeliveryState,
    pub attempts: i64,
    /// HTTP status of the last answer; none when there was none.
    pub status: Option<i64>,
    pub error: Option<String>,
    pub at: Time,
    pub updated_at: Time,
}

/// Makes a webhook. `check` is the caller's judgement of the address ([`Caller::check`]).
///
/// # Errors
/// Those of [`Ctx::require`]; `webhook.url` for an address that is not to be called, `webhook.kinds` for a kind that is no
/// word, `webhook.too-many` beyond twenty.
pub fn create(tx: &mut Tx, ctx: &Ctx, url: &str, kinds: &[String], check: &dyn Caller) -> Result<Webhook> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(Verb::Create, ObjectKind::Webhook, Some(Owner::Account(account)))?;
    let url = url.trim();
    if url.is_empty() || url.len() > LONGEST_URL {
        return Err(Error::invalid("webhook.url").field("url", "webhook.url"));
    }
    check.check(url)?;
    let word = |kind: &String| {
        !kind.is_empty()
            && kind.len() <= 60
            && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
    };
    if kinds.len() > 30 || !kinds.iter().all(word) {
        return Err(Error::invalid("webhook.kinds").field("kinds", "webhook.kinds"));
    }
    if store::count(tx, account)? >= MOST {
        return Err(Error::conflict("webhook.too-many").arg("most", MOST));
    }
    let webhook = Webhook {
        id: Id::new(ctx.now, ctx.rng()),
        account,
        url: url.to_owned(),
        kinds: kinds.to_vec(),
        state: WebhookState::Active,
        position: crate::change::head(tx)?,
        created_at: ctx.now,
    };
    store::insert(tx, &webhook)?;
    Ok(webhook)
}

/// The webhooks of whoever asks, oldest first.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn list(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Webhook>> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    ctx.require(Verb::Read, ObjectKind::Webhook, Some(Owner::Account(account)))?;
    store::of_account(tx, account)
}

/// One of them.
///
/// # Errors
/// `webhook.unknown`, also when it is somebody else's.
pub fn get(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook> {
    owned(tx, ctx, id, Verb::Read)
}

/// Stops or starts the calls. What happened meanwhile is not told later.
///
/// # Errors
/// As [`get`].
pub fn set_state(tx: &mut Tx, ctx: &Ctx, id: WebhookId, state: WebhookState) -> Result<Webhook> {
    let webhook = owned(tx, ctx, id, Verb::Edit)?;
    let position = if state == WebhookState::Active { crate::change::head(tx)? } else { webhook.position };
    store::set_state(tx, id, state, position)?;
    Ok(Webhook { state, position, ..webhook })
}

/// Removes it with its log.
///
/// # Errors
/// As [`get`].
pub fn delete(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<()> {
    owned(tx, ctx, id, Verb::Delete)?;
    store::delete(tx, id)
}

/// The delivery log, newest first, below the position `before`.
///
/// # Errors
/// As [`get`].
pub fn deliveries(tx: &mut Tx, ctx: &Ctx, id: WebhookId, before: Option<i64>, limit: u32) -> Result<Vec<Delivery>> {
    owned(tx, ctx, id, Verb::Read)?;
    store::deliveries(tx, id, before, limit)
}

/// Makes a call again that has failed or was not understood by the receiver.
///
/// # Errors
/// As [`get`]; `webhook.delivery-unknown`.
pub fn again(tx: &mut Tx, ctx: &Ctx, id: WebhookId, delivery: DeliveryId) -> Result<()> {
    owned(tx, ctx, id, Verb::Edit)?;
    if !store::reset(tx, id, delivery, ctx.now)? {
        return Err(Error::not_found("webhook.delivery-unknown"));
    }
    job::enqueue(tx, ctx, DELIVER, serde_json::json!({ "delivery": delivery }), None)?;
    Ok(())
}

/// Deletes what the log keeps for longer than this. Returns how many lines.
///
/// # Errors
/// Those of the database.
pub fn purge(tx: &mut Tx, before: Time) -> Result<u64> {
    store::purge(tx, before)
}

fn owned(tx: &mut Tx, ctx: &Ctx, id: WebhookId, verb: Verb) -> Result<Webhook> {
    let unknown = || Error::not_found("webhook.unknown");
    let webhook = store::get(tx, id)?.ok_or_else(unknown)?;
    ctx.require(verb, ObjectKind::Webhook, Some(Owner::Account(webhook.account))).map_err(|_| unknown())?;
    Ok(webhook)
}

/// The secret that its owner checks signatures with: `whsec_` and base64 of 32 bytes.
#[must_use]
pub fn secret(keys: &Keys, id: WebhookId) -> String {
    format!("whsec_{}", STANDARD.encode(secret_bytes(keys, id)))
}

fn secret_bytes(keys: &Keys, id: WebhookId) -> [u8; 32] {
    digest::hmac(&keys.master, &[b"webhook", id.uuid().as_bytes()])
}

/// `v1,` and the signature over `id.timestamp.body`; `timestamp` in seconds.
#[must_use]
pub fn signature(keys: &Keys, webhook: WebhookId, delivery: DeliveryId, timestamp: i64, body: &str) -> String {
    sign(&secret_bytes(keys, webhook), &delivery.to_string(), timestamp, body)
}

/// As [`signature`], under any secret: the bytes of a `whsec_…`.
#[must_use]
pub fn sign(secret: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    // A key of HMAC-SHA-256 that is no longer than a block is filled up with zeros (RFC 2104).
    let mut block = [0; 64];
    let hashed;
    let key = if secret.len() <= block.len() {
        secret
    } else {
        hashed = Sha256::digest(secret);
        hashed.as_slice()
    };
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}
