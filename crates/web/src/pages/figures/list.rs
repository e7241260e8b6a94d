//! The tables of services and agencies.

use madang_cases::figures::Line;
use madang_http::Visit;
use serde_json::{Value, json};

use super::lines::{Order, dated, sort};
use super::range::{Range, pairs};
use super::show::{Found, Scope};
use super::view::{address, kept, link, share_words};
use crate::page::{query_value, words};

/// So many services or agencies are shown until one asks for all.
const MOST_LINES: usize = 20;

pub fn lines(visit: &Visit, found: &Found, range: &Range, which: &str, csv: String) -> Value {
    let all: &[Line] = if which == "services" { &found.board.services } else { &found.board.agencies };
    if all.is_empty() {
        return Value::Null;
    }
    let scope = &found.scope;
    let order = query_value(&visit.query, "order").and_then(|word| word.parse().ok()).unwrap_or(Order::Received);
    let everything = query_value(&visit.query, "lines").is_some_and(|asked| asked == which || asked == "all");
    let mut sorted = all.to_vec();
    sort(&mut sorted, order, visit.locale);
    let shown = if everything { sorted.len() } else { sorted.len().min(MOST_LINES) };
    let kept = kept(visit);
    let with = |name: &str, value: &str| {
        let rest = kept.iter().filter(|(known, _)| *known != name).map(|(known, value)| (*known, value.as_str()));
        let pairs: Vec<(&str, &str)> = rest.chain([(name, value)]).collect();
        format!("{}#{which}", link(visit, scope, range, "", &pairs))
    };
    let orders: Vec<Value> = Order::ALL
        .iter()
        .map(|one| {
            json!({
                "label": words(visit, &format!("figures-order-{one}"), &[]), "href": with("order", one.code()), "current": *one == order,
            })
        })
        .collect();
    let rows: Vec<Value> = sorted[..shown].iter().map(|line| row(visit, scope, range, which, line)).collect();
    let more = sorted.len() > shown;
    let key = if which == "services" { "figures-all-services" } else { "figures-all-lines" };
    let count = i64::try_from(sorted.len()).unwrap_or(i64::MAX);
    json!({
        "rows": rows, "orders": if all.len() > 1 { orders } else { Vec::new() }, "csv": csv,
        "more_href": if more { with("lines", which) } else { String::new() }, "more": words(visit, key, &[("n", count.into())]),
    })
}

fn row(visit: &Visit, scope: &Scope, range: &Range, which: &str, line: &Line) -> Value {
    let (path, mut more) = match (which, &scope.agency, &scope.service) {
        ("services", Some(agency), _) => {
            (format!("/figures/agencies/{}", agency.slug), vec![("service".to_owned(), line.slug.clone())])
        }
        ("services", None, _) => (format!("/figures/services/{}", line.slug), Vec::new()),
        (_, _, Some(version)) => {
            (format!("/figures/agencies/{}", line.slug), vec![("service".to_owned(), version.definition.id.clone())])
        }
        _ => (format!("/figures/agencies/{}", line.slug), Vec::new()),
    };
    more.extend(pairs(range));
    let c = &line.counts;
    let median = line
        .median
        .map_or_else(|| words(visit, "figures-none", &[]), |n| words(visit, "figures-days-n", &[("n", n.into())]));
    json!({
        "name": line.name, "href": address(&visit.url(&path), &more), "received": c.received, "answered": c.answered,
        "share": share_words(visit, c.in_time, dated(c)), "overdue": c.overdue, "median": median,
    })
}
