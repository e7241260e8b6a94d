//! The addresses for whoever runs the site: `/healthz`, `/readyz`, `/metrics`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use madang_db::Db;
use madang_kernel::log::Log;
use madang_kernel::{change, job, ledger};

use crate::metrics::{self, Page, Registry};

/// What the answers are made of.
pub(crate) struct Ops {
    pub(crate) db: Db,
    pub(crate) data: PathBuf,
    pub(crate) metrics: Arc<Registry>,
    pub(crate) log: Log,
}

/// How long a check may take before it has failed.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/healthz` and `/readyz`; and `/metrics`, unless it has an address of its own.
pub(crate) fn router(ops: Arc<Ops>, with_metrics: bool) -> Router {
    let router = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready));
    let router = if with_metrics { router.route("/metrics", get(figures)) } else { router };
    router.with_state(ops)
}

/// `/metrics` alone.
pub(crate) fn metrics_router(ops: Arc<Ops>) -> Router {
    Router::new().route("/metrics", get(figures)).route("/healthz", get(|| async { "ok\n" })).with_state(ops)
}

async fn ready(State(ops): State<Arc<Ops>>) -> Response {
    let database = match tokio::time::timeout(PATIENCE, ops.db.check()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.code().to_owned()),
        Err(_) => Err("no answer".to_owned()),
    };
    let data = ops.data.clone();
    let disk =
        tokio::task::spawn_blocking(move || is_writable(&data)).await.unwrap_or_else(|_| Err("no answer".into()));
    let status = if database.is_ok() && disk.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = |check: Result<(), String>| check.err().unwrap_or_else(|| "ok".into());
    // A held log takes acts in as always, so it is told and does not turn visitors away.
    let state = ops.log.state();
    let log = state.reason().map_or_else(|| state.code().to_owned(), |reason| format!("held ({})", reason.code()));
    let text = format!("database {}\ndisk {}\nlog {log}\n", word(database), word(disk));
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

/// Whether a file can be made in `folder`; if not, what the system says.
pub(crate) fn is_writable(folder: &Path) -> Result<(), String> {
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    let outcome = std::fs::write(&probe, b"").map_err(|error| error.to_string());
    // Left behind only where it could not be made.
    let _ = std::fs::remove_file(&probe);
    outcome
}

async fn figures(State(ops): State<Arc<Ops>>) -> Response {
    let mut page = Page::default();
    ops.metrics.write(&mut page);
    database(&ops, &mut page).await;
    metrics::write_process(&mut page);
    page.family("madang_build_info", "gauge", "Version and database engine.");
    let engine = ops.db.engine().name();
    page.sample("madang_build_info", &[("version", env!("CARGO_PKG_VERSION")), ("engine", engine)], 1);
    ([(CONTENT_TYPE, Page::MEDIA_TYPE), (CACHE_CONTROL, "no-store")], page.finish()).into_response()
}

async fn database(ops: &Ops, page: &mut Page) {
    let status = ops.db.status();
    let (gauge, counter) = ("gauge", "counter");
    page.one("madang_db_write_queue", gauge, "Acts that wait to be written.", status.write_queue);
    page.one("madang_db_read_queue", gauge, "Reads that wait.", status.read_queue);
    page.one("madang_db_writes_total", counter, "Acts committed.", status.writes);
    page.one("madang_db_reads_total", counter, "Reads done.", status.reads);
    page.one("madang_db_commits_total", counter, "Commits; on SQLite one holds many acts.", status.batches);
    page.one("madang_db_retries_total", counter, "Acts repeated because another was in the way.", status.retries);
    page.one("madang_db_reconnects_total", counter, "Connections opened anew.", status.reconnects);
    page.one("madang_db_busy_total", counter, "Acts turned away because too many waited.", status.busy);
    page.one("madang_db_failed_commits_total", counter, "Commits that failed.", status.failed_commits);
    page.family("madang_db_last_commit_seconds", gauge, "How long the last commit took.");
    page.seconds("madang_db_last_commit_seconds", &[], status.last_commit_micros);

    let asked = ops.db.read(|tx| Ok((job::totals(tx)?, ledger::inbox_depth(tx)?, change::head(tx)?)));
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    page.one("madang_db_up", gauge, "Whether the database answers.", u8::from(matches!(answer, Ok(Ok(_)))));
    let Ok(Ok((jobs, inbox, position))) = answer else { return };
    page.family("madang_jobs", gauge, "Jobs by state.");
    for (state, count) in jobs {
        page.sample("madang_jobs", &[("state", state.code())], count);
    }
    page.one("madang_ledger_inbox", gauge, "Acts that wait for their position in the ledger.", inbox);
    page.one("madang_ledger_position", gauge, "The last position given in the ledger.", position);
    let held = u8::from(ops.log.state().is_held());
    page.one("madang_ledger_held", gauge, "Whether the public log is held: nothing is signed.", held);
    let size = *ops.log.gate().published().borrow();
    page.one("madang_ledger_size", gauge, "Leaves under the newest signed checkpoint.", size);
}
