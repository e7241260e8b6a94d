//! The guard in front of a route, made from the access that the route table names. The services check again, with the
//! object in hand.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use madang_base::Error;

use crate::{Access, Failure, Surface, Visit};

/// Lets the request through or answers in the handler's place.
pub(crate) async fn check(access: Access, surface: Surface, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Failure(Error::internal("the visit is not wired")).into_response();
    };
    match allowed(access, visit) {
        Ok(()) => next.run(request).await,
        Err(error) => refuse(visit, surface, error),
    }
}

fn allowed(access: Access, visit: &Visit) -> Result<(), Error> {
    match access {
        Access::Public => Ok(()),
        Access::SignedIn if visit.person().is_some() => Ok(()),
        Access::SignedIn => Err(Error::unauthenticated("permission.sign-in")),
        Access::May(verb, object) => visit.ctx.may_anywhere(verb, object),
    }
}

/// A page sends its visitor to the sign-in page or to the second factor and back again; an API says so.
fn refuse(visit: &Visit, surface: Surface, error: Error) -> Response {
    if surface == Surface::Page {
        let page = match error.code() {
            "permission.sign-in" => Some("/sign-in"),
            "permission.second-factor" => Some("/sign-in/second-factor"),
            _ => None,
        };
        if let Some(page) = page {
            let mut back = visit.url(&visit.path);
            if !visit.query.is_empty() {
                back = format!("{back}?{}", visit.query);
            }
            let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
            return Redirect::to(&format!("{}?{query}", visit.url(page))).into_response();
        }
    }
    Failure(error).into_response()
}
