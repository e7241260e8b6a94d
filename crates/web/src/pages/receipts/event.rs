//! A leaf in plain words: what happened, to what, and the few facts that stand in it openly.

use madang_base::{LocalizedText, Result};
use madang_cases::Cases;
use madang_cases::service::receipt;
use madang_db::Tx;
use madang_http::Visit;
use madang_kernel::{Ctx, ObjectKind, Ref, organisation};
use madang_plans::views;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::super::services::cases;
use crate::page::words;

/// What the visitor may know of a leaf.
pub struct Told {
    /// What happened.
    pub what: String,
    /// The thing: its title and address, empty when it is not (or no longer) the visitor's business.
    pub title: LocalizedText,
    pub href: String,
    /// Name and value.
    pub facts: Vec<(String, LocalizedText)>,
}

/// Number and secret code that the visitor showed.
pub type Carried = Option<(String, String)>;

/// An event in words; an event that is not public, for those whom it is none of their business, is only that.
///
/// # Errors
/// Those of the database.
pub async fn told(visit: &Visit, event: Option<&Value>, carried: Carried) -> Result<Told> {
    let Some(event) = event else {
        return Ok(Told {
            what: words(visit, "proof-opaque", &[]),
            title: LocalizedText::default(),
            href: String::new(),
            facts: Vec::new(),
        });
    };
    let (ask, ctx, there) = (event.clone(), visit.ctx.clone(), cases(visit)?);
    let read = visit.app.db.read(move |tx| Things::read(tx, &ctx, &there, &ask, &carried));
    let things = read.await?;
    let kind = event["kind"].as_str().unwrap_or("").replace('.', "-");
    let (title, href) = match &things.thing {
        Some(Thing::Case { number, title }) => {
            (LocalizedText::new(title, title), visit.url(&format!("/cases/{number}")))
        }
        Some(Thing::Service { id, name }) => (name.clone(), visit.url(&format!("/services/{id}"))),
        Some(Thing::Other { object, title }) => (title.clone(), shape::href(visit, object)),
        None => (LocalizedText::default(), String::new()),
    };
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: LocalizedText| facts.push((words(visit, key, &[]), value));
    if let Some(Thing::Case { number, .. }) = &things.thing {
        fact("proof-fact-number", LocalizedText::new(number, number));
    }
    if let Some(name) = things.organisation {
        fact("proof-fact-organisation", name);
    }
    if let Some(name) = things.state {
        fact("proof-fact-state", name);
    }
    if let Some(day) = event["fields"]["day"].as_str() {
        let day = crate::i18n::date(day, visit.locale);
        fact("proof-fact-day", LocalizedText::new(&day, &day));
    }
    if let Some(count) = event["fields"]["count"].as_i64() {
        fact("proof-fact-count", LocalizedText::new(count.to_string(), count.to_string()));
    }
    Ok(Told { what: words(visit, &format!("ledger-kind-{kind}"), &[]), title, href, facts })
}

enum Thing {
    Case { number: String, title: String },
    Service { id: String, name: LocalizedText },
    Other { object: Ref, title: LocalizedText },
}

#[derive(Default)]
struct Things {
    thing: Option<Thing>,
    organisation: Option<LocalizedText>,
    state: Option<LocalizedText>,
}

impl Things {
    fn read(tx: &mut Tx, ctx: &Ctx, cases: &Cases, event: &Value, carried: &Carried) -> Result<Self> {
        let fields = &event["fields"];
        let named = |value: &Value| value.as_str().and_then(|text| text.parse::<Ref>().ok());
        // Of a report, an assessment, an answer: what it is about says more than itself.
        let about = ["milestone", "commitment", "plan"].into_iter().find_map(|name| named(&fields[name]));
        let object = named(&event["object"]);
        let thing = match object {
            Some(object) if object.kind == ObjectKind::Case => {
                let carried = carried.as_ref().map(|(number, code)| (number.as_str(), code.as_str()));
                let found = receipt::case_of(tx, ctx, cases, &object, carried)?;
                found.map(|(number, title)| Thing::Case { number, title })
            }
            Some(object) if object.kind == ObjectKind::Service => {
                let found = cases.services.current(tx, &object.id).ok();
                found.map(|v| Thing::Service { id: object.id.clone(), name: v.definition.name.clone() })
            }
            Some(object) => {
                let own = titled(tx, ctx, &object).map(|title| Thing::Other { object, title });
                own.or_else(|| {
                    about.and_then(|about| Some(Thing::Other { title: titled(tx, ctx, &about)?, object: about }))
                })
            }
            None => None,
        };
        let organisation = ["organisation", "agency"].into_iter().find_map(|name| named(&fields[name]));
        let organisation = organisation.and_then(|found| found.id.parse().ok());
        let organisation = organisation.and_then(|id| organisation::get(tx, id).ok()).map(|found| found.name);
        let state = named(&fields["state"]).filter(|state| state.kind == ObjectKind::Service);
        let state = state.and_then(|state| {
            let (service, word) = state.id.split_once('/')?;
            let version = cases.services.current(tx, service).ok()?;
            version.definition.state(word).map(|state| state.name.clone())
        });
        Ok(Self { thing, organisation, state })
    }
}

fn titled(tx: &mut Tx, ctx: &Ctx, object: &Ref) -> Option<LocalizedText> {
    let today = ctx.now.kst_date();
    let title = match object.kind {
        ObjectKind::Commitment => views::commitment(tx, &object.id, today).map(|c| c.name.name),
        ObjectKind::Plan => views::plan_summary(tx, &object.id).map(|p| p.name),
        ObjectKind::Milestone => views::milestone(tx, &object.id, today).map(|m| m.content.title),
        ObjectKind::Indicator => views::indicator(tx, &object.id, today).map(|i| i.line.content.name),
        ObjectKind::Organisation => object.id.parse().and_then(|id| organisation::get(tx, id)).map(|o| o.name),
        _ => return None,
    };
    title.ok().filter(|title| !title.is_empty())
}

/// As templates read it.
pub fn shown(told: &Told) -> Value {
    json!({
        "what": told.what, "title": told.title, "href": told.href,
        "facts": told.facts.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>(),
    })
}
