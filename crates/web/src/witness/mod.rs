//! The public face of a witness (`madang witness`): its pages, its status for machines, and the protocol over HTTP.
//!
//! It is a program of its own, run by others than the site's: no database, no accounts, no scripts, and nothing of the
//! site's frame. What it decides is in `madang-witness`; here it gets addresses and words. Start reading at [`router`].

mod context;
mod pages;
mod protocol;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use madang_witness::Witness;

pub use self::words::AlarmWords;
use crate::view::Templates;

/// What the handlers need.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    pub(crate) witness: Witness,
    pub(crate) templates: Arc<Templates>,
}

/// Everything that a witness answers.
pub fn router(witness: Witness, templates: Arc<Templates>) -> Router {
    Router::new()
        .route("/", get(pages::to_language))
        .route("/{lang}", get(pages::overview))
        .route("/{lang}/", get(pages::overview))
        .route("/{lang}/logs/{name}", get(pages::log))
        .route("/logs/{name}/checkpoint", get(pages::checkpoint))
        .route("/logs/{name}/evidence/{file}", get(pages::evidence))
        .route("/assets/{*path}", get(pages::asset))
        .route("/status.json", get(protocol::status))
        .route("/vkey", get(protocol::vkey))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/robots.txt", get(|| async { "User-agent: *\nAllow: /\n" }))
        .route("/add-checkpoint", post(protocol::add_checkpoint))
        .fallback(pages::missing)
        .layer(map_response(guarded))
        .with_state(Face { witness, templates })
}

/// No script, nothing from another host, no framing, no forms.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'";

async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(X_FRAME_OPTIONS, "DENY");
    response
}
