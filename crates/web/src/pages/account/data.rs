//! What the site keeps about me: all of it as a file, and how it goes away.

use axum::extract::State;
use axum::response::IntoResponse;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use madang_base::Error;
use madang_http::{App, Input, Outcome, Visit};
use madang_identity::account;
use serde_json::json;

use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};
use crate::pages::sign_in::take_away;
use crate::wiring::Wiring;

pub(super) async fn export(State(app): State<App>, visit: Visit) -> Outcome {
    let (ctx, others) = (visit.ctx.clone(), app.own::<Wiring>()?.personal_data());
    let all = app.db.read(move |tx| account::export(tx, &ctx, &others)).await?;
    let mut bytes = serde_json::to_vec_pretty(&all).map_err(Error::internal)?;
    bytes.push(b'\n');
    let heads = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"madang-my-data.json\"")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((heads, bytes).into_response())
}

pub(super) async fn confirm(visit: Visit) -> Outcome {
    page(&visit, "", Vec::new(), StatusCode::OK)
}

fn page(visit: &Visit, typed: &str, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let stays =
        ["me-delete-stays-acts", "me-delete-stays-key", "me-delete-stays-looks"].map(|key| words(visit, key, &[]));
    let context = json!({
        "values": { "confirm": typed },
        "word": words(visit, "me-delete-word", &[]),
        "stays": stays,
        "errors": errors,
    });
    Page::new(visit, "me-delete.html").form().status(status).render(&context)
}

pub(super) async fn delete(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let typed = input.text("confirm");
    if !typed.eq_ignore_ascii_case(&words(&visit, "me-delete-word", &[])) {
        let error = Error::invalid("form.confirm").field("confirm", "form.confirm");
        return page(&visit, typed, form_errors(&app, &visit, &error), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (ctx, others) = (visit.ctx.clone(), app.own::<Wiring>()?.personal_data());
    match app.db.write(move |tx| account::delete(tx, &ctx, &others)).await {
        Ok(()) => Ok(take_away(&visit, done(&visit, "/", "account-deleted"))?),
        Err(error) => {
            let error = keep_for_form(error)?;
            page(&visit, typed, form_errors(&app, &visit, &error), StatusCode::CONFLICT)
        }
    }
}
