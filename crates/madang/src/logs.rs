//! Structured logs on standard error, as text or JSON lines.
//!
//! What a line may hold: route patterns, statuses, durations, request ids, error codes and causes. What it may not:
//! addresses, agents, query strings, paths as they were typed, anything a person entered.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// A panic is a log line with its place. Its text only when it is written in the source: others may hold what people
/// entered.
fn on_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(its text may hold personal data)");
    tracing::error!(panic.place = place, panic.text = text, "a panic");
}

/// Begins to log. Libraries below us are heard from `warn` on.
pub(crate) fn start(log: &Log) {
    let filter = format!(
        "warn,madang={0},madang_http={0},madang_web={0},madang_api={0},madang_db={0},madang_kernel={0},\
                          madang_identity={0},madang_plans={0},madang_adapters={0},madang_witness={0}",
        log.level
    );
    let builder =
        tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(EnvFilter::new(filter)).with_target(true);
    std::panic::set_hook(Box::new(on_panic));
    // A second start in one process (there is none but in tests) keeps the first.
    let _ = if log.json {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        builder.with_ansi(io::stderr().is_terminal()).try_init()
    };
}
