//! What other sites may show: the badge and the widget, and the page that says how.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use madang_http::{Outcome, Visit};
use madang_plans::views::{self, PlanView};
use serde_json::json;

use super::{address, shape};
use crate::page::Page;
use crate::wiring::Wiring;

async fn view(visit: &Visit, id: String) -> madang_base::Result<PlanView> {
    let today = shape::today(visit);
    visit.app.db.read(move |tx| views::plan(tx, &id, today, 0)).await
}

pub async fn explain(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let view = view(&visit, id).await?;
    let target = format!("{}{}", visit.app.site.base_url, address::plan(&visit, &view.plan.id));
    let mut plan = shape::plan_link(&visit, &view.plan);
    plan["counts"] = shape::counts(&view.progress);
    let context = json!({ "plan": plan, "badge": format!("{target}/badge.svg"), "widget": format!("{target}/widget"), "target": target });
    Page::new(&visit, "embed.html").render(&context)
}

/// The badge: words and a number, as SVG.
pub async fn badge(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let view = view(&visit, id).await?;
    let label = shape::t(&visit, "badge-label", &[]);
    let p = view.progress;
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 7 } else { 12 }).sum::<usize>() + 20;
    let context = json!({
        "label": label, "done": p.completed, "total": p.total, "late": p.late,
        "label_width": width(&label), "value_width": width(&format!("{} / {}", p.completed, p.total)),
    });
    let svg = visit.app.own::<Wiring>()?.templates.render("badge.svg", visit.locale, &context)?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=300")], svg).into_response())
}

/// The widget: a small page for a frame.
pub async fn widget(visit: Visit, Path((_, id)): Path<(String, String)>, _: HeaderMap) -> Outcome {
    let view = view(&visit, id).await?;
    let target = format!("{}{}", visit.app.site.base_url, address::plan(&visit, &view.plan.id));
    let context = json!({
        "site": { "name": visit.app.site.name }, "target": target, "as_of": visit.ctx.now.micros(),
        "plan": { "title": view.plan.name, "counts": shape::counts(&view.progress) },
    });
    let html = visit.app.own::<Wiring>()?.templates.render("widget.html", visit.locale, &context)?;
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Html(html)).into_response())
}
