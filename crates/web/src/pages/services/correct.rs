//! Correcting what was filed: the same fields as in filing, filled in, and why.

use std::collections::BTreeMap;

use axum::extract::Path;
use http::HeaderMap;
use madang_base::{Error, Result};
use madang_cases::service::correct;
use madang_cases::views::CaseView;
use madang_form::{Field, FieldKind, Party, Raw};
use madang_http::{Outcome, Sent, Visit};
use madang_kernel::organisation::Organisation;
use serde_json::json;

use super::acts::Act;
use super::fields::Form;
use super::uploads::Uploads;
use super::{address, case, cases, code, filing};
use crate::page::{done, with_receipt, words};

fn form(visit: &Visit, view: &CaseView, raw: &Raw, reason: &str, agencies: &[Organisation]) -> Result<Act> {
    if !view.may.correct {
        return Err(Error::conflict("case.not-now"));
    }
    let held = Uploads::new();
    let form = Form {
        visit,
        def: &view.service.definition,
        by: Party::Author,
        screen: None,
        raw,
        answers: &view.case.answers,
        agencies,
        held: &held,
        rows: BTreeMap::new(),
        files_at: address::under(visit, &view.case.number, "files"),
        today: visit.ctx.now.kst_date(),
    };
    // Papers and consents stay as they were filed.
    let changes = |field: &&Field| {
        !matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. } | FieldKind::Consent { .. })
    };
    Ok(Act {
        title: words(visit, "correct-title", &[]),
        lead: words(visit, "correct-lead", &[]),
        button: words(visit, "correct-send", &[]),
        fields: form.fields().into_iter().filter(changes).map(|field| form.field(field)).collect(),
        asks: vec![json!({
            "name": "correct_reason", "label": words(visit, "correct-reason", &[]), "kind": "text",
            "hint": words(visit, "correct-reason-hint", &[]), "required": true, "value": reason, "options": [],
        })],
        ..Act::default()
    })
}

pub async fn show(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let raw = madang_form::values::raw_of(&view.service.definition, &view.case.answers);
    let agencies = filing::agencies(&visit).await?;
    form(&visit, &view, &raw, "", &agencies)?.page(&visit, &view)
}

pub async fn act(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap, sent: Sent) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let def = &view.service.definition;
    let reason = sent.input.text("correct_reason").to_owned();
    let known = |name: &str| def.field(name.split('.').next().unwrap_or(name)).is_some();
    let raw: Raw = sent
        .input
        .fields()
        .filter(|(name, _)| known(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let agencies = filing::agencies(&visit).await?;
    let mut form = form(&visit, &view, &raw, &reason, &agencies)?;
    if !sent.holds() {
        form.ended = true;
        return form.page(&visit, &view);
    }
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let corrected = visit
        .app
        .db
        .write(move |tx| correct::correct(tx, &ctx, &there, &number, &raw, &reason, known.as_deref()))
        .await;
    match corrected {
        Ok(acted) => {
            let page = done(&visit, &format!("/cases/{}", view.case.number), "case-corrected");
            Ok(with_receipt(page, acted.receipt))
        }
        Err(error) => {
            let mut form = form.refused(&visit, error)?;
            for message in &mut form.errors {
                if message.field == "reason" {
                    "correct_reason".clone_into(&mut message.field);
                }
            }
            form.page(&visit, &view)
        }
    }
}
