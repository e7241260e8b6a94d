//! Cookies, read and written. Six exist: the session, the seed of the form token for visitors without a session, the
//! journey to an identity provider, the preferences (text size), the drafts that a browser has begun without an account,
//! and the case that somebody opened with its secret code. None is used to recognise a visitor beyond that.

use http::HeaderMap;
use http::header::COOKIE;

/// The session's secret. `HttpOnly`, `SameSite=Lax`.
pub const SESSION_COOKIE: &str = "madang_session";
/// The seed of the form token of a visitor without a session.
pub const FORM_COOKIE: &str = "madang_form";
/// Ties a journey to an identity provider to the browser that began it.
pub const JOURNEY_COOKIE: &str = "madang_journey";
/// Text size and the like; no secret.
pub const PREFERENCES_COOKIE: &str = "madang_preferences";
/// The token of drafts that were begun without an account.
pub const DRAFT_COOKIE: &str = "madang_draft";
/// Number and secret code of a case that was opened with them, sealed.
pub const CASE_COOKIE: &str = "madang_case";

/// A cookie to set.
#[derive(Clone, Debug)]
pub struct Cookie {
    pub name: &'static str,
    pub value: String,
    /// Seconds until it ends; 0 removes it, none lets it end with the browser.
    pub max_age: Option<i64>,
}

impl Cookie {
    /// This cookie, gone.
    #[must_use]
    pub fn gone(name: &'static str) -> Self {
        Self { name, value: String::new(), max_age: Some(0) }
    }

    /// The header's value. Every cookie is for the whole site, kept from scripts and from other sites' posts.
    #[must_use]
    pub fn header(&self, secure: bool) -> String {
        let mut out = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", self.name, self.value);
        if let Some(seconds) = self.max_age {
            out.push_str(&format!("; Max-Age={seconds}"));
        }
        if secure {
            out.push_str("; Secure");
        }
        out
    }
}

/// The value of a cookie that the browser sent, when it is made of plain characters only.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .filter(|value| {
            value.len() <= 400 && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        })
}
