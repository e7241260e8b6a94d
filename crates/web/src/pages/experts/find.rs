//! Finding experts by topic and area, and one of them.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_flows::search::Search;
use madang_http::{Input, Outcome, Visit};
use madang_identity::directory::{self, Contact, Expert, ExpertId};
use madang_kernel::{ObjectKind, Owner, Verb};
use madang_search::{Kind, Query};
use serde_json::{Value, json};

use crate::i18n::FieldMessage;
use crate::page::{Page, done, query_value};
use crate::pages::offices::shape;
use crate::pages::plans::shape::without;

/// Experts on one page of the list.
const PAGE: usize = 50;
/// Experts that are looked at at most.
const MOST: usize = 2000;
/// The longest query, in characters.
const QUERY: usize = 256;

pub(super) async fn list(visit: Visit) -> Outcome {
    let text = |name: &str| -> String {
        query_value(&visit.query, name).unwrap_or_default().trim().chars().take(QUERY).collect()
    };
    let (topic, area) = (text("topic"), text("area"));
    let from: usize = text("from").parse().unwrap_or(0).min(MOST);
    let mut found = if topic.is_empty() { all(&visit).await? } else { of_topic(&visit, &topic).await? };
    if !area.is_empty() {
        found.retain(|expert| expert.areas.is_empty() || expert.areas.iter().any(|own| near(own, &area)));
    }
    let total = found.len();
    let chip = |value: &str, name: &str| json!({ "label": value, "remove": without(&visit, name) });
    let chips: Vec<Value> = [(&topic, "topic"), (&area, "area")]
        .into_iter()
        .filter(|(value, _)| !value.is_empty())
        .map(|(value, name)| chip(value, name))
        .collect();
    let rows: Vec<Value> = found.iter().skip(from).take(PAGE).map(|one| shape::expert(&visit, one)).collect();
    let at = |from: usize| {
        let from = from.to_string();
        let parameters = [("topic", &*topic), ("area", &*area), ("from", &*from)];
        crate::pages::offices::address_of(&visit.url("/experts"), &parameters)
    };
    let pager = json!({
        "previous": (from > 0).then(|| at(from.saturating_sub(PAGE))),
        "next": (from + PAGE < total).then(|| at(from + PAGE)),
        "from": from + 1, "to": from + rows.len(), "total": total,
    });
    let mine = match visit.person() {
        Some(_) if visit.ctx.may(Verb::Create, ObjectKind::Expert, visit.ctx.account().map(Owner::Account)) => {
            let ctx = visit.ctx.clone();
            visit.app.db.read(move |tx| directory::expert_of(tx, &ctx)).await?.is_some()
        }
        _ => false,
    };
    Page::new(&visit, "experts/index.html").render(&json!({
        "values": { "topic": topic, "area": area }, "total": total, "experts": rows, "chips": chips, "pager": pager,
        "mine": mine,
    }))
}

async fn all(visit: &Visit) -> Result<Vec<Expert>> {
    let mut found =
        visit.app.db.read(|tx| directory::experts_page(tx, None, u32::try_from(MOST).unwrap_or(u32::MAX))).await?;
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    Ok(found)
}

/// By the index, the best first; the rows say who is still there.
async fn of_topic(visit: &Visit, topic: &str) -> Result<Vec<Expert>> {
    let search = visit.app.own::<Search>()?.clone();
    let query = Query { words: topic.to_owned(), kinds: vec![Kind::Expert], ..Query::default() };
    let found = search.find(&visit.app.db, &visit.ctx, &query, 0, MOST.min(1000)).await?;
    let ids: Vec<ExpertId> = found.hits.iter().filter_map(|hit| hit.id.id.parse().ok()).collect();
    visit.app.db.read(move |tx| directory::experts_by(tx, &ids)).await
}

/// Whether somebody's area and the one that is asked for name the same place.
fn near(own: &str, asked: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let (own, asked) = (bare(own), bare(asked));
    own.contains(&asked) || asked.contains(&own)
}

/// The letter as it was typed, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub office: String,
    pub subject: String,
    pub text: String,
    pub errors: Vec<FieldMessage>,
    pub status: StatusCode,
}

/// The id of an address.
///
/// # Errors
/// `directory.expert-unknown` when it is none.
pub(super) fn id_of(text: &str) -> Result<ExpertId> {
    text.parse().map_err(|_| Error::not_found("directory.expert-unknown"))
}

pub(super) async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    page(&visit, &id, Typed::default()).await
}

pub(super) async fn page(visit: &Visit, id: &str, typed: Typed) -> Outcome {
    let id = id_of(id)?;
    let ctx = visit.ctx.clone();
    let writes = ctx.may(Verb::Act, ObjectKind::Expert, None);
    let (expert, offices) = visit
        .app
        .db
        .read(move |tx| {
            let offices: Vec<Contact> = if writes { directory::letter_offices(tx, &ctx)? } else { Vec::new() };
            Ok((directory::expert(tx, id)?, offices))
        })
        .await?;
    let chosen = |office: &Contact| typed.office == office.id.to_string() || offices.len() == 1;
    let options: Vec<Value> = offices
        .iter()
        .map(|office| {
            json!({
                "value": office.id, "label": office.office, "hint": office.mail, "selected": chosen(office),
            })
        })
        .collect();
    let own = visit.ctx.account() == Some(expert.account);
    let removes = !own && visit.ctx.may(Verb::Delete, ObjectKind::Expert, Some(Owner::Account(expert.account)));
    let mut shown = shape::expert(visit, &expert);
    shown["lines"] = json!(expert.introduction.lines().collect::<Vec<_>>());
    shown["web"] = json!(expert.web);
    shown["since"] = json!(expert.consent_at.micros());
    Page::new(visit, "experts/show.html").form().status(typed.status).render(&json!({
        "expert": shown, "own": own, "writes": writes && !own, "offices": options, "errors": typed.errors,
        "values": { "subject": typed.subject, "text": typed.text },
        "action": visit.url(&format!("/experts/{id}/letter")),
        "remove": if removes { visit.url(&format!("/experts/{id}/remove")) } else { String::new() },
    }))
}

pub(super) async fn remove(visit: Visit, Path((_, id)): Path<(String, String)>, _: Input) -> Outcome {
    let (id, ctx) = (id_of(&id)?, visit.ctx.clone());
    visit.app.db.write(move |tx| directory::expert_remove(tx, &ctx, id)).await?;
    Ok(done(&visit, "/experts", "expert-removed"))
}
