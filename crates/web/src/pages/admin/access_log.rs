//! The review of the access log: who of the staff looked at whose data, and why.

use axum::extract::State;
use http::HeaderMap;
use http::{HeaderValue, header::CACHE_CONTROL};
use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_http::{App, Outcome, Visit};
use madang_identity::access::{self, Filter};
use madang_identity::{Access, AccessId};
use madang_kernel::{AccountId, Ctx};
use serde_json::{Value, json};

use super::{address, options, pager};
use crate::export;
use crate::page::{Page, query_value, words};
use crate::pages::account::looks::{Looked, label, what_key};

/// Looks on one page.
const PAGE: u32 = 50;
/// Looks in one file; the filter takes what is left.
const IN_FILE: u32 = 50_000;
/// What is written down, in the order of the filter.
const KINDS: [&str; 6] =
    ["account.list", "account.view", "account.status", "membership.list", "case.personal-data", "case.by-name"];

/// The filter as it was typed.
struct Asked {
    what: String,
    actor: String,
    subject: String,
    from: String,
    until: String,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let said = |name: &str| query_value(&visit.query, name).unwrap_or_default();
        Self {
            what: said("what"),
            actor: said("actor"),
            subject: said("subject"),
            from: said("from"),
            until: said("until"),
        }
    }

    fn filter(&self) -> Result<Filter> {
        fn account(text: &str) -> Result<Option<AccountId>> {
            if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
        }
        fn day(text: &str) -> Result<Option<Date>> {
            let wrong = |_| Error::invalid("time.format").arg("value", text);
            if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some).map_err(wrong) }
        }
        Ok(Filter {
            actor: account(&self.actor)?,
            subject: account(&self.subject)?,
            what: Some(self.what.clone()).filter(|what| !what.is_empty()),
            from: day(&self.from)?.map(Time::at_kst_midnight),
            until: day(&self.until)?.map(|date| Time::at_kst_midnight(date).plus_days(1)),
            object: None,
        })
    }

    fn address(&self, path: &str) -> String {
        let parameters = [
            ("what", &*self.what),
            ("actor", &*self.actor),
            ("subject", &*self.subject),
            ("from", &*self.from),
            ("until", &*self.until),
        ];
        address(path, &parameters)
    }
}

fn page(
    tx: &mut Tx,
    ctx: &Ctx,
    filter: &Filter,
    before: Option<AccessId>,
    limit: u32,
) -> Result<(Vec<Looked>, Option<AccessId>)> {
    let page = access::list(tx, ctx, filter, before, limit)?;
    let mut looked = Vec::with_capacity(page.entries.len());
    for entry in page.entries {
        let role = entry.actor.map(|actor| label(tx, actor)).transpose()?.flatten();
        looked.push(Looked { entry, role });
    }
    Ok((looked, page.next))
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let asked = Asked::read(&visit);
    let filter = asked.filter()?;
    let before: Option<AccessId> = query_value(&visit.query, "before").map(|id| id.parse()).transpose()?;
    let ctx = visit.ctx.clone();
    let (entries, next) = app.db.read(move |tx| page(tx, &ctx, &filter, before, PAGE)).await?;
    let path = visit.url("/admin/access-log");
    let any = (String::new(), words(&visit, "filter-any", &[]));
    let kinds = KINDS.iter().map(|what| ((*what).to_owned(), words(&visit, &what_key(what), &[])));
    let context = json!({
        "whats": options(std::iter::once(any).chain(kinds), &asked.what),
        "values": { "actor": asked.actor, "subject": asked.subject, "from": asked.from, "until": asked.until },
        "chips": chips(&visit, &asked, &path),
        "entries": entries.iter().map(|looked| row(&visit, looked)).collect::<Vec<_>>(),
        "pager": pager(&asked.address(&path), before.is_none(), next.map(|id| id.to_string())),
        "exports": asked.address(&path),
    });
    let mut response = Page::new(&visit, "admin/access-log.html").render(&context)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn chips(visit: &Visit, asked: &Asked, path: &str) -> Vec<Value> {
    let mut chips = Vec::new();
    let mut chip =
        |label: String, without: Asked| chips.push(json!({ "label": label, "remove": without.address(path) }));
    let copy = || Asked {
        what: asked.what.clone(),
        actor: asked.actor.clone(),
        subject: asked.subject.clone(),
        from: asked.from.clone(),
        until: asked.until.clone(),
    };
    if !asked.what.is_empty() {
        chip(words(visit, &what_key(&asked.what), &[]), Asked { what: String::new(), ..copy() });
    }
    if !asked.actor.is_empty() {
        chip(words(visit, "look-by", &[("id", short(&asked.actor).into())]), Asked { actor: String::new(), ..copy() });
    }
    if !asked.subject.is_empty() {
        chip(
            words(visit, "look-at", &[("id", short(&asked.subject).into())]),
            Asked { subject: String::new(), ..copy() },
        );
    }
    if !asked.from.is_empty() || !asked.until.is_empty() {
        let label = format!("{} ~ {}", asked.from, asked.until);
        chip(label, Asked { from: String::new(), until: String::new(), ..copy() });
    }
    chips
}

/// The end of an id, enough to tell two accounts apart in a list. (Its beginning is a time.)
fn short(id: &str) -> &str {
    id.get(id.len().saturating_sub(8)..).unwrap_or(id)
}

fn row(visit: &Visit, looked: &Looked) -> Value {
    let entry = &looked.entry;
    let filtered = |name: &str, id: &AccountId| address(&visit.url("/admin/access-log"), &[(name, &id.to_string())]);
    json!({
        "time": entry.at.rfc3339(),
        "who": who(visit, looked),
        "who_id": entry.actor.map(|id| short(&id.to_string()).to_owned()),
        "who_href": entry.actor.as_ref().map(|id| filtered("actor", id)),
        "organisation": looked.role.as_ref().map(|(_, organisation)| organisation),
        "what": words(visit, &what_key(&entry.what), &[]),
        "object": entry.object,
        "whose": whose(visit, entry),
        "whose_href": entry.subject.as_ref().map(|id| filtered("subject", id)),
        "reason": entry.why,
    })
}

fn who(visit: &Visit, looked: &Looked) -> String {
    let role = match (&looked.role, looked.entry.actor) {
        (Some((role, _)), _) => role.as_str(),
        (None, Some(_)) => "administrator",
        (None, None) => "system",
    };
    words(visit, &format!("role-{role}"), &[])
}

fn whose(visit: &Visit, entry: &Access) -> String {
    entry.subject.map_or_else(|| words(visit, "look-at-many", &[]), |id| short(&id.to_string()).to_owned())
}

pub(super) async fn csv(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Outcome {
    let filter = Asked::read(&visit).filter()?;
    let ctx = visit.ctx.clone();
    let (entries, _) = app.db.read(move |tx| page(tx, &ctx, &filter, None, IN_FILE)).await?;
    let heads: Vec<String> =
        ["time", "actor", "role", "subject", "what", "object", "reason"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|looked| {
            let entry = &looked.entry;
            vec![
                entry.at.rfc3339_kst(),
                entry.actor.map(|id| id.to_string()).unwrap_or_default(),
                who(&visit, looked),
                entry.subject.map(|id| id.to_string()).unwrap_or_default(),
                entry.what.clone(),
                entry.object.clone().unwrap_or_default(),
                entry.why.clone(),
            ]
        })
        .collect();
    let mut response = export::csv(&headers, "access-log.csv", &heads, &rows)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
