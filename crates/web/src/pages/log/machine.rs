//! The log's files, for programs: verifiers, witnesses, mirrors. Open to every origin, without a cookie.

use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use madang_base::{Error, Kind, Result};
use madang_http::{Failure, Outcome, Visit, tagged};
use madang_tlog::tile::Resource;

/// A tile never changes: its name says what is in it.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NEVER: HeaderValue = HeaderValue::from_static("no-store");
const EVERYBODY: HeaderValue = HeaderValue::from_static("*");
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
/// What a proof file is called after the index.
const PROOF: &str = ".tlog-proof";

/// The newest signed checkpoint, with what witnesses have added.
pub async fn checkpoint(visit: Visit, headers: HeaderMap) -> Outcome {
    Ok(open(newest(&visit).await.and_then(|note| tagged(&headers, TEXT, note.into_bytes()))))
}

async fn newest(visit: &Visit) -> Result<String> {
    let log = super::log(visit).ok_or_else(unknown)?;
    Ok(log.published().await?.ok_or_else(unknown)?.note)
}

/// The verifier keys, one a line, the one that signs now first.
pub async fn key(visit: Visit, headers: HeaderMap) -> Outcome {
    Ok(open(keys(&visit).await.and_then(|text| tagged(&headers, TEXT, text.into_bytes()))))
}

async fn keys(visit: &Visit) -> Result<String> {
    let log = super::log(visit).ok_or_else(unknown)?;
    let keys = log.keys().await?;
    if keys.is_empty() {
        return Err(unknown());
    }
    Ok(keys.iter().rev().fold(String::new(), |text, key| text + &key.vkey + "\n"))
}

/// A tile or an entry bundle.
pub async fn tile(visit: Visit, Path(path): Path<String>) -> Outcome {
    let found = file(&visit, &path).await.map(|bytes| {
        let mut response = Body::from(bytes).into_response();
        response.headers_mut().insert(CONTENT_TYPE, BYTES);
        response.headers_mut().insert(CACHE_CONTROL, FOR_EVER);
        response
    });
    Ok(open(found))
}

async fn file(visit: &Visit, path: &str) -> Result<bytes::Bytes> {
    // Strict: of each file there is one spelling, and nothing else is looked for.
    let resource: Resource = format!("tile/{path}").parse().map_err(|error| unknown().source(error))?;
    let log = super::log(visit).ok_or_else(unknown)?;
    log.resource(&resource).await?.ok_or_else(unknown)
}

/// The proof of a record as a file (C2SP tlog-proof).
pub async fn proof(visit: Visit, Path(file): Path<String>, headers: HeaderMap) -> Outcome {
    let found = proof_file(&visit, &file).await.and_then(|text| {
        let mut response = tagged(&headers, TEXT, text.into_bytes())?;
        let name = format!("attachment; filename=\"{file}\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
        Ok(response)
    });
    Ok(open(found))
}

async fn proof_file(visit: &Visit, file: &str) -> Result<String> {
    let index = file.strip_suffix(PROOF).and_then(super::search::index).ok_or_else(unknown)?;
    let log = super::log(visit).ok_or_else(unknown)?;
    Ok(log.proof_file(index).await?.ok_or_else(unknown)?.to_string())
}

fn unknown() -> Error {
    Error::not_found("log.file-unknown")
}

/// Whatever comes of it, programs in browsers of other sites may read it; what failed is asked for again.
fn open(found: Result<Response>) -> Response {
    let mut response = match found {
        Ok(response) => response,
        Err(error) => {
            let error = if error.kind() == Kind::NotFound { unknown().source(error) } else { error };
            let mut response = Failure(error).into_response();
            response.headers_mut().insert(CACHE_CONTROL, NEVER);
            response
        }
    };
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, EVERYBODY);
    response
}
