//! Answers with an entity tag, and the parameters of lists.

use axum::response::{IntoResponse, Response};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use madang_base::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A JSON answer; 304 when the client has it already. Public data may be read from any site.
///
/// # Errors
/// `Kind::Internal` when the value cannot be written.
pub fn json(headers: &HeaderMap, value: &impl Serialize) -> Result<Response> {
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{}\"", digest[..12].iter().map(|b| format!("{b:02x}")).collect::<String>());
    let known = headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let known = known.is_some_and(|list| {
        list.split(',').any(|t| matches!(t.trim().trim_start_matches("W/"), t if t == tag || t == "*"))
    });
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    out.insert(ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// `limit` and `after` of a list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Paging {
    limit: Option<String>,
    after: Option<String>,
}

impl Paging {
    #[must_use]
    pub fn of(limit: Option<String>, after: Option<String>) -> Self {
        Self { limit, after }
    }

    /// # Errors
    /// `Kind::Invalid` `api.limit` outside 1 to `most`.
    pub fn limit(&self, most: u32) -> Result<u32> {
        let Some(text) = self.limit.as_deref().filter(|t| !t.is_empty()) else { return Ok(most.min(100)) };
        let wrong = || Error::invalid("api.limit").arg("value", text).arg("most", most).field("limit", "api.limit");
        text.parse::<u32>().ok().filter(|n| (1..=most).contains(n)).ok_or_else(wrong)
    }

    /// The cursor, read as a `T`.
    ///
    /// # Errors
    /// `Kind::Invalid` `api.cursor` when it is none of ours.
    pub fn after<T: std::str::FromStr>(&self) -> Result<Option<T>> {
        let Some(text) = self.after.as_deref().filter(|t| !t.is_empty()) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Error::invalid("api.cursor").arg("value", text).field("after", "api.cursor"))
    }
}
