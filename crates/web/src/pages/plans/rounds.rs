//! Inspection rounds of a plan: the list, and one with its answers.

use axum::extract::Path;
use madang_base::Error;
use madang_http::{Outcome, Visit};
use madang_kernel::{ObjectKind, Owner, Verb};
use madang_plans::model::{Round, RoundId, RoundState};
use madang_plans::views;
use serde_json::{Value, json};

use super::{address, shape};
use crate::page::Page;

pub async fn rounds(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let ask = id.clone();
    let (plan, rounds) = visit.app.db.read(move |tx| Ok((views::plan_summary(tx, &ask)?, views::rounds(tx, &ask)?))).await?;
    let lines: Vec<Value> = rounds
        .iter()
        .map(|(round, asked, answered)| {
            json!({
                "id": round.id, "title": round.title, "href": href(&visit, round), "state": round.state.code(),
                "opened": round.opened_at.kst_date().to_string(), "due": round.due.to_string(), "answered": answered, "asked": asked,
            })
        })
        .collect();
    let may_open = visit.person().is_some() && visit.may_somewhere(Verb::Open, ObjectKind::Round).is_ok();
    let open_href = if may_open { visit.url(&format!("/desk/plans/{id}/rounds/open")) } else { String::new() };
    Page::new(&visit, "rounds.html").render(&json!({ "plan": shape::plan_link(&visit, &plan), "rounds": lines, "open_href": open_href }))
}

fn href(visit: &Visit, round: &Round) -> String {
    format!("{}/rounds/{}", address::plan(visit, &round.plan), round.id)
}

pub async fn round(visit: Visit, Path((_, plan, id)): Path<(String, String, String)>) -> Outcome {
    let id: RoundId = id.parse().map_err(|_| Error::not_found("plan.round-unknown"))?;
    let today = shape::today(&visit);
    let lead = visit.person().is_some() && visit.may_somewhere(Verb::Close, ObjectKind::Round).is_ok();
    let view = visit.app.db.read(move |tx| views::round(tx, id, lead)).await?;
    if view.plan.id != plan {
        return Err(Error::not_found("plan.round-unknown").into());
    }
    let round = &view.round;
    let agencies: Vec<Value> = view
        .answers
        .iter()
        .map(|a| {
            let state = match a.answered_at {
                Some(_) => "answered",
                None if today > round.due => "late",
                None => "waiting",
            };
            let summary = (!a.text.is_empty()).then_some(&a.text);
            json!({
                "name": a.agency.name, "href": address::agency(&visit, &a.agency.slug), "state": state,
                "answered": a.answered_at.map(|t| t.micros()), "summary": summary, "items": [],
            })
        })
        .collect();
    let desk = visit.url(&format!("/desk/plans/{plan}/rounds/{id}"));
    let answers = view.answers.iter().any(|a| {
        visit.person().is_some() && visit.ctx.require(Verb::Answer, ObjectKind::Round, Some(Owner::Organisation(a.agency.id))).is_ok()
    });
    let act = match round.state {
        RoundState::Open if answers => Some(json!({ "kind": "answer", "action": format!("{desk}/answer") })),
        RoundState::Open if lead => Some(json!({ "kind": "close", "action": format!("{desk}/close") })),
        RoundState::Closed if lead => Some(json!({ "kind": "publish", "action": format!("{desk}/publish") })),
        _ => None,
    };
    Page::new(&visit, "round.html").form().render(&json!({
        "plan": shape::plan_link(&visit, &view.plan),
        "round": {
            "id": round.id, "title": round.title, "href": href(&visit, round), "state": round.state.code(),
            "opened": round.opened_at.kst_date().to_string(), "due": round.due.to_string(), "days": (round.due - today).get_days(),
            "closed": round.closed_at.map(|t| t.micros()), "published": round.published_at.map(|t| t.micros()),
            "note": (!round.conclusion.is_empty()).then_some(&round.conclusion),
            "answered": view.answered, "asked": view.answers.len(),
        },
        "agencies": agencies, "act": act,
    }))
}
