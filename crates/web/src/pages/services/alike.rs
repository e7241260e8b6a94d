//! Alike public cases while somebody writes: in pieces beside the title for whoever has scripts, and as a page of its own
//! before the next screen for everybody. Who finds the own case different says so once; the draft remembers it.
//!
//! Nothing here may keep anybody from filing: without an answer of the search there is nothing alike.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use madang_base::Result;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::draft::{self, Draft, DraftOwner};
use madang_flows::search::{Search, Similar};
use madang_form::{Definition, Field, FieldKind};
use madang_http::{Input, Outcome, Sent, Visit};
use serde_json::{Value, json};

use super::{address, current, drafts, filing, shapes};
use crate::page::Page;

/// Alike cases that are shown.
const SHOWN: usize = 5;
/// Characters of the text that are compared while it is written.
const FIRST_WORDS: usize = 500;
/// A shorter title says too little.
const SHORTEST: usize = 2;

/// The field of the title.
fn title_field(def: &Definition) -> Option<&Field> {
    def.field(&def.public.title)
}

/// The screen on which the title is written; alike cases are shown after it.
fn title_screen(def: &Definition) -> u8 {
    title_field(def).map_or(1, |field| field.screen)
}

/// The open texts of the form: what anybody may read once it is public.
fn texts(def: &Definition) -> impl Iterator<Item = &Field> {
    def.filing_fields().filter(|field| matches!(field.kind, FieldKind::Text { .. }) && !field.personal)
}

/// What a form needs to ask while one types; null where nothing is compared.
pub fn asks(visit: &Visit, def: &Definition, screen: u8) -> Value {
    let line = |field: &&Field| matches!(field.kind, FieldKind::Line { .. } | FieldKind::Text { .. });
    let title = title_field(def).filter(line).filter(|field| field.screen == screen);
    let Some(title) = title.filter(|_| def.filing.similar_days.is_some()) else { return Value::Null };
    let more = texts(def).filter(|field| field.screen == screen && field.id != title.id).map(|field| field.id.as_str());
    let fields: Vec<&str> = std::iter::once(title.id.as_str()).chain(more).collect();
    let href = visit.url(&format!("/services/{}/new/alike", def.id));
    json!({ "after": title.id, "fields": fields.join(" "), "href": href })
}

/// Public cases that are alike, without those that the author knows to be different.
async fn find(visit: &Visit, def: &Definition, title: &str, text: &str, known: &[String]) -> Vec<Similar> {
    if def.filing.similar_days.is_none() || title.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST {
        return Vec::new();
    }
    let Ok(search) = visit.app.own::<Search>() else { return Vec::new() };
    match search.similar(&visit.app.db, &visit.ctx, &def.id, title, text, SHOWN).await {
        Ok(found) => found.into_iter().filter(|case| !known.contains(&case.number)).collect(),
        Err(error) => {
            tracing::warn!(%error, "alike cases could not be looked for");
            Vec::new()
        }
    }
}

async fn of_draft(visit: &Visit, def: &Definition, draft: &Draft) -> Vec<Similar> {
    let title = madang_form::values::title(def, &draft.answers);
    let text = texts(def).filter_map(|field| {
        let answer = draft.answers.get(&field.id)?;
        Some(madang_form::values::display(field, answer, visit.locale))
    });
    let text: Vec<String> = text.collect();
    find(visit, def, &title, &text.join("\n"), draft.different()).await
}

/// Where one is led after a screen when there are alike cases that the author has not seen yet.
pub async fn detour(visit: &Visit, version: &ServiceVersion, screen: u8, draft: &Draft) -> Option<String> {
    let def = &version.definition;
    let asked = screen == title_screen(def) && !of_draft(visit, def, draft).await.is_empty();
    asked.then(|| visit.url(&format!("/services/{}/new/similar", def.id)))
}

fn page(visit: &Visit, def: &Definition, found: &[Similar]) -> Outcome {
    let screen = title_screen(def);
    let line = |c: &Similar| {
        json!({
            "number": c.number, "title": c.title, "href": address::case(visit, &c.number),
            "filed_at": c.filed_at.micros(), "shared": c.shared, "state": shapes::state_of(def, &c.state, c.phase),
            "supports": shapes::supports(visit, def, c.supports.filter(|n| *n > 0)),
        })
    };
    Page::new(visit, "services/similar.html").form().render(&json!({
        "service": { "name": def.name, "case_name": def.case_name, "href": address::service(visit, &def.id) },
        "screens": filing::screens(visit, def), "screen": screen,
        "action": visit.url(&format!("/services/{}/new/similar", def.id)),
        "back_href": address::screen(visit, &def.id, screen),
        "word": def.support.as_ref().map_or("", |support| shapes::word(support.word)),
        "similar": found.iter().map(line).collect::<Vec<_>>(),
    }))
}

async fn draft_of(visit: &Visit, headers: &HeaderMap, def: &Definition) -> Result<Option<Draft>> {
    match drafts::known(visit, headers) {
        Some(owner) => drafts::get(visit, &owner, &def.id).await,
        None => Ok(None),
    }
}

/// The step between the screens.
pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    let lines = match draft_of(&visit, &headers, def).await? {
        Some(draft) => of_draft(&visit, def, &draft).await,
        None => Vec::new(),
    };
    if lines.is_empty() {
        return Ok(Redirect::to(&address::screen(&visit, &def.id, title_screen(def) + 1)).into_response());
    }
    page(&visit, def, &lines)
}

/// "Support this one" and "mine is different".
pub async fn act(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap, sent: Sent) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    let input = sent.checked()?;
    if let Some(href) = joined(&visit, def, input.text("go")) {
        return Ok(Redirect::to(&href).into_response());
    }
    if let Some(owner) = drafts::known(&visit, &headers) {
        remember(&visit, &owner, def, &input).await?;
    }
    Ok(Redirect::to(&address::screen(&visit, &def.id, title_screen(def) + 1)).into_response())
}

/// While one types: what was typed so far comes with the request and is neither kept nor part of an address. It changes
/// nothing, so a page that has been open since before somebody signed in may ask as well: no token is looked at.
pub async fn typed(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap, sent: Sent) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    let input = sent.input;
    let title = title_field(def).map_or("", |field| input.text(&field.id));
    let text: Vec<&str> = texts(def).map(|field| input.text(&field.id)).collect();
    let text: String = text.join("\n").chars().take(FIRST_WORDS).collect();
    let draft = draft_of(&visit, &headers, def).await?;
    let known = draft.as_ref().map_or(&[][..], Draft::different);
    let found = find(&visit, def, title, &text, known).await;
    if found.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    page(&visit, def, &found)
}

/// Where a button leads that was pressed beside an alike case.
pub fn joined(visit: &Visit, def: &Definition, go: &str) -> Option<String> {
    let number = go.strip_prefix("join:")?;
    let plain = number.len() <= 40 && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let what = if def.support.is_some() { "/support" } else { "" };
    plain.then(|| format!("{}{what}", address::case(visit, number)))
}

/// The cases that were shown are not what the author means.
///
/// # Errors
/// Those of the database.
pub async fn remember(visit: &Visit, owner: &DraftOwner, def: &Definition, input: &Input) -> Result<()> {
    let numbers: Vec<String> =
        input.fields().filter(|(name, _)| *name == "alike").map(|(_, number)| number.to_owned()).collect();
    let (owner, service) = (owner.clone(), def.id.clone());
    visit.app.db.write(move |tx| draft::different(tx, &owner, &service, &numbers)).await
}

/// The press of a button beside an alike case, on the screen of the form: everything is saved by then.
///
/// # Errors
/// Those of the database.
pub async fn pressed(
    visit: &Visit,
    owner: &DraftOwner,
    def: &Definition,
    input: &Input,
    screen: u8,
) -> Result<Option<Response>> {
    let go = input.text("go");
    if let Some(href) = joined(visit, def, go) {
        return Ok(Some(Redirect::to(&href).into_response()));
    }
    if go != "different" {
        return Ok(None);
    }
    remember(visit, owner, def, input).await?;
    let next = format!("{}#f-{}", address::screen(visit, &def.id, screen), def.public.title);
    Ok(Some(Redirect::to(&next).into_response()))
}
