//! A definition is put in: pasted or sent as a file, checked line by line, compared with the one in force, then applied.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::service::apply;
use madang_form::{Change, Difference, Severity, diff};
use madang_form::{Loaded, Source, load};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_kernel::digest;
use serde_json::{Value, json};

use super::kit::{self, t};
use super::services::{all_problems, current, short};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

type Place = Path<(String, String)>;

/// The word in the place of a service's id for a service that is not there yet.
const NEW: &str = "new";

pub(super) async fn show(visit: Visit, Path((_, id)): Place) -> Outcome {
    let text = match id.as_str() {
        NEW => String::new(),
        id => {
            let version = current(&visit, id).await?;
            visit.app.db.read(move |tx| apply::text(tx, &version.digest)).await?
        }
    };
    page(&visit, &id, &text, None, Vec::new(), StatusCode::OK).await
}

/// The text in the form, or in the file that came with it.
fn text_of(input: &Input) -> Result<String> {
    let Some(file) = input.file("file") else {
        return Ok(input.text("text").replace("\r\n", "\n"));
    };
    let text = String::from_utf8(file.bytes.to_vec());
    text.map_err(|_| Error::invalid("desk.definition-text").field("file", "desk.definition-text"))
}

pub(super) async fn act(visit: Visit, Path((_, id)): Place, input: Input) -> Outcome {
    let text = match text_of(&input) {
        Ok(text) => text,
        Err(error) => {
            let errors = form_errors(&visit.app, &visit, &error);
            return page(&visit, &id, input.text("text"), None, errors, status_of(error.kind())).await;
        }
    };
    let name = format!("{id}.toml");
    let checked = load(Source { name: &name, text: &text });
    // Applied is what was looked at: the digest of the text stands in the form of the second screen.
    let looked = input.text("digest") == digest::sha256(text.as_bytes());
    if input.text("go") != "apply" || !looked || checked.is_err() {
        let status = if checked.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return page(&visit, &id, &text, Some(checked), Vec::new(), status).await;
    }
    match put(&visit, &id, &name, &text, checked.ok().as_ref()).await {
        Ok(service) => Ok(done(&visit, &format!("/admin/services/{service}"), "service-applied")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            let checked = load(Source { name: &name, text: &text });
            page(&visit, &id, &text, Some(checked), errors, status_of(error.kind())).await
        }
    }
}

async fn put(visit: &Visit, id: &str, name: &str, text: &str, checked: Option<&Loaded>) -> Result<String> {
    if checked.is_some_and(|loaded| id != NEW && loaded.definition.id != id) {
        return Err(Error::invalid("desk.definition-other").arg("service", id).field("text", "desk.definition-other"));
    }
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(visit)?);
    let (name, text) = (name.to_owned(), text.to_owned());
    let applied = visit.app.db.write(move |tx| apply::apply(tx, &ctx, &cases, &name, &text)).await?;
    Ok(applied.service)
}

async fn page(
    visit: &Visit,
    id: &str,
    text: &str,
    checked: Option<std::result::Result<Loaded, madang_form::Problems>>,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let old = match id {
        NEW => None,
        id => Some(current(visit, id).await?),
    };
    let (problems, warnings, changes, same) = match &checked {
        None => (Vec::new(), Vec::new(), Vec::new(), false),
        Some(Err(problems)) => (all_problems(visit, problems), Vec::new(), Vec::new(), false),
        Some(Ok(loaded)) => {
            let same = old.as_ref().is_some_and(|old| old.digest == loaded.digest);
            let changes = match &old {
                Some(old) => changes(visit, &diff(&old.definition, &loaded.definition)),
                None => Vec::new(),
            };
            (Vec::new(), all_problems(visit, &loaded.warnings), changes, same)
        }
    };
    let good = matches!(checked, Some(Ok(_)));
    let breaking = changes.iter().filter(|change| change["severity"] == "breaking").count();
    let context = json!({
        "service": old.as_ref().map(|old| json!({
            "id": old.definition.id, "name": old.definition.name, "short": short(&old.digest),
            "href": visit.url(&format!("/admin/services/{}", old.definition.id)),
        })),
        "action": visit.url(&visit.path), "text": text, "checked": checked.is_some(), "good": good, "same": same,
        "new_name": checked.as_ref().and_then(|c| c.as_ref().ok()).map(|loaded| &loaded.definition.name),
        "digest": digest::sha256(text.as_bytes()), "problems": problems, "warnings": warnings, "changes": changes,
        "breaking": breaking, "errors": errors,
    });
    Page::new(visit, "cases-desk/definition.html").form().status(status).render(&context)
}

fn changes(visit: &Visit, list: &[Change]) -> Vec<Value> {
    list.iter()
        .map(|change| {
            let severity = match change.severity {
                Severity::Harmless => "harmless",
                Severity::Notice => "notice",
                Severity::Breaking => "breaking",
            };
            let (what, property, before, after) = match &change.what {
                Difference::Added => ("added", "", String::new(), String::new()),
                Difference::Removed => ("removed", "", String::new(), String::new()),
                Difference::Reordered => ("reordered", "", String::new(), String::new()),
                Difference::Changed { property, old, new } => ("changed", property.as_str(), plain(old), plain(new)),
            };
            json!({
                "part": t(visit, &format!("part-{}", change.part.code()), &[]), "id": change.id, "property": property,
                "what": t(visit, &format!("definition-{what}"), &[]), "before": before, "after": after,
                "severity": severity, "severity_words": t(visit, &format!("severity-{severity}"), &[]),
            })
        })
        .collect()
}

/// A value as people read it: texts without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Object(map) if map.contains_key("ko") => {
            map.values().filter_map(Value::as_str).collect::<Vec<_>>().join(" / ")
        }
        other => other.to_string(),
    }
}
