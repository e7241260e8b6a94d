//! Everything that the log has of one object; and the record nearest to a time.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use madang_http::{Outcome, Visit};
use madang_kernel::{Ref, log};
use serde_json::json;

use super::super::plans::shape;
use super::{leaf_href, lines, missing, names, search};
use crate::page::{Page, query_value};

/// Records on a page.
const PAGE: u32 = 20;

pub async fn show(visit: Visit, Path((_, typed)): Path<(String, String)>) -> Outcome {
    let Ok(object) = typed.parse::<Ref>() else { return missing::word(&visit, &typed) };
    let before = query_value(&visit.query, "before").and_then(|text| search::index(&text));
    let asked = object.clone();
    let mut leaves = visit.app.db.read(move |tx| log::leaves_of(tx, &asked, before, PAGE + 1)).await?;
    let more = leaves.len() > PAGE as usize;
    leaves.truncate(PAGE as usize);
    let mut refs = lines::refs(&leaves);
    refs.insert(object.clone());
    let names = names::find(&visit, refs).await?;
    let named = names.of(&visit, &object);
    let next = leaves.last().filter(|_| more).map(|last| shape::with(&visit, "before", &last.index.to_string()));
    let found = !leaves.is_empty() || before.is_some();
    let status = if found { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Page::new(&visit, "log/object.html").status(status).render(&json!({
        "reference": object.to_string(), "name": if found { named.name } else { String::new() },
        "href": if found { named.href } else { String::new() }, "kind": names::kind(&visit, object.kind),
        "lines": lines::shown(&visit, &leaves, &names, Some(&object)),
        "pager": { "first": before.map(|_| shape::without(&visit, "before")), "previous": null, "next": next },
    }))
}

pub async fn at(visit: Visit) -> Outcome {
    let typed = query_value(&visit.query, "time").unwrap_or_default();
    let Some(time) = search::time(&typed) else { return missing::word(&visit, &typed) };
    match visit.app.db.read(move |tx| log::leaf_near(tx, time)).await? {
        Some(index) => Ok(Redirect::to(&leaf_href(&visit, index)).into_response()),
        None => missing::beyond(&visit, 0).await,
    }
}
