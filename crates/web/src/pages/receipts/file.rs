//! A receipt as files for other programs: the proof (C2SP tlog-proof@v1) and the leaf that it proves.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, RETRY_AFTER,
};
use madang_base::Error;
use madang_http::{Outcome, Visit};
use madang_tlog::ProofFile;

use super::stand::{self, Proven, Stand};

/// `CODE.tlog-proof` is the proof against the newest checkpoint, `CODE.json` the leaf byte for byte, `CODE` leads to the
/// page.
pub async fn show(visit: Visit, Path(file): Path<String>) -> Outcome {
    let unknown = || Error::not_found("receipt.unknown");
    let (code, ending) = file.split_once('.').unwrap_or((&file, ""));
    let code: madang_kernel::ledger::ReceiptCode = code.to_ascii_lowercase().parse().map_err(|_| unknown())?;
    if ending.is_empty() {
        return Ok(Redirect::to(&visit.url(&super::path(&code))).into_response());
    }
    if ending != "tlog-proof" && ending != "json" {
        return Err(unknown().into());
    }
    let proven = match stand::of(&visit, &code).await? {
        Stand::Unknown => return Err(unknown().into()),
        Stand::Waiting => return Ok(not_yet()),
        Stand::Proven(proven) => proven,
    };
    let (body, media_type, cached) = match ending {
        "json" => (proven.opening.entry, "application/json", "public, max-age=31536000, immutable"),
        // A newer checkpoint, or another witness, makes another file. The leaf comes along, so that one file is enough.
        _ => (whole(*proven), "text/plain; charset=utf-8", "public, max-age=2"),
    };
    let mut response = body.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let name = format!("attachment; filename=\"{code}.{ending}\"");
    out.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    Ok(response)
}

fn whole(proven: Proven) -> String {
    ProofFile { extra: Some(proven.opening.entry.into_bytes()), ..proven.proof }.to_string()
}

/// Recorded, and not yet under a signed checkpoint: to be asked for again.
fn not_yet() -> axum::response::Response {
    let mut response = (StatusCode::ACCEPTED, "not yet under a signed checkpoint\n").into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    out.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
