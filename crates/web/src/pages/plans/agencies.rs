//! Agencies: the list, and what one of them leads, what is late, how fast it reports.

use axum::extract::{Path, Query};
use http::HeaderMap;
use madang_http::{Outcome, Visit};
use madang_plans::model::AgencyRole;
use madang_plans::rules::Speed;
use madang_plans::views::{self, AgencyView, Involvement};
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Format};
use super::shape;
use crate::export;
use crate::page::Page;
use crate::pages::{figures, follow};

#[derive(Debug, Default, Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
}

pub async fn agencies(visit: Visit, Query(query): Query<SearchQuery>, headers: HeaderMap, format: Format) -> Outcome {
    let today = shape::today(&visit);
    let mut lines = visit.app.db.read(move |tx| views::agencies(tx, today)).await?;
    let words = query.q.to_lowercase();
    lines.retain(|line| {
        let texts = || line.agency.name.iter().chain(line.agency.short.iter()).map(|(_, text)| text.to_lowercase());
        words.split_whitespace().all(|word| line.agency.slug.contains(word) || texts().any(|text| text.contains(word)))
    });
    match format {
        Format::Json => return Ok(export::json(&headers, &lines)?),
        Format::Csv => {
            let heads = [
                "id",
                "name_ko",
                "name_en",
                "leads",
                "joins",
                "milestones",
                "completed",
                "late",
                "no_report",
                "report_days",
            ];
            let rows: Vec<Vec<String>> = lines
                .iter()
                .map(|l| {
                    let name = |tag| l.agency.name.exact(tag).unwrap_or_default().to_owned();
                    let p = l.progress;
                    let numbers = [l.leads, l.joins, p.total, p.completed, p.late, p.no_report];
                    let mut row = vec![l.agency.slug.clone(), name("ko"), name("en")];
                    row.extend(numbers.iter().map(ToString::to_string));
                    row.push(l.speed.median_days.map(|d| d.to_string()).unwrap_or_default());
                    row
                })
                .collect();
            return Ok(export::csv(&headers, "agencies.csv", &heads.map(str::to_owned), &rows)?);
        }
        _ => {}
    }
    let rows: Vec<Value> = lines
        .iter()
        .map(|l| {
            json!({
                "name": l.agency.name, "href": address::agency(&visit, &l.agency.slug), "leads": l.leads,
                "counts": shape::counts(&l.progress), "report_days": days(&l.speed),
            })
        })
        .collect();
    let context =
        json!({ "search": { "value": query.q }, "total": rows.len(), "as_of": today.to_string(), "agencies": rows });
    Page::new(&visit, "agencies.html").render(&context)
}

/// The median of days from due day to report, whole.
fn days(speed: &Speed) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
    speed.median_days.map(|days| days.round() as i64)
}

pub async fn agency(visit: Visit, Path((_, word)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let (slug, format) = address::split(&word);
    let (slug, today) = (slug.to_owned(), shape::today(&visit));
    let view = visit.app.db.read(move |tx| views::agency(tx, &slug, today)).await?;
    let reference = view.agency.reference();
    match format {
        Format::Atom => {
            return super::history::feed(
                &visit,
                &headers,
                reference,
                Some(view.agency.name.get(visit.locale).to_owned()),
            )
            .await;
        }
        Format::Json => return Ok(export::json(&headers, &data(&view))?),
        Format::Csv => return csv(&headers, &view),
        Format::Page | Format::Xlsx | Format::Ics => {}
    }
    let following = follow::following(&visit, &reference).await?;
    let thread = super::thread::of(&visit, &reference).await?;
    let counts = figures::of_agency(&visit, view.agency.id).await?.counts;
    let answers = (counts.received > 0).then(|| {
        let href = visit.url(&format!("/figures/agencies/{}?range=all", view.agency.slug));
        json!({ "received": counts.received, "answered": counts.answered, "overdue": counts.overdue, "href": href })
    });
    let lines = |role: AgencyRole| -> Vec<Value> {
        view.involved.iter().filter(|i| i.role == role).map(|i| involvement(&visit, i)).collect()
    };
    let late: Vec<Value> = view
        .late
        .iter()
        .filter_map(|d| {
            let due = d.period.due?;
            Some(json!({
                "title": d.title, "href": address::milestone(&visit, &d.milestone), "due": due.to_string(),
                "days": (today - due).get_days(), "state": d.period.state.code(),
            }))
        })
        .collect();
    Page::new(&visit, "agency.html").render(&json!({
        "agency": {
            "id": view.agency.slug, "name": view.agency.name, "href": address::agency(&visit, &view.agency.slug),
            "counts": shape::counts(&view.progress), "report_days": days(&view.speed), "reports": view.updates.len(),
            "last_report": view.updates.first().map(|u| u.at.micros()),
        },
        "leads": lines(AgencyRole::Lead), "helps": lines(AgencyRole::Other), "late": late,
        "moved": shape::timeline(&visit, &view.news), "thread": thread, "answers": answers,
        "follow_href": visit.url(&format!("/follow?object={reference}")), "following": following,
    }))
}

fn involvement(visit: &Visit, i: &Involvement) -> Value {
    json!({
        "number": i.commitment.number, "title": i.commitment.name, "href": address::commitment(visit, &i.commitment.id),
        "state": i.state.code(), "counts": shape::counts(&i.progress), "plan": "",
        "next": null,
    })
}

fn data(view: &AgencyView) -> Value {
    json!({
        "id": view.agency.slug, "name": view.agency.name, "progress": view.progress, "speed": view.speed,
        "commitments": view.involved, "late": view.late, "updates": view.updates,
    })
}

fn csv(headers: &HeaderMap, view: &AgencyView) -> Outcome {
    let heads = ["role", "commitment", "name_ko", "name_en", "state", "milestones", "completed", "late", "no_report"];
    let rows: Vec<Vec<String>> = view
        .involved
        .iter()
        .map(|i| {
            let name = |tag| i.commitment.name.exact(tag).unwrap_or_default().to_owned();
            let mut row = vec![
                i.role.code().to_owned(),
                i.commitment.id.clone(),
                name("ko"),
                name("en"),
                i.state.code().to_owned(),
            ];
            row.extend(
                [i.progress.total, i.progress.completed, i.progress.late, i.progress.no_report].map(|n| n.to_string()),
            );
            row
        })
        .collect();
    Ok(export::csv(headers, &format!("{}.csv", view.agency.slug), &heads.map(str::to_owned), &rows)?)
}
