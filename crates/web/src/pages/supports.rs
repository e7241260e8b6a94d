//! The count of a case's supports for machines: a document that is polled, and a stream of events.
//!
//! Both come from memory ([`Live`](madang_cases::support::live::Live)): an open page costs no query. They are public, the
//! same for everybody, and set no cookie.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY};
use http::{HeaderMap, StatusCode};
use madang_base::Error;
use madang_cases::Cases;
use madang_cases::support::live::Snapshot;
use madang_http::{Outcome, Route, Visit};

/// A count may be two seconds old; while a fresh one is fetched, or cannot be, an older one is shown.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=2, stale-while-revalidate=4, stale-if-error=10");
/// A line that keeps proxies from taking a quiet stream for a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// What a browser waits before it asks again after a stream ended.
const RETRY: Duration = Duration::from_secs(5);

/// The rows of this module.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![Route::embed("/cases/{number}/count.json", get(count)), Route::embed("/cases/{number}/events", get(events))]
}

fn cases(visit: &Visit) -> Result<Cases, Error> {
    visit.app.own::<Cases>().cloned()
}

async fn count(visit: Visit, Path(number): Path<String>, headers: HeaderMap) -> Outcome {
    let cases = cases(&visit)?;
    let snapshot = cases.live.get(&visit.app.db, &cases, &number).await?;
    Ok(answer(&snapshot, &headers))
}

fn answer(snapshot: &Snapshot, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", snapshot.tag);
    let sent = headers.get(IF_NONE_MATCH).and_then(|sent| sent.to_str().ok()).unwrap_or("");
    let same = sent.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let json = HeaderValue::from_static("application/json");
        ([(CONTENT_TYPE, json)], Body::from(snapshot.json.clone())).into_response()
    };
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, CACHED);
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    response
}

async fn events(visit: Visit, Path(number): Path<String>) -> Outcome {
    let cases = cases(&visit)?;
    let listener = cases.live.listen(&visit.app.db, &cases, &number).await?;
    let counts = stream::unfold(listener, |mut listener| async {
        let snapshot = listener.next().await?;
        let event =
            Event::default().event("count").id(snapshot.position.to_string()).retry(RETRY).data(snapshot.json.as_str());
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(counts).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // Proxies that gather answers would hold the events back.
    out.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}
