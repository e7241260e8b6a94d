//! The guard in front of a route, made from the access that the route table names. The services check again, with the
//! object in hand.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::Method;
use madang_base::Error;
use madang_identity::Factor;

use crate::{Access, Failure, Surface, Visit};

/// Lets the request through or answers in the handler's place.
pub(crate) async fn check(access: Access, surface: Surface, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Failure(Error::internal("the visit is not wired")).into_response();
    };
    match allowed(access, visit) {
        Ok(()) => next.run(request).await,
        Err(error) => refuse(visit, request.method(), surface, error),
    }
}

fn allowed(access: Access, visit: &Visit) -> Result<(), Error> {
    match access {
        Access::Public => Ok(()),
        Access::SignedIn if visit.person().is_some() => Ok(()),
        Access::SignedIn => Err(Error::unauthenticated("permission.sign-in")),
        Access::May(verb, object) => visit.may_somewhere(verb, object),
    }
}

/// A page sends its visitor to the sign-in page or to the second factor and back again; an API says so.
fn refuse(visit: &Visit, method: &Method, surface: Surface, error: Error) -> Response {
    if surface == Surface::Page
        && let Some(page) = way(visit, &error)
    {
        let mut to = visit.url(page);
        if method.is_safe() {
            let mut back = visit.url(&visit.path);
            if !visit.query.is_empty() {
                back = format!("{back}?{}", visit.query);
            }
            let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
            to = format!("{to}?{query}");
        }
        return Redirect::to(&to).into_response();
    }
    Failure(error).into_response()
}

/// The page behind which the refusal may end.
fn way(visit: &Visit, error: &Error) -> Option<&'static str> {
    match error.code() {
        "permission.sign-in" => Some("/sign-in"),
        "permission.second-factor" => Some("/sign-in/second-factor"),
        // Who has a second factor and has not presented it comes without any scope.
        "permission.scope" if visit.session.as_ref().is_some_and(|s| s.factor == Factor::ToCheck) => {
            Some("/sign-in/second-factor")
        }
        _ => None,
    }
}
