//! The opening of an act: what only the person whose act it is can get, to prove to somebody what stands behind a leaf.

use axum::extract::Path;
use axum::response::IntoResponse;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use madang_base::{Error, Result};
use madang_cases::service::receipt;
use madang_http::{Outcome, Visit};
use madang_kernel::Ref;
use madang_kernel::receipt::Opening;
use serde_json::{Value, json};

use super::super::services::{cases, latest_code};
use super::event::Carried;
use super::find;
use super::stand::{self, Stand};

/// Number and secret code that the browser carries.
pub(super) fn carried(visit: &Visit, headers: &HeaderMap) -> Carried {
    latest_code(visit, headers)
}

/// Whether the act is the visitor's own.
///
/// # Errors
/// Those of the database.
pub(super) async fn own(visit: &Visit, headers: &HeaderMap, opening: &Opening) -> Result<bool> {
    let carried = carried(visit, headers);
    if visit.person().is_none() && carried.is_none() {
        return Ok(false);
    }
    let event: Value = serde_json::from_str(&opening.event).map_err(Error::internal)?;
    if answers_for(visit, &event) {
        return Ok(true);
    }
    let (ctx, there) = (visit.ctx.clone(), cases(visit)?);
    let read = visit.app.db.read(move |tx| {
        let carried = carried.as_ref().map(|(number, code)| (number.as_str(), code.as_str()));
        receipt::own(tx, &ctx, &there, &event, carried)
    });
    read.await
}

/// Whether the event is an answer that an organisation of the visitor's gave in a round.
fn answers_for(visit: &Visit, event: &Value) -> bool {
    let agency = event["fields"]["agency"].as_str().and_then(|agency| agency.parse::<Ref>().ok());
    let Some(agency) = agency.filter(|_| event["kind"] == "round.answered") else { return false };
    visit.person().is_some_and(|person| {
        let mut own = person.grants.iter().filter_map(|grant| grant.organisation);
        own.any(|organisation| organisation.to_string() == agency.id)
    })
}

/// The opening as a file.
pub async fn show(visit: Visit, Path((_, typed)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let unknown = || Error::not_found("receipt.unknown");
    let code = find::read(&typed).ok_or_else(unknown)?;
    let proven = match stand::of(&visit, &code).await? {
        Stand::Unknown => return Err(unknown().into()),
        Stand::Waiting => return Err(Error::conflict("receipt.waiting").into()),
        Stand::Proven(proven) => proven,
    };
    let opening = &proven.opening;
    if !own(&visit, &headers, opening).await? {
        return Err(Error::not_found("receipt.not-yours").into());
    }
    if opening.erased() {
        return Err(Error::gone("receipt.erased").into());
    }
    let body = document(&code.to_string(), proven.index, opening);
    let mut response = body.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("attachment; filename=\"opening-{code}.json\"");
    out.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    Ok(response)
}

/// `commitment` of the leaf is SHA-256 of the 16 bytes of `salt` and the UTF-8 of `event`; each of `texts` opens one
/// salted digest of the event in the same way.
fn document(code: &str, leaf: u64, opening: &Opening) -> String {
    let texts: Vec<Value> =
        opening.salts.iter().map(|(digest, salt)| json!({ "digest": digest, "salt": salt })).collect();
    let document = json!({
        "format": "madang-opening/1", "receipt": code, "leaf": leaf, "entry": opening.entry, "event": opening.event,
        "salt": opening.salt, "texts": texts,
    });
    format!("{document:#}\n")
}
