//! The front page: one question, the doors that are open, what moved, one number.

use madang_http::{Outcome, Visit};
use madang_plans::views;
use serde_json::{Value, json};

use super::shape;
use crate::page::Page;

/// How many items of what moved.
const MOVED: u32 = 6;
/// How many of the newest public cases.
const VOICES: u32 = 3;

pub async fn front(visit: Visit) -> Outcome {
    let today = shape::today(&visit);
    let found = visit
        .app
        .db
        .read(move |tx| {
            let Some(id) = views::in_force(tx)? else { return Ok(None) };
            let view = views::plan(tx, &id, today, MOVED)?;
            let last = today.saturating_add(jiff::Span::new().years(3));
            let due = views::calendar(tx, Some(&id), today, last, today)?;
            let next = due.into_iter().find(|d| d.period.due.is_some_and(|day| day >= today));
            Ok(Some((view, next)))
        })
        .await?;
    let doors = crate::pages::services::open_now(&visit).await?;
    let voices = crate::pages::services::newest(&visit, VOICES).await?;
    let mut context = match found {
        None => json!({ "doors": doors, "plan": null, "next": null, "moved": [] }),
        Some((view, next)) => {
            let next = next.and_then(|due| {
                let date = due.period.due?;
                let mut out = shape::due(date, today);
                out["title"] = json!(due.title);
                out["href"] = Value::String(super::address::milestone(&visit, &due.milestone));
                Some(out)
            });
            let mut plan = shape::plan_link(&visit, &view.plan);
            plan["period"] = Value::String(shape::period(&view.plan));
            plan["counts"] = shape::counts(&view.progress);
            json!({ "doors": doors, "plan": plan, "next": next, "moved": shape::timeline(&visit, &view.moved) })
        }
    };
    context["voices"] = Value::Array(voices);
    Page::new(&visit, "front.html").render(&context)
}
