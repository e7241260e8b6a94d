//! The sign-in page and the one-time link.

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use madang_base::Error;
use madang_http::{App, Failure, Input, Outcome, Visit, status_of};
use madang_identity::{OidcProvider, demo, link};
use serde_json::{Value, json};

use super::session::{enter, identity_options};
use crate::i18n::FieldMessage;
use crate::mail_texts::SiteMailTexts;
use crate::page::{Page, done, form_errors, keep_for_form, query_value, words};

/// Minutes that a link is good for, as the page says it.
const LINK_MINUTES: i64 = link::MINUTES;

/// What the page shows besides its lists.
#[derive(Default)]
pub(super) struct Shown {
    pub email: String,
    pub back: String,
    pub sent: bool,
    pub errors: Vec<FieldMessage>,
    pub status: StatusCode,
}

pub(super) async fn form(State(app): State<App>, visit: Visit) -> Outcome {
    let back = query_value(&visit.query, "next").or_else(|| query_value(&visit.query, "back")).unwrap_or_default();
    show(&app, &visit, Shown { back, ..Shown::default() }).await
}

pub(super) async fn show(app: &App, visit: &Visit, shown: Shown) -> Outcome {
    let options = identity_options(visit);
    let accounts = app.db.read(move |tx| demo::list(tx, &options)).await?;
    let accounts: Vec<Value> = accounts
        .into_iter()
        .map(|account| {
            let role = account.memberships.first().map_or("member", |held| held.role.code());
            json!({ "key": account.key, "name": account.name, "role": words(visit, &format!("role-{role}"), &[]) })
        })
        .collect();
    let providers: Vec<Value> = app.oidc.iter().map(|provider| of_provider(provider.as_ref())).collect();
    let outbox = if app.site.demo { visit.url("/outbox") } else { String::new() };
    let context = json!({
        "values": { "email": shown.email },
        "back": shown.back,
        "sent": shown.sent,
        "minutes": LINK_MINUTES,
        "providers": providers,
        "demo_accounts": accounts,
        "outbox_href": outbox,
        "errors": shown.errors,
    });
    Page::new(visit, "sign-in.html").form().status(shown.status).render(&context)
}

fn of_provider(provider: &dyn OidcProvider) -> Value {
    let config = provider.config();
    json!({ "id": config.slug, "name": config.name })
}

pub(super) async fn send(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let (email, back) = (input.text("email").to_owned(), input.text("back").to_owned());
    let texts = SiteMailTexts::of(&visit)?;
    let ctx = visit.ctx.clone();
    let request = link::Request {
        address: email.clone(),
        network: visit.network.clone(),
        return_to: input.optional("back").map(str::to_owned),
    };
    let outcome = app.db.write(move |tx| link::request(tx, &ctx, &texts, &request)).await;
    let shown = Shown { email, back, ..Shown::default() };
    match outcome {
        Ok(()) => show(&app, &visit, Shown { sent: true, ..shown }).await,
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            show(&app, &visit, Shown { errors, status: status_of(error.kind()), ..shown }).await
        }
    }
}

/// The page behind a link. It changes nothing: mail programs open links to look at them.
pub(super) async fn open(State(app): State<App>, visit: Visit, Path((_, token)): Path<(String, String)>) -> Outcome {
    let (secret, now) = (token.clone(), visit.ctx.now);
    let opened = app.db.read(move |tx| link::open(tx, &secret, now)).await?;
    let purpose = match opened.purpose {
        link::Purpose::SignIn => "sign-in",
        link::Purpose::AddAddress => "mail-change",
    };
    let action = visit.url(&format!("/sign-in/link/{token}"));
    let context = json!({ "token": token, "mail": opened.address, "purpose": purpose, "action": action });
    let mut response = Page::new(&visit, "sign-in-link.html").form().render(&context)?;
    keep_secret(&mut response);
    Ok(response)
}

/// The address of the page is a secret: it goes to no other page, not even of this site, and into no cache.
fn keep_secret(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(http::header::REFERRER_POLICY, http::HeaderValue::from_static("no-referrer"));
    headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
}

pub(super) async fn redeem(
    State(app): State<App>,
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    _: Input,
) -> Outcome {
    let (ctx, agent) = (visit.ctx.clone(), visit.user_agent.clone());
    // Whoever is signed in as another and opens a link to sign in leaves that session behind.
    let redeemed = app.db.write(move |tx| link::redeem(tx, &ctx, &token, &agent)).await;
    match redeemed {
        Ok(link::Redeemed::SignedIn(signed_in)) => enter(&visit, &signed_in),
        Ok(link::Redeemed::AddressAdded) => Ok(done(&visit, "/me", "address-changed")),
        Err(error) => Err(Failure::from(error)),
    }
}

/// Errors of the ways that lead here from elsewhere, shown on the sign-in page.
pub(super) async fn show_error(app: &App, visit: &Visit, error: Error) -> Outcome {
    let error = keep_for_form(error)?;
    let errors = form_errors(app, visit, &error);
    show(app, visit, Shown { errors, status: status_of(error.kind()), ..Shown::default() }).await
}
