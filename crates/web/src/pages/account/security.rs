//! Where I am signed in, and the keys with which programs act for me.

use axum::extract::{Path, State};
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL};
use madang_base::Time;
use madang_http::{App, Failure, Input, Outcome, Visit, status_of};
use madang_identity::{ApiKey, ApiKeyId, Device, Factor, SessionId, api_key, second_factor, session};
use madang_kernel::{ObjectKind, Owner, Role, Scope, Verb, permission};
use serde_json::{Value, json};

use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};
use crate::pages::sign_in::take_away;

/// How long a new key may live, in days; the first is the one that is chosen already.
const LIVES: [i64; 3] = [90, 30, 365];

/// What was typed for a new key, what is wrong with it, or the key that came of it.
#[derive(Default)]
struct Typed {
    name: String,
    scopes: Vec<String>,
    days: i64,
    new_key: String,
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    page(&app, &visit, Typed::default()).await
}

async fn page(app: &App, visit: &Visit, typed: Typed) -> Outcome {
    let here = visit.signed_in()?.clone();
    let ctx = visit.ctx.clone();
    let (state, devices, keys) = app
        .db
        .read(move |tx| {
            // Keys are not shown before the second factor.
            let keys = if ctx.may(Verb::Read, ObjectKind::ApiKey, ctx.account().map(Owner::Account)) {
                Some(api_key::list(tx, &ctx)?)
            } else {
                None
            };
            Ok((second_factor::state(tx, &ctx)?, session::list(tx, &ctx)?, keys))
        })
        .await?;
    let required = visit.person().is_some_and(|p| p.grants.iter().any(|grant| grant.role.needs_second_factor()));
    let days = if typed.days == 0 { LIVES[0] } else { typed.days };
    let context = json!({
        "totp": {
            "on": state.enrolled,
            "required": required,
            "recovery_left": state.codes_left,
            "passed": here.factor == Factor::Passed,
        },
        "sessions": devices.iter().map(|device| of_device(visit, device, device.id == here.id)).collect::<Vec<_>>(),
        "keys": keys.as_ref().map(|keys| keys.iter().filter_map(|key| of_key(visit, key)).collect::<Vec<_>>()),
        "providers": app.oidc.iter().map(|p| json!({ "id": p.config().slug, "name": p.config().name })).collect::<Vec<_>>(),
        "scopes": scopes(visit, &typed.scopes),
        "lives": LIVES.iter().map(|n| json!({
            "value": n.to_string(),
            "label": words(visit, "key-days", &[("n", (*n).into())]),
            "selected": *n == days,
        })).collect::<Vec<_>>(),
        "new_key": typed.new_key,
        "values": { "name": typed.name },
        "errors": typed.errors,
    });
    let mut response = Page::new(visit, "security.html").form().status(typed.status).render(&context)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn of_device(visit: &Visit, device: &Device, current: bool) -> Value {
    let agent = if device.agent.is_empty() { words(visit, "session-unknown", &[]) } else { device.agent.clone() };
    json!({
        "id": device.id,
        "agent": agent,
        "method": words(visit, &format!("session-method-{}", device.method), &[]),
        "started": device.created_at.rfc3339(),
        "seen": device.seen_at.rfc3339(),
        "current": current,
    })
}

/// None for keys that no longer work.
fn of_key(visit: &Visit, key: &ApiKey) -> Option<Value> {
    (key.revoked_at.is_none() && key.expires_at > visit.ctx.now).then(|| {
        json!({
            "id": key.id,
            "name": key.name,
            "prefix": key.prefix,
            "scopes": key.scopes.iter().map(|scope| scope_name(visit, *scope)).collect::<Vec<_>>(),
            "until": key.expires_at.rfc3339(),
            "used": key.last_used_on,
        })
    })
}

/// Everything, all that is read, and one kind of thing after the other: as far as the person may do anything with it.
fn offered(visit: &Visit) -> Vec<Scope> {
    let Some(person) = visit.person() else { return Vec::new() };
    let mut out = vec![Scope { object: None, verb: Some(Verb::Read) }];
    for kind in ObjectKind::ALL.iter().filter(|kind| !permission::NEVER_BY_KEY.contains(kind)) {
        let some = permission::TABLE
            .iter()
            .any(|rule| rule.object == *kind && rule.role != Role::Anyone && person.holds(rule.role));
        if some {
            out.push(Scope { object: Some(*kind), verb: None });
        }
    }
    out.push(Scope { object: None, verb: None });
    out
}

fn scope_name(visit: &Visit, scope: Scope) -> String {
    let kind = |kind: ObjectKind| words(visit, &format!("object-{kind}"), &[]);
    let verb = |verb: Verb| words(visit, &format!("verb-{verb}"), &[]);
    match (scope.object, scope.verb) {
        (None, None) => words(visit, "scope-everything", &[]),
        (None, Some(Verb::Read)) => words(visit, "scope-read", &[]),
        (None, Some(any)) => verb(any),
        (Some(any), None) => words(visit, "scope-of", &[("kind", kind(any).into())]),
        (Some(object), Some(act)) => format!("{}: {}", kind(object), verb(act)),
    }
}

fn scopes(visit: &Visit, chosen: &[String]) -> Vec<Value> {
    offered(visit)
        .into_iter()
        .map(|scope| {
            let value = scope.to_string();
            let selected = chosen.contains(&value);
            json!({ "value": value, "label": scope_name(visit, scope), "hint": "", "selected": selected })
        })
        .collect()
}

pub(super) async fn end(
    State(app): State<App>,
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Input,
) -> Outcome {
    let (ctx, id) = (visit.ctx.clone(), id.parse::<SessionId>()?);
    app.db.write(move |tx| session::end(tx, &ctx, id)).await?;
    Ok(done(&visit, "/me/security", "session-ended"))
}

/// Everywhere, here too: somebody who fears for the account must not be left signed in on a machine that is not theirs.
pub(super) async fn end_all(State(app): State<App>, visit: Visit, _: Input) -> Outcome {
    let ctx = visit.ctx.clone();
    app.db.write(move |tx| session::end_all(tx, &ctx, None)).await?;
    Ok(take_away(&visit, done(&visit, "/sign-in", "signed-out-everywhere"))?)
}

pub(super) async fn make_key(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let name = input.text("name").to_owned();
    let chosen: Vec<String> = input.list("scopes").into_iter().map(str::to_owned).collect();
    let days = input.text("days").parse::<i64>().ok().filter(|days| LIVES.contains(days)).unwrap_or(LIVES[0]);
    let offered = offered(&visit);
    let scopes: Vec<Scope> =
        chosen.iter().filter_map(|text| text.parse().ok()).filter(|scope| offered.contains(scope)).collect();
    let (ctx, key_name, until) = (visit.ctx.clone(), name.clone(), expiry(&visit, days));
    let outcome = app.db.write(move |tx| api_key::create(tx, &ctx, &key_name, &scopes, until)).await;
    let typed = Typed { name, scopes: chosen, days, ..Typed::default() };
    match outcome {
        // Shown in the answer itself: the secret is kept nowhere from which another page could take it.
        Ok(made) => page(&app, &visit, Typed { new_key: made.secret, ..Typed::default() }).await,
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            page(&app, &visit, Typed { errors, status: status_of(error.kind()), ..typed }).await
        }
    }
}

fn expiry(visit: &Visit, days: i64) -> Time {
    visit.ctx.now.plus_days(days)
}

pub(super) async fn revoke_key(
    State(app): State<App>,
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Input,
) -> Outcome {
    let (ctx, id) = (visit.ctx.clone(), id.parse::<ApiKeyId>()?);
    app.db.write(move |tx| api_key::revoke(tx, &ctx, id)).await.map_err(Failure::from)?;
    Ok(done(&visit, "/me/security", "key-revoked"))
}
