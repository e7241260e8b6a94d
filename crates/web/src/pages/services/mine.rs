//! What somebody who is signed in filed, began, supports and follows.

use http::HeaderMap;
use madang_cases::service::list;
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{cases, drafts, shapes};
use crate::page::{Page, query_value};

pub async fn show(visit: Visit, headers: HeaderMap) -> Outcome {
    let drafts = drafts::lines(&visit, &headers).await?;
    let after = query_value(&visit.query, "after");
    let (ctx, there, from) = (visit.ctx.clone(), cases(&visit)?, after.clone());
    let found = visit.app.db.read(move |tx| list::mine(tx, &ctx, &there, from.as_deref())).await?;
    let lines: Vec<Value> = found.lines.iter().map(|line| shapes::line(&visit, line)).collect();
    let page = |after: &Option<String>| after.as_ref().map(|after| shape::with(&visit, "after", after));
    Page::new(&visit, "services/mine.html").render(&json!({
        "drafts": drafts, "cases": lines,
        "pager": { "first": after.map(|_| visit.url("/me/cases")), "previous": page(&found.previous), "next": page(&found.next) },
    }))
}
