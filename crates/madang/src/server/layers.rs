//! What surrounds every request: the client's address behind proxies, a request id, figures, a log line, limits of time
//! and size, compression, and a net under panics.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;
use tracing::Instrument as _;

use crate::metrics::Registry;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What the layers need.
pub(crate) struct Outside {
    pub(crate) metrics: Arc<Registry>,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) request_timeout: Duration,
    /// Bytes.
    pub(crate) body: usize,
    /// A log line for each request.
    pub(crate) log: bool,
    /// Sixteen hexadecimal digits that no two processes share; a request's number is put behind.
    pub(crate) instance: String,
    pub(crate) counter: std::sync::atomic::AtomicU64,
}

/// Puts the layers around `router`.
pub(crate) fn wrap(router: Router, outside: Outside) -> Router {
    let metrics = Arc::clone(&outside.metrics);
    let body = outside.body;
    router
        .layer(CatchPanicLayer::custom(move |_: Box<dyn std::any::Any + Send>| {
            metrics.panicked();
            plain(StatusCode::INTERNAL_SERVER_ERROR, "서버에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요.\nSomething broke here. Please try again later.\n")
        }))
        .layer(RequestBodyLimitLayer::new(body))
        .layer(CompressionLayer::new().gzip(true).compress_when(DefaultPredicate::new().and(SizeAbove::new(1024))))
        .layer(from_fn_with_state(Arc::new(outside), around))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

async fn around(State(outside): State<Arc<Outside>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let _running = outside.metrics.request_begins();
    if let Some(client) = client_behind_proxies(&request, &outside.trusted_proxies) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, 0)));
    }
    let number = outside.counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let id = format!("{}-{number:x}", outside.instance);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let span = tracing::info_span!("request", id = %id);
    let answer = tokio::time::timeout(outside.request_timeout, next.run(request).instrument(span.clone())).await;
    let mut response = answer.unwrap_or_else(|_| {
        let mut response = plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "처리가 너무 오래 걸려 멈췄습니다. 잠시 뒤 다시 시도해 주세요.\nThis took too long and was stopped. Please try again later.\n",
        );
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
        response
    });
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE
        && response.headers().get("content-type").is_none_or(|t| t.as_bytes().starts_with(b"text/plain"))
    {
        // The size layer's own answer is a line of English.
        response = plain(
            StatusCode::PAYLOAD_TOO_LARGE,
            "보낸 것이 너무 큽니다. 앞 화면으로 돌아가 파일을 줄여서 다시 보내 주세요.\nWhat you sent is too large. Go back, make the file smaller and send it again.\n",
        );
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    outside.metrics.answered(method.as_str(), route, status, took);
    if outside.log {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let _entered = span.enter();
        tracing::info!(target: "madang::request", method = method.as_str(), route, status, micros, "answered");
    }
    response
}

/// The address a trusted proxy names. Read from the right: each trusted hop vouches for the one before it, and the first
/// address that is not a trusted proxy is the client. Whatever a client wrote further left is not believed.
fn client_behind_proxies(request: &Request, trusted: &[IpAddr]) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    if !trusted.contains(&peer.ip().to_canonical()) {
        return None;
    }
    let values: Vec<&str> =
        request.headers().get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    let hops = values.iter().flat_map(|value| value.split(',')).map(str::trim);
    let mut client = None;
    for hop in hops.collect::<Vec<_>>().into_iter().rev() {
        let Ok(address) = hop.parse::<IpAddr>() else { break };
        client = Some(address);
        if !trusted.contains(&address.to_canonical()) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> Option<String> {
        let trusted = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let mut request = Request::new(Body::empty());
        for value in forwarded {
            request.headers_mut().append(FORWARDED_FOR, value.parse().unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 9)));
        client_behind_proxies(&request, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(client("203.0.113.9", &["192.0.2.1"]), None);
        assert_eq!(client("10.0.0.1", &["192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("::ffff:10.0.0.1", &["192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("10.0.0.1", &["6.6.6.6, 192.0.2.1, 10.0.0.2"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("10.0.0.1", &["6.6.6.6", "192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("10.0.0.1", &["not an address"]), None);
        assert_eq!(client("10.0.0.1", &[]), None);
    }
}
