//! Importing a plan: upload → check → apply.
//!
//! Between checking and applying the file is kept under its digest; the form carries the digest sealed for the account.

use axum::extract::Path;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, Result};
use madang_http::{Input, Outcome, Visit};
use madang_kernel::digest;
use madang_plans::file::PlanFile;
use madang_plans::import::diff::Diff;
use madang_plans::import::{self as reader, Format, Place, Problem};
use madang_plans::service::import;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::edit::{field_name, item_name, shown};
use super::evidence::{self, at_file};
use super::{Wrong, problem_text, size_words};
use crate::export;
use crate::page::Page;

/// Lines of a difference that the page shows.
const SHOWN: usize = 500;

pub async fn show(visit: Visit) -> Outcome {
    upload(&visit, Wrong::none())
}

fn frame(step: u8) -> Value {
    json!({ "step": step, "max_bytes": size_words(reader::LARGEST), "errors": [], "check": null, "result": null })
}

fn upload(visit: &Visit, wrong: Wrong) -> Outcome {
    let mut context = frame(1);
    context["errors"] = json!(wrong.errors);
    Page::new(visit, "admin/import.html").form().status(wrong.status).render(&context)
}

pub async fn check(visit: Visit, input: Input) -> Outcome {
    if input.too_large("file") {
        let wrong = Wrong::of(&visit, at_file(evidence::too_large(&visit)), |field| field.field.clone())?;
        return upload(&visit, wrong);
    }
    let Some(file) = input.file("file") else {
        return upload(&visit, Wrong::field(&visit, "file", "error-desk-file-missing"));
    };
    let Some(format) = Format::of_name(&file.name) else {
        return upload(&visit, Wrong::field(&visit, "file", "error-desk-file-format"));
    };
    let (name, bytes) = (file.name.clone(), file.bytes.clone());
    let read = parse(bytes, format).await?;
    let plan = match read {
        Ok(plan) => plan,
        Err(problems) => return unreadable(&visit, &name, &problems),
    };
    let (ctx, told) = (visit.ctx.clone(), plan.clone());
    let diff = visit.app.db.read(move |tx| import::preview(tx, &ctx, &told)).await?;
    let token = keep(&visit, &plan).await.map_err(at_file)?;
    let mut context = frame(2);
    context["check"] = json!({
        "file": name, "plan": plan_name(&visit, &plan),
        "counts": { "added": diff.added.len(), "changed": diff.changed.len(), "removed": diff.removed.len(), "same": diff.unchanged },
        "problems": [], "changes": changes(&visit, &diff), "token": token,
    });
    Page::new(&visit, "admin/import.html").form().render(&context)
}

/// Reading a large workbook takes a while; other visitors do not wait for it.
async fn parse(bytes: Bytes, format: Format) -> Result<Result<PlanFile, Vec<Problem>>> {
    tokio::task::spawn_blocking(move || reader::read(&bytes, format)).await.map_err(Error::internal)
}

fn plan_name(visit: &Visit, plan: &PlanFile) -> String {
    format!("{} ({})", plan.plan.name.get(visit.locale), plan.plan.id)
}

fn unreadable(visit: &Visit, name: &str, problems: &[Problem]) -> Outcome {
    let lines: Vec<Value> = problems.iter().map(|problem| problem_line(visit, problem)).collect();
    let mut context = frame(2);
    context["check"] = json!({
        "file": name, "plan": shape::t(visit, "import-not-read", &[]),
        "counts": null, "problems": lines, "changes": [], "token": "",
    });
    Page::new(visit, "admin/import.html").form().status(StatusCode::UNPROCESSABLE_ENTITY).render(&context)
}

fn problem_line(visit: &Visit, problem: &Problem) -> Value {
    let mut line = json!({ "sheet": "", "row": null, "column": "", "line": null, "path": "" });
    match &problem.place {
        Place::File => {}
        Place::Path => line["path"] = json!(problem.path),
        Place::Line { line: number, .. } => line["line"] = json!(number),
        Place::Cell { sheet, row, column } => {
            line["sheet"] = json!(sheet);
            line["row"] = json!(row);
            line["column"] = json!(column);
        }
    }
    line["message"] = json!(problem_text(visit, problem.key, &problem.args).unwrap_or_else(|| problem.to_string()));
    line["instead"] = json!(problem_text(visit, problem.instead_key(), &problem.args).unwrap_or_default());
    line
}

fn changes(visit: &Visit, diff: &Diff) -> Vec<Value> {
    let whole = |kind: &'static str, items: &[madang_plans::import::diff::Item]| -> Vec<Value> {
        let words = |item: &madang_plans::import::diff::Item| {
            format!("{} · {}", item_name(visit, item), item.name.get(visit.locale))
        };
        items.iter().map(|item| json!({ "kind": kind, "what": words(item), "fields": [] })).collect()
    };
    let mut lines = whole("removed", &diff.removed);
    for change in &diff.changed {
        let fields: Vec<Value> = change
            .fields
            .iter()
            .map(|f| {
                let (before, after) = (f.before.as_deref(), f.after.as_deref());
                json!({
                    "field": field_name(visit, &f.field), "before": shown(visit, &f.field, before),
                    "after": shown(visit, &f.field, after),
                })
            })
            .collect();
        lines.push(json!({ "kind": "changed", "what": item_name(visit, &change.item), "fields": fields }));
    }
    lines.extend(whole("added", &diff.added));
    lines.truncate(SHOWN);
    lines
}

/// Keeps the checked plan until it is applied. Nothing refers to the file, so it goes when it is not.
async fn keep(visit: &Visit, plan: &PlanFile) -> Result<String> {
    let json = serde_json::to_vec(plan).map_err(Error::internal)?;
    let kept = visit.app.blobs.put(json.into(), "plan.txt").await?;
    let sha256 = kept.blob.sha256;
    Ok(format!("{sha256}.{}", seal(visit, &sha256)))
}

fn seal(visit: &Visit, sha256: &str) -> String {
    let account = visit.ctx.account().map(|id| id.to_string()).unwrap_or_default();
    digest::hmac_hex(&visit.app.keys.session, &[b"desk.import", account.as_bytes(), sha256.as_bytes()])
}

async fn kept(visit: &Visit, token: &str) -> Result<PlanFile> {
    let unreadable = || Error::invalid("form.unreadable");
    let (sha256, sealed) = token.split_once('.').ok_or_else(unreadable)?;
    if seal(visit, sha256) != sealed {
        return Err(unreadable());
    }
    let bytes = visit.app.blobs.get(sha256).await?;
    serde_json::from_slice(&bytes).map_err(Error::internal)
}

pub async fn apply(visit: Visit, input: Input) -> Outcome {
    let plan = match kept(&visit, input.text("token")).await {
        Ok(plan) => plan,
        Err(error) if error.kind() == madang_base::Kind::Internal => return Err(error.into()),
        Err(_) => return upload(&visit, Wrong::field(&visit, "file", "error-desk-file-gone")),
    };
    let ctx = visit.ctx.clone();
    let id = plan.plan.id.clone();
    match visit.app.db.write(move |tx| import::apply(tx, &ctx, &plan)).await {
        Ok(diff) => {
            let mut context = frame(3);
            context["result"] = json!({
                "href": visit.url(&format!("/plans/{id}")), "added": diff.added.len(), "changed": diff.changed.len(),
                "removed": diff.removed.len(),
            });
            Page::new(&visit, "admin/import.html").render(&context)
        }
        Err(error) => upload(&visit, Wrong::of(&visit, error, |_| "file".to_owned())?),
    }
}

/// The empty workbook with its explanations.
pub async fn template(Path(_): Path<String>, headers: HeaderMap) -> Outcome {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(export::file(&headers, TYPE, "madang-plan-template.xlsx", madang_plans::export::template()?)?)
}
