//! The receipt: the number, the code once, what comes next with its dates.

use axum::extract::Path;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, HeaderValue};
use madang_base::Error;
use madang_cases::service::{draft, lookup};
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::{address, cases, code, drafts, shapes};
use crate::page::{Page, words};

pub async fn show(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let carried = code::carried(&visit, &headers, &number);
    let (ctx, there, asked) = (visit.ctx.clone(), cases(&visit)?, number.clone());
    let known = carried.as_ref().map(|carried| carried.code.clone());
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &there, &asked, known.as_deref())).await?;
    if !view.standing.author {
        return Err(Error::not_found("case.unknown").arg("value", number).into());
    }
    forget_draft(&visit, &headers, &view.case.service, view.case.filed_at).await?;
    let def = &view.service.definition;
    let clock = |run: &madang_form::ClockRun| -> Option<Value> {
        let clock = def.clock(&run.clock)?;
        Some(json!({
            "name": clock.name, "date": run.due_on.map(|d| d.to_string()).unwrap_or_default(),
            "term": madang_form::timeline::term(clock, visit.locale),
            "why_href": address::under(&visit, &view.case.number, &format!("why/{}", clock.id)),
        }))
    };
    let secret = carried.filter(|carried| carried.fresh).map(|carried| carried.code).unwrap_or_default();
    let told =
        if visit.person().is_some() || view.case.mail.is_some() { "receipt-told-mail" } else { "receipt-told-code" };
    let proof_href = address::under(&visit, &view.case.number, "receipts/1");
    let mut response = Page::new(&visit, "services/receipt.html").render(&json!({
        "proof_href": proof_href,
        "number": view.case.number, "case_href": address::case(&visit, &view.case.number), "secret": secret,
        "service": { "name": def.name, "case_name": def.case_name, "after": shapes::some(&def.filing.after) },
        "clocks": view.clocks.iter().filter_map(clock).collect::<Vec<_>>(), "told": words(&visit, told, &[]),
    }))?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// What was sent is no draft any more; one that was begun since stays.
async fn forget_draft(
    visit: &Visit,
    headers: &HeaderMap,
    service: &str,
    filed_at: madang_base::Time,
) -> madang_base::Result<()> {
    let Some(owner) = drafts::known(visit, headers) else { return Ok(()) };
    let old = drafts::get(visit, &owner, service).await?.is_some_and(|draft| draft.updated_at <= filed_at);
    if old {
        let service = service.to_owned();
        visit.app.db.write(move |tx| draft::discard(tx, &owner, &service)).await?;
    }
    Ok(())
}
