//! Editing a commitment: draft → preview → publish, undo, discard.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_http::{Input, Outcome, Visit};
use madang_kernel::{ObjectKind, digest};
use madang_plans::file::Commitment;
use madang_plans::import::diff::{Diff, Item, ItemKind};
use madang_plans::model::{Draft, DraftId};
use madang_plans::service::edit;
use madang_plans::views::{CommitmentView, load};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{Wrong, commitment, commitment_head, edit_form};
use crate::Wiring;
use crate::page::{Page, done};

type Place = Path<(String, String, String)>;

/// A commitment with its open draft and what can be taken back.
struct Found {
    view: CommitmentView,
    current: Commitment,
    draft: Option<Draft>,
    undoable: Option<Draft>,
}

impl Found {
    fn content(&self) -> &Commitment {
        self.draft.as_ref().map_or(&self.current, |draft| &draft.content)
    }

    /// Whether the form that was sent was made from what is there now.
    fn is_seen(&self, input: &Input) -> Result<bool> {
        let now = version(self.content())?;
        Ok(input.optional("seen").is_none_or(|seen| seen == now))
    }

    fn href(&self) -> String {
        format!("/plans/{}/commitments/{}", self.view.plan.id, self.view.name.number)
    }

    fn edit(&self) -> String {
        format!("/desk{}/edit", self.href())
    }
}

/// What a form was made from: a digest that changes with the content. The form sends it back, so that nobody overwrites
/// or publishes unseen what a colleague wrote in the meantime.
fn version(content: &Commitment) -> Result<String> {
    let json = serde_json::to_vec(content).map_err(Error::internal)?;
    Ok(digest::sha256(&json).chars().take(16).collect())
}

async fn find(visit: &Visit, plan: String, word: String) -> Result<Found> {
    let (today, ctx) = (shape::today(visit), visit.ctx.clone());
    let found = visit.app.db.read(move |tx| {
        let view = commitment(tx, &plan, &word, today)?;
        let draft = edit::open(tx, &ctx, &view.name.id)?;
        let current = load::commitment(tx, &view.name.id)?;
        let undoable = edit::undoable(tx, &view.name.id)?;
        Ok(Found { view, current, draft, undoable })
    });
    found.await
}

pub async fn show(visit: Visit, Path((_, plan, word)): Place) -> Outcome {
    let found = find(&visit, plan, word).await?;
    let values = edit_form::shown(&visit, found.content());
    writing(&visit, &found, values, Wrong::none())
}

pub async fn act(visit: Visit, Path((_, plan, word)): Place, input: Input) -> Outcome {
    let found = find(&visit, plan, word).await?;
    let go = input.text("go");
    let moved = || Wrong::of(&visit, Error::conflict("desk.moved"), edit_form::place);
    if let ("publish", Some(draft), false) = (go, &found.draft, found.is_seen(&input)?) {
        return preview(&visit, &found, draft.id, moved()?).await;
    }
    if let ("publish" | "discard" | "edit", Some(draft)) = (go, &found.draft) {
        return match go {
            "publish" => publish(&visit, &found, draft.id).await,
            "discard" => discard(&visit, &found, draft.id).await,
            _ => writing(&visit, &found, edit_form::shown(&visit, &draft.content), Wrong::none()),
        };
    }
    if matches!(go, "publish" | "discard" | "edit") {
        return Err(Error::conflict("plan.draft-closed").into());
    }
    let mut values = edit_form::typed(&visit, found.content(), &input);
    if !found.is_seen(&input)? {
        return writing(&visit, &found, values, moved()?);
    }
    if go == "add-milestone" {
        edit_form::added(&mut values);
        return writing(&visit, &found, values, Wrong::none());
    }
    let (content, unreadable) = edit_form::read(found.content(), &input);
    let saved = match unreadable {
        Some(error) => Err(error),
        None => save(&visit, &found, content).await,
    };
    match saved {
        Ok(draft) if go == "preview" => preview(&visit, &found, draft, Wrong::none()).await,
        Ok(_) => Ok(done(&visit, &found.edit(), "draft-saved")),
        Err(error) => {
            let wrong = Wrong::of(&visit, error, edit_form::place)?;
            writing(&visit, &found, values, wrong)
        }
    }
}

async fn save(visit: &Visit, found: &Found, content: Commitment) -> Result<DraftId> {
    let (ctx, id) = (visit.ctx.clone(), found.view.name.id.clone());
    let saved = visit.app.db.write(move |tx| {
        let draft = edit::begin(tx, &ctx, &id)?;
        edit::save(tx, &ctx, draft.id, &content)?;
        Ok(draft.id)
    });
    saved.await
}

async fn publish(visit: &Visit, found: &Found, draft: DraftId) -> Outcome {
    let ctx = visit.ctx.clone();
    match visit.app.db.write(move |tx| edit::publish(tx, &ctx, draft)).await {
        Ok(_) => Ok(done(visit, &found.href(), "commitment-published")),
        Err(error) => preview(visit, found, draft, Wrong::of(visit, error, edit_form::place)?).await,
    }
}

async fn discard(visit: &Visit, found: &Found, draft: DraftId) -> Outcome {
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| edit::discard(tx, &ctx, draft)).await?;
    Ok(done(visit, &found.href(), "draft-discarded"))
}

/// Takes the latest publication back.
pub async fn undo(
    visit: Visit,
    Path((_, plan, word, draft)): Path<(String, String, String, String)>,
    _: Input,
) -> Outcome {
    let draft: DraftId = draft.parse().map_err(|_| Error::not_found("plan.draft-unknown").arg("value", draft))?;
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| edit::undo(tx, &ctx, draft)).await?;
    Ok(done(&visit, &format!("/plans/{plan}/commitments/{word}"), "commitment-undone"))
}

fn frame(visit: &Visit, found: &Found, mode: &str, wrong: &Wrong) -> Result<Value> {
    let lead = found.view.agencies.iter().find(|a| a.role == madang_plans::model::AgencyRole::Lead);
    let lead = lead.map_or_else(String::new, |a| a.agency.name.get(visit.locale).to_owned());
    let undo = found.undoable.as_ref().map(|draft| {
        let action = format!("/desk{}/undo/{}", found.href(), draft.id);
        json!({ "action": visit.url(&action), "time": draft.published_at.unwrap_or(draft.changed_at).micros(), "by": lead })
    });
    Ok(json!({
        "mode": mode,
        "action": visit.url(&found.edit()),
        "seen": version(found.content())?,
        "commitment": commitment_head(visit, &found.view),
        "draft": found.draft.as_ref().map(|draft| json!({ "by": lead, "time": draft.changed_at.micros() })),
        "undo": undo,
        "has_parts": !found.view.parts.is_empty(),
        "values": { "milestones": [] },
        "changes": [],
        "outdated": false,
        "errors": wrong.errors,
    }))
}

fn writing(visit: &Visit, found: &Found, values: Value, wrong: Wrong) -> Outcome {
    let mut context = frame(visit, found, "edit", &wrong)?;
    context["values"] = values;
    Page::new(visit, "edit-commitment.html").form().status(wrong.status).render(&context)
}

async fn preview(visit: &Visit, found: &Found, draft: DraftId, wrong: Wrong) -> Outcome {
    let ctx = visit.ctx.clone();
    let preview = visit.app.db.read(move |tx| edit::preview(tx, &ctx, draft)).await?;
    let mut context = frame(visit, found, "preview", &wrong)?;
    context["seen"] = json!(version(&preview.draft.content)?);
    context["changes"] = json!(changes(visit, &preview.diff));
    context["outdated"] = json!(preview.outdated);
    context["draft"] = json!({ "by": visit.account_name(), "time": preview.draft.changed_at.micros() });
    let status = if wrong.errors.is_empty() { StatusCode::OK } else { wrong.status };
    Page::new(visit, "edit-commitment.html").form().status(status).render(&context)
}

/// A difference in words, line by line: what it is about, before, after.
pub fn changes(visit: &Visit, diff: &Diff) -> Vec<Value> {
    let mut lines = Vec::new();
    for item in &diff.added {
        lines.push(json!({ "field": item_name(visit, item), "before": "", "after": item.name.get(visit.locale) }));
    }
    for change in &diff.changed {
        for field in &change.fields {
            lines.push(json!({
                "field": format!("{}: {}", item_name(visit, &change.item), field_name(visit, &field.field)),
                "before": shown(visit, &field.field, field.before.as_deref()),
                "after": shown(visit, &field.field, field.after.as_deref()),
            }));
        }
    }
    for item in &diff.removed {
        lines.push(json!({ "field": item_name(visit, item), "before": item.name.get(visit.locale), "after": "" }));
    }
    lines
}

/// What a line of a difference is about: `약속 2.1`, `약속 2.1, 단계 3`, the name of an agency.
pub fn item_name(visit: &Visit, item: &Item) -> String {
    let mut parts = item.id.splitn(3, '/').skip(1).map(str::to_owned);
    let (number, n) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match item.kind {
        ItemKind::Commitment => shape::t(visit, "commitment-n", &[("n", number.into())]),
        ItemKind::Milestone => shape::t(visit, "history-milestone", &[("commitment", number.into()), ("n", n.into())]),
        ItemKind::Plan => shape::t(visit, &format!("object-{}", ObjectKind::Plan), &[]),
        kind => {
            let kind = shape::t(visit, &format!("item-{kind}"), &[]);
            format!("{kind} {}", item.name.get(visit.locale))
        }
    }
}

/// A field of a plan file in words; `name.ko` says its language, too.
pub fn field_name(visit: &Visit, name: &str) -> String {
    let (word, tag) = name.split_once('.').map_or((name, None), |(word, tag)| (word, Some(tag)));
    let key = format!("field-{}", word.replace('_', "-"));
    let known = visit.app.own::<Wiring>().is_ok_and(|w| w.templates.catalogue().has(visit.locale, &key));
    let word = if known { shape::t(visit, &key, &[]) } else { word.to_owned() };
    match tag {
        Some("ko") => format!("{word} ({})", shape::t(visit, "in-korean", &[])),
        Some("en") => format!("{word} ({})", shape::t(visit, "in-english", &[])),
        _ => word,
    }
}

/// A value of a difference in words: dates and periods instead of their JSON.
pub fn shown(visit: &Visit, field: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return String::new() };
    let json: Option<Value> = (value.starts_with(['[', '{'])).then(|| serde_json::from_str(value).ok()).flatten();
    match (field, json) {
        ("continues", _) => shape::t(visit, if value == "true" { "yes" } else { "no" }, &[]),
        (_, Some(Value::Array(items))) => items.iter().map(|item| record(visit, item)).collect::<Vec<_>>().join("\n"),
        (_, Some(item)) => record(visit, &item),
        (_, None) => value.to_owned(),
    }
}

fn record(visit: &Visit, item: &Value) -> String {
    if let Some(text) = item.as_str() {
        return text.to_owned();
    }
    if let Ok(text) = serde_json::from_value::<madang_base::LocalizedText>(item.clone())
        && text.exact("ko").or_else(|| text.exact("en")).is_some()
    {
        return text.get(visit.locale).to_owned();
    }
    let date = |name: &str| item[name].as_str().map(|d| crate::i18n::date(d, visit.locale)).unwrap_or_default();
    match item {
        Value::Object(map) if map.contains_key("start") || map.contains_key("end") => {
            format!("{} – {}", date("start"), date("end")).trim().to_owned()
        }
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| format!("{}: {}", field_name(visit, key), record(visit, value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}
