//! Finding a receipt: by its code, of what stands in a case's timeline, of one's own support.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use http::{HeaderMap, StatusCode};
use madang_base::Error;
use madang_cases::service::receipt;
use madang_http::{Outcome, Visit};
use madang_kernel::ledger::ReceiptCode;
use serde_json::json;

use super::super::services::{cases, known_code};
use crate::page::{Page, query_value};

/// A receipt's code as people type and copy it: around it blanks, in it capitals, before it the page's address.
pub(super) fn read(text: &str) -> Option<ReceiptCode> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let text = text.rsplit('/').next().unwrap_or("");
    text.trim_end_matches(".tlog-proof").trim_end_matches(".json").parse().ok()
}

/// The page that asks for a code.
pub async fn show(visit: Visit) -> Outcome {
    match query_value(&visit.query, "code") {
        None => page(&visit, "", ""),
        Some(typed) => match read(&typed) {
            Some(code) => Ok(Redirect::to(&visit.url(&super::path(&code))).into_response()),
            None => page(&visit, &typed, "garbled"),
        },
    }
}

/// Asks for a code; `wrong` says why the one that was given leads nowhere: `garbled` or `unknown`.
pub(super) fn page(visit: &Visit, typed: &str, wrong: &str) -> Outcome {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let typed: String = typed.chars().take(200).collect();
    Page::new(visit, "receipts/find.html").status(status).render(&json!({
        "typed": typed, "wrong": wrong, "action": visit.url("/receipts"), "verify_href": visit.url("/verify"),
        "log_href": visit.url("/log"),
    }))
}

/// To the receipt of what stands in the timeline of a case.
pub async fn of_event(
    visit: Visit,
    Path((_, number, no)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let no = no.parse::<i64>().map_err(|_| Error::not_found("receipt.unknown"))?;
    let (ctx, there, known) = (visit.ctx.clone(), cases(&visit)?, known_code(&visit, &headers, &number));
    let found = visit.app.db.read(move |tx| receipt::of_event(tx, &ctx, &there, &number, no, known.as_deref())).await?;
    Ok(Redirect::to(&visit.url(&super::path(&found))).into_response())
}

/// To the receipt of one's own support.
pub async fn of_support(visit: Visit, Path((_, number)): Path<(String, String)>) -> Outcome {
    let (ctx, there) = (visit.ctx.clone(), cases(&visit)?);
    let found = visit.app.db.read(move |tx| receipt::of_support(tx, &ctx, &there, &number)).await?;
    Ok(Redirect::to(&visit.url(&super::path(&found))).into_response())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn codes_are_read_as_people_copy_them() {
        let code = "00062d1f0a8c40-0123456789abcdef";
        for text in [
            code.to_owned(),
            format!("  {} ", code.to_uppercase()),
            format!("https://gov.example/ko/receipts/{code}"),
            format!("/receipts/{code}.tlog-proof"),
            format!("https://gov.example/en/receipts/{code}/?from=qr"),
        ] {
            assert_eq!(read(&text).map(|code| code.to_string()).as_deref(), Some(code), "{text}");
        }
        for text in ["", "x", "0-0", "00062d1f0a8c40-0123456789abcde", "00062d1f0a8c40_0123456789abcdef", "한글-확인증"]
        {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
