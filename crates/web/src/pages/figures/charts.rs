//! The charts of a page, each with the rows of its table.

use madang_cases::figures::{Counts, Dashboard, Month};
use madang_http::Visit;
use serde_json::{Value, json};

use super::draw::{self, Column, Interval, Width};
use super::view::{points, share_words};
use crate::i18n::{self, Arg};
use crate::page::words;

/// More months than this are drawn as years.
const MOST_MONTHS: usize = 36;

/// Months, or years when there are many of them: short name, its year where it is told, long name.
fn columns(visit: &Visit, trend: &[Month]) -> (bool, Vec<(Column, String)>) {
    let column = |label: String, year: String, row: &Month| Column {
        label,
        year,
        received: row.received,
        answered: row.answered,
        in_time: row.in_time,
        overdue: row.overdue,
    };
    if trend.len() <= MOST_MONTHS {
        let months = trend.iter().enumerate().map(|(at, row)| {
            let (year, month) = (row.month.year(), row.month.month());
            let begins = at == 0 || month == 1;
            let short = words(visit, "figures-month", &[("n", i64::from(month).into())]);
            let long = i18n::date(&row.month.strftime("%Y-%m").to_string(), visit.locale);
            (column(short, if begins { year.to_string() } else { String::new() }, row), long)
        });
        return (false, months.collect());
    }
    let mut years: Vec<Month> = Vec::new();
    for row in trend {
        match years.last_mut().filter(|last| last.month.year() == row.month.year()) {
            Some(year) => {
                year.received += row.received;
                year.answered += row.answered;
                year.in_time += row.in_time;
                year.overdue += row.overdue;
            }
            None => years.push(row.clone()),
        }
    }
    let years = years.iter().map(|row| {
        let year = row.month.year().to_string();
        let long = words(visit, "figures-year", &[("year", year.as_str().into())]);
        (column(year, String::new(), row), long)
    });
    (true, years.collect())
}

pub fn trend(visit: &Visit, trend: &[Month], csv: String) -> Value {
    let (by_year, named) = columns(visit, trend);
    let columns: Vec<Column> = named.iter().map(|(column, _)| column.clone()).collect();
    let (Some(wide), Some(narrow)) = (draw::trend(&columns, Width::Wide), draw::trend(&columns, Width::Narrow)) else {
        return Value::Null;
    };
    let most = named.iter().max_by_key(|(column, _)| column.received);
    let name = |at: Option<&(Column, String)>| at.map(|(_, long)| long.clone()).unwrap_or_default();
    let desc = words(
        visit,
        "figures-trend-desc",
        &[
            ("from", name(named.first()).into()),
            ("to", name(named.last()).into()),
            ("most", name(most).into()),
            ("n", most.map_or(0, |(column, _)| column.received).into()),
        ],
    );
    let rows: Vec<Value> = named
        .iter()
        .map(|(c, long)| {
            json!({ "label": long, "received": c.received, "answered": c.answered, "in_time": c.in_time, "overdue": c.overdue })
        })
        .collect();
    json!({
        "wide": wide, "narrow": narrow, "desc": desc, "by": if by_year { "year" } else { "month" }, "rows": rows, "csv": csv,
    })
}

pub fn days(visit: &Visit, board: &Dashboard, csv: String) -> Value {
    let d = &board.days;
    if d.n == 0 {
        return Value::Null;
    }
    let all = [("p10", d.p10), ("p25", d.p25), ("p50", d.median), ("p75", d.p75), ("p90", d.p90)];
    let rows: Vec<Value> = all
        .iter()
        .map(|(key, days)| {
            json!({ "label": words(visit, &format!("figures-spread-{key}"), &[]), "words": i18n::number(*days) })
        })
        .collect();
    let args: Vec<(&str, Arg)> =
        all.iter().map(|(key, days)| (if *key == "p50" { "median" } else { *key }, (*days).into())).collect();
    let interval = Interval { p10: d.p10, p25: d.p25, median: d.median, p75: d.p75, p90: d.p90 };
    json!({
        "wide": draw::interval(&interval, Width::Wide), "narrow": draw::interval(&interval, Width::Narrow),
        "desc": words(visit, "figures-spread-desc", &args), "n": d.n, "rows": rows, "csv": csv,
        "median": words(visit, "figures-spread-median-label", &[("n", d.median.into())]),
    })
}

/// A chart that is a table: rows of name, count and share of the whole; a full bar is the whole.
fn bars(visit: &Visit, id: &str, unit: &str, whole: i64, rows: &[(String, i64)], csv: String) -> Value {
    let rows_out: Vec<Value> = rows
        .iter()
        .map(|(name, n)| {
            json!({ "name": name, "href": "", "n": n, "words": i18n::number(*n), "share": share_words(visit, *n, whole) })
        })
        .collect();
    json!({
        "id": id, "label": words(visit, &format!("figures-{id}"), &[]), "lead": "",
        "head": words(visit, &format!("figures-{id}-head"), &[]), "unit": words(visit, unit, &[]),
        "share": words(visit, "figures-share", &[]), "of": rows.iter().map(|(_, n)| *n).max().unwrap_or(0).max(whole).max(1),
        "rows": rows_out, "csv": csv,
    })
}

pub fn outcomes(visit: &Visit, c: &Counts, csv: String) -> Value {
    let all = [
        ("open", c.open),
        ("answered", c.answered),
        ("refused", c.refused),
        ("reopened", c.reopened),
        ("withdrawn", c.withdrawn),
        ("merged", c.merged),
        ("transferred", c.transferred_away),
    ];
    let rows: Vec<(String, i64)> = all
        .into_iter()
        .filter(|(key, n)| *n > 0 || matches!(*key, "open" | "answered"))
        .map(|(key, n)| (words(visit, &format!("figures-outcome-{key}"), &[]), n))
        .collect();
    let mut out = bars(visit, "outcomes", "figures-unit-cases", c.received, &rows, csv);
    out["lead"] = json!(words(visit, "figures-outcomes-lead", &[]));
    out
}

pub fn grounds(visit: &Visit, board: &Dashboard, csv: String) -> Value {
    if board.grounds.is_empty() {
        return Value::Null;
    }
    let rows: Vec<(String, i64)> =
        board.grounds.iter().map(|(_, name, n)| (name.get(visit.locale).to_owned(), *n)).collect();
    let mut out = bars(visit, "grounds", "figures-unit-cases", board.counts.refused, &rows, csv);
    out["lead"] = json!(words(visit, "figures-grounds-lead", &[("n", board.counts.refused.into())]));
    out
}

pub fn funnel(visit: &Visit, board: &Dashboard, csv: String) -> Value {
    if board.funnel.is_empty() {
        return Value::Null;
    }
    let rows: Vec<(String, i64)> =
        board.funnel.iter().map(|stage| (stage.name.get(visit.locale).to_owned(), stage.count)).collect();
    bars(visit, "funnel", "figures-unit-cases", board.counts.received, &rows, csv)
}

pub fn satisfaction(visit: &Visit, board: &Dashboard, csv: String) -> Value {
    let rating = &board.satisfaction;
    let Some(mean) = rating.mean else { return Value::Null };
    let rows: Vec<(String, i64)> = [1, 2, 3, 4, 5]
        .into_iter()
        .zip(rating.counts)
        .rev()
        .map(|(score, n)| (words(visit, &format!("figures-score-{score}"), &[]), n))
        .collect();
    let mut out = bars(visit, "satisfaction", "figures-unit-people", rating.n, &rows, csv);
    out["lead"] =
        json!(words(visit, "figures-satisfaction-lead", &[("n", rating.n.into()), ("mean", points(mean).into())]));
    out
}
