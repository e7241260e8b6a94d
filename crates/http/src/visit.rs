//! The visit: who asks, in which language, from which page. Made once for each request.

use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use http::request::Parts;
use madang_base::{Error, Locale};
use madang_identity::session::Session;
use madang_kernel::{Actor, Ctx, ObjectKind, Owner, Verb};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::cookie::{self, Cookie, FORM_COOKIE, PREFERENCES_COOKIE};
use crate::{App, Failure};

/// What a visitor chose about how pages look; kept in the preferences cookie as `large.dark`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub text: &'static str,
    pub mode: &'static str,
}

impl Preferences {
    pub const TEXTS: [&'static str; 3] = ["normal", "large", "larger"];
    pub const MODES: [&'static str; 3] = ["auto", "light", "dark"];

    /// Reads the cookie; what is not known falls back to the first of each list.
    #[must_use]
    pub fn parse(cookie: &str) -> Self {
        let (text, mode) = cookie.split_once('.').unwrap_or((cookie, ""));
        let pick = |list: [&'static str; 3], word: &str| list.into_iter().find(|w| *w == word).unwrap_or(list[0]);
        Self { text: pick(Self::TEXTS, text), mode: pick(Self::MODES, mode) }
    }
}

impl std::fmt::Display for Preferences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.text, self.mode)
    }
}

/// One request's visitor.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

/// What a [`Visit`] holds.
pub struct Inner {
    pub app: App,
    pub ctx: Ctx,
    pub session: Option<Session>,
    pub locale: Locale,
    /// The path after the language: `/plans/kr-2021`.
    pub path: String,
    /// The query without its question mark; may be empty.
    pub query: String,
    pub preferences: Preferences,
    /// A hash of the network the request came from, for rate limits. Of what is done it is stored with a support alone, for
    /// thirty days, to find bursts.
    pub network: String,
    pub user_agent: String,
    sent_seed: Option<String>,
    new_seed: OnceLock<String>,
}

impl std::ops::Deref for Visit {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inner").field("path", &self.path).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Visit {
    /// A visit from its parts; [`crate::router`] calls this for every request.
    pub(crate) fn new(
        app: App,
        ctx: Ctx,
        session: Option<Session>,
        uri: &http::Uri,
        headers: &HeaderMap,
        network: String,
    ) -> Self {
        let (locale, path) = split_locale(uri.path());
        let locale = locale.unwrap_or_else(|| preferred(headers));
        let user_agent = headers.get(http::header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
        Self(Arc::new(Inner {
            ctx: Ctx { locale, ..ctx },
            app,
            session,
            locale,
            path: path.to_owned(),
            query: uri.query().unwrap_or("").to_owned(),
            preferences: Preferences::parse(cookie::read(headers, PREFERENCES_COOKIE).unwrap_or("")),
            network,
            user_agent: user_agent.chars().take(200).collect(),
            sent_seed: cookie::read(headers, FORM_COOKIE).map(str::to_owned),
            new_seed: OnceLock::new(),
        }))
    }

    /// The person who is signed in.
    #[must_use]
    pub fn person(&self) -> Option<&madang_kernel::Person> {
        match &self.ctx.actor {
            Actor::Person(person) => Some(person),
            Actor::Anonymous | Actor::System => None,
        }
    }

    /// Whether there can be an object of this kind to which the visitor may do this: one of the own, one of an
    /// organisation that the visitor speaks for, or one whose secret the visitor shows.
    ///
    /// # Errors
    /// Those of [`Ctx::require`].
    pub fn may_somewhere(&self, verb: Verb, object: ObjectKind) -> Result<(), Error> {
        // Whoever shows the secret of a thing may do this and that to it without being anybody.
        let Some(person) = self.person() else { return self.ctx.require(verb, object, Some(Owner::Bearer)) };
        let own = self.ctx.require(verb, object, Some(Owner::Account(person.account)));
        if own.as_ref().is_err_and(|error| error.code() == "permission.denied") {
            let organisations: Vec<_> = person.grants.iter().filter_map(|grant| grant.organisation).collect();
            return self.ctx.require(verb, object, Some(Owner::Organisations(&organisations)));
        }
        own
    }

    /// The name of the account that is signed in, in the page's language; empty when nobody is or it has none.
    #[must_use]
    pub fn account_name(&self) -> String {
        self.session.as_ref().map_or_else(String::new, |session| session.name.get(self.locale).to_owned())
    }

    /// The value of the hidden field `csrf` of a form on this page. Asking for it gives a visitor without a session a
    /// cookie, so pages without a form do not ask.
    #[must_use]
    pub fn form_token(&self) -> String {
        let seed = match (&self.session, &self.sent_seed) {
            (Some(session), _) => session.id.to_string(),
            (None, Some(seed)) => seed.clone(),
            (None, None) => self.new_seed.get_or_init(|| self.app.rng.token()).clone(),
        };
        self.token_of(&seed)
    }

    fn token_of(&self, seed: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.app.keys.session).expect("HMAC takes keys of any length");
        mac.update(b"form-token\0");
        mac.update(seed.as_bytes());
        mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Whether `token` was given to this visitor.
    pub(crate) fn check_form_token(&self, token: &str) -> Result<(), Error> {
        let seed = match (&self.session, &self.sent_seed) {
            (Some(session), _) => Some(session.id.to_string()),
            (None, seed) => seed.clone(),
        };
        let holds = seed.is_some_and(|seed| self.token_of(&seed).as_bytes().ct_eq(token.as_bytes()).into());
        if holds { Ok(()) } else { Err(Error::forbidden("form.token")) }
    }

    /// The cookie that goes with a form token made during this request.
    pub(crate) fn new_form_cookie(&self) -> Option<Cookie> {
        self.new_seed.get().map(|seed| Cookie { name: FORM_COOKIE, value: seed.clone(), max_age: None })
    }

    /// Whether the address names a language in which there are pages.
    pub(crate) fn in_a_language(&self, uri_path: &str) -> bool {
        self.path != uri_path
    }

    /// The session of this request.
    ///
    /// # Errors
    /// `Kind::Unauthenticated` with code `permission.sign-in` when there is none; a program's key is not one.
    pub fn signed_in(&self) -> Result<&Session, Error> {
        self.session.as_ref().ok_or_else(|| Error::unauthenticated("permission.sign-in"))
    }

    /// A path of this site in the visitor's language: `url("/plans")` is `/ko/plans`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("/{}{path}", self.locale)
    }
}

/// Splits `/ko/plans` into the language and the rest.
fn split_locale(path: &str) -> (Option<Locale>, &str) {
    let rest = path.strip_prefix('/').unwrap_or(path);
    let (first, _) = rest.split_once('/').unwrap_or((rest, ""));
    match first.parse::<Locale>() {
        Ok(locale) => (
            Some(locale),
            match &path[1 + first.len()..] {
                "" => "/",
                rest => rest,
            },
        ),
        Err(_) => (None, path),
    }
}

/// The page language that the browser asks for first; Korean when it asks for none of ours.
pub(crate) fn preferred(headers: &HeaderMap) -> Locale {
    let asked = headers.get(http::header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let mut best = (0.0_f32, Locale::Ko);
    for part in asked.split(',') {
        let (tag, weight) =
            part.trim().split_once(";q=").map_or((part.trim(), 1.0), |(t, q)| (t, q.parse().unwrap_or(0.0)));
        let primary = tag.split('-').next().unwrap_or("").to_ascii_lowercase();
        if let Ok(locale) = primary.parse::<Locale>()
            && weight > best.0
        {
            best = (weight, locale);
        }
    }
    best.1
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure(Error::internal("the visit is not wired")))
    }
}
