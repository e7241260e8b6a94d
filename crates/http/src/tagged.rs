//! Answers with an entity tag: a client that has the same bytes already is told so (RFC 9110, section 13).

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use madang_base::{Error, Result};
use sha2::{Digest, Sha256};

/// The bytes with their tag, or 304 when `headers` name it.
///
/// # Errors
/// `Kind::Internal` for a tag that cannot stand in a header (a defect).
pub fn tagged(headers: &HeaderMap, media_type: &'static str, bytes: Vec<u8>) -> Result<Response> {
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{}\"", digest[..12].iter().map(|b| format!("{b:02x}")).collect::<String>());
    let known = headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let known =
        known.is_some_and(|list| list.split(',').any(|t| t.trim().trim_start_matches("W/") == tag || t.trim() == "*"));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let out = response.headers_mut();
    out.insert(ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(response)
}
