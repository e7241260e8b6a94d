//! Signing in with an OpenID Connect provider: away, and back again.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use http::HeaderMap;
use madang_base::{Error, Kind, Result};
use madang_http::{App, Cookie, Input, JOURNEY_COOKIE, Outcome, Visit, read_cookie};
use madang_identity::{OidcProvider, oidc};

use super::mail::show_error;
use super::session::{enter, set, way_back};
use crate::page::query_value;

/// Seconds after which the browser forgets a journey; the server forgets it no later.
const JOURNEY_SECONDS: i64 = 15 * 60;

fn known(app: &App, slug: &str) -> Result<Arc<dyn OidcProvider>> {
    let found = app.oidc.iter().find(|provider| provider.config().slug == slug);
    found.cloned().ok_or_else(|| Error::not_found("page.unknown"))
}

pub(super) async fn begin(
    State(app): State<App>,
    visit: Visit,
    Path((_, slug)): Path<(String, String)>,
    input: Input,
) -> Outcome {
    let provider = known(&app, &slug)?;
    let begun = match provider.begin().await {
        Ok(begun) => begun,
        Err(error) => return show_error(&app, &visit, error).await,
    };
    let journey = oidc::Journey {
        browser: app.rng.token(),
        network: visit.network.clone(),
        // Always said, because the address of the return has no language.
        return_to: Some(way_back(&visit, input.text("back"))),
        add: visit.person().is_some() && input.has("add"),
    };
    let cookie = Cookie { name: JOURNEY_COOKIE, value: journey.browser.clone(), max_age: Some(JOURNEY_SECONDS) };
    let url = begun.url.clone();
    let ctx = visit.ctx.clone();
    let written = app.db.write(move |tx| oidc::begin(tx, &ctx, provider.config(), &begun, &journey)).await;
    match written {
        Ok(()) => Ok(set(&visit, Redirect::to(&url).into_response(), &cookie)?),
        Err(error) => show_error(&app, &visit, error).await,
    }
}

pub(super) async fn finish(
    State(app): State<App>,
    visit: Visit,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Outcome {
    let provider = known(&app, &slug)?;
    let said = |name: &str| query_value(&visit.query, name).unwrap_or_default();
    let (state, code) = (said("state"), said("code"));
    let browser = read_cookie(&headers, JOURNEY_COOKIE).unwrap_or("").to_owned();
    let ctx = visit.ctx.clone();
    let returned = app.db.write(move |tx| oidc::take(tx, &ctx, &state, &browser)).await?;
    if returned.provider != slug {
        return Err(Error::gone("identity.journey-unknown").into());
    }
    if code.is_empty() {
        // The visitor changed their mind at the provider, or it would not have them.
        return show_error(&app, &visit, Error::invalid("identity.provider-refused")).await;
    }
    let claims = match provider.finish(&code, &returned.nonce, &returned.verifier).await {
        Err(error) if error.kind() == Kind::Unauthenticated => {
            tracing::info!(%error, provider = %slug, "a provider's word was not taken");
            return show_error(&app, &visit, Error::invalid("identity.provider-refused")).await;
        }
        outcome => outcome?,
    };
    let (ctx, agent) = (visit.ctx.clone(), visit.user_agent.clone());
    let signed_in =
        app.db.write(move |tx| oidc::sign_in(tx, &ctx, provider.config(), &claims, &returned, &agent)).await?;
    let response = enter(&visit, &signed_in)?;
    Ok(set(&visit, response, &Cookie::gone(JOURNEY_COOKIE))?)
}
