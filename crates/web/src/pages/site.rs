//! The site itself: the way to the right language, embedded files, preferences, and the pages that explain.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, SET_COOKIE, VARY};
use http::{HeaderMap, HeaderValue};
use madang_base::Error;
use madang_http::{Access, App, Cookie, Failure, Outcome, PREFERENCES_COOKIE, Preferences, Route, Visit};
use serde::Deserialize;
use serde_json::json;

use crate::assets;
use crate::page::Page;

pub fn routes() -> Vec<Route> {
    vec![
        Route::page("/", Access::Public, get(to_language)),
        Route::page("/assets/{*path}", Access::Public, get(asset)),
        Route::page(
            "/robots.txt",
            Access::Public,
            get(|| async { "User-agent: *\nDisallow: /api/\nDisallow: /*/sign-in\n" }),
        ),
        Route::form("/{lang}/preferences", Access::Public, post(preferences)),
        Route::page("/{lang}/about", Access::Public, get(|visit: Visit| explain(visit, "about"))),
        Route::page("/{lang}/glossary", Access::Public, get(|visit: Visit| explain(visit, "glossary"))),
        Route::page("/{lang}/accessibility", Access::Public, get(|visit: Visit| explain(visit, "accessibility"))),
        Route::page("/{lang}/privacy", Access::Public, get(|visit: Visit| explain(visit, "privacy"))),
    ]
}

async fn to_language(visit: Visit) -> Response {
    let mut response = Redirect::to(&visit.url("/")).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    response
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Outcome {
    let asset = assets::lookup(&path).ok_or_else(|| Error::not_found("page.unknown"))?;
    let plain = [
        (CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (ETAG, HeaderValue::from_str(&format!("\"{}\"", asset.sha256)).map_err(Error::internal)?),
    ];
    let takes_gzip = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    Ok(match asset.gzip {
        Some(gzip) if takes_gzip => {
            (plain, [(CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")], gzip).into_response()
        }
        Some(_) => (plain, [(VARY, "accept-encoding")], asset.bytes).into_response(),
        None => (plain, asset.bytes).into_response(),
    })
}

#[derive(Deserialize)]
struct Choice {
    text: Option<String>,
    mode: Option<String>,
    #[serde(default)]
    back: String,
}

/// Changes nothing but how pages look to this browser, hence without a form token.
async fn preferences(State(app): State<App>, visit: Visit, Form(choice): Form<Choice>) -> Outcome {
    let old = visit.preferences;
    let wanted =
        format!("{}.{}", choice.text.as_deref().unwrap_or(old.text), choice.mode.as_deref().unwrap_or(old.mode));
    let value = Preferences::parse(&wanted).to_string();
    let cookie = Cookie { name: PREFERENCES_COOKIE, value, max_age: Some(31_536_000) };
    let mut response = Redirect::to(&local(&visit, &choice.back)).into_response();
    let header = HeaderValue::from_str(&cookie.header(app.site.secure_cookies)).map_err(Error::internal)?;
    response.headers_mut().append(SET_COOKIE, header);
    Ok(response)
}

/// An address on this site, or the front page when it is not one: a form cannot send a visitor elsewhere. Browsers drop
/// tabs and line ends from an address before they read it, so `/<tab>/elsewhere.example` would leave the site.
#[must_use]
pub fn local(visit: &Visit, address: &str) -> String {
    let ours = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control());
    if ours { address.to_owned() } else { visit.url("/") }
}

async fn explain(visit: Visit, what: &'static str) -> Result<Response, Failure> {
    Page::new(&visit, "explain.html").render(&json!({ "what": what }))
}
