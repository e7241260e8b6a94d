//! Supports that came suspiciously close together: figures, and the decision whether they count, with its public reason.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::support::{Burst, BurstId, BurstState, burst};
use madang_cases::views::CaseView;
use madang_http::{Input, Outcome, Visit, status_of};
use serde_json::{Value, json};

use super::case::head;
use super::kit::{self, t};
use super::reading;
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

type Place = Path<(String, String)>;

pub(super) async fn show(visit: Visit, Path((_, number)): Place) -> Outcome {
    let view = open(&visit, &number).await?;
    page(&visit, &view, "", "", Vec::new(), StatusCode::OK).await
}

async fn open(visit: &Visit, number: &str) -> Result<CaseView> {
    let view = reading::open_as_officer(visit, number).await?;
    match view.service.definition.support {
        Some(_) => Ok(view),
        None => Err(Error::not_found("support.none")),
    }
}

async fn page(
    visit: &Visit,
    view: &CaseView,
    id: &str,
    reason: &str,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let case = view.case.id;
    let all = visit.app.db.read(move |tx| burst::list(tx, case)).await?;
    let context = json!({
        "case": head(visit, view), "action": visit.url(&visit.path),
        "bursts": all.iter().rev().map(|b| row(visit, view, b, if b.id.to_string() == id { reason } else { "" })).collect::<Vec<_>>(),
        "wrong": id, "errors": errors,
    });
    Page::new(visit, "cases-desk/bursts.html").form().status(status).render(&context)
}

fn row(visit: &Visit, view: &CaseView, burst: &Burst, reason: &str) -> Value {
    let total = view.supports.as_ref().map_or(0, |supports| supports.count + supports.excluded);
    let state = match burst.state {
        BurstState::Marked => "waiting",
        BurstState::Kept | BurstState::Restored => "done",
        BurstState::Excluded => "closed",
    };
    json!({
        "id": burst.id.to_string(), "kind": t(visit, &format!("burst-kind-{}", burst.kind), &[]),
        "from": burst.from.micros(), "until": burst.until.micros(), "size": burst.size,
        "seconds": burst.until.seconds_since(burst.from), "share": if total > 0 { burst.size * 100 / total } else { 0 },
        "state": state, "state_words": t(visit, &format!("burst-{}", burst.state), &[]),
        "excluded": burst.state == BurstState::Excluded, "left_out": burst.excluded,
        "decided_at": burst.decided_at.map(madang_base::Time::micros), "public_reason": burst.reason, "reason": reason,
    })
}

pub(super) async fn act(visit: Visit, Path((_, number)): Place, input: Input) -> Outcome {
    let view = open(&visit, &number).await?;
    let (id, reason, go) =
        (input.text("burst").to_owned(), input.text("reason").to_owned(), input.text("go").to_owned());
    match decide(&visit, &id, &reason, &go).await {
        Ok(()) => Ok(done(&visit, &format!("{}/bursts", kit::path(&number)), "burst-decided")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            page(&visit, &view, &id, &reason, errors, status_of(error.kind())).await
        }
    }
}

async fn decide(visit: &Visit, id: &str, reason: &str, go: &str) -> Result<()> {
    let id: BurstId = id.parse().map_err(|_| Error::not_found("support.burst-unknown"))?;
    let (ctx, cases, reason, exclude) = (visit.ctx.clone(), kit::cases(visit)?, reason.to_owned(), go == "exclude");
    visit.app.db.write(move |tx| burst::decide(tx, &ctx, &cases, id, exclude, &reason)).await
}
