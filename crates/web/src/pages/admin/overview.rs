//! How the site stands: jobs, mail, the ledger, and where to go.

use axum::extract::State;
use madang_http::{App, Outcome, Visit};
use madang_kernel::job::JobState;
use madang_kernel::{change, job, ledger, organisation};
use serde_json::{Value, json};

use crate::i18n::number;
use crate::page::{Page, words};

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    let (jobs, inbox, position, organisations) = app
        .db
        .read(|tx| {
            let organisations = organisation::list(tx, None)?.len();
            Ok((job::totals(tx)?, ledger::inbox_depth(tx)?, change::head(tx)?, organisations))
        })
        .await?;
    let of = |state: JobState| jobs.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
    let figure = |key: &str, value: i64, path: &str, state: &str| {
        let href = if path.is_empty() { String::new() } else { visit.url(path) };
        json!({ "label": words(&visit, key, &[]), "value": number(value), "href": href, "state": state })
    };
    let failed = of(JobState::Failed);
    let figures: Vec<Value> = vec![
        figure("overview-failed", failed, "/admin/jobs?state=failed", if failed > 0 { "failed" } else { "" }),
        figure("overview-waiting", of(JobState::Queued) + of(JobState::Running), "/admin/jobs", ""),
        figure("overview-organisations", i64::try_from(organisations).unwrap_or(0), "/admin/organisations", ""),
        figure("overview-inbox", inbox, "", ""),
        figure("overview-position", position, "", ""),
    ];
    Page::new(&visit, "admin/index.html").render(&json!({ "figures": figures }))
}
