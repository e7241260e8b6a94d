//! What is due when, as a page and as an iCalendar file; and what is late.

use axum::extract::{Path, Query};
use http::HeaderMap;
use jiff::civil::Date;
use madang_base::LocalizedText;
use madang_http::{Outcome, Visit};
use madang_plans::views::{self, Due};
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Format};
use super::shape;
use crate::export::{self, Day};
use crate::page::Page;

#[derive(Debug, Default, Deserialize)]
pub struct YearQuery {
    #[serde(default)]
    year: String,
}

pub async fn calendar(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<YearQuery>,
    headers: HeaderMap,
    format: Format,
) -> Outcome {
    if format == Format::Ics {
        return file(&visit, &headers, &id, None).await;
    }
    let today = shape::today(&visit);
    let wanted = query.year.parse::<i16>().ok();
    let ask = id.clone();
    let (plan, due, undated) = visit
        .app
        .db
        .read(move |tx| {
            let plan = views::plan_summary(tx, &ask)?;
            let due = views::calendar(tx, Some(&ask), Date::constant(1900, 1, 1), Date::constant(9999, 12, 31), today)?;
            let lines = views::milestones(tx, &ask, &views::Filter::default(), None, usize::MAX, today)?.items;
            let undated: Vec<_> =
                lines.into_iter().filter(|l| l.milestone.periods.iter().all(|p| p.due.is_none())).collect();
            Ok((plan, due, undated))
        })
        .await?;
    match format {
        Format::Json => return Ok(export::json(&headers, &due)?),
        Format::Csv => {
            return Ok(export::csv(&headers, &format!("{id}-calendar.csv"), &HEADS.map(str::to_owned), &rows(&due))?);
        }
        _ => {}
    }
    let mut entries: Vec<(Date, &'static str, &Due)> = Vec::new();
    for item in &due {
        let p = &item.period;
        if let Some(start) = p.start.filter(|s| p.due != Some(*s)) {
            entries.push((start, "start", item));
        }
        if let Some(end) = p.due {
            entries.push((end, "end", item));
        }
    }
    entries.sort_by_key(|(date, kind, _)| (*date, *kind));
    let mut years: Vec<i16> = entries.iter().map(|(date, ..)| date.year()).collect();
    years.dedup();
    let inside = |y: i16| years.contains(&y);
    let year = wanted.filter(|y| inside(*y)).or_else(|| Some(today.year()).filter(|y| inside(*y)));
    let year = year.or_else(|| years.iter().copied().find(|y| *y >= plan.start.year())).unwrap_or(plan.start.year());
    let mut months: Vec<Value> = Vec::new();
    for (date, kind, item) in entries.iter().filter(|(date, ..)| date.year() == year) {
        let month = format!("{:04}-{:02}", date.year(), date.month());
        if months.last().is_none_or(|m| m["month"] != month.as_str()) {
            months.push(json!({ "month": month, "past": date.last_of_month() < today, "entries": [] }));
        }
        let entry = json!({
            "title": item.title, "href": address::milestone(&visit, &item.milestone), "commitment": item.commitment_number,
            "kind": kind, "date": date.to_string(), "state": item.period.state.code(), "agency": agency(item),
        });
        if let Some(Value::Array(entries)) = months.last_mut().map(|m| &mut m["entries"]) {
            entries.push(entry);
        }
    }
    let undated: Vec<Value> = undated
        .iter()
        .map(|line| {
            let m = &line.milestone;
            let words = shape::recurrence(&visit, &m.content);
            let timing = if words.is_empty() { shape::t(&visit, "calendar-no-end", &[]) } else { words };
            json!({
                "title": m.content.title, "href": address::milestone(&visit, &m.id), "commitment": line.commitment.number,
                "timing": timing, "state": m.state.code(),
                "agency": line.leads().next().map_or_else(LocalizedText::default, |a| a.agency.name.clone()),
            })
        })
        .collect();
    let years: Vec<Value> = years
        .iter()
        .map(|y| json!({ "year": y.to_string(), "href": shape::with(&visit, "year", &y.to_string()), "current": *y == year }))
        .collect();
    let context =
        json!({ "plan": shape::plan_link(&visit, &plan), "years": years, "months": months, "undated": undated });
    Page::new(&visit, "calendar.html").render(&context)
}

fn agency(item: &Due) -> LocalizedText {
    item.agencies.first().map_or_else(LocalizedText::default, |a| a.name.clone())
}

const HEADS: [&str; 8] = ["milestone", "commitment", "title_ko", "title_en", "start", "due", "state", "lead_agencies"];

fn rows(due: &[Due]) -> Vec<Vec<String>> {
    due.iter()
        .map(|d| {
            let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            vec![
                d.milestone.clone(),
                d.commitment_number.clone(),
                d.title.exact("ko").unwrap_or_default().to_owned(),
                d.title.exact("en").unwrap_or_default().to_owned(),
                day(d.period.start),
                day(d.period.due),
                d.period.state.code().to_owned(),
                d.agencies.iter().map(|a| a.slug.as_str()).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect()
}

/// The due days of a plan's milestones, or of one commitment's, as an iCalendar file.
pub async fn file(visit: &Visit, headers: &HeaderMap, plan: &str, commitment: Option<&str>) -> Outcome {
    let (ask, today) = (plan.to_owned(), shape::today(visit));
    let (plan, due) = visit
        .app
        .db
        .read(move |tx| {
            let plan = views::plan_summary(tx, &ask)?;
            Ok((
                plan,
                views::calendar(tx, Some(&ask), Date::constant(1900, 1, 1), Date::constant(9999, 12, 31), today)?,
            ))
        })
        .await?;
    let days: Vec<Day> = due
        .iter()
        .filter(|d| commitment.is_none_or(|id| d.commitment == id))
        .filter_map(|d| {
            Some(Day {
                id: format!("{}-{}", d.milestone.replace('/', "-"), d.period.no),
                date: d.period.due?,
                title: format!("{} {}", d.commitment_number, d.title.get(visit.locale)),
                text: agency(d).get(visit.locale).to_owned(),
                href: address::milestone(visit, &d.milestone),
            })
        })
        .collect();
    Ok(export::calendar(headers, visit, plan.name.get(visit.locale), plan.changed_at, &days)?)
}

#[derive(Debug, Default, Deserialize)]
pub struct LateQuery {
    #[serde(default)]
    agency: String,
}

/// What is late or was never reported, by agency, the longest overdue first.
pub async fn late(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<LateQuery>,
    headers: HeaderMap,
    format: Format,
) -> Outcome {
    let today = shape::today(&visit);
    let ask = id.clone();
    let (plan, everything, reports) = visit
        .app
        .db
        .read(move |tx| {
            let plan = views::plan_summary(tx, &ask)?;
            let late = views::late(tx, &ask, today)?;
            let mut reports = std::collections::BTreeMap::new();
            for item in &late {
                if !reports.contains_key(&item.commitment) {
                    reports.insert(item.commitment.clone(), views::updates(tx, &item.commitment)?);
                }
            }
            Ok((plan, late, reports))
        })
        .await?;
    let late: Vec<&Due> = everything
        .iter()
        .filter(|d| query.agency.is_empty() || d.agencies.iter().any(|a| a.slug == query.agency))
        .collect();
    match format {
        Format::Json => return Ok(export::json(&headers, &late)?),
        Format::Csv => {
            let owned: Vec<Due> = late.into_iter().cloned().collect();
            return Ok(export::csv(&headers, &format!("{id}-late.csv"), &HEADS.map(str::to_owned), &rows(&owned))?);
        }
        Format::Atom => return super::history::feed(&visit, &headers, madang_plans::id::plan_ref(&id), None).await,
        _ => {}
    }
    let mut groups: Vec<(String, Value)> = Vec::new();
    for item in &late {
        let Some(lead) = item.agencies.first() else { continue };
        let Some(due) = item.period.due else { continue };
        let own = reports
            .get(&item.commitment)
            .into_iter()
            .flatten()
            .filter(|u| u.milestone.as_deref() == Some(item.milestone.as_str()));
        let last = own.clone().next();
        let delay = own.map(|u| u.delay_reason.as_str()).find(|reason| !reason.is_empty());
        let line = json!({
            "title": item.title, "href": address::milestone(&visit, &item.milestone), "commitment": item.commitment_number,
            "due": due.to_string(), "days": (today - due).get_days(), "delay": delay,
            "last_report": last.map(|u| u.at.micros()), "state": item.period.state.code(),
        });
        let at = groups.iter().position(|(slug, _)| *slug == lead.slug).unwrap_or_else(|| {
            let head = json!({ "agency": lead.name, "href": address::agency(&visit, &lead.slug), "milestones": [] });
            groups.push((lead.slug.clone(), head));
            groups.len() - 1
        });
        if let Value::Array(lines) = &mut groups[at].1["milestones"] {
            lines.push(line);
        }
    }
    let mut options = vec![shape::option("", shape::t(&visit, "filter-all", &[]), query.agency.is_empty())];
    let mut chips = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for agency in everything.iter().filter_map(|d| d.agencies.first()) {
        if !seen.contains(&agency.slug.as_str()) {
            seen.push(&agency.slug);
            let name = agency.name.get(visit.locale).to_owned();
            if agency.slug == query.agency {
                chips.push(json!({ "label": name, "remove": shape::without(&visit, "agency") }));
            }
            options.push(shape::option(&agency.slug, name, agency.slug == query.agency));
        }
    }
    let exports =
        visit.url(&visit.path) + &if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    Page::new(&visit, "late.html").render(&json!({
        "plan": shape::plan_link(&visit, &plan), "total": late.len(), "as_of": today.to_string(),
        "filters": [{ "name": "agency", "label": shape::t(&visit, "filter-agency", &[]), "options": options }],
        "chips": chips, "groups": groups.into_iter().map(|(_, g)| g).collect::<Vec<_>>(), "exports": exports,
    }))
}
