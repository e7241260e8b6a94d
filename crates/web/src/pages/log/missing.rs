//! What is not in the log, told so that one finds on.

use http::StatusCode;
use madang_http::{Outcome, Visit};
use serde_json::json;

use super::{count, leaf_href};
use crate::page::Page;

/// There is no record of this number.
///
/// # Errors
/// Those of the database.
pub async fn beyond(visit: &Visit, asked: u64) -> Outcome {
    let size = match super::log(visit) {
        Some(log) => log.published().await?.map_or(0, |published| published.size),
        None => 0,
    };
    let near = size.checked_sub(1).map(|last| json!({ "index": count(last), "href": leaf_href(visit, last) }));
    page(visit, json!({ "asked": count(asked), "size": count(size), "near": near, "why": "beyond" }))
}

/// Something else was asked for than the log can know.
///
/// # Errors
/// Those of rendering.
pub fn word(visit: &Visit, asked: &str) -> Outcome {
    page(visit, json!({ "asked": asked, "size": 0, "near": null, "why": "word" }))
}

fn page(visit: &Visit, mut context: serde_json::Value) -> Outcome {
    context["search"] = json!({ "value": "", "miss": "" });
    Page::new(visit, "log/missing.html").status(StatusCode::NOT_FOUND).render(&context)
}
