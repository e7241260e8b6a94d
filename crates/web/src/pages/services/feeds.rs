//! Lists and cases for machines: CSV in constant memory, JSON, Atom.

use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::{StreamExt, stream};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use madang_base::{Error, Result, Time};
use madang_cases::Cases;
use madang_cases::service::{export as rows_of, list};
use madang_cases::views::{CaseFilter, ExportRow};
use madang_form::{Definition, visible};
use madang_http::{Outcome, Visit};
use madang_kernel::{Actor, Ctx};
use serde_json::{Value, json};

use super::super::search;
use super::filters::Query;
use super::{address, case, cases, current, timeline};
use crate::export::{self, FeedEntry};
use crate::page::words;

/// Entries of a feed.
const ENTRIES: u32 = 30;

pub async fn csv(visit: Visit) -> Outcome {
    stream_csv(&visit, None).await
}

pub async fn service_csv(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let version = current(&visit, &id).await?;
    stream_csv(&visit, Some(version.definition.clone())).await
}

pub async fn json(visit: Visit, headers: HeaderMap) -> Outcome {
    page_json(&visit, &headers, None).await
}

pub async fn service_json(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let version = current(&visit, &id).await?;
    page_json(&visit, &headers, Some(&version.definition)).await
}

pub async fn atom(visit: Visit, headers: HeaderMap) -> Outcome {
    let title = words(&visit, "cases-title", &[]);
    feed(&visit, &headers, None, &title).await
}

pub async fn service_atom(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let version = current(&visit, &id).await?;
    let name = version.definition.name.get(visit.locale);
    let title = words(&visit, "cases-title-of", &[("service", name.into())]);
    feed(&visit, &headers, Some(&version.definition), &title).await
}

/// Whoever asks for words is sent to the search.
fn searched(visit: &Visit, def: Option<&Definition>, ending: &str) -> Option<Response> {
    let href = search::of_list(visit, def.map(|def| def.id.as_str()), ending)?;
    Some(Redirect::to(&href).into_response())
}

/// One page of the list, with a way to the next.
async fn page_json(visit: &Visit, headers: &HeaderMap, def: Option<&Definition>) -> Outcome {
    if let Some(there) = searched(visit, def, ".json") {
        return Ok(there);
    }
    let filter = CaseFilter { limit: 200, ..Query::of(visit).filter(def) };
    let (ctx, there) = (visit.ctx.clone(), cases(visit)?);
    let found = visit.app.db.read(move |tx| list::public(tx, &ctx, &there, &filter)).await?;
    let next = found.next.as_ref().map(|next| {
        let href = super::super::plans::shape::with(visit, "after", next);
        format!("{}{href}", visit.app.site.base_url)
    });
    Ok(export::json(headers, &json!({ "count": found.count, "next": next, "cases": found.lines }))?)
}

async fn feed(visit: &Visit, headers: &HeaderMap, def: Option<&Definition>, title: &str) -> Outcome {
    if let Some(there) = searched(visit, def, ".atom") {
        return Ok(there);
    }
    let filter = CaseFilter { limit: ENTRIES, after: None, ..Query::of(visit).filter(def) };
    let (ctx, there) = (visit.ctx.clone(), cases(visit)?);
    let found = visit.app.db.read(move |tx| list::public(tx, &ctx, &there, &filter)).await?;
    let entry = |line: &madang_cases::views::CaseLine| FeedEntry {
        id: format!("case/{}", line.number),
        at: line.filed_at,
        title: line.title.clone(),
        text: format!("{} · {}", line.service_name.get(visit.locale), line.state_name.get(visit.locale)),
        href: address::case(visit, &line.number),
        by: line.agency.as_ref().map_or("", |agency| agency.name.get(visit.locale)).to_owned(),
    };
    let entries: Vec<FeedEntry> = found.lines.iter().map(entry).collect();
    Ok(export::atom(headers, visit, title, &entries)?)
}

/// What everybody may see of one case.
pub async fn one_json(visit: &Visit, headers: &HeaderMap, number: &str) -> Outcome {
    let view = case::citizens(visit, headers, number).await?;
    let c = &view.case;
    let happened = |item: &madang_cases::views::TimelineItem| {
        json!({
            "no": item.no, "at": item.at, "kind": item.kind, "step": item.step.as_ref().map(|(id, _)| id),
            "from": item.from_state.as_ref().map(|(id, _)| id), "to": item.to_state.as_ref().map(|(id, _)| id),
            "party": item.party, "agency": item.agency, "body": item.body,
        })
    };
    let value: Value = json!({
        "number": c.number, "service": c.service, "state": c.state, "phase": c.phase, "outcome": c.outcome,
        "title": c.title, "agency": view.agency, "publication": c.publication, "citizen_says": c.citizen_says,
        "answers": c.answers, "filed_at": c.filed_at, "updated_at": c.updated_at, "answered_at": c.answered_at,
        "closed_at": c.closed_at, "due_at": c.due_at, "supports": view.supports, "agencies": view.agencies,
        "timeline": view.timeline.iter().map(happened).collect::<Vec<_>>(),
    });
    Ok(export::json(headers, &value)?)
}

/// What happened to one case, newest first.
pub async fn one_atom(visit: &Visit, headers: &HeaderMap, number: &str) -> Outcome {
    let view = case::citizens(visit, headers, number).await?;
    let def = &view.service.definition;
    let entry = |item: &madang_cases::views::TimelineItem| {
        let body = item.body.clone().unwrap_or_default();
        let (text, reason) = timeline::texts(&body, &body.input.clone().unwrap_or_default());
        FeedEntry {
            id: format!("case/{}/{}", view.case.number, item.no),
            at: item.at,
            title: timeline::title(visit, def, item, &body),
            text: [text, reason].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"),
            href: address::case(visit, &view.case.number),
            by: item.agency.as_ref().map_or("", |agency| agency.name.get(visit.locale)).to_owned(),
        }
    };
    let entries: Vec<FeedEntry> =
        view.timeline.iter().rev().filter(|item| !timeline::doubled(&view, item)).map(entry).collect();
    Ok(export::atom(headers, visit, &view.case.title, &entries)?)
}

const HEADS: [&str; 13] = [
    "number",
    "title",
    "service",
    "state",
    "phase",
    "outcome",
    "agency",
    "filed_at",
    "due_at",
    "supports",
    "published_at",
    "answered_at",
    "closed_at",
];

fn row(visit: &Visit, def: Option<&Definition>, row: &ExportRow) -> Vec<String> {
    let line = &row.line;
    let time = |time: Option<Time>| time.map(crate::i18n::iso_time).unwrap_or_default();
    let mut cells = vec![
        line.number.clone(),
        line.title.clone(),
        line.service.clone(),
        line.state.clone(),
        line.phase.code().to_owned(),
        line.outcome.clone().unwrap_or_default(),
        line.agency.as_ref().map(|agency| agency.slug.clone()).unwrap_or_default(),
        time(Some(line.filed_at)),
        time(line.due_at),
        line.supports.map(|n| n.to_string()).unwrap_or_default(),
        time(row.published_at),
        time(row.answered_at),
        time(row.closed_at),
    ];
    if let Some(def) = def {
        // Cases of older versions fill the columns of the version in force where they still have them.
        let own = &row.version.definition;
        let known = visible::columns(own);
        let values = visible::cells(own, &line.state, &row.answers, &row.reviewed, visit.locale);
        cells.extend(visible::columns(def).iter().map(|column| {
            let at = known.iter().position(|known| known.id == column.id);
            at.and_then(|at| values.get(at)).cloned().unwrap_or_default()
        }));
    }
    cells
}

/// What a stream of rows needs to go on.
struct Reading {
    visit: Visit,
    ctx: Ctx,
    cases: Cases,
    def: Option<Definition>,
    filter: CaseFilter,
    heads: Vec<String>,
    first: bool,
    done: bool,
}

impl Reading {
    /// The next piece of the table; the heads stand only in the first.
    async fn piece(&mut self) -> Result<Vec<u8>> {
        let (ctx, cases, filter) = (self.ctx.clone(), self.cases.clone(), self.filter.clone());
        let page = self.visit.app.db.read(move |tx| rows_of::export(tx, &ctx, &cases, &filter, rows_of::ROWS)).await?;
        let rows: Vec<Vec<String>> = page.rows.iter().map(|r| row(&self.visit, self.def.as_ref(), r)).collect();
        let text = madang_plans::export::csv::table(&self.heads, rows.into_iter())?;
        let heads = madang_plans::export::csv::table(&self.heads, std::iter::empty())?;
        let from = if self.first { 0 } else { heads.len() };
        self.first = false;
        self.done = page.next.is_none();
        self.filter.after = page.next;
        Ok(text.into_bytes().split_off(from))
    }
}

async fn stream_csv(visit: &Visit, def: Option<Definition>) -> Outcome {
    if let Some(there) = searched(visit, def.as_ref(), ".csv") {
        return Ok(there);
    }
    let filter = CaseFilter { after: None, ..Query::of(visit).filter(def.as_ref()) };
    let mut heads: Vec<String> = HEADS.iter().map(|head| (*head).to_owned()).collect();
    heads.extend(def.iter().flat_map(visible::columns).map(|column| column.id));
    let ctx = Ctx { actor: Actor::Anonymous, ..visit.ctx.clone() };
    let name = def.as_ref().map_or_else(|| "cases.csv".to_owned(), |def| format!("{}-cases.csv", def.id));
    let mut reading =
        Reading { visit: visit.clone(), ctx, cases: cases(visit)?, def, filter, heads, first: true, done: false };
    // A filter that is wrong is told as a page, before the file begins.
    let first = reading.piece().await?;
    let rest = stream::unfold(Some(reading), |reading| async move {
        let mut reading = reading.filter(|reading| !reading.done)?;
        match reading.piece().await {
            Ok(bytes) => Some((Ok::<_, Error>(bytes), Some(reading))),
            Err(error) => Some((Err(error), None)),
        }
    });
    // The body asks once more after the end.
    let all = stream::iter([Ok::<_, Error>(first)]).chain(rest).fuse();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    let response: Response = (headers, Body::from_stream(all)).into_response();
    Ok(response)
}
