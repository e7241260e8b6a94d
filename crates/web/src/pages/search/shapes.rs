//! From what was found to what templates and files say.

use madang_base::Locale;
use madang_flows::search::{Hit, Marked, Place, Results, Suggestion};
use madang_http::Visit;
use madang_search::Kind;
use serde_json::{Value, json};

use crate::page::words;
use crate::pages::plans::address as plan_address;

/// The text in pieces, those that the query stands on marked. Marks that are none of the text's are left out.
pub fn parts(marked: &Marked) -> Vec<Value> {
    let text = marked.text.as_str();
    let mut out = Vec::new();
    let mut at = 0;
    let mut add = |text: &str, mark: bool| {
        if !text.is_empty() {
            out.push(json!({ "text": text, "mark": mark }));
        }
    };
    for mark in &marked.marks {
        let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
        add(before, false);
        add(inside, true);
        at = mark.end;
    }
    add(text.get(at..).unwrap_or(""), false);
    out
}

/// The page of what was found.
pub fn href(visit: &Visit, place: &Place) -> String {
    match place {
        Place::Case { number } => visit.url(&format!("/cases/{number}")),
        Place::Plan { id } => plan_address::plan(visit, id),
        Place::Commitment { id } => plan_address::commitment(visit, id),
        Place::Milestone { id } => plan_address::milestone(visit, id),
        Place::Agency { slug } => plan_address::agency(visit, slug),
        Place::Contact { id, agency } => visit.url(&format!("/offices/{agency}#contact-{id}")),
        Place::Expert { id } => visit.url(&format!("/experts/{id}")),
        Place::Newsletter { slug, period } => visit.url(&format!("/newsletters/{slug}/{period}")),
    }
}

pub fn kind_name(visit: &Visit, kind: Kind) -> String {
    words(visit, &format!("search-kind-{kind}"), &[])
}

/// A result as `hit` in `search/parts.html` reads it.
pub fn hit(visit: &Visit, hit: &Hit) -> Value {
    let snippet = hit.snippet.as_ref().filter(|snippet| !snippet.text.trim().is_empty());
    let snippet = snippet.map(|s| json!({ "parts": parts(s), "before": s.before, "after": s.after }));
    let state =
        hit.state.as_ref().zip(hit.phase).map(|((_, name), phase)| json!({ "phase": phase.code(), "name": name }));
    let supports = hit.supports.filter(|n| *n > 0);
    json!({
        "href": href(visit, &hit.place), "kind": kind_name(visit, hit.kind), "title": parts(&hit.title), "snippet": snippet,
        "in_answer": hit.in_answer, "agency": hit.agency.as_ref().map(|agency| &agency.name),
        "service": hit.service.as_ref().map(|(_, name)| name), "state": state, "date": hit.at.micros(),
        "supports": supports.map_or_else(String::new, |n| words(visit, "support-count-short", &[("n", n.into())])),
        "area": hit.area,
    })
}

/// `1,234건`, `10,000건 넘음`
pub fn count(visit: &Visit, results: &Results) -> String {
    let n = i64::try_from(results.count).unwrap_or(i64::MAX);
    let key = if results.counted { "search-count" } else { "search-count-over" };
    words(visit, key, &[("n", n.into())])
}

/// A suggestion for the script.
pub fn suggestion(visit: &Visit, one: &Suggestion) -> Value {
    json!({
        "title": parts(&one.title), "kind": one.kind, "kind_name": kind_name(visit, one.kind),
        "href": href(visit, &one.place),
    })
}

/// What machines read of a result; the address is whole.
pub fn machine(visit: &Visit, hit: &Hit) -> Value {
    json!({
        "id": hit.id.to_string(), "kind": hit.kind, "title": hit.title.text,
        "text": hit.snippet.as_ref().map(|snippet| &snippet.text), "in_answer": hit.in_answer,
        "service": hit.service.as_ref().map(|(id, _)| id), "agency": hit.agency.as_ref().map(|agency| &agency.slug),
        "state": hit.state.as_ref().map(|(id, _)| id), "phase": hit.phase.map(madang_form::Phase::code),
        "at": hit.at.rfc3339(), "supports": hit.supports, "area": hit.area,
        "url": format!("{}{}", visit.app.site.base_url, href(visit, &hit.place)),
    })
}

/// The heads of [`row`].
pub const HEADS: [&str; 12] =
    ["id", "kind", "title", "text", "in_answer", "service", "agency", "state", "phase", "day", "supports", "url"];

/// The same as a row of a table, with names for ids where there are names.
pub fn row(visit: &Visit, hit: &Hit, locale: Locale) -> Vec<String> {
    let name = |pair: &Option<(String, madang_base::LocalizedText)>| {
        pair.as_ref().map_or_else(String::new, |(_, name)| name.get(locale).to_owned())
    };
    vec![
        hit.id.to_string(),
        kind_name(visit, hit.kind),
        hit.title.text.clone(),
        hit.snippet.as_ref().map_or_else(String::new, |snippet| snippet.text.clone()),
        if hit.in_answer { "yes".to_owned() } else { "no".to_owned() },
        name(&hit.service),
        hit.agency.as_ref().map_or_else(String::new, |agency| agency.name.get(locale).to_owned()),
        name(&hit.state),
        hit.phase.map_or_else(String::new, |phase| phase.code().to_owned()),
        hit.at.kst_date().to_string(),
        hit.supports.map_or_else(String::new, |n| n.to_string()),
        format!("{}{}", visit.app.site.base_url, href(visit, &hit.place)),
    ]
}
