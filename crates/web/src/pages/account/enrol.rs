//! Setting up the second factor: the code for the app, the app's first answer, the recovery codes.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL};
use madang_base::Result;
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::Factor;
use madang_identity::second_factor;
use serde_json::json;

use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, query_value};
use crate::pages::sign_in::{give, identity_options, onward};
use crate::pages::site::local;
use crate::qr;

/// Shows what the app is to be given. Coming back to the page shows the same again, so that an app that has it already
/// goes on being right.
pub(super) async fn form(State(app): State<App>, visit: Visit) -> Outcome {
    if let Some(way) = first_the_factor(&visit)? {
        return Ok(way);
    }
    let back = query_value(&visit.query, "back").or_else(|| query_value(&visit.query, "next")).unwrap_or_default();
    page(&app, &visit, &back, Vec::new(), StatusCode::OK).await
}

/// The way to the second factor for a session that has not presented it: nobody changes a factor without having it.
fn first_the_factor(visit: &Visit) -> Result<Option<Response>> {
    let stands = visit.signed_in()?.factor;
    Ok((stands == Factor::ToCheck).then(|| onward(visit, stands, &visit.url("/me/security"))))
}

async fn page(app: &App, visit: &Visit, back: &str, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let (ctx, session, options) = (visit.ctx.clone(), visit.signed_in()?.clone(), identity_options(visit));
    let enrolment = app
        .db
        .write(move |tx| match second_factor::pending(tx, &ctx, &session, &options)? {
            Some(pending) => Ok(pending),
            None => second_factor::enrol(tx, &ctx, &session, &options),
        })
        .await?;
    let required = visit.person().is_some_and(|p| p.grants.iter().any(|grant| grant.role.needs_second_factor()));
    let context = json!({
        "qr_svg": qr::svg(&enrolment.uri)?,
        "secret": grouped(&enrolment.secret),
        "uri": enrolment.uri,
        "back": back,
        "required": required,
        "errors": errors,
    });
    let response = Page::new(visit, "totp-enrol.html").form().status(status).render(&context)?;
    Ok(secret(response))
}

/// `ABCD EFGH …`, for typing.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn secret(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) async fn confirm(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    if let Some(way) = first_the_factor(&visit)? {
        return Ok(way);
    }
    let session = visit.signed_in()?.clone();
    let until = session.device.expires_at;
    let (ctx, code) = (visit.ctx.clone(), input.text("code").to_owned());
    let confirmed =
        app.db.write(move |tx| second_factor::confirm(tx, &ctx, &session, &code)).await.and_then(|inner| inner);
    match confirmed {
        Ok(passed) => {
            let back = input.optional("back").map(|back| local(&visit, back));
            let response = codes(&visit, &passed.recovery_codes, back)?;
            Ok(give(&visit, response, &passed.token, until)?)
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            let status = match status_of(error.kind()) {
                StatusCode::UNAUTHORIZED => StatusCode::UNPROCESSABLE_ENTITY,
                status => status,
            };
            page(&app, &visit, input.text("back"), errors, status).await
        }
    }
}

/// The codes are shown in the answer itself and can be shown by no other page.
fn codes(visit: &Visit, codes: &[String], back: Option<String>) -> Outcome {
    let next = back.unwrap_or_else(|| visit.url("/me/security"));
    let context = json!({ "codes": codes, "continue_href": next });
    Ok(secret(Page::new(visit, "recovery-codes.html").render(&context)?))
}

pub(super) async fn new_codes(State(app): State<App>, visit: Visit, _: Input) -> Outcome {
    if let Some(way) = first_the_factor(&visit)? {
        return Ok(way);
    }
    let (ctx, session) = (visit.ctx.clone(), visit.signed_in()?.clone());
    let made = app.db.write(move |tx| second_factor::new_codes(tx, &ctx, &session)).await?;
    codes(&visit, &made, None)
}

pub(super) async fn remove(State(app): State<App>, visit: Visit, _: Input) -> Outcome {
    if let Some(way) = first_the_factor(&visit)? {
        return Ok(way);
    }
    let (ctx, session) = (visit.ctx.clone(), visit.signed_in()?.clone());
    app.db.write(move |tx| second_factor::remove(tx, &ctx, &session)).await?;
    Ok(done(&visit, "/me/security", "factor-removed"))
}
