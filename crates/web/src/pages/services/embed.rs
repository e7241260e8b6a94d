//! What other sites may show of a public case: a small picture and a small page, always as everybody sees it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use madang_base::{Error, Result};
use madang_cases::model::Publication;
use madang_cases::service::lookup;
use madang_cases::views::CaseView;
use madang_form::Phase;
use madang_http::{Outcome, Visit};
use madang_kernel::{Actor, Ctx};
use serde_json::{Value, json};

use super::{address, case, cases, shapes};
use crate::page::Page;
use crate::wiring::Wiring;

/// The case as somebody sees it who is nobody here.
async fn public(visit: &Visit, number: &str) -> Result<CaseView> {
    let ctx = Ctx { actor: Actor::Anonymous, ..visit.ctx.clone() };
    let (there, asked) = (cases(visit)?, number.to_owned());
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &there, &asked, None)).await?;
    if view.case.publication != Publication::Published {
        return Err(Error::not_found("case.unknown").arg("value", number));
    }
    Ok(view)
}

fn target(visit: &Visit, view: &CaseView) -> String {
    format!("{}{}", visit.app.site.base_url, address::case(visit, &view.case.number))
}

pub async fn explain(visit: Visit, Path((_, number)): Path<(String, String)>) -> Outcome {
    let view = public(&visit, &number).await?;
    let target = target(&visit, &view);
    Page::new(&visit, "services/embed.html").render(&json!({
        "case": { "number": view.case.number, "title": view.case.title, "href": address::case(&visit, &view.case.number) },
        "target": target, "card": format!("{target}/card.svg"), "widget": format!("{target}/widget"),
    }))
}

pub async fn card(visit: Visit, Path((_, number)): Path<(String, String)>) -> Outcome {
    let view = public(&visit, &number).await?;
    let def = &view.service.definition;
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 7 } else { 12 }).sum::<usize>() + 20;
    let label = def.case_name.get(visit.locale).to_owned();
    let value = def.state(&view.case.state).map_or("", |state| state.name.get(visit.locale)).to_owned();
    let late = case::due(&visit, &view)["tone"] == "late";
    let tone = if late {
        "late"
    } else if view.case.phase == Phase::Answered {
        "done"
    } else {
        "on"
    };
    let (label_width, value_width) = (width(&label), width(&value));
    let context: Value = json!({
        "label": label, "value": value, "label_width": label_width, "value_width": value_width, "tone": tone,
    });
    let svg = visit.app.own::<Wiring>()?.templates.render("services/card.svg", visit.locale, &context)?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=300")], svg).into_response())
}

pub async fn widget(visit: Visit, Path((_, number)): Path<(String, String)>, _: HeaderMap) -> Outcome {
    let view = public(&visit, &number).await?;
    let def = &view.service.definition;
    let supports = view.supports.as_ref();
    let goal = supports.and_then(|s| s.thresholds.iter().map(|t| t.count).filter(|goal| *goal > s.count).min());
    let context = json!({
        "site": { "name": visit.app.site.name }, "target": target(&visit, &view), "as_of": visit.ctx.now.micros(),
        "case": {
            "title": view.case.title, "state": shapes::state_of(def, &view.case.state, view.case.phase),
            "due": case::due(&visit, &view)["words"].as_str().unwrap_or(""),
            "supports": shapes::supports(&visit, def, supports.map(|s| s.count)),
            "progress": goal.map(|goal| json!({ "goal": goal, "count": supports.map_or(0, |s| s.count) })),
        },
    });
    let html = visit.app.own::<Wiring>()?.templates.render("services/widget.html", visit.locale, &context)?;
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Html(html)).into_response())
}
