//! A case by its number, and with the secret code as its author.

use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::service::lookup;
use madang_form::number::{normalise, normalise_secret};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::limit::CASE_CODE_NETWORK;
use madang_identity::rate;
use serde_json::json;

use super::code::{self, Carried};
use super::{address, cases};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form};

fn page(visit: &Visit, number: &str, code: &str, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let context = json!({ "values": { "number": number, "code": code }, "errors": errors });
    Page::new(visit, "services/lookup.html").form().status(status).render(&context)
}

pub async fn show(visit: Visit) -> Outcome {
    page(&visit, "", "", Vec::new(), StatusCode::OK)
}

pub async fn act(visit: Visit, input: Input) -> Outcome {
    let (number, code) = (input.text("number"), input.text("code"));
    match find(&visit, number, code).await {
        Ok(Some(carried)) => {
            let mut response = Redirect::to(&address::case(&visit, &carried.number)).into_response();
            code::give(&visit, &mut response, &carried)?;
            Ok(response)
        }
        Ok(None) => {
            let number = normalise(number).unwrap_or_default();
            Ok(Redirect::to(&address::case(&visit, &number)).into_response())
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            page(&visit, number, code, form_errors(&visit.app, &visit, &error), status_of(error.kind()))
        }
    }
}

/// What opens the case; none when there is no code and the case is public or the visitor's own.
async fn find(visit: &Visit, typed: &str, typed_code: &str) -> Result<Option<Carried>> {
    let number = normalise(typed).ok_or_else(|| wrong("number", "lookup.number"))?;
    let (ctx, network) = (visit.ctx.clone(), visit.network.clone());
    visit.app.db.write(move |tx| rate::attempt(tx, &ctx, CASE_CODE_NETWORK, &network)).await?;
    let code = match typed_code.is_empty() {
        true => None,
        false => Some(normalise_secret(typed_code).ok_or_else(|| wrong("code", "lookup.code"))?),
    };
    let (ctx, there, asked, tried) = (visit.ctx.clone(), cases(visit)?, number.clone(), code.clone());
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &there, &asked, tried.as_deref())).await;
    // Whether there is such a case is nobody's business: number and code are wrong together.
    let view = view.map_err(|e| if e.code() == "case.unknown" { wrong("code", "lookup.nothing") } else { e })?;
    match code {
        Some(code) if view.standing.bearer => Ok(Some(Carried { number, code, fresh: false })),
        Some(_) => Err(wrong("code", "lookup.nothing")),
        None => Ok(None),
    }
}

fn wrong(field: &'static str, code: &'static str) -> Error {
    Error::invalid(code).field(field, code)
}
