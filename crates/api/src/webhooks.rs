//! Webhooks: where a program wants to be called when something public happens. Calls follow Standard Webhooks 1.0.

use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::routing::{delete, get, patch, post};
use http::{HeaderMap, StatusCode};
use madang_base::{Error, Result};
use madang_http::{Access, Outcome, Visit};
use madang_kernel::webhook::{self, Caller, Delivery, DeliveryId, Webhook, WebhookId};
use madang_kernel::{ObjectKind, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::operation::Operation;
use crate::rest::answer::{Paging, json};
use crate::rest::sent::Sent;
use crate::rest::wire::List;

/// Where to call, and of what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    pub url: String,
    /// Kinds of changes or their beginnings: `case.filed`, `case`. Empty or left out: all.
    #[serde(default)]
    pub kinds: Vec<String>,
}

/// Whether it is called.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateBody {
    /// `active` or `paused`
    pub state: String,
}

/// A webhook.
#[derive(Serialize, JsonSchema)]
pub struct WebhookOut {
    pub id: String,
    pub url: String,
    pub kinds: Vec<String>,
    pub state: String,
    /// Up to which position of the change feed it has been told.
    pub position: i64,
    pub created_at: String,
    /// What signatures are checked with (`whsec_…`). Keep it secret.
    pub secret: String,
}

/// One call.
#[derive(Serialize, JsonSchema)]
pub struct DeliveryOut {
    pub id: String,
    pub position: i64,
    pub kind: String,
    /// `waiting`, `delivered`, `failed`
    pub state: String,
    pub attempts: i64,
    /// HTTP status of the last answer.
    pub status: Option<i64>,
    pub error: Option<String>,
    pub at: String,
    pub updated_at: String,
}

impl From<&Delivery> for DeliveryOut {
    fn from(delivery: &Delivery) -> Self {
        Self {
            id: delivery.id.to_string(),
            position: delivery.position,
            kind: delivery.kind.clone(),
            state: delivery.state.code().to_owned(),
            attempts: delivery.attempts,
            status: delivery.status,
            error: delivery.error.clone(),
            at: delivery.at.rfc3339(),
            updated_at: delivery.updated_at.rfc3339(),
        }
    }
}

fn shown(visit: &Visit, hook: &Webhook) -> WebhookOut {
    WebhookOut {
        id: hook.id.to_string(),
        url: hook.url.clone(),
        kinds: hook.kinds.clone(),
        state: hook.state.code().to_owned(),
        position: hook.position,
        created_at: hook.created_at.rfc3339(),
        secret: webhook::secret(&visit.app.keys, hook.id),
    }
}

fn id(text: &str) -> Result<WebhookId> {
    text.parse().map_err(|_| Error::not_found("webhook.unknown"))
}

async fn list(visit: Visit, headers: HeaderMap) -> Outcome {
    let ctx = visit.ctx.clone();
    let hooks = visit.app.db.read(move |tx| webhook::list(tx, &ctx)).await?;
    Ok(json(&headers, &List::whole(hooks.iter().map(|hook| shown(&visit, hook)).collect()))?)
}

async fn create(visit: Visit, headers: HeaderMap, Sent(sent): Sent<WebhookBody>) -> Outcome {
    let ctx = visit.ctx.clone();
    let caller = visit.app.own::<Arc<dyn Caller>>()?.clone();
    let hook = visit.app.db.write(move |tx| webhook::create(tx, &ctx, &sent.url, &sent.kinds, &*caller)).await?;
    Ok((StatusCode::CREATED, json(&headers, &shown(&visit, &hook))?).into_response())
}

async fn one(visit: Visit, Path(hook): Path<String>, headers: HeaderMap) -> Outcome {
    let (hook, ctx) = (id(&hook)?, visit.ctx.clone());
    let hook = visit.app.db.read(move |tx| webhook::get(tx, &ctx, hook)).await?;
    Ok(json(&headers, &shown(&visit, &hook))?)
}

async fn state(visit: Visit, Path(hook): Path<String>, headers: HeaderMap, Sent(sent): Sent<StateBody>) -> Outcome {
    let (hook, ctx) = (id(&hook)?, visit.ctx.clone());
    let state = sent.state.parse().map_err(|e: Error| e.field("state", "webhook.state-unknown"))?;
    let hook = visit.app.db.write(move |tx| webhook::set_state(tx, &ctx, hook, state)).await?;
    Ok(json(&headers, &shown(&visit, &hook))?)
}

async fn remove(visit: Visit, Path(hook): Path<String>) -> Outcome {
    let (hook, ctx) = (id(&hook)?, visit.ctx.clone());
    visit.app.db.write(move |tx| webhook::delete(tx, &ctx, hook)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Debug, Deserialize)]
struct LogQuery {
    limit: Option<String>,
    after: Option<String>,
}

async fn deliveries(
    visit: Visit,
    Path(hook): Path<String>,
    Query(query): Query<LogQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (hook, ctx) = (id(&hook)?, visit.ctx.clone());
    let paging = Paging::of(query.limit, query.after);
    let (limit, after) = (paging.limit(200)?, paging.after::<i64>()?);
    let log = visit.app.db.read(move |tx| webhook::deliveries(tx, &ctx, hook, after, limit)).await?;
    let full = u32::try_from(log.len()).is_ok_and(|n| n == limit);
    let next = log.last().filter(|_| full).map(|last| last.position.to_string());
    Ok(json(&headers, &List { items: log.iter().map(DeliveryOut::from).collect(), next })?)
}

async fn again(visit: Visit, Path((hook, delivery)): Path<(String, String)>) -> Outcome {
    let (hook, ctx) = (id(&hook)?, visit.ctx.clone());
    let delivery: DeliveryId = delivery.parse().map_err(|_| Error::not_found("webhook.delivery-unknown"))?;
    visit.app.db.write(move |tx| webhook::again(tx, &ctx, hook, delivery)).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// The operations, one row each.
pub fn operations() -> Vec<Operation> {
    let may = |verb| Access::May(verb, ObjectKind::Webhook);
    let one_path = "/api/v1/webhooks/{webhook}";
    let log = "/api/v1/webhooks/{webhook}/deliveries";
    vec![
        Operation::read::<List<WebhookOut>>("/api/v1/webhooks", "listWebhooks", "One's own webhooks", get(list))
            .for_whom(may(Verb::Read)),
        Operation::act::<WebhookBody, WebhookOut>(
            "/api/v1/webhooks",
            "createWebhook",
            "Be called when something public happens",
            may(Verb::Create),
            post(create),
        ),
        Operation::read::<WebhookOut>(one_path, "getWebhook", "A webhook", get(one)).for_whom(may(Verb::Read)),
        Operation::act::<StateBody, WebhookOut>(
            one_path,
            "setWebhookState",
            "Stop or start the calls",
            may(Verb::Edit),
            patch(state),
        )
        .with_method(http::Method::PATCH)
        .with_status(200),
        Operation::remove(
            one_path,
            "deleteWebhook",
            "Remove a webhook with its log",
            may(Verb::Delete),
            delete(remove),
        ),
        Operation::read::<List<DeliveryOut>>(log, "listDeliveries", "The delivery log, newest first", get(deliveries))
            .for_whom(may(Verb::Read))
            .query("limit", "how many items, 1 to 200; 100 when missing", "100")
            .query("after", "the `next` of the page before", ""),
        Operation::remove(
            "/api/v1/webhooks/{webhook}/deliveries/{delivery}/again",
            "deliverAgain",
            "Make a call once more",
            may(Verb::Edit),
            post(again),
        )
        .with_method(http::Method::POST)
        .with_status(202),
    ]
}
