//! Indicators: those of a plan, and one with its chart, its table and who falls short.

use axum::extract::{Path, Query};
use http::HeaderMap;
use madang_http::{Outcome, Visit};
use madang_plans::views::{self, IndicatorLine, IndicatorView, Point, Standing};
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Format};
use super::chart::{Bar, chart};
use super::plan::Nothing;
use super::shape;
use super::shape::number;
use crate::export;
use crate::page::Page;

pub async fn indicators(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    _: Query<Nothing>,
    headers: HeaderMap,
    format: Format,
) -> Outcome {
    let today = shape::today(&visit);
    let ask = id.clone();
    let (plan, lines, view) = visit
        .app
        .db
        .read(move |tx| {
            let view = views::plan(tx, &ask, today, 0)?;
            Ok((views::plan_summary(tx, &ask)?, views::indicators(tx, &ask, today)?, view))
        })
        .await?;
    match format {
        Format::Json => return Ok(export::json(&headers, &lines)?),
        Format::Csv => {
            let heads = [
                "id",
                "name_ko",
                "name_en",
                "group",
                "unit",
                "target",
                "target_date",
                "latest",
                "latest_date",
                "standing",
            ];
            let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
            return Ok(export::csv(&headers, &format!("{id}-indicators.csv"), &heads.map(str::to_owned), &rows)?);
        }
        _ => {}
    }
    let mut groups: Vec<(String, Value)> = Vec::new();
    for line in &lines {
        let group = &line.content.group;
        let at = groups.iter().position(|(name, _)| name == group).unwrap_or_else(|| {
            let commitment = line.commitment.as_ref().and_then(|id| {
                let found = view.themes.iter().flat_map(|t| &t.commitments).find(|c| c.commitment.id == *id)?;
                Some(&found.commitment)
            });
            let title = commitment.map_or_else(|| json!({ "ko": "", "en": "" }), |c| json!(c.name));
            let link = commitment.map(|c| json!({ "number": c.number, "href": address::commitment(&visit, &c.id) }));
            groups.push((group.clone(), json!({ "title": title, "commitment": link, "indicators": [] })));
            groups.len() - 1
        });
        if let Value::Array(list) = &mut groups[at].1["indicators"] {
            list.push(card(&visit, line));
        }
    }
    Page::new(&visit, "indicators.html").render(&json!({
        "plan": shape::plan_link(&visit, &plan), "total": lines.len(),
        "groups": groups.into_iter().map(|(_, g)| g).collect::<Vec<_>>(),
    }))
}

fn card(visit: &Visit, line: &IndicatorLine) -> Value {
    json!({
        "title": line.content.name, "href": address::indicator(visit, &line.id), "unit": line.content.unit.get(visit.locale),
        "target": line.target.as_ref().map(|p| p.value), "target_date": line.target.as_ref().map(|p| p.date.to_string()),
        "latest": line.latest.as_ref().map(|p| json!({ "value": p.value, "date": p.date.to_string() })),
        "state": line.standing.code(),
    })
}

fn row(line: &IndicatorLine) -> Vec<String> {
    let name = |tag| line.content.name.exact(tag).unwrap_or_default().to_owned();
    let value = |p: &Option<Point>| p.as_ref().map(|p| p.value.to_string()).unwrap_or_default();
    let date = |p: &Option<Point>| p.as_ref().map(|p| p.date.to_string()).unwrap_or_default();
    vec![
        line.id.clone(),
        name("ko"),
        name("en"),
        line.content.group.clone(),
        line.content.unit.get(madang_base::Locale::En).to_owned(),
        value(&line.target),
        date(&line.target),
        value(&line.latest),
        date(&line.latest),
        line.standing.code().to_owned(),
    ]
}

#[derive(Debug, Default, Deserialize)]
pub struct ViewQuery {
    #[serde(default)]
    view: String,
}

pub async fn indicator(
    visit: Visit,
    Path((_, plan, word)): Path<(String, String, String)>,
    Query(query): Query<ViewQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (word, format) = address::split(&word);
    let (id, today) = (madang_plans::id::indicator(&plan, word), shape::today(&visit));
    let view = visit.app.db.read(move |tx| views::indicator(tx, &id, today)).await?;
    match format {
        Format::Json => return Ok(export::json(&headers, &view)?),
        Format::Csv => return series_csv(&headers, &view),
        Format::Page | Format::Xlsx | Format::Atom | Format::Ics => {}
    }
    let thread = super::thread::of(&visit, &madang_plans::id::indicator_ref(&view.line.id)).await?;
    let mut context = context(&visit, &view, &query.view);
    context["thread"] = Value::Array(thread);
    Page::new(&visit, "indicator.html").render(&context)
}

fn context(visit: &Visit, view: &IndicatorView, asked: &str) -> Value {
    let line = &view.line;
    let content = &line.content;
    let unit = content.unit.get(visit.locale);
    let href = address::indicator(visit, &line.id);
    let target = line.target.as_ref();
    let higher = content.better == madang_plans::file::Better::Higher;
    let target_at = |day| view.targets.iter().find(|t| t.day >= day).or(view.targets.last()).map(|t| t.value);
    let bars: Vec<Bar> = view
        .values
        .iter()
        .map(|p| {
            let short = target_at(p.day).is_some_and(|goal| if higher { p.value < goal } else { p.value > goal });
            Bar { label: crate::i18n::date(&p.date.to_string(), visit.locale), value: p.value, short }
        })
        .collect();
    let drawn = chart(&bars, target.map(|t| t.value), unit);
    let mut series: Vec<Value> = view
        .values
        .iter()
        .map(|p| {
            json!({
            "date": p.date.to_string(), "value": number(p.value), "target": target_at(p.day).map(number),
            "source": p.note.get(visit.locale), "provisional": false })
        })
        .collect();
    series.reverse();
    let mut groups: Vec<Value> = view
        .agencies
        .iter()
        .map(|a| {
            json!({
            "name": a.agency.name, "href": address::agency(visit, &a.agency.slug), "value": a.latest.value,
            "target": target.map(|t| t.value), "state": a.standing.code() })
        })
        .collect();
    if groups.is_empty() && view.group.len() > 1 {
        let mut others: Vec<&IndicatorLine> = view.group.iter().collect();
        others.sort_by_key(|o| match o.standing {
            Standing::Short => 0,
            Standing::NotDue => 1,
            Standing::NotKnown => 2,
            Standing::Met => 3,
        });
        groups = others
            .into_iter()
            .map(|o| json!({
                "name": o.content.name, "href": address::indicator(visit, &o.id), "value": o.latest.as_ref().map(|p| p.value),
                "target": o.target.as_ref().map(|p| p.value), "state": o.standing.code() }))
            .collect();
    }
    let about = view.targets.iter().map(|t| &t.note).find(|n| !n.is_empty()).cloned().unwrap_or_default();
    let mut plan = shape::plan_link(visit, &view.plan);
    plan["title"] = json!(view.plan.name);
    json!({
        "plan": plan,
        "indicator": {
            "id": line.id, "title": content.name, "about": about, "href": href, "unit": unit, "state": line.standing.code(),
            "target": target.map(|t| number(t.value)), "target_date": target.map(|t| t.date.to_string()),
            "latest": line.latest.as_ref().map(|p| json!({ "value": number(p.value), "date": p.date.to_string() })),
            "source": (!content.source.is_empty()).then_some(&content.source),
            "commitment": view.commitment.as_ref().map(|c| json!({ "number": c.number, "title": c.name, "href": address::commitment(visit, &c.id) })),
            "good": if higher { "up" } else { "down" },
        },
        "view": if asked == "table" || drawn.is_none() { "table" } else { "chart" },
        "table_href": format!("{href}?view=table"), "chart_href": href,
        "chart": drawn, "series": series, "groups": groups,
        "follow_href": view.commitment.as_ref().map_or(String::new(), |c| visit.url(&format!("/follow?object=commitment:{}", c.id))),
    })
}

fn series_csv(headers: &HeaderMap, view: &IndicatorView) -> Outcome {
    let heads = ["date", "agency", "value", "target"].map(str::to_owned);
    let target = view.line.target.as_ref().map(|t| t.value.to_string()).unwrap_or_default();
    let whole =
        view.values.iter().map(|p| vec![p.date.to_string(), String::new(), p.value.to_string(), target.clone()]);
    let agencies = view
        .agencies
        .iter()
        .map(|a| vec![a.latest.date.to_string(), a.agency.slug.clone(), a.latest.value.to_string(), target.clone()]);
    let rows: Vec<Vec<String>> = whole.chain(agencies).collect();
    let name = format!("{}.csv", view.line.id.replace('/', "-"));
    Ok(export::csv(headers, &name, &heads, &rows)?)
}
