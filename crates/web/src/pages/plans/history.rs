//! Every change, newest first; and the Atom feeds of what moved.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use http::HeaderMap;
use madang_base::Result;
use madang_db::Tx;
use madang_http::{Outcome, Visit};
use madang_identity::account;
use madang_kernel::history::{self, Entry};
use madang_kernel::{AccountId, ObjectKind, Ref, organisation};
use madang_plans::views;
use serde::Deserialize;
use serde_json::{Value, json};

use super::shape;
use crate::export::{self, FeedEntry};
use crate::page::Page;

const PAGE: u32 = 50;
/// Entries of a feed.
const FEED: u32 = 50;
/// Rows of an export; the page's `next` leads further.
const EXPORT: u32 = 10_000;

#[derive(Clone, Debug, Default, Deserialize)]
pub struct HistoryQuery {
    /// The number of a commitment; empty for the whole plan.
    #[serde(default)]
    commitment: String,
    #[serde(default)]
    after: String,
}

struct Found {
    plan: madang_plans::model::PlanSummary,
    commitments: Vec<(String, madang_base::LocalizedText)>,
    entries: Vec<Entry>,
    /// For whom somebody acted: the organisation's name by account. People are not named.
    acting_for: BTreeMap<AccountId, madang_base::LocalizedText>,
    next: Option<String>,
}

fn read(tx: &mut Tx, plan: &str, query: &HistoryQuery, limit: u32, today: jiff::civil::Date) -> Result<Found> {
    let view = views::plan(tx, plan, today, 0)?;
    let commitments: Vec<_> = view
        .themes
        .iter()
        .flat_map(|t| &t.commitments)
        .map(|c| (c.commitment.number.clone(), c.commitment.name.clone()))
        .collect();
    let before = query.after.parse().ok();
    let (entries, next) = if commitments.iter().any(|(number, _)| *number == query.commitment) {
        let object = madang_plans::id::commitment_ref(&madang_plans::id::commitment(plan, &query.commitment));
        let page = history::history_of(tx, &object, before, limit)?;
        (page.entries, page.next)
    } else {
        let page = history::history_below(tx, &madang_plans::id::plan_ref(plan), before, limit)?;
        (page.entries, page.next)
    };
    let mut acting_for = BTreeMap::new();
    for account in entries.iter().filter_map(|entry| entry.account) {
        if !acting_for.contains_key(&account)
            && let Some((_, organisation)) = account::public_label(tx, account)?
        {
            acting_for.insert(account, organisation::get(tx, organisation)?.name);
        }
    }
    Ok(Found { plan: view.plan, commitments, entries, acting_for, next: next.map(|id| id.to_string()) })
}

async fn find(visit: &Visit, plan: String, query: HistoryQuery, limit: u32) -> Result<Found> {
    let today = shape::today(visit);
    visit.app.db.read(move |tx| read(tx, &plan, &query, limit, today)).await
}

pub async fn of_plan(
    visit: Visit,
    Path((_, plan)): Path<(String, String)>,
    Query(query): Query<HistoryQuery>,
) -> Outcome {
    let found = find(&visit, plan, query.clone(), PAGE).await?;
    let mut days: Vec<Value> = Vec::new();
    for entry in &found.entries {
        let date = entry.at.kst_date().to_string();
        if days.last().is_none_or(|day| day["date"] != date.as_str()) {
            days.push(json!({ "date": date, "entries": [] }));
        }
        if let Some(Value::Array(entries)) = days.last_mut().map(|day| &mut day["entries"]) {
            entries.push(line(&visit, &found, entry));
        }
    }
    let mut options = vec![shape::option("", shape::t(&visit, "filter-all", &[]), query.commitment.is_empty())];
    let mut chips = Vec::new();
    for (number, name) in &found.commitments {
        let label = format!("{number}. {}", name.get(visit.locale));
        let selected = *number == query.commitment;
        if selected {
            chips.push(json!({ "label": label, "remove": shape::without(&visit, "commitment") }));
        }
        options.push(shape::option(number, label, selected));
    }
    let older = found.next.map(|id| shape::with(&visit, "after", &id));
    let newest = (!query.after.is_empty()).then(|| shape::without(&visit, "after"));
    Page::new(&visit, "history.html").render(&json!({
        "plan": shape::plan_link(&visit, &found.plan),
        "filters": [{ "name": "commitment", "label": shape::t(&visit, "filter-commitment", &[]), "options": options }],
        "chips": chips, "days": days, "pager": { "first": newest, "previous": null, "next": older }, "exports": visit.url(&visit.path),
    }))
}

/// Who did it, as far as it is public: people are not named, the plan's own records are.
fn by(visit: &Visit, found: &Found, entry: &Entry) -> String {
    if let Some(name) = entry.account.and_then(|account| found.acting_for.get(&account)) {
        return name.get(visit.locale).to_owned();
    }
    let key = if entry.account.is_some() { "history-by-person" } else { "history-by-system" };
    shape::t(visit, key, &[])
}

fn line(visit: &Visit, found: &Found, entry: &Entry) -> Value {
    let object = &entry.object;
    let place = if shape::href(visit, object).is_empty() { &entry.topic } else { object };
    json!({
        "time": entry.at.micros(), "by": by(visit, found, entry), "role": null, "title": what(visit, object, &entry.topic),
        "href": shape::href(visit, place),
        "changes": [{
            "field": field(visit, &entry.field), "before": shown(visit, &entry.field, entry.before.as_deref()),
            "after": shown(visit, &entry.field, entry.after.as_deref()),
        }],
    })
}

fn what(visit: &Visit, object: &Ref, topic: &Ref) -> String {
    let number = |id: &str, at: usize| id.splitn(3, '/').nth(at).unwrap_or("").to_owned();
    match object.kind {
        ObjectKind::Commitment => shape::t(visit, "commitment-n", &[("n", number(&object.id, 1).into())]),
        ObjectKind::Milestone => shape::t(
            visit,
            "history-milestone",
            &[("commitment", number(&object.id, 1).into()), ("n", number(&object.id, 2).into())],
        ),
        ObjectKind::Update | ObjectKind::Assessment if topic.kind == ObjectKind::Commitment => {
            shape::t(visit, "commitment-n", &[("n", number(&topic.id, 1).into())])
        }
        ObjectKind::Round => shape::t(visit, "history-round", &[]),
        ObjectKind::Indicator => shape::t(visit, "history-indicator", &[("id", number(&object.id, 1).into())]),
        _ => shape::t(visit, "history-plan", &[]),
    }
}

/// Fields of a plan file have messages; an unforeseen one is shown as it is.
fn field(visit: &Visit, name: &str) -> String {
    let word = name.split('.').next().unwrap_or(name).replace('_', "-");
    let key = format!("field-{word}");
    let Ok(wiring) = visit.app.own::<crate::Wiring>() else { return name.to_owned() };
    if wiring.templates.catalogue().has(visit.locale, &key) { shape::t(visit, &key, &[]) } else { name.to_owned() }
}

/// A stored value in words: a text in the page's language, a code by its message, else as it is.
fn shown(visit: &Visit, field: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return String::new() };
    if let Ok(text) = serde_json::from_str::<madang_base::LocalizedText>(value) {
        return text.get(visit.locale).to_owned();
    }
    if field == "imported"
        && let Ok(sizes) = serde_json::from_str::<Value>(value)
    {
        let size = |name: &str| crate::i18n::Arg::from(sizes[name].as_i64().unwrap_or(0));
        return shape::t(
            visit,
            "plan-size",
            &[("commitments", size("commitments")), ("milestones", size("milestones"))],
        );
    }
    let prefix = match field {
        "claim" => "claim",
        "assessment" => "completion",
        "round" => "state",
        _ => return value.to_owned(),
    };
    shape::t(visit, &format!("{prefix}-{value}"), &[])
}

pub async fn csv(
    visit: Visit,
    Path((_, plan)): Path<(String, String)>,
    Query(query): Query<HistoryQuery>,
    headers: HeaderMap,
) -> Outcome {
    let name = format!("{plan}-history.csv");
    let found = find(&visit, plan, query, EXPORT).await?;
    let rows: Vec<Vec<String>> = found
        .entries
        .iter()
        .map(|e| {
            let text = |t: &Option<String>| t.clone().unwrap_or_default();
            let by = by(&visit, &found, e);
            vec![e.at.rfc3339_kst(), by, e.object.to_string(), e.field.clone(), text(&e.before), text(&e.after)]
        })
        .collect();
    let heads = ["at", "by", "object", "field", "before", "after"].map(str::to_owned);
    Ok(export::csv(&headers, &name, &heads, &rows)?)
}

pub async fn json(
    visit: Visit,
    Path((_, plan)): Path<(String, String)>,
    Query(query): Query<HistoryQuery>,
    headers: HeaderMap,
) -> Outcome {
    let found = find(&visit, plan, query, EXPORT).await?;
    let entries: Vec<Value> = found
        .entries
        .iter()
        .map(|e| json!({ "at": e.at.rfc3339(), "by": by(&visit, &found, e), "object": e.object, "field": e.field, "before": e.before, "after": e.after }))
        .collect();
    Ok(export::json(&headers, &json!({ "entries": entries, "next": found.next }))?)
}

pub async fn atom(visit: Visit, Path((_, plan)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    feed(&visit, &headers, madang_plans::id::plan_ref(&plan), None).await
}

/// What moved in a plan, a commitment or an agency, as an Atom feed.
pub async fn feed(visit: &Visit, headers: &HeaderMap, object: Ref, title: Option<String>) -> Outcome {
    let ask = object.clone();
    let (name, news) = visit
        .app
        .db
        .read(move |tx| {
            let name = madang_plans::service::follow::followed(tx, &ask)?;
            Ok((name, views::news(tx, &ask, None, FEED)?))
        })
        .await?;
    let entries: Vec<FeedEntry> = news
        .items
        .iter()
        .map(|item| {
            let m = shape::moved(visit, item);
            FeedEntry { id: item.id.to_string(), at: item.at, title: m.title, text: m.over, href: m.href, by: m.by }
        })
        .collect();
    let title = title.unwrap_or_else(|| name.get(visit.locale).to_owned());
    Ok(export::atom(headers, visit, &title, &entries)?)
}
