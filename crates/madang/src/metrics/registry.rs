//! Counters of requests and connections.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::Page;

/// Upper edges of the latency buckets in microseconds, and as Prometheus writes them in seconds.
const BUCKETS: [(u64, &str); 13] = [
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (5_000_000, "5"),
    (10_000_000, "10"),
];

/// Statuses that are counted one by one; all others count as 0.
const STATUSES: [u16; 28] = [
    0, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415,
    422, 429, 500, 503, 504,
];

const METHODS: [&str; 8] = ["other", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A place in [`METHODS`], and a route's pattern.
type Key = (u8, Box<str>);

#[derive(Default)]
struct Stats {
    statuses: [AtomicU64; STATUSES.len()],
    buckets: [AtomicU64; BUCKETS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

/// One process's counters.
#[derive(Default)]
pub(crate) struct Registry {
    routes: RwLock<HashMap<Key, Arc<Stats>>>,
    in_flight: AtomicI64,
    connections: AtomicI64,
    panics: AtomicU64,
}

/// Counts one thing up while it lives.
pub(crate) struct Gauge<'a>(&'a AtomicI64);

impl Drop for Gauge<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Registry {
    /// A request is being answered while this lives.
    pub(crate) fn request_begins(&self) -> Gauge<'_> {
        self.in_flight.fetch_add(1, Relaxed);
        Gauge(&self.in_flight)
    }

    /// A connection is open while this lives.
    pub(crate) fn connection_opens(&self) -> Gauge<'_> {
        self.connections.fetch_add(1, Relaxed);
        Gauge(&self.connections)
    }

    pub(crate) fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    /// Counts an answered request. `route` is the pattern that it matched.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let stats = self.stats(method, route);
        let at = STATUSES.binary_search(&status).unwrap_or(0);
        stats.statuses[at].fetch_add(1, Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BUCKETS.iter().position(|(edge, _)| micros <= *edge) {
            stats.buckets[bucket].fetch_add(1, Relaxed);
        }
        stats.count.fetch_add(1, Relaxed);
        stats.micros.fetch_add(micros, Relaxed);
    }

    fn stats(&self, method: &str, route: &str) -> Arc<Stats> {
        let method =
            METHODS.iter().position(|known| *known == method).and_then(|at| u8::try_from(at).ok()).unwrap_or(0);
        let key = (method, Box::from(route));
        if let Some(stats) = self.routes.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(stats);
        }
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(routes.entry(key).or_default())
    }

    /// Writes the counters.
    pub(crate) fn write(&self, page: &mut Page) {
        let mut routes: Vec<(Key, Arc<Stats>)> = {
            let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
            routes.iter().map(|(key, stats)| (key.clone(), Arc::clone(stats))).collect()
        };
        routes.sort_by(|(a, _), (b, _)| (&a.1, a.0).cmp(&(&b.1, b.0)));
        page.family("madang_http_requests_total", "counter", "Requests answered, by route and status.");
        for ((method, route), stats) in &routes {
            for (status, count) in STATUSES.iter().zip(&stats.statuses) {
                let count = count.load(Relaxed);
                if count > 0 {
                    let status = if *status == 0 { "other".to_owned() } else { status.to_string() };
                    let labels = [("method", METHODS[usize::from(*method)]), ("route", route), ("status", &status)];
                    page.sample("madang_http_requests_total", &labels, count);
                }
            }
        }
        page.family(
            "madang_http_request_seconds",
            "histogram",
            "Time from the head of a request to the head of its answer.",
        );
        for ((method, route), stats) in &routes {
            let mut below = 0;
            let (method, route) = (("method", METHODS[usize::from(*method)]), ("route", &**route));
            for ((_, edge), count) in BUCKETS.iter().zip(&stats.buckets) {
                below += count.load(Relaxed);
                page.sample("madang_http_request_seconds_bucket", &[method, route, ("le", edge)], below);
            }
            // Read last and never below the buckets, which other threads may have raised meanwhile.
            let count = stats.count.load(Relaxed).max(below);
            page.sample("madang_http_request_seconds_bucket", &[method, route, ("le", "+Inf")], count);
            page.seconds("madang_http_request_seconds_sum", &[method, route], stats.micros.load(Relaxed));
            page.sample("madang_http_request_seconds_count", &[method, route], count);
        }
        page.one(
            "madang_http_requests_in_flight",
            "gauge",
            "Requests that are being answered.",
            self.in_flight.load(Relaxed),
        );
        page.one("madang_connections", "gauge", "Open connections.", self.connections.load(Relaxed));
        page.one("madang_panics_total", "counter", "Requests that ended in a panic.", self.panics.load(Relaxed));
    }
}
