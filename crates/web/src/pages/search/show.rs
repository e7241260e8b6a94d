//! The page of the search.

use madang_base::{Locale, Result};
use madang_flows::search::Results;
use madang_http::{Outcome, Visit};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_search::{Query, Reading};
use serde_json::{Value, json};

use super::asked::{self, Asked, Choices, PAGE};
use super::{feeds, search, shapes};
use crate::page::{Page, words};
use crate::pages::services::cases;

/// What can be chosen among.
///
/// # Errors
/// Those of the database.
pub async fn choices(visit: &Visit) -> Result<Choices> {
    let there = cases(visit)?;
    let locale = visit.locale;
    visit
        .app
        .db
        .read(move |tx| {
            let services = there.services.list(tx)?;
            let services = services.iter().map(|v| (v.definition.id.clone(), v.definition.name.get(locale).to_owned()));
            let mut agencies = organisation::list(tx, Some(OrganisationKind::Agency))?;
            agencies.sort_by(|a, b| a.name.get(locale).cmp(b.name.get(locale)));
            Ok(Choices { services: services.collect(), agencies })
        })
        .await
}

/// What an address without anything in the index behind it finds.
pub fn nothing() -> Results {
    Results { hits: Vec::new(), count: 0, counted: true, read: Reading::Typed, next: None }
}

async fn find(visit: &Visit, query: Option<&Query>, page: usize) -> Result<Results> {
    let Some(query) = query else { return Ok(nothing()) };
    search(visit)?.find(&visit.app.db, &visit.ctx, query, (page - 1) * PAGE, PAGE).await
}

pub async fn show(visit: Visit) -> Outcome {
    let asked = Asked::of(&visit.query);
    if !asked.anything() {
        return begin(&visit);
    }
    let choices = choices(&visit).await?;
    let query = asked.query(&choices);
    // Whoever searches gets a page also while the index is being mended; the log says why.
    let (results, failed) = match find(&visit, query.as_ref(), asked.page).await {
        Ok(results) => (results, false),
        Err(error) => {
            tracing::warn!(%error, "a search found no answer");
            (nothing(), true)
        }
    };
    let filters = asked::filters(&visit, &asked, &choices);
    let chips = asked::chips(&visit, &asked, &filters);
    let mut notes = Vec::new();
    if asked.cut {
        notes.push(words(&visit, "search-cut", &[]));
    }
    match &results.read {
        Reading::Typed => {}
        Reading::Keyboard(read) => {
            let read = asked::short(read);
            notes.push(words(
                &visit,
                "search-read-keyboard",
                &[("typed", asked.short().into()), ("read", read.into())],
            ));
        }
        Reading::Loose => notes.push(words(&visit, "search-read-loose", &[])),
    }
    let lines: Vec<Value> = results.hits.iter().map(|hit| shapes::hit(&visit, hit)).collect();
    let title = match asked.words.is_empty() {
        true => words(&visit, "search-title", &[]),
        false => words(&visit, "search-title-of", &[("q", asked.short().into())]),
    };
    let context = json!({
        "title": title, "words": asked.words, "short": asked.short(), "action": visit.url("/search"), "asked": true, "failed": failed,
        "notes": notes, "count": shapes::count(&visit, &results), "filters": filters, "since": asked.since,
        "until": asked.until, "chips": chips, "any": asked.words_only().href(&visit, ""), "results": lines,
        "pager": pager(&visit, &asked, &results), "exports": asked.at(1).href(&visit, ""),
        "feed": asked.at(1).href(&visit, ".atom"), "most": feeds::MOST, "all_href": visit.url("/cases"),
        "services_href": visit.url("/services"), "examples": [], "finds": [],
    });
    Page::new(&visit, "search/show.html").render(&context)
}

fn pager(visit: &Visit, asked: &Asked, results: &Results) -> Value {
    let page = |no: usize| asked.at(no).href(visit, "");
    let previous = (asked.page > 1).then(|| page(asked.page - 1));
    let next = results.next.map(|_| page(asked.page + 1));
    if results.counted && !results.hits.is_empty() {
        let from = (asked.page - 1) * PAGE + 1;
        let to = from + results.hits.len() - 1;
        return json!({ "previous": previous, "next": next, "from": from, "to": to, "total": results.count });
    }
    json!({ "previous": previous, "next": next })
}

/// The page before anything was asked: what can be found, and how.
fn begin(visit: &Visit) -> Outcome {
    let example = |text: &str, why: &str| {
        let asked = Asked { words: text.to_owned(), ..Asked::default() };
        json!({ "text": text, "href": asked.href(visit, ""), "why": words(visit, why, &[]) })
    };
    let examples = [
        example(if visit.locale == Locale::En { "youth" } else { "가로등" }, "search-example-plain"),
        example("어린이보호구역", "search-example-spacing"),
        example("ㄱㄹㄷ", "search-example-initials"),
        example("rkfhemd", "search-example-keyboard"),
        example("\"열린 정부\"", "search-example-phrase"),
    ];
    let find = |kind: &str, path: &str| {
        json!({
            "name": words(visit, &format!("search-kind-{kind}"), &[]),
            "text": words(visit, &format!("search-finds-{kind}"), &[]), "href": visit.url(path),
        })
    };
    let finds = [
        find("case", "/cases"),
        find("commitment", "/plans"),
        find("contact", "/offices"),
        find("expert", "/experts"),
        find("newsletter", "/newsletters"),
    ];
    let context = json!({
        "title": words(visit, "search-title", &[]), "words": "", "short": "", "action": visit.url("/search"), "asked": false,
        "failed": false, "notes": [], "count": "", "filters": [], "since": "", "until": "", "chips": [], "any": "",
        "results": [], "pager": { "previous": null, "next": null }, "exports": "", "feed": "", "most": feeds::MOST,
        "all_href": "", "services_href": "", "examples": examples, "finds": finds,
    });
    Page::new(visit, "search/show.html").render(&context)
}
