//! The tile map, the list beside it, and what is inside a province.

use madang_base::Locale;
use madang_http::Visit;
use serde_json::{Value, json};

use super::map::{self, Gathered, PROVINCES, Province, Sum};
use super::range::Range;
use super::show::{Found, Inside};
use super::view::{kept, link};
use crate::i18n;
use crate::page::words;

/// A tile and what lies between two, in the units of the drawing.
const TILE: (u32, u32) = (86, 66);

pub fn areas(visit: &Visit, found: &Found, range: &Range) -> Value {
    if found.board.areas.is_empty() && !found.few {
        return Value::Null;
    }
    let gathered = map::gather(&found.board.areas);
    let kept = kept(visit);
    let rest = || kept.iter().filter(|(name, _)| *name != "province").map(|(name, value)| (*name, value.as_str()));
    let href = |province: Option<&Province>| {
        let pairs: Vec<(&str, &str)> = rest().chain(province.map(|province| ("province", province.key))).collect();
        format!("{}#areas", link(visit, &found.scope, range, "", &pairs))
    };
    let named = |province: &Province| match visit.locale {
        Locale::Ko => province.ko,
        Locale::En => province.en,
    };
    let most = gathered.provinces.values().map(|sum| sum.count).max().unwrap_or(0);
    let current = found.inside.as_ref().map(|inside| inside.province);
    let tiles: Vec<Value> = PROVINCES
        .iter()
        .enumerate()
        .map(|(at, province)| {
            let sum = gathered.provinces.get(&at).copied().unwrap_or_default();
            json!({
                "x": u32::from(province.x) * TILE.0 + 2, "y": u32::from(province.y) * TILE.1 + 2, "name": named(province),
                "value": tile_words(visit, &sum), "shade": map::shade(sum.count, most), "few": sum.hidden > 0,
                "href": href(Some(province)), "current": current == Some(province),
            })
        })
        .collect();
    let mut order: Vec<(&usize, Sum)> = gathered.provinces.iter().map(|(at, sum)| (at, *sum)).collect();
    order.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(b.0)));
    let rows: Vec<Value> = order
        .into_iter()
        .map(|(at, sum)| {
            let province = &PROVINCES[*at];
            json!({ "name": named(province), "href": href(Some(province)), "words": sum_words(visit, &sum) })
        })
        .collect();
    let legend: Vec<Value> = map::legend(most)
        .into_iter()
        .map(|(shade, from, to)| {
            let text = if from == to {
                words(visit, "figures-shade-one", &[("n", from.into())])
            } else {
                words(visit, "figures-shade", &[("from", from.into()), ("to", to.into())])
            };
            json!({ "shade": shade, "words": text })
        })
        .collect();
    let csv_of = current.map(|province| ("province", province.key));
    let csv: Vec<(&str, &str)> = [("table", "areas")].into_iter().chain(csv_of).collect();
    json!({
        "width": u32::from(map::COLUMNS) * TILE.0, "height": u32::from(map::ROWS) * TILE.1, "tiles": tiles, "legend": legend,
        "few": found.few || found.inside.as_ref().is_some_and(|inside| inside.few), "rows": rows, "other": others(visit, &gathered),
        "inside": found.inside.as_ref().map(|inside| {
            json!({ "name": named(inside.province), "rows": districts(visit, inside), "back": href(None) })
        }),
        "csv": link(visit, &found.scope, range, ".csv", &csv),
    })
}

fn others(visit: &Visit, gathered: &Gathered) -> String {
    let mut sum = Sum::default();
    for other in &gathered.others {
        sum.count += other.sum.count;
        sum.hidden += other.sum.hidden;
    }
    if gathered.others.is_empty() { String::new() } else { sum_words(visit, &sum) }
}

fn districts(visit: &Visit, inside: &Inside) -> Vec<Value> {
    let mut rows: Vec<Value> = map::inside(&inside.areas)
        .into_iter()
        .filter(|district| district.sum.count > 0)
        .map(|district| {
            let unnamed = || words(visit, "figures-no-district", &[]);
            let name = if district.name.is_empty() { unnamed() } else { district.name };
            json!({ "name": name, "words": sum_words(visit, &district.sum) })
        })
        .collect();
    if inside.few {
        rows.push(
            json!({ "name": words(visit, "figures-small-districts", &[]), "words": words(visit, "figures-few", &[]) }),
        );
    }
    if rows.is_empty() {
        rows.push(json!({ "name": words(visit, "figures-no-districts", &[]), "words": "" }));
    }
    rows
}

fn sum_words(visit: &Visit, sum: &Sum) -> String {
    match (sum.count, sum.hidden) {
        (0, 0) => words(visit, "figures-nothing", &[]),
        (0, _) => words(visit, "figures-few", &[]),
        (n, 0) => words(visit, "figures-count", &[("n", n.into())]),
        (n, _) => words(visit, "figures-at-least", &[("n", n.into())]),
    }
}

/// Short, for a tile.
fn tile_words(visit: &Visit, sum: &Sum) -> String {
    match (sum.count, sum.hidden) {
        (0, 0) => "0".to_owned(),
        (0, _) => words(visit, "figures-few-short", &[]),
        (n, 0) => i18n::number(n),
        (n, _) => format!("{}+", i18n::number(n)),
    }
}
