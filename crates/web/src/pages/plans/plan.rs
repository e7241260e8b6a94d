//! The list of plans and the plan's page, which is the one that most people ask for at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use http::HeaderMap;
use madang_base::Locale;
use madang_http::{Outcome, Preferences, Visit};
use madang_kernel::{ObjectKind, Verb};
use madang_plans::views::{self, CommitmentLine, PlanView};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::receipts::check::{self, Check};
use super::address::{self, Format};
use super::{milestones, shape, thread};
use crate::export;
use crate::page::Page;
use crate::wiring::Wiring;

#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// All plans.
pub async fn plans(visit: Visit, _: Query<Nothing>, headers: HeaderMap, format: Format) -> Outcome {
    let today = shape::today(&visit);
    let cards = visit.app.db.read(move |tx| views::plans(tx, today)).await?;
    match format {
        Format::Csv => {
            let heads = [
                "id",
                "number",
                "name_ko",
                "name_en",
                "start",
                "end",
                "commitments",
                "milestones",
                "completed",
                "late",
            ];
            let rows: Vec<Vec<String>> = cards
                .iter()
                .map(|c| {
                    let name = |tag| c.plan.name.exact(tag).unwrap_or_default().to_owned();
                    vec![
                        c.plan.id.clone(),
                        c.plan.number.to_string(),
                        name("ko"),
                        name("en"),
                        c.plan.start.to_string(),
                        c.plan.end.to_string(),
                        c.counts.commitments.to_string(),
                        c.counts.milestones.to_string(),
                        c.progress.completed.to_string(),
                        c.progress.late.to_string(),
                    ]
                })
                .collect();
            Ok(export::csv(&headers, "plans.csv", &heads.map(str::to_owned), &rows)?)
        }
        Format::Json => Ok(export::json(&headers, &cards)?),
        _ => {
            let cards: Vec<Value> = cards
                .iter()
                .map(|c| {
                    let mut out = shape::plan_link(&visit, &c.plan);
                    out["summary"] = json!(c.head.summary);
                    out["state"] = json!(shape::plan_state(&c.plan, today));
                    out["period"] = json!(shape::period(&c.plan));
                    out["counts"] = shape::counts(&c.progress);
                    out["commitments"] = json!(c.counts.commitments);
                    out
                })
                .collect();
            Page::new(&visit, "plans.html").render(&json!({ "plans": cards }))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct PlanQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    agency: String,
}

/// Rendered plan pages of visitors who are not signed in, by what they depend on. A page is made anew when the plan's
/// revision or the day changes; the database is asked for the revision each time, so nobody reads a stale page.
#[derive(Clone, Default)]
pub struct PageCache(Arc<Mutex<HashMap<Key, Arc<str>>>>);

type Key = (String, Locale, &'static str, &'static str, i64, i64);

/// Pages kept at most; a site has a handful of plans, two languages and nine looks.
const MOST: usize = 64;

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PageCache").finish()
    }
}

impl PageCache {
    fn get(&self, key: &Key) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: Key, html: Arc<str>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST {
            pages.clear();
        }
        pages.insert(key, html);
    }
}

/// A plan.
pub async fn plan(
    visit: Visit,
    Path((_, word)): Path<(String, String)>,
    Query(query): Query<PlanQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (id, format) = address::split(&word);
    let (id, today) = (id.to_owned(), shape::today(&visit));
    match format {
        Format::Page => {}
        Format::Atom => return super::history::feed(&visit, &headers, madang_plans::id::plan_ref(&id), None).await,
        Format::Ics => return super::calendar::file(&visit, &headers, &id, None).await,
        Format::Csv => return milestones::csv(&visit, &headers, &id, &views::Filter::default()).await,
        Format::Json => {
            let view = visit.app.db.read(move |tx| views::plan(tx, &id, today, 20)).await?;
            return Ok(export::json(&headers, &view)?);
        }
        Format::Xlsx => return milestones::workbook(&visit, &headers, id).await,
    }
    let plain = visit.person().is_none() && visit.query.is_empty();
    let cache = visit.app.own::<Wiring>()?.plan_pages.clone();
    let key = if plain {
        let ask = id.clone();
        let reference = madang_plans::id::plan_ref(&id);
        let read = move |tx: &mut madang_db::Tx| {
            Ok((views::plan_summary(tx, &ask)?, madang_kernel::links::links_of(tx, &reference)?.is_empty()))
        };
        let (summary, alone) = visit.app.db.read(read).await?;
        let Preferences { text, mode } = visit.preferences;
        // A link does not change the plan's revision: a plan with a thread is rendered each time.
        alone.then(|| (id.clone(), visit.locale, text, mode, summary.revision, shape::day_key(today)))
    } else {
        None
    };
    if let Some(html) = key.as_ref().and_then(|key| cache.get(key)) {
        return Ok(Html(html.to_string()).into_response());
    }
    let ask = id.clone();
    let view = visit.app.db.read(move |tx| views::plan(tx, &ask, today, 8)).await?;
    let following = super::super::follow::following(&visit, &madang_plans::id::plan_ref(&id)).await?;
    let thread = thread::of(&visit, &madang_plans::id::plan_ref(&id)).await?;
    let html = Page::new(&visit, "plan.html").html(&context(&visit, &view, &query, following, &thread))?;
    if let Some(key) = key {
        cache.put(key, html.as_str().into());
    }
    Ok(Html(html).into_response())
}

fn context(visit: &Visit, view: &PlanView, query: &PlanQuery, following: Value, thread: &[Value]) -> Value {
    let object = madang_plans::id::plan_ref(&view.plan.id);
    let data_href = format!("{}.json", address::plan(visit, &view.plan.id));
    let check = check::kept(visit, &Check { key: "plan", position: None, object: Some(&object), data_href });
    let today = shape::today(visit);
    let href = address::plan(visit, &view.plan.id);
    let mut shown = 0;
    let themes: Vec<Value> = view
        .themes
        .iter()
        .map(|theme| {
            let commitments: Vec<Value> = theme
                .commitments
                .iter()
                .filter(|line| kept(line, query))
                .map(|line| {
                    shown += 1;
                    commitment(visit, line, today)
                })
                .collect();
            json!({ "title": theme.theme.name, "counts": shape::counts(&theme.progress), "commitments": commitments })
        })
        .filter(|theme| theme["commitments"].as_array().is_some_and(|c| !c.is_empty()))
        .collect();
    let source = view.head.source.as_ref().map(|s| json!({ "label": s.title, "href": format!("{href}.json") }));
    json!({
        "check": check,
        "plan": {
            "id": view.plan.id, "title": view.plan.name, "summary": view.head.summary, "href": href,
            "period": shape::period(&view.plan), "state": shape::plan_state(&view.plan, today),
            "lead": { "name": view.lead.name, "href": address::agency(visit, &view.lead.slug) },
            "source": source, "counts": shape::counts(&view.progress),
            "commitments": view.counts.commitments, "parts": view.counts.commitments_with_parts,
        },
        "filters": filters(visit, view, query), "chips": chips(visit, view, query),
        "themes": themes, "shown": shown, "moved": shape::timeline(visit, &view.moved), "following": following,
        "editable": visit.may_somewhere(Verb::Import, ObjectKind::Plan).is_ok(),
        "edit_href": visit.url("/admin/import"), "follow_href": visit.url(&format!("/follow?object=plan:{}", view.plan.id)),
        "thread": thread,
        "declined": view.head.declined.iter().map(|d| json!({ "name": d.name, "times": d.times, "reason": d.reason })).collect::<Vec<_>>(),
        "figures": view.head.figure.iter().map(shape::figure).collect::<Vec<_>>(),
        "statements": view.head.statement.iter().map(|s| json!({ "title": s.title, "text": s.text })).collect::<Vec<_>>(),
    })
}

fn kept(line: &CommitmentLine, query: &PlanQuery) -> bool {
    (query.state.is_empty() || line.state.code() == query.state)
        && (query.agency.is_empty() || line.agencies.iter().any(|a| a.agency.slug == query.agency))
}

fn commitment(visit: &Visit, line: &CommitmentLine, today: jiff::civil::Date) -> Value {
    let name = &line.commitment;
    json!({
        "number": name.number, "title": name.name, "href": address::commitment(visit, &name.id),
        "state": line.state.code(), "agencies": shape::lead_names(&line.agencies), "counts": shape::counts(&line.progress),
        "next": line.next.filter(|day| *day >= today).map(|day| shape::due(day, today)),
        "part_of": name.parent.as_deref().and_then(|id| id.rsplit_once('/')).map_or("", |(_, n)| n),
        "children": line.has_parts,
    })
}

fn filters(visit: &Visit, view: &PlanView, query: &PlanQuery) -> Value {
    let lines = || view.themes.iter().flat_map(|t| &t.commitments);
    let mut states = vec![shape::option("", shape::t(visit, "filter-all", &[]), query.state.is_empty())];
    for state in shape::STATES {
        if lines().any(|line| line.state.code() == state) {
            states.push(shape::option(state, shape::t(visit, &format!("state-{state}"), &[]), query.state == state));
        }
    }
    let mut agencies = vec![shape::option("", shape::t(visit, "filter-all", &[]), query.agency.is_empty())];
    let mut seen: Vec<&str> = Vec::new();
    for agency in lines().flat_map(|line| &line.agencies) {
        let slug = agency.agency.slug.as_str();
        if !seen.contains(&slug) {
            seen.push(slug);
            agencies.push(shape::option(slug, agency.agency.name.get(visit.locale).to_owned(), query.agency == slug));
        }
    }
    json!([
        { "name": "state", "label": shape::t(visit, "filter-state", &[]), "options": states },
        { "name": "agency", "label": shape::t(visit, "filter-agency", &[]), "options": agencies },
    ])
}

fn chips(visit: &Visit, view: &PlanView, query: &PlanQuery) -> Vec<Value> {
    let mut chips = Vec::new();
    if shape::STATES.contains(&query.state.as_str()) {
        let label = shape::t(visit, &format!("state-{}", query.state), &[]);
        chips.push(json!({ "label": label, "remove": shape::without(visit, "state") }));
    }
    let agencies = view.themes.iter().flat_map(|t| &t.commitments).flat_map(|c| &c.agencies);
    if let Some(agency) = agencies.into_iter().find(|a| a.agency.slug == query.agency) {
        let label = agency.agency.name.get(visit.locale);
        chips.push(json!({ "label": label, "remove": shape::without(visit, "agency") }));
    }
    chips
}
