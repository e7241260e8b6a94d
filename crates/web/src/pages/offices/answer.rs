//! Who answers for this? A topic or a place, and the agencies in order with why; without either, all agencies with their
//! officer for open government.

use std::cmp::Reverse;
use std::sync::Arc;

use http::HeaderMap;
use madang_base::{LocalizedText, Result};
use madang_cases::registry::ServiceVersion;
use madang_cases::{AgencyName, Cases};
use madang_flows::search::{Office, Offices, Search};
use madang_http::{Outcome, Visit};
use madang_identity::directory::{self, Contact, ContactRole};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_text::query;
use serde_json::{Value, json};

use super::shape;
use crate::export;
use crate::page::{Page, query_value, words};
use crate::pages::plans::Format;
use crate::pages::plans::shape::{option, without};

/// Agencies that an answer names at most.
const MOST: usize = 20;
/// The longest query, in characters.
const QUERY: usize = 256;
/// Services that are offered with one agency.
const SERVICES: usize = 4;
/// Experts under an answer.
const EXPERTS: usize = 5;

/// What the address asks.
struct Asked {
    words: String,
    area: String,
    /// `with` or `without` an officer for open government; empty: all.
    declared: String,
}

impl Asked {
    fn of(visit: &Visit) -> Self {
        let text = |name: &str| -> String {
            query_value(&visit.query, name).unwrap_or_default().trim().chars().take(QUERY).collect()
        };
        Self { words: text("q"), area: text("area"), declared: text("declared") }
    }

    fn asks(&self) -> bool {
        !self.words.is_empty() || !self.area.is_empty()
    }

    fn values(&self) -> Value {
        json!({ "q": self.words, "area": self.area })
    }
}

pub(super) async fn show(visit: Visit, headers: HeaderMap, format: Format) -> Outcome {
    let asked = Asked::of(&visit);
    if asked.asks() {
        found(&visit, &headers, format, &asked).await
    } else {
        all(&visit, &headers, format, &asked).await
    }
}

async fn found(visit: &Visit, headers: &HeaderMap, format: Format, asked: &Asked) -> Outcome {
    let search = visit.app.own::<Search>()?.clone();
    let area = Some(asked.area.as_str()).filter(|area| !area.is_empty());
    let mut found = search.offices(&visit.app.db, &visit.ctx, &asked.words, area, MOST).await?;
    if asked.words.is_empty() {
        of_the_place(visit, &mut found, &asked.area).await?;
    }
    let lists: Vec<_> = found.agencies.iter().map(|o| (&*o.agency.slug, &o.agency.name, &*o.contacts)).collect();
    if let Some(file) = file(headers, format, &lists)? {
        return Ok(file);
    }
    let cases = visit.app.own::<Cases>()?.clone();
    let own = cases.clone();
    let services = visit.app.db.read(move |tx| shape::definitions(tx, &own)).await?;
    let terms: Vec<String> = query::parse(&asked.words).parts.into_iter().map(|part| part.stem).collect();
    let agencies: Vec<Value> =
        found.agencies.iter().map(|office| answer(visit, &cases, &services, &terms, office)).collect();
    let experts: Vec<Value> = found.experts.iter().take(EXPERTS).map(|one| shape::expert(visit, one)).collect();
    let more = address_of(&visit.url("/experts"), &[("topic", &asked.words), ("area", &asked.area)]);
    Page::new(visit, "offices/index.html").render(&json!({
        "values": asked.values(), "asked": true, "total": agencies.len(), "answers": agencies, "experts": experts,
        "experts_href": more, "agencies": [], "filters": [], "chips": [], "export": "",
        "count": { "officers": 0, "offices": 0 },
    }))
}

/// A place alone is no word that the index could rank by: the offices that declare the place are read from the rows, and
/// of what the index knows only who handled cases there is kept.
async fn of_the_place(visit: &Visit, found: &mut Offices, area: &str) -> Result<()> {
    let (agencies, contacts) = declared(visit).await?;
    let mut out = Vec::new();
    for agency in agencies {
        let own = contacts.iter().filter(|contact| contact.organisation == agency.id);
        let (mut here, rest): (Vec<&Contact>, Vec<_>) =
            own.partition(|contact| contact.areas.iter().any(|own| covers(own, area)));
        let (declared, known) = (here.len(), found.agencies.iter().find(|office| office.agency.id == agency.id));
        let handled = known.map_or(0, |office| office.handled);
        if declared == 0 && handled == 0 {
            continue;
        }
        here.extend(rest.into_iter().filter(|contact| contact.role == ContactRole::Officer));
        out.push(Office {
            agency: AgencyName { id: agency.id, slug: agency.slug, name: agency.name },
            contacts: here.into_iter().cloned().collect(),
            declared,
            handled,
            examples: known.map(|office| office.examples.clone()).unwrap_or_default(),
        });
    }
    out.sort_by_key(|office| (office.declared == 0, Reverse(office.handled)));
    out.truncate(MOST);
    found.agencies = out;
    found.experts.retain(|expert| expert.areas.iter().any(|own| covers(own, area)));
    Ok(())
}

/// Whether one of two places lies in the other, each written with its levels.
fn covers(own: &str, asked: &str) -> bool {
    let levels = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (own, asked) = (levels(own), levels(asked));
    let (short, long) = if own.len() < asked.len() { (&own, &asked) } else { (&asked, &own) };
    !short.is_empty() && short.iter().all(|level| long.contains(level))
}

fn answer(visit: &Visit, cases: &Cases, all: &[Arc<ServiceVersion>], terms: &[String], office: &Office) -> Value {
    let declares = &office.contacts[..office.declared.min(office.contacts.len())];
    let topics: Vec<&String> = declares.iter().flat_map(|contact| &contact.topics).collect();
    let services = shape::services(visit, cases, all, &office.agency.slug);
    json!({
        "name": office.agency.name, "href": shape::href(visit, &office.agency.slug),
        "offices": office.contacts.iter().map(|c| shape::office(c, visit.ctx.now, terms)).collect::<Vec<_>>(),
        "declared": !topics.is_empty() || !declares.is_empty(),
        "handled": office.handled,
        "examples": office.examples.iter().map(|example| json!({
            "number": example.number, "title": example.title, "href": visit.url(&format!("/cases/{}", example.number)),
        })).collect::<Vec<_>>(),
        "officer": shape::officer(&office.contacts).is_some(),
        "services": services.into_iter().take(SERVICES).collect::<Vec<_>>(),
    })
}

async fn declared(visit: &Visit) -> Result<(Vec<organisation::Organisation>, Vec<Contact>)> {
    visit
        .app
        .db
        .read(|tx| Ok((organisation::list(tx, Some(OrganisationKind::Agency))?, directory::contacts(tx, None)?)))
        .await
}

async fn all(visit: &Visit, headers: &HeaderMap, format: Format, asked: &Asked) -> Outcome {
    let (agencies, contacts) = declared(visit).await?;
    let mut lists = shape::grouped(agencies, &contacts, visit.locale);
    let count = json!({
        "officers": lists.iter().filter(|(_, own)| shape::officer(own).is_some()).count(), "offices": contacts.len(),
        "agencies": lists.len(),
    });
    match asked.declared.as_str() {
        "with" => lists.retain(|(_, own)| shape::officer(own).is_some()),
        "without" => lists.retain(|(_, own)| shape::officer(own).is_none()),
        _ => {}
    }
    let borrowed: Vec<_> = lists.iter().map(|(agency, own)| (&*agency.slug, &agency.name, &**own)).collect();
    if let Some(file) = file(headers, format, &borrowed)? {
        return Ok(file);
    }
    let rows: Vec<Value> = lists
        .iter()
        .map(|(agency, own)| {
            let officer = shape::officer(own).map(|officer| shape::office(officer, visit.ctx.now, &[]));
            json!({
                "name": agency.name, "href": shape::href(visit, &agency.slug), "officer": officer,
                "offices": own.len() - usize::from(officer.is_some()),
            })
        })
        .collect();
    let labels = ["", "with", "without"].map(|value| {
        let key = if value.is_empty() { "filter-all".to_owned() } else { format!("offices-declared-{value}") };
        (value, words(visit, &key, &[]))
    });
    let chips: Vec<Value> = labels
        .iter()
        .filter(|(value, _)| !value.is_empty() && *value == asked.declared)
        .map(|(_, label)| json!({ "label": label, "remove": without(visit, "declared") }))
        .collect();
    let options: Vec<Value> =
        labels.into_iter().map(|(value, label)| option(value, label, value == asked.declared)).collect();
    let filters = json!([{ "name": "declared", "label": words(visit, "offices-filter", &[]), "options": options }]);
    let export = address_of(&visit.url("/offices"), &[("declared", &asked.declared)]);
    Page::new(visit, "offices/index.html").render(&json!({
        "values": asked.values(), "asked": false, "total": rows.len(), "answers": [], "experts": [],
        "experts_href": visit.url("/experts"), "agencies": rows, "filters": filters, "chips": chips, "export": export,
        "count": count,
    }))
}

/// The list as a file, when one is asked for.
fn file(
    headers: &HeaderMap,
    format: Format,
    lists: &[(&str, &LocalizedText, &[Contact])],
) -> Result<Option<axum::response::Response>> {
    Ok(match format {
        Format::Csv => {
            let rows: Vec<_> = lists.iter().flat_map(|(slug, name, own)| shape::rows(slug, name, own)).collect();
            Some(export::csv(headers, "offices.csv", &shape::HEADS.map(str::to_owned), &rows)?)
        }
        Format::Json => {
            let all: Vec<_> = lists.iter().map(|(slug, name, own)| shape::data(slug, name, own)).collect();
            Some(export::json(headers, &all)?)
        }
        _ => None,
    })
}

/// An address with what is not empty.
pub(crate) fn address_of(path: &str, parameters: &[(&str, &str)]) -> String {
    let said: Vec<_> = parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(said).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
