//! What machines ask: cosigning, status, key.

use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};

use super::Face;

/// Bytes of a request to cosign; a little more than the witness takes, so that it is the one who refuses.
const LARGEST: usize = (64 << 10) + 1;
/// How long a client may take to send it.
const PATIENCE: Duration = Duration::from_secs(10);

/// `POST /add-checkpoint` (c2sp.org/tlog-witness).
pub(super) async fn add_checkpoint(State(face): State<Face>, body: Body) -> Response {
    let plain = |status: StatusCode, text: &'static str| {
        (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
    };
    let bytes = match tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT, "the request did not come in time\n"),
        Ok(Err(_)) => return plain(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large or was broken off\n"),
        Ok(Ok(bytes)) => bytes,
    };
    let answer = face.witness.add_checkpoint(&bytes).await;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, [(CONTENT_TYPE, answer.content_type)], answer.body).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, http::HeaderValue::from_static("1"));
    }
    response
}

/// `GET /status.json`. Anybody's page may read it.
pub(super) async fn status(State(face): State<Face>) -> Response {
    let headers = [(CACHE_CONTROL, "no-cache"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers, Json(face.witness.status())).into_response()
}

/// `GET /vkey`: the verifier key on a line.
pub(super) async fn vkey(State(face): State<Face>) -> String {
    format!("{}\n", face.witness.status().vkey)
}
