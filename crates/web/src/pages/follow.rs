//! Following a plan, a commitment or an agency: with an account, or with a mail address that its owner confirms.
//!
//! Opening a link from a mail changes nothing; the button on its page does. The one exception in how a form is trusted:
//! mail programs unsubscribe with a POST of their own (RFC 8058), so that route takes no form token — the token in its
//! address is the proof.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use madang_base::{Error, LocalizedText, Result};
use madang_cases::service::follow as case_follow;
use madang_http::{Access, Input, Outcome, Route, Visit, status_of};
use madang_identity::{Limit, rate};
use madang_kernel::{ObjectKind, Ref, organisation};
use madang_plans::model::{Follow, Rhythm, Subscriber};
use madang_plans::service::{self, follow::Purpose};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

/// Confirmations asked for one address and from one network: enough for somebody who follows a whole plan piece by
/// piece, too few to flood a letter-box.
const ADDRESS: Limit = Limit { name: "follow-address", attempts: 10, seconds: 3600 };
const NETWORK: Limit = Limit { name: "follow-network", attempts: 60, seconds: 3600 };

pub fn routes() -> Vec<Route> {
    let unsubscribe = "/{lang}/unsubscribe/{token}";
    vec![
        Route::page("/{lang}/follow", Access::Public, get(show)),
        Route::form("/{lang}/follow", Access::Public, post(follow)),
        Route::form("/{lang}/follow/stop", Access::SignedIn, post(stop)),
        Route::page("/{lang}/follow/confirm/{token}", Access::Public, get(confirm_page)),
        Route::form("/{lang}/follow/confirm/{token}", Access::Public, post(confirm)),
        Route::page(unsubscribe, Access::Public, get(unsubscribe_page)),
        Route::form(unsubscribe, Access::Public, post(unsubscribe_now)).with_body_limit(4096),
    ]
}

/// `{frequency}` when the visitor follows the object, else null.
///
/// # Errors
/// Those of the database.
pub async fn following(visit: &Visit, object: &Ref) -> Result<Value> {
    if visit.person().is_none() {
        return Ok(Value::Null);
    }
    let (ctx, object) = (visit.ctx.clone(), object.clone());
    let found = visit.app.db.read(move |tx| service::follow::find(tx, &ctx, &object)).await?;
    Ok(found.map_or(Value::Null, |follow| json!({ "frequency": follow.rhythm.code() })))
}

/// What the visitor follows, newest first, as `me.html` shows it.
///
/// # Errors
/// Those of the permission table and of the database.
pub async fn own(visit: &Visit) -> Result<Vec<Value>> {
    let ctx = visit.ctx.clone();
    let found = visit.app.db.read(move |tx| {
        let follows = service::follow::own(tx, &ctx)?;
        follows
            .into_iter()
            .map(|(follow, name)| Ok((target(tx, &follow.object)?, follow, name)))
            .collect::<Result<Vec<_>>>()
    });
    Ok(found
        .await?
        .into_iter()
        .map(|(target, follow, name)| {
            json!({
                "title": name, "href": visit.url(&target.path), "kind": target.kind, "frequency": follow.rhythm.code(),
                "change_href": visit.url(&format!("/follow?object={}", follow.object)),
            })
        })
        .collect())
}

/// What is followed, as pages name it.
struct Target {
    /// `plan`, `commitment` or `agency`.
    kind: &'static str,
    /// Without the language.
    path: String,
}

/// Where the page of what is followed is.
fn target(tx: &mut madang_db::Tx, object: &Ref) -> Result<Target> {
    let id = &object.id;
    Ok(match object.kind {
        ObjectKind::Plan => Target { kind: "plan", path: format!("/plans/{id}") },
        ObjectKind::Commitment => {
            let (plan, number) = id.split_once('/').unwrap_or((id, ""));
            Target { kind: "commitment", path: format!("/plans/{plan}/commitments/{number}") }
        }
        ObjectKind::Organisation => {
            let found = organisation::get(tx, id.parse()?)?;
            Target { kind: "agency", path: format!("/agencies/{}", found.slug) }
        }
        _ => return Err(Error::not_found("plan.follow-object").arg("value", object)),
    })
}

#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    object: String,
}

/// What the form is about.
struct Found {
    object: Ref,
    name: LocalizedText,
    target: Target,
    own: Option<Follow>,
}

async fn find(visit: &Visit, object: &str) -> Result<Found> {
    let object: Ref = object.parse().map_err(|_| Error::not_found("plan.follow-object").arg("value", object))?;
    let ctx = visit.ctx.clone();
    let found = visit.app.db.read(move |tx| {
        let name = service::follow::followed(tx, &object)?;
        let target = target(tx, &object)?;
        let own = service::follow::find(tx, &ctx, &object)?;
        Ok(Found { object: object.clone(), name, target, own })
    });
    found.await
}

/// The form as it was typed, and how it is shown.
struct Shown {
    frequency: String,
    mail: String,
    sent: bool,
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

fn page(visit: &Visit, found: &Found, shown: &Shown) -> Outcome {
    let context = json!({
        "target": {
            "kind": found.target.kind, "object": found.object, "title": found.name, "href": visit.url(&found.target.path),
        },
        "following": found.own.as_ref().map(|follow| json!({ "frequency": follow.rhythm.code() })),
        "values": { "frequency": shown.frequency, "mail": shown.mail },
        "ask_mail": visit.person().is_none(),
        "sent": shown.sent,
        "errors": shown.errors,
    });
    Page::new(visit, "follow.html").form().status(shown.status).render(&context)
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let found = find(&visit, &asked.object).await?;
    let frequency = found.own.as_ref().map_or(Rhythm::Weekly, |follow| follow.rhythm).to_string();
    let shown = Shown { frequency, mail: String::new(), sent: false, errors: Vec::new(), status: StatusCode::OK };
    page(&visit, &found, &shown)
}

async fn follow(visit: Visit, input: Input) -> Outcome {
    let found = find(&visit, input.text("object")).await?;
    let (frequency, mail) = (input.text("frequency").to_owned(), input.text("mail").to_owned());
    let signed_in = visit.person().is_some();
    match write(&visit, &found.object, &frequency, &mail).await {
        Ok(()) if signed_in => Ok(done(&visit, &found.target.path, "followed")),
        Ok(()) => {
            let shown = Shown { frequency, mail, sent: true, errors: Vec::new(), status: StatusCode::OK };
            page(&visit, &found, &shown)
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            let mut errors = form_errors(&visit.app, &visit, &error);
            for error in errors.iter_mut().filter(|error| error.field == "address") {
                "mail".clone_into(&mut error.field);
            }
            page(&visit, &found, &Shown { frequency, mail, sent: false, errors, status: status_of(error.kind()) })
        }
    }
}

async fn write(visit: &Visit, object: &Ref, frequency: &str, mail: &str) -> Result<()> {
    let chosen = frequency.parse::<Rhythm>();
    let rhythm = chosen.map_err(|_| Error::invalid("desk.choose").field("frequency", "desk.choose"))?;
    let (ctx, object, mail) = (visit.ctx.clone(), object.clone(), mail.to_owned());
    let (signed_in, network) = (visit.person().is_some(), visit.network.clone());
    let written = visit.app.db.write(move |tx| {
        if signed_in {
            return service::follow::follow(tx, &ctx, &object, rhythm).map(|_| ());
        }
        rate::attempt(tx, &ctx, ADDRESS, &mail.to_lowercase())?;
        rate::attempt(tx, &ctx, NETWORK, &network)?;
        service::follow::follow_by_mail(tx, &ctx, &object, &mail, rhythm, ctx.locale)
    });
    written.await
}

async fn stop(visit: Visit, input: Input) -> Outcome {
    let found = find(&visit, input.text("object")).await?;
    if let Some(follow) = &found.own {
        let (ctx, id) = (visit.ctx.clone(), follow.id);
        visit.app.db.write(move |tx| service::follow::unfollow(tx, &ctx, id)).await?;
    }
    Ok(done(&visit, &found.target.path, "unfollowed"))
}

/// The address of the page is a secret: it goes to no other page, not even of this site, and into no cache.
fn secret(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

type Token = Path<(String, String)>;

async fn peek(visit: &Visit, token: &str) -> Result<(Follow, Purpose, LocalizedText, Target)> {
    let (ctx, token) = (visit.ctx.clone(), token.to_owned());
    let found = visit.app.db.read(move |tx| {
        let (follow, purpose, name) = service::follow::peek(tx, &ctx, &token)?;
        let target = target(tx, &follow.object)?;
        Ok((follow, purpose, name, target))
    });
    found.await
}

/// `re…@example.kr`: enough for its owner to know it.
fn half_hidden(subscriber: &Subscriber) -> String {
    let Subscriber::Mail(address) = subscriber else { return String::new() };
    let (local, host) = address.split_once('@').unwrap_or((address, ""));
    let start: String = local.chars().take(2).collect();
    format!("{start}…@{host}")
}

async fn confirm_page(visit: Visit, Path((_, token)): Token) -> Outcome {
    let (follow, purpose, _, target) = peek(&visit, &token).await?;
    if purpose != Purpose::Confirm {
        return Err(Error::not_found("plan.follow-token").into());
    }
    if follow.confirmed_at.is_some() {
        return Ok(secret(Redirect::to(&visit.url(&target.path)).into_response()));
    }
    let action = visit.url(&format!("/follow/confirm/{token}"));
    let mail = half_hidden(&follow.subscriber);
    let context = json!({ "token": token, "mail": mail, "purpose": "follow", "action": action });
    Ok(secret(Page::new(&visit, "sign-in-link.html").form().render(&context)?))
}

async fn confirm(visit: Visit, Path((_, token)): Token, _: Input) -> Outcome {
    let (_, _, _, target) = peek(&visit, &token).await?;
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| service::follow::confirm(tx, &ctx, &token)).await?;
    Ok(secret(done(&visit, &target.path, "follow-confirmed")))
}

fn unsubscribe(visit: &Visit, token: &str, name: &LocalizedText, path: &str, done: bool, everything: bool) -> Outcome {
    let context = json!({
        "token": token, "title": (!name.is_empty()).then_some(name), "href": visit.url(path), "done": done,
        "everything": everything,
    });
    Ok(secret(Page::new(visit, "unsubscribe.html").render(&context)?))
}

/// Links in mails about cases speak of cases; the page is the same.
fn of_case(token: &str) -> bool {
    token.starts_with("case-")
}

/// The case that a link is about, by its number, and whether it ends all that comes weekly.
async fn peek_case(visit: &Visit, token: &str) -> Result<Option<(String, bool)>> {
    let (ctx, token) = (visit.ctx.clone(), token.to_owned());
    let found = visit.app.db.read(move |tx| case_follow::peek(tx, &ctx, &token)).await?;
    Ok(found.map(|(number, stop)| (number, stop == case_follow::Stop::Weekly)))
}

fn unsubscribe_case(visit: &Visit, token: &str, known: Option<(String, bool)>, done: bool) -> Outcome {
    let (number, everything) = known.unwrap_or_default();
    let path = if number.is_empty() { "/cases".to_owned() } else { format!("/cases/{number}") };
    unsubscribe(visit, token, &LocalizedText::new(number.clone(), number), &path, done, everything)
}

async fn unsubscribe_page(visit: Visit, Path((_, token)): Token) -> Outcome {
    if of_case(&token) {
        let known = peek_case(&visit, &token).await?;
        let done = known.is_none();
        return unsubscribe_case(&visit, &token, known, done);
    }
    let (_, purpose, name, target) = peek(&visit, &token).await?;
    unsubscribe(&visit, &token, &name, &target.path, false, purpose == Purpose::StopDigest)
}

/// The button on the page, and the one click of a mail program: whatever the body says, it is the same wish.
async fn unsubscribe_now(visit: Visit, Path((_, token)): Token) -> Outcome {
    if of_case(&token) {
        let known = peek_case(&visit, &token).await?;
        let (ctx, told) = (visit.ctx.clone(), token.clone());
        visit.app.db.write(move |tx| case_follow::unsubscribe(tx, &ctx, &told)).await?;
        return unsubscribe_case(&visit, &token, known, true);
    }
    let known = peek(&visit, &token).await.ok();
    let (ctx, told) = (visit.ctx.clone(), token.clone());
    visit.app.db.write(move |tx| service::follow::unsubscribe(tx, &ctx, &told)).await?;
    match known {
        Some((follow, purpose, name, _)) => {
            let again = format!("/follow?object={}", follow.object);
            unsubscribe(&visit, &token, &name, &again, true, purpose == Purpose::StopDigest)
        }
        // It had ended before: the wish is fulfilled.
        None => unsubscribe(&visit, &token, &LocalizedText::default(), "/plans", true, false),
    }
}
