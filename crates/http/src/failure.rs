//! Errors as responses: the one place where an error kind becomes a status.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use madang_base::{Error, Kind};
use serde::Serialize;

use crate::{Surface, Visit};

/// What a handler returns.
pub type Outcome = Result<Response, Failure>;

/// An error on its way out. It leaves as an empty response that carries the error; [`crate::router`] fills in a page
/// or a problem document in the visitor's language.
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// An error carried in a response's extensions.
#[derive(Clone)]
pub(crate) struct Carried(pub std::sync::Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status_of(self.0.kind()).into_response();
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self.0)));
        response
    }
}

/// The status for a kind of error.
#[must_use]
pub fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Gone => StatusCode::GONE,
        Kind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A problem document (RFC 9457) with the error's code, and the errors of single fields.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub type_: String,
    pub title: String,
    pub status: u16,
    pub code: &'static str,
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// One field's part of a [`Problem`].
#[derive(Debug, Serialize)]
pub struct FieldProblem {
    pub field: String,
    pub code: &'static str,
    pub detail: String,
}

impl Problem {
    /// The document for `error` in the visitor's language.
    #[must_use]
    pub fn new(visit: &Visit, status: StatusCode, error: &Error) -> Self {
        let words = &visit.app.words;
        let detail = words.message(visit.locale, &error.message_key(), error.args());
        Self {
            type_: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            code: error.code(),
            detail,
            errors: error
                .fields()
                .iter()
                .map(|f| {
                    // A field's own values come before those of the whole.
                    let mut args = error.args().clone();
                    args.extend(f.args.clone());
                    let detail = words.message(visit.locale, &format!("error-{}", f.code.replace('.', "-")), &args);
                    FieldProblem { field: f.field.clone(), code: f.code, detail }
                })
                .collect(),
        }
    }
}

/// What axum's own extractors refuse (a path that is not UTF-8, a form of another type) in the words of this site. Their
/// answers are plain English text with a status of 4xx; no handler answers so.
pub(crate) fn of_extractor(response: Response) -> Response {
    let plain = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let status = response.status();
    if !(status.is_client_error() && plain) || response.extensions().get::<Carried>().is_some() {
        return response;
    }
    let error = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Error::invalid("form.too-large"),
        _ => Error::invalid("form.unreadable"),
    };
    (status, Failure(error)).into_response()
}

/// Fills the body of a response that carries an error, and logs what is ours to mend.
pub(crate) fn fill(visit: &Visit, surface: Surface, response: Response) -> Response {
    let Some(Carried(error)) = response.extensions().get::<Carried>().cloned() else { return response };
    let status = response.status();
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        tracing::error!(error = %error, request.path = %visit.path, "request failed");
    } else {
        tracing::debug!(error.code = error.code(), status = status.as_u16(), "request refused");
    }
    let (mut parts, _) = response.into_parts();
    parts.extensions.remove::<Carried>();
    let headers = &mut parts.headers;
    match error.kind() {
        Kind::RateLimited | Kind::Unavailable => {
            let seconds = error.args().get("seconds").and_then(|s| s.parse::<u32>().ok()).unwrap_or(5);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        Kind::Unauthenticated if surface == Surface::Api => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        _ => {}
    }
    let body = if surface == Surface::Api {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        serde_json::to_string(&Problem::new(visit, status, &error)).unwrap_or_default()
    } else {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        visit.app.words.error_page(visit, status.as_u16(), &error)
    };
    Response::from_parts(parts, body.into())
}
