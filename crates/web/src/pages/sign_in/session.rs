//! The session's cookie, and where somebody goes who has just signed in.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderValue;
use http::header::SET_COOKIE;
use madang_base::{Error, Result, Time};
use madang_http::{App, Cookie, Input, Outcome, SESSION_COOKIE, Visit};
use madang_identity::{Factor, Options, SignedIn, session};

use crate::page::done;
use crate::pages::site::local;

/// What identity wants to know about this site.
pub(crate) fn identity_options(visit: &Visit) -> Options {
    let site = &visit.app.site;
    Options { site: site.name.get(visit.locale).to_owned(), demo: site.demo }
}

/// Adds a cookie to an answer.
pub(super) fn set(visit: &Visit, mut response: Response, cookie: &Cookie) -> Result<Response> {
    let value = HeaderValue::from_str(&cookie.header(visit.app.site.secure_cookies)).map_err(Error::internal)?;
    response.headers_mut().append(SET_COOKIE, value);
    Ok(response)
}

/// The answer with the session's secret in a cookie that lasts as long as the session may.
pub(crate) fn give(visit: &Visit, response: Response, token: &str, until: Time) -> Result<Response> {
    let max_age = Some(until.seconds_since(visit.ctx.now).max(1));
    set(visit, response, &Cookie { name: SESSION_COOKIE, value: token.to_owned(), max_age })
}

/// The answer that takes the session's cookie away.
pub(crate) fn take_away(visit: &Visit, response: Response) -> Result<Response> {
    set(visit, response, &Cookie::gone(SESSION_COOKIE))
}

/// The page that somebody asked to come back to; the own page when none was.
pub(super) fn way_back(visit: &Visit, address: &str) -> String {
    if address.is_empty() { visit.url("/me") } else { local(visit, address) }
}

/// After signing in: the second factor when it is due, else the page that was asked for.
pub(super) fn enter(visit: &Visit, signed_in: &SignedIn) -> Outcome {
    let back = way_back(visit, signed_in.return_to.as_deref().unwrap_or(""));
    let response = onward(visit, signed_in.factor, &back);
    Ok(give(visit, response, &signed_in.token, signed_in.device.expires_at)?)
}

/// The next page for a session that stands so with its second factor.
pub(crate) fn onward(visit: &Visit, factor: Factor, back: &str) -> Response {
    let query = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
    let to = match factor {
        Factor::NotNeeded | Factor::Passed => back.to_owned(),
        Factor::ToCheck => format!("{}?{query}", visit.url("/sign-in/second-factor")),
        Factor::ToEnrol => format!("{}?{query}", visit.url("/me/security/totp")),
    };
    Redirect::to(&to).into_response()
}

/// Signs out here; without a session there is nothing to do and nothing to complain about.
pub(super) async fn sign_out(State(app): State<App>, visit: Visit, _: Input) -> Outcome {
    if let Some(session) = visit.session.clone() {
        app.db.write(move |tx| session::sign_out(tx, &session)).await?;
    }
    Ok(take_away(&visit, done(&visit, "/", "signed-out"))?)
}
