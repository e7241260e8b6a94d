//! From the change feed to calls, and the calls themselves.

use std::fmt;
use std::sync::Arc;

use madang_base::{Error, Id, Kind, Result, SharedClock};
use madang_db::{Db, Tx};
use serde_json::{Value, json};

use super::{DELIVER, Delivery, DeliveryId, DeliveryState, WebhookState, signature, store};
use crate::BoxFuture;
use crate::change::{self, Change};
use crate::ctx::Ctx;
use crate::job::{self, Handler, Job};
use crate::keys::Keys;

/// Changes that one turn looks at for one webhook.
const BATCH: u32 = 200;

/// One request to a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub url: String,
    /// Name and value.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// The port to the network.
pub trait Caller: Send + Sync {
    /// Whether the address may be called: `https`, and not into the site's own network.
    ///
    /// # Errors
    /// `Kind::Invalid` `webhook.url`.
    fn check(&self, url: &str) -> Result<()>;

    /// Posts and gives the status of the answer.
    ///
    /// # Errors
    /// `Kind::Unavailable` `webhook.unreachable`; `Kind::Invalid` `webhook.url`.
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<u16>>;
}

/// Whether [`fan_out`] has something to look at.
///
/// # Errors
/// Those of the database.
pub fn any_behind(tx: &mut Tx) -> Result<bool> {
    let head = change::head(tx)?;
    store::any_behind(tx, head)
}

/// Turns what is new in the feed into deliveries, up to 200 changes for each webhook. Returns how many were made; call
/// it again while [`any_behind`].
///
/// Any number of nodes may do so: a webhook's position moves by compare-and-set.
///
/// # Errors
/// Those of the database.
pub fn fan_out(tx: &mut Tx, ctx: &Ctx) -> Result<usize> {
    let head = change::head(tx)?;
    let mut made = 0;
    for webhook in store::behind(tx, head)? {
        let changes = change::since_public(tx, webhook.position, BATCH)?;
        let full = changes.len() == BATCH as usize;
        let reached = changes.last().filter(|_| full).map_or(head, |last| last.position);
        if !store::advance(tx, webhook.id, webhook.position, reached)? {
            continue;
        }
        for change in changes.iter().filter(|change| webhook.wants(&change.kind)) {
            let delivery = Delivery {
                id: Id::new(ctx.now, ctx.rng()),
                webhook: webhook.id,
                position: change.position,
                kind: change.kind.clone(),
                body: body(change)?,
                state: DeliveryState::Waiting,
                attempts: 0,
                status: None,
                error: None,
                at: ctx.now,
                updated_at: ctx.now,
            };
            store::delivery_insert(tx, &delivery)?;
            job::enqueue(tx, ctx, DELIVER, json!({ "delivery": delivery.id }), None)?;
            made += 1;
        }
    }
    Ok(made)
}

/// `{"type":"case.filed","timestamp":"…","data":{"position":…,"object":"case:…",…}}`
fn body(change: &Change) -> Result<String> {
    let leaf: Value = serde_json::from_str(&change.json).map_err(Error::internal)?;
    let data = json!({
        "position": change.position,
        "object": change.object,
        "fields": leaf.get("fields").cloned().unwrap_or_else(|| json!({})),
    });
    Ok(json!({ "type": change.kind, "timestamp": change.at.to_string(), "data": data }).to_string())
}

/// Handler of [`DELIVER`].
#[derive(Clone)]
pub struct Deliver {
    pub db: Db,
    pub clock: SharedClock,
    pub keys: Arc<Keys>,
    pub caller: Arc<dyn Caller>,
}

impl Deliver {
    async fn deliver(&self, job: &Job) -> Result<()> {
        let id: DeliveryId = job.text("delivery")?.parse()?;
        // Delivered already, or removed with its webhook: nothing to do.
        let Some((delivery, webhook)) = self.db.read(move |tx| store::to_deliver(tx, id)).await? else { return Ok(()) };
        if webhook.state == WebhookState::Paused {
            let now = self.clock.now();
            return self
                .db
                .write(move |tx| store::outcome(tx, id, DeliveryState::Failed, None, Some("webhook.paused"), now))
                .await;
        }
        let seconds = self.clock.now().micros().div_euclid(1_000_000);
        let call = Call {
            url: webhook.url.clone(),
            headers: vec![
                ("content-type", "application/json".to_owned()),
                ("webhook-id", id.to_string()),
                ("webhook-timestamp", seconds.to_string()),
                ("webhook-signature", signature(&self.keys, webhook.id, id, seconds, &delivery.body)),
            ],
            body: delivery.body,
        };
        let answered = self.caller.call(&call).await;
        let (status, error) = match answered {
            Ok(status @ 200..=299) => (Some(status), None),
            Ok(status) => (Some(status), Some(Error::unavailable("webhook.refused").arg("status", status))),
            Err(error) => (None, Some(error)),
        };
        let given_up =
            job.last_attempt() || status == Some(410) || error.as_ref().is_some_and(|e| e.kind() == Kind::Invalid);
        let state = match &error {
            None => DeliveryState::Delivered,
            Some(_) if given_up => DeliveryState::Failed,
            Some(_) => DeliveryState::Waiting,
        };
        let (now, why) = (self.clock.now(), error.as_ref().map(ToString::to_string));
        self.db
            .write(move |tx| {
                store::outcome(tx, id, state, status.map(i64::from), why.as_deref(), now)?;
                if status == Some(410) {
                    store::set_state(tx, webhook.id, WebhookState::Paused, webhook.position)?;
                }
                Ok(())
            })
            .await?;
        match error {
            Some(error) if state == DeliveryState::Waiting => Err(error),
            _ => Ok(()),
        }
    }
}

impl Handler for Deliver {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.deliver(job))
    }
}

impl fmt::Debug for Deliver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliver").finish_non_exhaustive()
    }
}
