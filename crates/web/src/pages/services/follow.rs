//! Following a case: mail at each step, or once a week.

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use madang_cases::service::follow::{self, Rhythm};
use madang_cases::views::CaseView;
use madang_http::{Input, Outcome, Visit, status_of};
use serde_json::json;

use super::{address, case, cases, code};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};

fn page(visit: &Visit, view: &CaseView, rhythm: &str, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let sign_in = visit.person().is_none().then(|| {
        let href = address::sign_in(visit, &visit.url(&visit.path));
        json!({ "text": words(visit, "follow-sign-in", &[]), "href": href })
    });
    Page::new(visit, "services/follow.html").form().status(status).render(&json!({
        "case": { "number": view.case.number, "title": view.case.title, "href": address::case(visit, &view.case.number) },
        "following": view.follows, "values": { "rhythm": rhythm }, "action": visit.url(&visit.path), "errors": errors,
        "sign_in": sign_in,
    }))
}

pub async fn show(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let asked = view.case.clone();
    let ctx = visit.ctx.clone();
    let now = visit.app.db.read(move |tx| follow::follows(tx, &ctx, &asked)).await?;
    page(&visit, &view, now.unwrap_or(Rhythm::AtOnce).code(), Vec::new(), StatusCode::OK)
}

pub async fn act(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap, input: Input) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let rhythm = input.text("rhythm").to_owned();
    if visit.person().is_none() {
        return page(&visit, &view, &rhythm, Vec::new(), StatusCode::OK);
    }
    let stop = input.text("go") == "stop";
    let how: Rhythm = rhythm.parse().unwrap_or(Rhythm::AtOnce);
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let result = visit
        .app
        .db
        .write(move |tx| {
            if stop {
                return follow::unfollow(tx, &ctx, &there, &number, known.as_deref());
            }
            follow::follow(tx, &ctx, &there, &number, how, known.as_deref())
        })
        .await;
    match result {
        Ok(()) => {
            let path = format!("/cases/{}", view.case.number);
            Ok(if stop { done(&visit, &path, "case-unfollowed") } else { done(&visit, &path, "case-followed") })
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            page(&visit, &view, &rhythm, form_errors(&visit.app, &visit, &error), status_of(error.kind()))
        }
    }
}
