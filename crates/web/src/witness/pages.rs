//! Pages for people, and files to download.

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use madang_base::Locale;
use serde::Serialize;

use super::{Face, context};
use crate::assets;

/// Whoever asks for English before Korean gets English; all others Korean.
fn wanted(headers: &HeaderMap) -> Locale {
    let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = text
        .split(',')
        .map(|part| part.trim().to_ascii_lowercase())
        .find_map(|part| Locale::ALL.into_iter().find(|locale| part.starts_with(locale.tag())));
    first.unwrap_or_default()
}

pub(super) async fn to_language(headers: HeaderMap) -> Response {
    let mut response = Redirect::to(&format!("/{}/", wanted(&headers))).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    response
}

pub(super) async fn overview(State(face): State<Face>, Path(lang): Path<String>, headers: HeaderMap) -> Response {
    let Ok(locale) = lang.parse() else { return absent(&face, wanted(&headers), "/") };
    page(&face, "witness/overview.html", locale, StatusCode::OK, &context::overview(&face, locale))
}

pub(super) async fn log(
    State(face): State<Face>,
    Path((lang, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(locale) = lang.parse() else { return absent(&face, wanted(&headers), "/") };
    match context::log(&face, &name, locale) {
        Some(context) => page(&face, "witness/log.html", locale, StatusCode::OK, &context),
        None => absent(&face, locale, "/"),
    }
}

pub(super) async fn missing(State(face): State<Face>, uri: Uri, headers: HeaderMap) -> Response {
    let first = uri.path().split('/').nth(1).and_then(|tag| tag.parse().ok());
    absent(&face, first.unwrap_or_else(|| wanted(&headers)), "/")
}

fn absent(face: &Face, locale: Locale, path: &str) -> Response {
    page(face, "witness/missing.html", locale, StatusCode::NOT_FOUND, &context::bare(face, path))
}

fn page(face: &Face, template: &str, locale: Locale, status: StatusCode, context: &impl Serialize) -> Response {
    match face.templates.render(template, locale, context) {
        Ok(html) => (status, [(CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, template, "a page of the witness could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The newest checkpoint that was cosigned, with the cosignature.
pub(super) async fn checkpoint(State(face): State<Face>, Path(name): Path<String>) -> Response {
    match face.witness.checkpoint(&name) {
        Some(note) => {
            let kind = (CONTENT_TYPE, "text/plain; charset=utf-8");
            ([kind, (CACHE_CONTROL, "no-cache")], note).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of evidence. It may hold anything that a log sent, so it is only ever a download.
pub(super) async fn evidence(State(face): State<Face>, Path((name, file)): Path<(String, String)>) -> Response {
    let Some(bytes) = face.witness.evidence_file(&name, &file) else { return StatusCode::NOT_FOUND.into_response() };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
    let mut response = ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response();
    if let Ok(disposition) = disposition {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

pub(super) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::lookup(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let etag = HeaderValue::from_str(&format!("\"{}\"", asset.sha256));
    let plain = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    let takes_gzip = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    let mut response = match asset.gzip {
        Some(gzip) if takes_gzip => {
            (plain, [(CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")], gzip).into_response()
        }
        Some(_) => (plain, [(VARY, "accept-encoding")], asset.bytes).into_response(),
        None => (plain, asset.bytes).into_response(),
    };
    if let Ok(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}
