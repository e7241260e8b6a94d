//! Answers with an entity tag, and the parameters of lists.

use axum::response::Response;
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use http::{HeaderMap, HeaderValue};
use madang_base::{Error, Result};
use serde::{Deserialize, Serialize};

/// A JSON answer; 304 when the client has it already. Public data may be read from any site.
///
/// # Errors
/// `Kind::Internal` when the value cannot be written.
pub fn json(headers: &HeaderMap, value: &impl Serialize) -> Result<Response> {
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    let mut response = madang_http::tagged(headers, "application/json", bytes)?;
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
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
