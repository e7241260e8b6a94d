use std::time::Duration;

use super::*;

#[test]
fn requests_are_counted_by_route_status_and_time() {
    let registry = Registry::default();
    registry.answered("GET", "/{lang}/plans/{plan}", 200, Duration::from_micros(900));
    registry.answered("GET", "/{lang}/plans/{plan}", 200, Duration::from_millis(20));
    registry.answered("GET", "/{lang}/plans/{plan}", 404, Duration::from_secs(60));
    registry.answered("BREW", "(none)", 418, Duration::from_millis(1));
    let open = registry.connection_opens();
    let mut page = Page::default();
    registry.write(&mut page);
    drop(open);
    let text = page.finish();
    let has = |line: &str| assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
    has("madang_http_requests_total{method=\"GET\",route=\"/{lang}/plans/{plan}\",status=\"200\"} 2");
    has("madang_http_requests_total{method=\"GET\",route=\"/{lang}/plans/{plan}\",status=\"404\"} 1");
    has("madang_http_requests_total{method=\"other\",route=\"(none)\",status=\"other\"} 1");
    has("madang_http_request_seconds_bucket{method=\"GET\",route=\"/{lang}/plans/{plan}\",le=\"0.001\"} 1");
    has("madang_http_request_seconds_bucket{method=\"GET\",route=\"/{lang}/plans/{plan}\",le=\"10\"} 2");
    has("madang_http_request_seconds_bucket{method=\"GET\",route=\"/{lang}/plans/{plan}\",le=\"+Inf\"} 3");
    has("madang_http_request_seconds_sum{method=\"GET\",route=\"/{lang}/plans/{plan}\"} 60.020900");
    has("madang_connections 1");
    let mut after = Page::default();
    registry.write(&mut after);
    assert!(after.finish().contains("\nmadang_connections 0\n"));
}

#[test]
fn labels_are_escaped() {
    let mut page = Page::default();
    page.sample("a", &[("l", "x\"y\\z\nw")], 1);
    assert_eq!(page.finish(), "a{l=\"x\\\"y\\\\z\\nw\"} 1\n");
}

#[test]
fn memory_is_known_on_this_machine() {
    assert!(process::resident_bytes().is_some_and(|bytes| bytes > 1 << 20));
}
