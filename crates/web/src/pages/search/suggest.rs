//! Suggestions while somebody types.

use http::HeaderMap;
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::{search, shapes};
use crate::export;
use crate::page::query_value;

/// How many are shown.
const SHOWN: usize = 8;
/// Characters of what was typed that are looked at.
const MOST: usize = 100;

pub async fn json(visit: Visit, headers: HeaderMap) -> Outcome {
    let typed: String = query_value(&visit.query, "q").unwrap_or_default().chars().take(MOST).collect();
    let found = match typed.trim() {
        "" => Vec::new(),
        typed => search(&visit)?.suggest(&visit.app.db, &visit.ctx, typed, SHOWN).await?,
    };
    let suggestions: Vec<Value> = found.iter().map(|one| shapes::suggestion(&visit, one)).collect();
    Ok(export::json(&headers, &json!({ "suggestions": suggestions }))?)
}
