//! Lists of public cases: all of them, and those of one service.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use madang_cases::registry::ServiceVersion;
use madang_cases::service::list;
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::super::receipts::check::{self, Check};
use super::super::search;
use super::filters::{self, Query};
use super::{address, cases, current, filing, shapes};
use crate::page::{Page, words};

pub async fn all(visit: Visit) -> Outcome {
    show(&visit, None).await
}

pub async fn of_service(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let version = current(&visit, &id).await?;
    show(&visit, Some(version)).await
}

/// The newest public cases, for the front page.
///
/// # Errors
/// Those of the database.
pub async fn newest(visit: &Visit, limit: u32) -> madang_base::Result<Vec<Value>> {
    let (ctx, there) = (visit.ctx.clone(), cases(visit)?);
    let filter = madang_cases::views::CaseFilter { limit, ..Default::default() };
    let found = visit.app.db.read(move |tx| list::public(tx, &ctx, &there, &filter)).await?;
    Ok(found.lines.iter().map(|line| shapes::line(visit, line)).collect())
}

async fn show(visit: &Visit, version: Option<Arc<ServiceVersion>>) -> Outcome {
    let def = version.as_ref().map(|version| &version.definition);
    let id = def.map(|def| def.id.as_str());
    // Words are looked for in the index, everything else in the list.
    if let Some(href) = search::of_list(visit, id, "") {
        return Ok(Redirect::to(&href).into_response());
    }
    let query = Query::of(visit);
    let (ctx, there, filter) = (visit.ctx.clone(), cases(visit)?, query.filter(def));
    let (found, services) = visit
        .app
        .db
        .read(move |tx| {
            let found = list::public(tx, &ctx, &there, &filter)?;
            Ok((found, there.services.list(tx)?))
        })
        .await?;
    let services: Vec<(String, String)> =
        services.iter().map(|v| (v.definition.id.clone(), v.definition.name.get(visit.locale).to_owned())).collect();
    let agencies = filing::agencies(visit).await?;
    let filters = filters::shown(visit, &query, def, &services, &agencies);
    let chips = filters::chips(visit, &query, &filters);
    let lines: Vec<Value> = found.lines.iter().map(|line| shapes::line(visit, line)).collect();
    let page = |after: &Option<String>| after.as_ref().map(|after| shape::with(visit, "after", after));
    let here = visit.url(&visit.path);
    let exports = if visit.query.is_empty() { here.clone() } else { format!("{here}?{}", visit.query) };
    let today = visit.ctx.now.kst_date();
    let service = version.as_ref().map(|version| {
        let def = &version.definition;
        let href = address::service(visit, &def.id);
        let new_href = if shapes::open(version, today) { format!("{href}/new") } else { String::new() };
        json!({ "name": def.name, "href": href, "new_href": new_href, "case_name": def.case_name })
    });
    let title = match def {
        Some(def) => words(visit, "cases-title-of", &[("service", def.name.get(visit.locale).into())]),
        None => words(visit, "cases-title", &[]),
    };
    let data_href = format!("{here}.json");
    let check = check::of(visit, Check { key: "cases", position: None, object: None, data_href }).await;
    let first = (!query.get("after").is_empty()).then(|| shape::without(visit, "after"));
    Page::new(visit, "services/cases.html").render(&json!({
        "check": check, "title": title, "lead": if def.is_none() { words(visit, "cases-lead", &[]) } else { String::new() },
        "service": service, "count": shapes::count(visit, found.count), "action": here, "search": { "action": visit.url("/search"), "keep": search::keep(visit, id) },
        "filters": filters, "chips": chips, "jump": { "value": query.get("jump") }, "cases": lines,
        "pager": { "first": first, "previous": page(&found.previous), "next": page(&found.next) },
        "exports": exports, "feed": format!("{here}.atom"),
    }))
}
