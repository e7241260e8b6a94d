//! The second factor after signing in: a code from an app, or a recovery code.

use axum::extract::State;
use http::StatusCode;
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::{Factor, demo, second_factor};
use serde_json::json;

use super::session::{give, identity_options, onward, way_back};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form, query_value};

pub(super) async fn form(State(app): State<App>, visit: Visit) -> Outcome {
    let back = query_value(&visit.query, "next").or_else(|| query_value(&visit.query, "back"));
    let back = way_back(&visit, &back.unwrap_or_default());
    let factor = visit.signed_in()?.factor;
    if factor != Factor::ToCheck {
        return Ok(onward(&visit, factor, &back));
    }
    let recovery = query_value(&visit.query, "mode").is_some_and(|mode| mode == "recovery");
    show(&app, &visit, recovery, &back, Vec::new(), StatusCode::OK).await
}

async fn show(
    app: &App,
    visit: &Visit,
    recovery: bool,
    back: &str,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let (ctx, options, account) = (visit.ctx.clone(), identity_options(visit), visit.signed_in()?.account);
    let code = app.db.read(move |tx| demo::code(tx, &ctx, &options, account)).await?;
    let context = json!({
        "mode": if recovery { "recovery" } else { "code" },
        "back": back,
        "errors": errors,
        "demo_code": code,
    });
    Page::new(visit, "second-factor.html").form().status(status).render(&context)
}

pub(super) async fn check(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let back = way_back(&visit, input.text("back"));
    let session = visit.signed_in()?.clone();
    if session.factor != Factor::ToCheck {
        return Ok(onward(&visit, session.factor, &back));
    }
    let until = session.device.expires_at;
    let (ctx, code) = (visit.ctx.clone(), input.text("code").to_owned());
    // The outer error is the database's or the limit's, the inner one a wrong code, which has been counted.
    let checked = app.db.write(move |tx| second_factor::check(tx, &ctx, &session, &code)).await.and_then(|inner| inner);
    match checked {
        Ok(passed) => {
            let to = match passed.codes_left {
                Some(_) => crate::page::done(&visit, "/me/security", "recovery-used"),
                None => onward(&visit, Factor::Passed, &back),
            };
            Ok(give(&visit, to, &passed.token, until)?)
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            let status = match status_of(error.kind()) {
                // A page that asks for a code, not for a name.
                StatusCode::UNAUTHORIZED => StatusCode::UNPROCESSABLE_ENTITY,
                status => status,
            };
            show(&app, &visit, input.text("mode") == "recovery", &back, errors, status).await
        }
    }
}
