//! A browser without scripts: keeps cookies, finds the form's token, follows no redirect by itself.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request};
use tower::ServiceExt as _;

use super::site::TestSite;

pub struct Browser<'a> {
    site: &'a TestSite,
    pub cookies: BTreeMap<String, String>,
    /// Sent as `Authorization: Bearer …` where it is set.
    pub key: Option<String>,
    /// Sent with every request beside the others.
    pub headers: BTreeMap<&'static str, String>,
    /// Where it comes from; without, from nowhere that is known.
    pub address: Option<SocketAddr>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> String {
        self.header("location").to_owned()
    }

    /// The value of the first hidden field `csrf`; empty when the page has no form.
    pub fn token(&self) -> String {
        between(self.text(), "name=\"csrf\" value=\"", "\"").unwrap_or_default().to_owned()
    }

    /// The six digits that a demonstration's page shows.
    pub fn demo_code(&self) -> String {
        let text = between(self.text(), "notice-info", "</p>").expect("the page shows a code");
        let after = text.split_once("<span>").expect("a text").1;
        after.chars().filter(char::is_ascii_digit).take(6).collect()
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        assert!(self.text().contains(text), "{text:?} is not on the page ({}):\n{}", self.status, self.text());
    }
}

/// What stands between two marks, the first time.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let rest = text.split_once(before)?.1;
    Some(rest.split_once(after)?.0)
}

impl<'a> Browser<'a> {
    pub fn new(site: &'a TestSite) -> Self {
        Self { site, cookies: BTreeMap::new(), key: None, headers: BTreeMap::new(), address: None }
    }

    pub fn has_session(&self) -> bool {
        self.cookies.contains_key("madang_session")
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, "").await
    }

    /// Sends a form with its token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get("/ko/sign-in").await.token();
        let mut all = fields.to_vec();
        all.push(("csrf", &token));
        self.post_without_token(path, &all).await
    }

    pub async fn post_without_token(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form(fields);
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), &body).await
    }

    pub async fn send(&mut self, method: Method, path: &str, media_type: Option<&str>, body: &str) -> Answer {
        self.send_bytes(method, path, media_type, body.as_bytes().to_vec()).await
    }

    pub async fn send_bytes(&mut self, method: Method, path: &str, media_type: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(address));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        // Time passes, so that what comes later is later in every list.
        self.site.clock.advance_seconds(1);
        let request = request.body(Body::from(body)).unwrap();
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            self.keep(cookie.to_str().unwrap());
        }
        let body = to_bytes(body, 1 << 24).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    fn keep(&mut self, cookie: &str) {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            out
        })
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
