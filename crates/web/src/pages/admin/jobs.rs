//! The queue of jobs: what waits, what failed and why, and another try.

use axum::extract::{Path, State};
use madang_http::{App, Input, Outcome, Visit};
use madang_kernel::job::{self, Filter, Job, JobId, JobState};
use serde_json::{Value, json};

use super::{address, options, pager};
use crate::page::{Page, done, query_value, words};
use crate::wiring::Wiring;

/// Jobs on one page.
const PAGE: u32 = 50;

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let state = query_value(&visit.query, "state").unwrap_or_default();
    let before: Option<JobId> = query_value(&visit.query, "before").map(|id| id.parse()).transpose()?;
    let filter = Filter {
        state: Some(state.as_str()).filter(|s| !s.is_empty()).map(str::parse).transpose()?,
        kind: query_value(&visit.query, "kind"),
        before,
    };
    let ctx = visit.ctx.clone();
    let (page, totals) = app.db.read(move |tx| Ok((job::list(tx, &ctx, &filter, PAGE)?, job::totals(tx)?))).await?;
    let of = |state: JobState| totals.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
    let kind = query_value(&visit.query, "kind").unwrap_or_default();
    let here = address(&visit.url("/admin/jobs"), &[("state", &state), ("kind", &kind)]);
    let any = (String::new(), words(&visit, "filter-any", &[]));
    let states = JobState::ALL.iter().map(|s| (s.to_string(), words(&visit, &format!("job-state-{s}"), &[])));
    let mut chips = Vec::new();
    if !state.is_empty() {
        let label = words(&visit, &format!("job-state-{state}"), &[]);
        chips.push(json!({ "label": label, "remove": address(&visit.url("/admin/jobs"), &[("kind", &kind)]) }));
    }
    if !kind.is_empty() {
        chips.push(json!({ "label": kind_name(&visit, &kind), "remove": address(&visit.url("/admin/jobs"), &[("state", &state)]) }));
    }
    let context = json!({
        "counts": { "queued": of(JobState::Queued), "running": of(JobState::Running), "failed": of(JobState::Failed) },
        "filters": [{
            "name": "state",
            "label": words(&visit, "column-state", &[]),
            "options": options(std::iter::once(any).chain(states), &state),
        }],
        "chips": chips,
        "jobs": page.jobs.iter().map(|job| row(&visit, job)).collect::<Vec<_>>(),
        "pager": pager(&here, before.is_none(), page.next.map(|id| id.to_string())),
    });
    Page::new(&visit, "admin/jobs.html").form().render(&context)
}

/// What a kind of job does, in words; the code of one that has none.
fn kind_name(visit: &Visit, kind: &str) -> String {
    let key = format!("job-kind-{}", kind.replace('.', "-"));
    let known = visit.app.own::<Wiring>().is_ok_and(|wiring| wiring.templates.catalogue().has(visit.locale, &key));
    if known { words(visit, &key, &[]) } else { kind.to_owned() }
}

fn row(visit: &Visit, job: &Job) -> Value {
    let at = |act: &str| visit.url(&format!("/admin/jobs/{}/{act}", job.id));
    let waits_again = job.state == JobState::Queued && job.attempts > 0;
    let stands_still = matches!(job.state, JobState::Failed | JobState::Queued | JobState::Done);
    json!({
        "id": job.id,
        "kind": kind_name(visit, &job.kind),
        "code": job.kind,
        "kind_href": address(&visit.url("/admin/jobs"), &[("kind", &job.kind)]),
        "state": job.state,
        "attempts": job.attempts,
        "time": job.updated_at.rfc3339(),
        "next": (job.state == JobState::Queued).then(|| job.run_at.rfc3339()),
        "error": job.last_error.as_deref().unwrap_or_default(),
        "retry": if job.state == JobState::Failed || waits_again { at("retry") } else { String::new() },
        "drop": if stands_still { at("delete") } else { String::new() },
    })
}

pub(super) async fn retry(
    State(app): State<App>,
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Input,
) -> Outcome {
    let (ctx, id) = (visit.ctx.clone(), id.parse::<JobId>()?);
    app.db.write(move |tx| job::retry(tx, &ctx, id)).await?;
    Ok(done(&visit, "/admin/jobs", "job-retried"))
}

pub(super) async fn delete(
    State(app): State<App>,
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Input,
) -> Outcome {
    let (ctx, id) = (visit.ctx.clone(), id.parse::<JobId>()?);
    app.db.write(move |tx| job::delete(tx, &ctx, id)).await?;
    Ok(done(&visit, "/admin/jobs", "job-deleted"))
}
