//! "Is this document what the government published?": the file is hashed where it is, and its digest is looked up here.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderValue};
use madang_base::Error;
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::published;
use crate::page::{Page, query_value};

/// The page that takes a file or a digest.
pub async fn form(visit: Visit) -> Outcome {
    match query_value(&visit.query, "sha256") {
        None => answer(&visit, "", false, Value::Null),
        Some(typed) => match published::digest_in(&typed) {
            Some(sha256) => Ok(Redirect::to(&visit.url(&format!("/verify/files/{sha256}"))).into_response()),
            None => answer(&visit, &typed, true, Value::Null),
        },
    }
}

pub async fn page(visit: Visit, Path((_, typed)): Path<(String, String)>) -> Outcome {
    let Some(sha256) = published::digest_in(&typed) else { return answer(&visit, &typed, true, Value::Null) };
    let found = published::find(&visit, &sha256).await?;
    let documents: Vec<Value> = found.iter().map(|document| published::shown(&visit, &sha256, document)).collect();
    let official = found.iter().any(|document| document.kind.official());
    let verdict = if official { "yes" } else { "citizen" };
    let verdict = if found.is_empty() { "no" } else { verdict };
    answer(&visit, "", false, json!({ "sha256": sha256, "verdict": verdict, "documents": documents }))
}

fn answer(visit: &Visit, typed: &str, wrong: bool, result: Value) -> Outcome {
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let typed: String = typed.chars().take(200).collect();
    Page::new(visit, "receipts/verify.html").status(status).render(&json!({
        "typed": typed, "wrong": wrong, "result": result, "action": visit.url("/verify"),
        "files_href": visit.url("/verify/files/"), "receipts_href": visit.url("/receipts"), "log_href": visit.url("/log"),
    }))
}

pub async fn json(visit: Visit, Path(typed): Path<String>) -> Outcome {
    let sha256 = published::digest_in(&typed).ok_or_else(|| Error::invalid("verify.digest"))?;
    let found = published::find(&visit, &sha256).await?;
    let documents: Vec<Value> = found.iter().map(|document| published::machine(&visit, document)).collect();
    let official = found.iter().any(|document| document.kind.official());
    let body = json!({ "sha256": sha256, "published": official, "documents": documents });
    let mut response = Json(body).into_response();
    let out = response.headers_mut();
    // What is public may be taken back.
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}
