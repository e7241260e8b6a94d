//! Inspection rounds of a plan: the list, and one with its answers.

use axum::extract::{Path, Query};
use http::HeaderMap;
use madang_base::Error;
use madang_http::{Outcome, Visit};
use madang_kernel::{ObjectKind, Owner, Verb};
use madang_plans::model::{Round, RoundAnswer, RoundId, RoundState};
use madang_plans::views;
use serde_json::{Value, json};

use super::address::{self, Format};
use super::plan::Nothing;
use super::shape;
use crate::export;
use crate::page::Page;

pub async fn rounds(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Query<Nothing>,
    headers: HeaderMap,
    format: Format,
) -> Outcome {
    let ask = id.clone();
    let (plan, rounds) =
        visit.app.db.read(move |tx| Ok((views::plan_summary(tx, &ask)?, views::rounds(tx, &ask)?))).await?;
    match format {
        Format::Json => {
            let data = |(round, asked, answered): &(Round, usize, usize)| json!({ "round": round, "asked": asked, "answered": answered });
            return Ok(export::json(&headers, &rounds.iter().map(data).collect::<Vec<_>>())?);
        }
        Format::Csv => {
            let heads = ["id", "label", "title_ko", "title_en", "state", "due", "asked", "answered"].map(str::to_owned);
            let row = |(r, asked, answered): &(Round, usize, usize)| {
                let title = |tag| r.title.exact(tag).unwrap_or_default().to_owned();
                let mut row =
                    vec![r.id.to_string(), r.label.clone(), title("ko"), title("en"), r.state.code().to_owned()];
                row.extend([r.due.to_string(), asked.to_string(), answered.to_string()]);
                row
            };
            let rows: Vec<Vec<String>> = rounds.iter().map(row).collect();
            return Ok(export::csv(&headers, &format!("{id}-rounds.csv"), &heads, &rows)?);
        }
        _ => {}
    }
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
    Page::new(&visit, "rounds.html")
        .render(&json!({ "plan": shape::plan_link(&visit, &plan), "rounds": lines, "open_href": open_href }))
}

fn href(visit: &Visit, round: &Round) -> String {
    format!("{}/rounds/{}", address::plan(visit, &round.plan), round.id)
}

pub async fn round(visit: Visit, Path((_, plan, word)): Path<(String, String, String)>, headers: HeaderMap) -> Outcome {
    let (id, format) = address::split(&word);
    let id: RoundId = id.parse().map_err(|_| Error::not_found("plan.round-unknown"))?;
    let today = shape::today(&visit);
    let lead = visit.person().is_some() && visit.may_somewhere(Verb::Close, ObjectKind::Round).is_ok();
    let view = visit.app.db.read(move |tx| views::round(tx, id, lead)).await?;
    if view.plan.id != plan {
        return Err(Error::not_found("plan.round-unknown").into());
    }
    match format {
        Format::Json => return Ok(export::json(&headers, &view)?),
        Format::Csv => {
            let heads = ["agency", "name_ko", "name_en", "answered_at", "text_ko", "text_en"].map(str::to_owned);
            let row = |a: &RoundAnswer| {
                let of = |text: &madang_base::LocalizedText, tag| text.exact(tag).unwrap_or_default().to_owned();
                let at = a.answered_at.map(madang_base::Time::rfc3339_kst).unwrap_or_default();
                vec![
                    a.agency.slug.clone(),
                    of(&a.agency.name, "ko"),
                    of(&a.agency.name, "en"),
                    at,
                    of(&a.text, "ko"),
                    of(&a.text, "en"),
                ]
            };
            let rows: Vec<Vec<String>> = view.answers.iter().map(row).collect();
            return Ok(export::csv(&headers, &format!("{}.csv", view.round.label), &heads, &rows)?);
        }
        _ => {}
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
                "answered": a.answered_at.map(madang_base::Time::micros), "summary": summary, "items": [],
            })
        })
        .collect();
    let desk = visit.url(&format!("/desk/plans/{plan}/rounds/{id}"));
    let own = |a: &&madang_plans::model::RoundAnswer| {
        visit.person().is_some()
            && visit.ctx.require(Verb::Answer, ObjectKind::Round, Some(Owner::Organisation(a.agency.id))).is_ok()
    };
    let asked = view.answers.iter().find(own);
    let waits = asked.is_some_and(|a| a.answered_at.is_none());
    // Who leads and has answered closes; everybody else may go on changing the answer.
    let act = match round.state {
        RoundState::Open if waits || (asked.is_some() && !lead) => {
            Some(json!({ "kind": "answer", "action": format!("{desk}/answer") }))
        }
        RoundState::Open if lead => Some(json!({ "kind": "close", "action": format!("{desk}/close") })),
        RoundState::Closed if lead => Some(json!({ "kind": "publish", "action": format!("{desk}/publish") })),
        _ => None,
    };
    Page::new(&visit, "round.html").form().render(&json!({
        "plan": shape::plan_link(&visit, &view.plan),
        "round": {
            "id": round.id, "title": round.title, "href": href(&visit, round), "state": round.state.code(),
            "opened": round.opened_at.kst_date().to_string(), "due": round.due.to_string(), "days": (round.due - today).get_days(),
            "closed": round.closed_at.map(madang_base::Time::micros), "published": round.published_at.map(madang_base::Time::micros),
            "note": (!round.conclusion.is_empty()).then_some(&round.conclusion),
            "answered": view.answered, "asked": view.answers.len(),
        },
        "agencies": agencies, "act": act,
    }))
}
