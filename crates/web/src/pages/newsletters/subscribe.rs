//! Subscribing, confirming, leaving.
//!
//! Opening a link from a mail changes nothing; the button on its page does. Mail programs leave with a POST of their own
//! (RFC 8058), so that route takes no form token: the token in its address is the proof.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use madang_base::{Error, Result};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::{Limit, rate};
use madang_newsletter::model::{Newsletter, Subscriber, Subscription};
use madang_newsletter::service::subscribe::{self, Purpose};
use madang_newsletter::views::{self, NewsletterView};
use serde_json::json;

use super::public::with_frame;
use super::shape::path;
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

/// Confirmations asked for one address and from one network.
const ADDRESS: Limit = Limit { name: "newsletter-address", attempts: 10, seconds: 3600 };
const NETWORK: Limit = Limit { name: "newsletter-network", attempts: 60, seconds: 3600 };

type Of = Path<(String, String)>;
type Token = Path<(String, String)>;

async fn find(visit: &Visit, slug: &str) -> Result<NewsletterView> {
    let slug = slug.to_owned();
    visit.app.db.read(move |tx| views::newsletter(tx, &slug)).await
}

/// How the form is shown.
struct Shown {
    mail: String,
    sent: bool,
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

fn page(visit: &Visit, of: &NewsletterView, shown: &Shown) -> Outcome {
    let context = json!({
        "newsletter": with_frame(visit, |frame| frame.newsletter(of))?, "mail": shown.mail, "sent": shown.sent,
        "ask_mail": visit.person().is_none(), "errors": shown.errors,
        "action": visit.url(&format!("{}/subscribe", path(&of.newsletter.slug))),
    });
    Page::new(visit, "newsletters/subscribe.html").form().status(shown.status).render(&context)
}

pub async fn show(visit: Visit, Path((_, slug)): Of) -> Outcome {
    let of = find(&visit, &slug).await?;
    if of.newsletter.retired_at.is_some() {
        return Ok(Redirect::to(&visit.url(&path(&slug))).into_response());
    }
    page(&visit, &of, &Shown { mail: String::new(), sent: false, errors: Vec::new(), status: StatusCode::OK })
}

pub async fn act(visit: Visit, Path((_, slug)): Of, input: Input) -> Outcome {
    let of = find(&visit, &slug).await?;
    let (ctx, id, mail) = (visit.ctx.clone(), of.newsletter.id, input.text("mail").to_owned());
    let (signed_in, network, address) = (visit.person().is_some(), visit.network.clone(), mail.clone());
    let written = visit.app.db.write(move |tx| {
        if signed_in {
            return subscribe::subscribe(tx, &ctx, id);
        }
        rate::attempt(tx, &ctx, ADDRESS, &address.to_lowercase())?;
        rate::attempt(tx, &ctx, NETWORK, &network)?;
        subscribe::subscribe_by_mail(tx, &ctx, id, &address, ctx.locale)
    });
    match written.await {
        Ok(()) if signed_in => Ok(done(&visit, &path(&slug), "newsletter-subscribed")),
        Ok(()) => page(&visit, &of, &Shown { mail, sent: true, errors: Vec::new(), status: StatusCode::OK }),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            page(&visit, &of, &Shown { mail, sent: false, errors, status: status_of(error.kind()) })
        }
    }
}

pub async fn stop(visit: Visit, Path((_, slug)): Of, _: Input) -> Outcome {
    let of = find(&visit, &slug).await?;
    let (ctx, id) = (visit.ctx.clone(), of.newsletter.id);
    visit.app.db.write(move |tx| subscribe::unsubscribe(tx, &ctx, id)).await?;
    Ok(done(&visit, &path(&slug), "newsletter-left"))
}

/// The address of the page is a secret: it goes to no other page and into no cache.
fn secret(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn peek(visit: &Visit, token: &str, purpose: Purpose) -> Result<Option<(Subscription, Newsletter)>> {
    let (ctx, token) = (visit.ctx.clone(), token.to_owned());
    visit.app.db.read(move |tx| subscribe::peek(tx, &ctx, &token, purpose)).await
}

/// `re…@example.kr`: enough for its owner to know it.
fn half_hidden(subscriber: &Subscriber) -> String {
    let Subscriber::Mail(address) = subscriber else { return String::new() };
    let (local, host) = address.split_once('@').unwrap_or((address, ""));
    let start: String = local.chars().take(2).collect();
    format!("{start}…@{host}")
}

pub async fn confirm_page(visit: Visit, Path((_, token)): Token) -> Outcome {
    let found = peek(&visit, &token, Purpose::Confirm).await?;
    let (subscription, newsletter) = found.ok_or_else(|| Error::not_found("newsletter.token"))?;
    if subscription.confirmed_at.is_some() {
        return Ok(secret(Redirect::to(&visit.url(&path(&newsletter.slug))).into_response()));
    }
    let context = json!({
        "name": newsletter.name, "mail": half_hidden(&subscription.subscriber),
        "action": visit.url(&format!("/newsletters/confirm/{token}")),
    });
    Ok(secret(Page::new(&visit, "newsletters/confirm.html").form().render(&context)?))
}

pub async fn confirm(visit: Visit, Path((_, token)): Token, _: Input) -> Outcome {
    let ctx = visit.ctx.clone();
    let newsletter = visit.app.db.write(move |tx| subscribe::confirm(tx, &ctx, &token)).await?;
    Ok(secret(done(&visit, &path(&newsletter.slug), "newsletter-confirmed")))
}

fn leaving(visit: &Visit, token: &str, of: Option<&Newsletter>, done: bool) -> Outcome {
    let href = of.map_or_else(|| "/newsletters".to_owned(), |of| path(&of.slug));
    let context = json!({
        "name": of.map(|of| &of.name), "href": visit.url(&href), "done": done,
        "action": visit.url(&format!("/newsletters/leave/{token}")),
    });
    Ok(secret(Page::new(visit, "newsletters/leave.html").render(&context)?))
}

pub async fn leave_page(visit: Visit, Path((_, token)): Token) -> Outcome {
    let found = peek(&visit, &token, Purpose::Leave).await?;
    // It had ended before: the wish is fulfilled.
    let done = found.is_none();
    leaving(&visit, &token, found.as_ref().map(|(_, of)| of), done)
}

/// The button on the page, and the one click of a mail program: whatever the body says, it is the same wish.
pub async fn leave(visit: Visit, Path((_, token)): Token) -> Outcome {
    let found = peek(&visit, &token, Purpose::Leave).await?;
    let (ctx, told) = (visit.ctx.clone(), token.clone());
    visit.app.db.write(move |tx| subscribe::leave(tx, &ctx, &told)).await?;
    leaving(&visit, &token, found.as_ref().map(|(_, of)| of), true)
}
