//! The route table and the router made from it.

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderValue, SET_COOKIE};
use http::{HeaderMap, Method, StatusCode};
use madang_base::{Error, Locale};
use madang_db::Tx;
use madang_identity::session::Session;
use madang_identity::{api_key, session};
use madang_kernel::{Actor, Ctx, ObjectKind, Verb};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

use crate::{App, Failure, Visit, cookie, failure, guard, security};

/// What a visitor must be to reach a route. The service behind it checks again, with the object in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Anybody who is signed in, also before the second factor.
    SignedIn,
    /// Whoever holds a role that the permission table allows this, for at least some object.
    May(Verb, ObjectKind),
}

/// Whose errors and refusals a route speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// HTML for people: refusals lead to the sign-in page.
    Page,
    /// A machine's interface: problem documents.
    Api,
    /// Files and images that other sites may embed.
    Embed,
}

/// One row of the table.
pub struct Route {
    pub method: Method,
    /// The path as axum writes it: `/{lang}/plans/{plan}`.
    pub path: &'static str,
    pub access: Access,
    pub surface: Surface,
    /// The largest body in bytes.
    pub body_limit: usize,
    pub handler: MethodRouter<App>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {:?} {:?}", self.method, self.path, self.access, self.surface)
    }
}

const FORM_LIMIT: usize = 1 << 20;
/// Forms with files are read so many times beyond their limit before the connection is given up: what is too much is not
/// kept, but the fields around it are.
const READ_ON: usize = 6;

/// How much of a form's body a page keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget(pub usize);

impl Route {
    /// A page that is read.
    pub fn page(path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self { method: Method::GET, path, access, surface: Surface::Page, body_limit: FORM_LIMIT, handler }
    }

    /// A form that is sent.
    pub fn form(path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self { method: Method::POST, ..Self::page(path, access, handler) }
    }

    /// A machine's request.
    pub fn api(method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self { method, surface: Surface::Api, ..Self::page(path, access, handler) }
    }

    /// A file or an image that other sites may show.
    pub fn embed(path: &'static str, handler: MethodRouter<App>) -> Self {
        Self { surface: Surface::Embed, ..Self::page(path, Access::Public, handler) }
    }

    /// The same route with room for files.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
    }
}

/// The router for a table. Every request passes, from outside in: headers and cookies, the visit (who asks), the
/// route's guard, the handler; on the way back an error is filled in as a page or as a problem document.
pub fn router(app: App, routes: Vec<Route>) -> Router {
    let read_to = |route: &Route| {
        let pages_with_files = route.surface == Surface::Page && route.body_limit > FORM_LIMIT;
        if pages_with_files { route.body_limit.saturating_mul(READ_ON) } else { route.body_limit }
    };
    let mut router = Router::new();
    for route in routes {
        let (access, surface) = (route.access, route.surface);
        let localized = route.path.starts_with("/{lang}");
        let (read_to, kept) = (read_to(&route), Budget(route.body_limit));
        let handler = route.handler.layer(DefaultBodyLimit::max(read_to)).layer(from_fn(
            move |mut request: Request, next: Next| {
                request.extensions_mut().insert(kept);
                guarded(access, surface, localized, request, next)
            },
        ));
        router = router.route(route.path, handler);
    }
    router
        .fallback(|| async { Failure(Error::not_found("page.unknown")) })
        .method_not_allowed_fallback(|| async {
            (StatusCode::METHOD_NOT_ALLOWED, Failure(Error::not_found("page.method")))
        })
        .layer(from_fn_with_state(app.clone(), visit))
        .with_state(app)
}

async fn guarded(access: Access, surface: Surface, localized: bool, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return Failure(Error::internal("the visit is not wired")).into_response();
    };
    let response = if localized && !visit.in_a_language(request.uri().path()) {
        Failure(Error::not_found("page.unknown")).into_response()
    } else {
        guard::check(access, surface, request, next).await
    };
    let mut response = failure::fill(&visit, surface, failure::of_extractor(response));
    security::add(&mut response, visit.app.site.secure_cookies, surface == Surface::Embed);
    response
}

fn surface_of(path: &str) -> Surface {
    if path.starts_with("/api/") { Surface::Api } else { Surface::Page }
}

async fn visit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let surface = surface_of(request.uri().path());
    let reads_only = request.method().is_safe();
    let who = identify(&app, request.headers(), surface == Surface::Page || reads_only).await;
    let (actor, session, failed) = match who {
        Ok((actor, session)) => (actor, session, None),
        Err(error) => (Actor::Anonymous, None, Some(error)),
    };
    let ctx =
        Ctx { actor, now: app.clock.now(), rng: app.rng.clone(), locale: Locale::default(), keys: app.keys.clone() };
    if let Some(session) = session.as_ref().filter(|session| session.touch) {
        note_seen(&app, &ctx, session);
    }
    let network = network_of(&app, &request);
    let visit = Visit::new(app.clone(), ctx, session, request.uri(), request.headers(), network);
    request.extensions_mut().insert(visit.clone());
    let response = match failed {
        Some(error) => Failure(error).into_response(),
        None => next.run(request).await,
    };
    let mut response = failure::fill(&visit, surface, response);
    security::add(&mut response, app.site.secure_cookies, false);
    if visit.person().is_some() && !response.headers().contains_key(CACHE_CONTROL) {
        // What a signed-in person saw stays neither in a proxy nor in the browser of a shared computer.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    if let Some(cookie) = visit.new_form_cookie()
        && let Ok(value) = HeaderValue::from_str(&cookie.header(app.site.secure_cookies))
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// Who asks: the bearer of an API key, the holder of a session, or nobody. A visitor without either costs no query.
///
/// An API changes things for the bearer of a key only: a session's cookie comes along with whatever another page sends.
async fn identify(app: &App, headers: &HeaderMap, by_cookie: bool) -> Result<(Actor, Option<Session>), Error> {
    let now = app.clock.now();
    // Credentials of another scheme are meant for somebody else (a proxy that asks for a password) and count for nothing.
    let bearer = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).and_then(|v| {
        v.split_at_checked(7).filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"Bearer ")).map(|(_, secret)| secret)
    });
    if let Some(secret) = bearer {
        let secret = String::from_utf8_lossy(secret).trim().to_owned();
        let found = app.db.read(move |tx| api_key::find(tx, &secret, now)).await?;
        let (key, person) = found.ok_or_else(|| Error::unauthenticated("api-key.unknown"))?;
        if key.last_used_on.as_deref() != Some(now.kst_date().to_string().as_str()) {
            aside(app, "a key's day", move |tx| api_key::used(tx, &key, now));
        }
        return Ok((Actor::Person(person), None));
    }
    let Some(token) = cookie::read(headers, cookie::SESSION_COOKIE).filter(|_| by_cookie) else {
        return Ok((Actor::Anonymous, None));
    };
    let token = token.to_owned();
    let found = app.db.read(move |tx| session::find(tx, &token, now)).await?;
    Ok(match found {
        Some((session, person)) => (Actor::Person(person), Some(session)),
        None => (Actor::Anonymous, None),
    })
}

fn note_seen(app: &App, ctx: &Ctx, session: &Session) {
    let (ctx, session) = (ctx.clone(), session.clone());
    aside(app, "a visit", move |tx| session::touch(tx, &ctx, &session));
}

/// A small write that nobody waits for.
fn aside<F>(app: &App, what: &'static str, work: F)
where
    F: Fn(&mut Tx) -> Result<(), Error> + Send + 'static,
{
    let db = app.db.clone();
    tokio::spawn(async move {
        if let Err(error) = db.write(work).await {
            tracing::warn!(%error, what, "could not be written down");
        }
    });
}

/// The network a request came from (IPv4 /24, IPv6 /48), hashed with the site's key: enough for a rate limit, useless
/// for finding a person.
fn network_of(app: &App, request: &Request) -> String {
    let Some(ConnectInfo(address)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
        return String::new();
    };
    let prefix = match address.ip() {
        std::net::IpAddr::V4(ip) => ip.octets()[..3].to_vec(),
        std::net::IpAddr::V6(ip) => ip.octets()[..6].to_vec(),
    };
    let digest = Sha256::new().chain_update(app.keys.session).chain_update(b"network").chain_update(prefix).finalize();
    digest[..8].iter().map(|b| format!("{b:02x}")).collect()
}

/// The path pattern that a request matched, for logs and figures.
#[must_use]
pub fn matched_path(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str)
}
