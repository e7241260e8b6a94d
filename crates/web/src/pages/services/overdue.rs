//! Which agencies are late with an answer, and with what.

use axum::extract::Path;
use http::HeaderMap;
use madang_cases::service::overdue::{self, AgencyOverdue, OverdueLine};
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{address, cases};
use crate::export;
use crate::page::{Page, query_value};

async fn list(visit: &Visit) -> madang_base::Result<Vec<AgencyOverdue>> {
    let now = visit.ctx.now;
    visit.app.db.read(move |tx| overdue::agencies(tx, now)).await
}

pub async fn agencies(visit: Visit) -> Outcome {
    let all = list(&visit).await?;
    let late: Vec<&AgencyOverdue> = all.iter().filter(|agency| agency.overdue > 0).collect();
    let line = |a: &&AgencyOverdue| {
        json!({
            "name": a.agency.name, "href": visit.url(&format!("/overdue/{}", a.agency.slug)), "running": a.running,
            "overdue": a.overdue, "longest": a.longest_days,
        })
    };
    Page::new(&visit, "services/overdue.html").render(&json!({
        "agencies": late.iter().map(line).collect::<Vec<_>>(), "today": visit.ctx.now.kst_date().to_string(),
        "total": late.iter().map(|a| a.overdue).sum::<i64>(), "exports": visit.url("/overdue"),
    }))
}

pub async fn json(visit: Visit, headers: HeaderMap) -> Outcome {
    Ok(export::json(&headers, &list(&visit).await?)?)
}

pub async fn csv(visit: Visit, headers: HeaderMap) -> Outcome {
    let heads = ["agency", "name_ko", "name_en", "running", "overdue", "longest_days"].map(str::to_owned);
    let rows: Vec<Vec<String>> = list(&visit)
        .await?
        .iter()
        .map(|a| {
            let name = |tag| a.agency.name.exact(tag).unwrap_or_default().to_owned();
            let numbers = [a.running, a.overdue, a.longest_days].map(|n| n.to_string());
            [vec![a.agency.slug.clone(), name("ko"), name("en")], numbers.to_vec()].concat()
        })
        .collect();
    Ok(export::csv(&headers, "overdue.csv", &heads, &rows)?)
}

pub async fn agency(visit: Visit, Path((_, slug)): Path<(String, String)>) -> Outcome {
    let after = query_value(&visit.query, "after");
    let (there, now, asked, from) = (cases(&visit)?, visit.ctx.now, slug.clone(), after.clone());
    let (found, names) = visit
        .app
        .db
        .read(move |tx| Ok((overdue::cases(tx, &there, now, &asked, from.as_deref())?, there.services.list(tx)?)))
        .await?;
    let line = |line: &OverdueLine| -> Value {
        let service = names.iter().find(|v| v.definition.id == line.service).map(|v| &v.definition.name);
        let due = madang_base::Time::from_micros(line.overdue_from.micros() - 1).kst_date();
        json!({
            "title": line.title.clone().unwrap_or_default(), "service": service, "days": line.days, "due": due.to_string(),
            "href": line.number.as_ref().map_or_else(String::new, |number| address::case(&visit, number)),
        })
    };
    Page::new(&visit, "services/overdue-agency.html").render(&json!({
        "agency": { "name": found.agency.name, "href": visit.url(&format!("/agencies/{}", found.agency.slug)) },
        "lines": found.lines.iter().map(line).collect::<Vec<_>>(),
        "pager": {
            "first": after.map(|_| visit.url(&format!("/overdue/{slug}"))), "previous": null,
            "next": found.next.as_ref().map(|next| shape::with(&visit, "after", next)),
        },
    }))
}
