//! Writing: what an agency reports and what an assessor finds, with an API key.

use axum::extract::Path;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, LocalizedText, Result};
use madang_http::{Outcome, Visit};
use madang_plans::model::{Evidence, Side};
use madang_plans::service::assess::{self, AssessInput};
use madang_plans::service::report::{self, ReportInput};
use madang_plans::views;

use super::answer::json;
use super::sent::Sent;
use super::wire::{AssessedOut, AssessmentBody, AssessmentOut, Text, UpdateBody, UpdateOut};
use crate::cases::ReceiptLink;

fn localized(text: &Text) -> LocalizedText {
    text.iter().fold(LocalizedText::default(), |out, (tag, text)| out.with(tag, madang_http::clean(text)))
}

/// A word of a closed list, with the error at its field.
fn word<T: std::str::FromStr<Err = Error>>(field: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|e: Error| {
        let code = e.code();
        e.field(field, code)
    })
}

pub async fn report(
    visit: Visit,
    Path((plan, number, milestone)): Path<(String, String, String)>,
    headers: HeaderMap,
    Sent(sent): Sent<UpdateBody>,
) -> Outcome {
    let mut evidence = Vec::new();
    for item in &sent.evidence {
        evidence.push(Evidence {
            kind: word("evidence", &item.kind)?,
            title: madang_http::clean(&item.title),
            target: madang_http::clean(&item.target),
        });
    }
    let input = ReportInput {
        commitment: String::new(),
        milestone: None,
        period: sent.period,
        claim: word("claim", &sent.claim)?,
        percent: sent.percent,
        text: localized(&sent.text),
        delay_reason: madang_http::clean(&sent.delay_reason),
        evidence,
        uploads: Vec::new(),
    };
    let ctx = visit.ctx.clone();
    let update = visit
        .app
        .db
        .write(move |tx| {
            let commitment = views::commitment_id(tx, &plan, &number)?;
            let milestone = Some(madang_plans::id::milestone(&commitment, &milestone));
            report::report(tx, &ctx, &ReportInput { commitment, milestone, ..input.clone() })
        })
        .await?;
    created(&headers, &UpdateOut::from(&update))
}

pub async fn assess(
    visit: Visit,
    Path((plan, number)): Path<(String, String)>,
    headers: HeaderMap,
    Sent(sent): Sent<AssessmentBody>,
) -> Outcome {
    let input = AssessInput {
        commitment: String::new(),
        side: word::<Side>("side", &sent.side)?,
        organisation: None,
        period: sent.period,
        completion: word("completion", &sent.completion)?,
        ambition: sent.ambition.as_deref().map(|w| word("ambition", w)).transpose()?,
        early_results: sent.early_results.as_deref().map(|w| word("early_results", w)).transpose()?,
        reasons: localized(&sent.reasons),
    };
    let ctx = visit.ctx.clone();
    let assessed = visit
        .app
        .db
        .write(move |tx| {
            let commitment = views::commitment_id(tx, &plan, &number)?;
            assess::assess(tx, &ctx, &AssessInput { commitment, ..input.clone() })
        })
        .await?;
    let receipt = ReceiptLink::new(&visit, assessed.receipt);
    created(&headers, &AssessedOut { assessment: AssessmentOut::from(&assessed.assessment), receipt })
}

fn created(headers: &HeaderMap, value: &impl serde::Serialize) -> Outcome {
    Ok((StatusCode::CREATED, json(headers, value)?).into_response())
}
