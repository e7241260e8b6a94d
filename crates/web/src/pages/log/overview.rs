//! The log at a glance: how it stands, the search, the newest records, how to check it.

use axum::response::{IntoResponse, Redirect};
use madang_base::Result;
use madang_http::{Outcome, Visit};
use madang_kernel::change;
use madang_kernel::log::{self, Leaf, Log, Published};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{count, kinds, lines, names, search};
use crate::page::{Page, query_value, words};
use crate::wiring::Wiring;

/// Records on a page.
const PAGE: u64 = 20;
/// How far back one look for a kind goes: there is no index by kind, for the sake of those who write.
const WINDOW: u64 = 20_000;

/// A page of records.
struct Found {
    /// Newest first.
    leaves: Vec<Leaf>,
    /// Where older ones begin.
    older: Option<u64>,
    /// How far back was looked without filling the page.
    looked: Option<u64>,
}

pub async fn show(visit: Visit) -> Outcome {
    let typed = query_value(&visit.query, "q").unwrap_or_default();
    let mut miss = String::new();
    if !typed.trim().is_empty() {
        if let Some(path) = search::find(&visit, &typed).await? {
            return Ok(Redirect::to(&visit.url(&path)).into_response());
        }
        let asked: String = typed.chars().take(60).collect();
        miss = words(&visit, "log-search-miss", &[("asked", asked.into())]);
    }
    let log = super::log(&visit);
    let state = match &log {
        Some(log) => state(&visit, log).await?,
        None => {
            json!({ "state": "empty", "held": "", "published": null, "waiting": 0, "vkey": "", "older_keys": false })
        }
    };
    let size = state["published"]["size"].as_i64().and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
    let before = query_value(&visit.query, "before").and_then(|text| search::index(&text));
    let kind = query_value(&visit.query, "kind").filter(|kind| kinds::known(kind).is_some()).unwrap_or_default();
    let found = records(&visit, before.map_or(size, |before| before.min(size)), kind.clone()).await?;
    let names = names::find(&visit, lines::refs(&found.leaves)).await?;
    let further = |at: Option<u64>| at.map(|at| shape::with(&visit, "before", &at.to_string()));
    let mut chips = Vec::new();
    if !kind.is_empty() {
        chips.push(json!({ "label": kinds::named(&visit, &kind), "remove": visit.url("/log") }));
    }
    let base = &visit.app.site.base_url;
    let mut context = json!({
        "search": { "value": typed, "miss": miss }, "chips": chips, "lines": lines::shown(&visit, &found.leaves, &names, None),
        "filters": [{ "name": "kind", "label": words(&visit, "log-filter-kind", &[]), "options": kinds::options(&visit, &kind) }],
        "more": found.looked.map(|at| json!({ "index": count(at), "href": further(Some(at)) })),
        "pager": { "first": before.map(|_| shape::without(&visit, "before")), "previous": null, "next": further(found.older) },
        "commands": {
            "checkpoint": format!("curl -O {base}/log/checkpoint"),
            "fetch": format!("madang ledger fetch {base} madang-export"),
            "verify": "madang verify export madang-export",
        },
    });
    if let (Value::Object(context), Value::Object(state)) = (&mut context, state) {
        context.extend(state);
    }
    Page::new(&visit, "log/index.html").render(&context)
}

/// How the log stands.
async fn state(visit: &Visit, log: &Log) -> Result<Value> {
    let published = log.published().await?;
    let asked = log.witnesses().await?.len();
    let keys = log.keys().await?;
    let head = visit.app.db.read(change::head).await?;
    let size = published.as_ref().map_or(0, |published| count(published.size));
    let state = log.state();
    let held = state.reason().and_then(|error| Some((visit.app.own::<Wiring>().ok()?, error)));
    Ok(json!({
        "state": if state.is_held() { "held" } else if published.is_some() { "running" } else { "empty" },
        "held": held.map_or_else(String::new, |(wiring, error)| wiring.templates.catalogue().error(visit.locale, error)),
        "published": published.map(|published| shown(&published, asked)), "waiting": (head - size).max(0),
        "vkey": keys.last().map(|key| key.vkey.clone()).unwrap_or_default(), "older_keys": keys.len() > 1,
    }))
}

fn shown(published: &Published, asked: usize) -> Value {
    let witnesses: Vec<Value> =
        published.cosigned.iter().map(|one| json!({ "name": one.witness, "at": one.at.micros() })).collect();
    json!({
        "size": count(published.size), "signed_at": published.signed_at.micros(), "origin": published.origin,
        "root": published.root.hex(), "witnesses": witnesses, "asked": asked,
    })
}

/// The records below `before`, newest first: all, or of one kind.
async fn records(visit: &Visit, before: u64, kind: String) -> Result<Found> {
    let page = u32::try_from(PAGE).unwrap_or(u32::MAX);
    if kind.is_empty() {
        let from = before.saturating_sub(PAGE);
        let read = visit.app.db.read(move |tx| log::leaves(tx, from.checked_sub(1), before, page));
        let leaves: Vec<Leaf> = read.await?.into_iter().rev().collect();
        return Ok(Found { leaves, older: (from > 0).then_some(from), looked: None });
    }
    let floor = before.saturating_sub(WINDOW);
    let leaves = visit
        .app
        .db
        .read(move |tx| {
            // Leaf n is position n + 1 of the feed.
            let places = change::newest_of(tx, &kind, count(floor), count(before), page)?;
            let mut leaves = Vec::with_capacity(places.len());
            for place in places {
                if let Some(index) = u64::try_from(place).ok().and_then(|place| place.checked_sub(1)) {
                    leaves.extend(log::leaf(tx, index)?);
                }
            }
            Ok(leaves)
        })
        .await?;
    let full = leaves.len() == page as usize;
    let older = leaves.last().filter(|last| full && last.index > 0).map(|last| last.index);
    Ok(Found { leaves, older, looked: (!full && floor > 0).then_some(floor) })
}
