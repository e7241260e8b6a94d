//! All milestones of a plan with filters.

use axum::extract::{Path, Query};
use http::HeaderMap;
use madang_http::{Outcome, Visit};
use madang_plans::views::{self, Filter, MilestoneLine};
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Format};
use super::shape;
use crate::export;
use crate::page::Page;

const PAGE: usize = 25;

#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    agency: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    after: String,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        let text = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
        Filter {
            state: self.state.parse().ok(),
            agency: text(&self.agency),
            year: self.year.parse().ok(),
            words: self.q.chars().take(100).collect(),
            ..Filter::default()
        }
    }
}

pub async fn milestones(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<ListQuery>,
    headers: HeaderMap,
    format: Format,
) -> Outcome {
    let filter = query.filter();
    match format {
        Format::Page => {}
        Format::Csv => return csv(&visit, &headers, &id, &filter).await,
        Format::Xlsx => return workbook(&visit, &headers, id).await,
        Format::Ics => return super::calendar::file(&visit, &headers, &id, None).await,
        Format::Atom => return super::history::feed(&visit, &headers, madang_plans::id::plan_ref(&id), None).await,
        Format::Json => {
            let lines = all(&visit, &id, &filter).await?;
            return Ok(export::json(&headers, &lines)?);
        }
    }
    let today = shape::today(&visit);
    let after = query.after.parse().ok();
    let (ask, by) = (id.clone(), filter.clone());
    let (plan, found, everything) = visit
        .app
        .db
        .read(move |tx| {
            let plan = views::plan_summary(tx, &ask)?;
            let found = views::milestones(tx, &ask, &by, after, PAGE, today)?;
            let everything = views::milestones(tx, &ask, &Filter::default(), None, usize::MAX, today)?;
            Ok((plan, found, everything))
        })
        .await?;
    let lines: Vec<Value> = found.items.iter().map(|line| row(&visit, line)).collect();
    let page = |after: Option<i64>| after.map(|after| shape::with(&visit, "after", &after.to_string()));
    let to = found.from + found.items.len() - usize::from(!found.items.is_empty());
    let exports =
        visit.url(&visit.path) + &if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    Page::new(&visit, "milestones.html").render(&json!({
        "plan": shape::plan_link(&visit, &plan), "search": { "value": query.q },
        "filters": filters(&visit, &everything.items, &query), "chips": chips(&visit, &everything.items, &query),
        "total": found.total, "milestones": lines,
        "pager": { "previous": page(found.previous), "next": page(found.next), "from": found.from, "to": to, "total": found.total },
        "exports": exports,
    }))
}

fn row(visit: &Visit, line: &MilestoneLine) -> Value {
    let m = &line.milestone;
    let mut out = shape::timing(visit, &m.content);
    let more = json!({
        "commitment": line.commitment.number, "n": m.content.number, "title": m.content.title,
        "href": address::milestone(visit, &m.id), "state": m.state.code(),
        "agencies": shape::lead_names(&line.agencies), "evidence": line.evidence,
    });
    if let (Value::Object(out), Value::Object(more)) = (&mut out, more) {
        out.extend(more);
    }
    out
}

fn years(lines: &[MilestoneLine]) -> Vec<i16> {
    let mut years: Vec<i16> = lines
        .iter()
        .flat_map(|l| &l.milestone.periods)
        .flat_map(|p| [p.start, p.due])
        .flatten()
        .map(jiff::civil::Date::year)
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn filters(visit: &Visit, lines: &[MilestoneLine], query: &ListQuery) -> Value {
    let any = |selected: bool| shape::option("", shape::t(visit, "filter-all", &[]), selected);
    let mut states = vec![any(query.state.is_empty())];
    states.extend(
        shape::STATES
            .into_iter()
            .filter(|s| lines.iter().any(|l| l.milestone.state.code() == *s))
            .map(|s| shape::option(s, shape::t(visit, &format!("state-{s}"), &[]), query.state == s)),
    );
    let mut agencies = vec![any(query.agency.is_empty())];
    let mut seen: Vec<&str> = Vec::new();
    for agency in lines.iter().flat_map(|l| &l.agencies) {
        let slug = agency.agency.slug.as_str();
        if !seen.contains(&slug) {
            seen.push(slug);
            agencies.push(shape::option(slug, agency.agency.name.get(visit.locale).to_owned(), query.agency == slug));
        }
    }
    let mut by_year = vec![any(query.year.is_empty())];
    by_year.extend(years(lines).into_iter().map(|y| {
        let y = y.to_string();
        shape::option(&y, crate::i18n::date(&y, visit.locale), query.year == y)
    }));
    json!([
        { "name": "state", "label": shape::t(visit, "filter-state", &[]), "options": states },
        { "name": "agency", "label": shape::t(visit, "filter-agency", &[]), "options": agencies },
        { "name": "year", "label": shape::t(visit, "filter-year", &[]), "options": by_year },
    ])
}

fn chips(visit: &Visit, lines: &[MilestoneLine], query: &ListQuery) -> Vec<Value> {
    let mut chips = Vec::new();
    let mut chip =
        |label: String, name: &str| chips.push(json!({ "label": label, "remove": shape::without(visit, name) }));
    if !query.q.is_empty() {
        chip(query.q.clone(), "q");
    }
    if shape::STATES.contains(&query.state.as_str()) {
        chip(shape::t(visit, &format!("state-{}", query.state), &[]), "state");
    }
    if let Some(agency) = lines.iter().flat_map(|l| &l.agencies).find(|a| a.agency.slug == query.agency) {
        chip(agency.agency.name.get(visit.locale).to_owned(), "agency");
    }
    if let Ok(year) = query.year.parse::<i16>() {
        chip(crate::i18n::date(&year.to_string(), visit.locale), "year");
    }
    chips
}

async fn all(visit: &Visit, id: &str, filter: &Filter) -> madang_base::Result<Vec<MilestoneLine>> {
    let (id, filter, today) = (id.to_owned(), filter.clone(), shape::today(visit));
    Ok(visit.app.db.read(move |tx| views::milestones(tx, &id, &filter, None, usize::MAX, today)).await?.items)
}

/// The filtered milestones as a CSV file; one row for each milestone.
pub async fn csv(visit: &Visit, headers: &HeaderMap, id: &str, filter: &Filter) -> Outcome {
    let heads = [
        "id",
        "commitment",
        "number",
        "title_ko",
        "title_en",
        "state",
        "start",
        "due",
        "printed_start",
        "printed_end",
        "continues",
        "lead_agencies",
        "evidence",
    ];
    let rows: Vec<Vec<String>> = all(visit, id, filter)
        .await?
        .iter()
        .map(|line| {
            let m = &line.milestone;
            let title = |tag| m.content.title.exact(tag).unwrap_or_default().to_owned();
            let first = m.periods.iter().filter_map(|p| p.start).min();
            let last = m.periods.iter().filter_map(|p| p.due).max();
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            vec![
                m.id.clone(),
                line.commitment.number.clone(),
                m.content.number.clone(),
                title("ko"),
                title("en"),
                m.state.code().to_owned(),
                day(first),
                day(last),
                m.content.printed.start.clone(),
                m.content.printed.end.clone(),
                m.content.continues.to_string(),
                line.leads().map(|a| a.agency.slug.as_str()).collect::<Vec<_>>().join(" "),
                line.evidence.to_string(),
            ]
        })
        .collect();
    Ok(export::csv(headers, &format!("{id}-milestones.csv"), &heads.map(str::to_owned), &rows)?)
}

/// The whole plan as a workbook that `madang import plan` reads again.
pub async fn workbook(visit: &Visit, headers: &HeaderMap, id: String) -> Outcome {
    let name = format!("{id}.xlsx");
    let bytes = visit.app.db.read(move |tx| export_workbook(tx, &id)).await?;
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(export::file(headers, XLSX, &name, bytes)?)
}

fn export_workbook(tx: &mut madang_db::Tx, id: &str) -> madang_base::Result<Vec<u8>> {
    let file = views::load::plan_file(tx, id)?;
    let file = file.ok_or_else(|| madang_base::Error::not_found("plan.unknown").arg("value", id))?;
    madang_plans::export::to_xlsx(&file)
}
