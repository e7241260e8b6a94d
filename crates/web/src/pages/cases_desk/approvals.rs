//! The second officer: looks at what a colleague prepared, agrees or gives it back with a note.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::ApprovalId;
use madang_cases::service::approve::{self, Approval, ApprovalState};
use madang_cases::views::CaseView;
use madang_http::{Input, Outcome, Visit, status_of};
use madang_kernel::organisation::{self, OrganisationKind};
use serde_json::json;

use super::case::{head, involved};
use super::names::Names;
use super::{content, kit, reading, step_view};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

type Place = Path<(String, String, String)>;

pub(super) async fn show(visit: Visit, Path((_, number, id)): Place) -> Outcome {
    let (view, approval) = find(&visit, &number, &id).await?;
    page(&visit, &view, &approval, "", Vec::new(), StatusCode::OK).await
}

async fn find(visit: &Visit, number: &str, id: &str) -> Result<(CaseView, Approval)> {
    let view = reading::open_as_officer(visit, number).await?;
    let id: ApprovalId = id.parse().map_err(|_| Error::not_found("page.unknown"))?;
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(visit)?);
    let approval = visit.app.db.read(move |tx| approve::get(tx, &ctx, &cases, id)).await?;
    if approval.case != view.case.id {
        return Err(Error::not_found("page.unknown"));
    }
    Ok((view, approval))
}

async fn page(
    visit: &Visit,
    view: &CaseView,
    approval: &Approval,
    note: &str,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(visit)?, involved(view));
    let (names, agencies) = visit
        .app
        .db
        .read(move |tx| {
            Ok((Names::of(tx, &ctx, &cases, &ids)?, organisation::list(tx, Some(OrganisationKind::Agency))?))
        })
        .await?;
    let def = &view.service.definition;
    let step =
        def.step(&approval.step).ok_or_else(|| Error::not_found("case.step-unknown").arg("value", &approval.step))?;
    let given = approval.input.clone().typed(def)?;
    let own = approval.by.is_some() && approval.by == visit.ctx.account();
    let context = json!({
        "case": head(visit, view), "action": visit.url(&visit.path),
        "step": { "name": step.name, "help": step.help, "basis": step.basis,
            "to": step.to.as_deref().and_then(|id| def.state(id)).map(|s| kit::state(s.phase, &s.name)) },
        "by": names.get(visit, approval.by), "at": approval.at.micros(), "own": own,
        "waiting": approval.state == ApprovalState::Waiting,
        "state": kit::t(visit, &format!("desk-approval-{}", approval.state), &[]),
        "decided_by": names.get(visit, approval.decided_by), "decided_note": approval.note,
        "preview": step_view::preview(visit, view, step, &given, &agencies)?,
        "content": content::answers(visit, view, &agencies),
        "note": note, "errors": errors,
        "summary": kit::summary(visit, &errors, |id| (id == "note").then(|| kit::t(visit, "desk-approval-note", &[]))),
    });
    Page::new(visit, "cases-desk/approval.html").form().status(status).render(&context)
}

pub(super) async fn act(visit: Visit, Path((_, number, id)): Place, input: Input) -> Outcome {
    let (view, approval) = find(&visit, &number, &id).await?;
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(&visit)?);
    let (go, note, id) = (input.text("go").to_owned(), input.text("note").to_owned(), approval.id);
    let text = note.clone();
    let outcome = visit
        .app
        .db
        .write(move |tx| match go.as_str() {
            "approve" => approve::approve(tx, &ctx, &cases, id, &text).map(|_| "approved"),
            "return" => approve::give_back(tx, &ctx, &cases, id, &text).map(|()| "returned"),
            "discard" => approve::discard(tx, &ctx, &cases, id).map(|()| "dropped"),
            _ => Err(Error::invalid("form.unreadable")),
        })
        .await;
    match outcome {
        Ok("approved") => Ok(done(&visit, &kit::path(&number), "approval-approved")),
        Ok("returned") => Ok(done(&visit, &kit::path(&number), "approval-returned")),
        Ok(_) => Ok(done(&visit, &kit::path(&number), "approval-dropped")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            let (view, approval) = find(&visit, &view.case.number, &id.to_string()).await?;
            if approval.state != ApprovalState::Waiting {
                // Decided in another window: the case shows how it stands.
                return Ok(done(&visit, &kit::path(&number), "approval-decided"));
            }
            page(&visit, &view, &approval, &note, errors, status_of(error.kind())).await
        }
    }
}
