//! Signing in and out: by a link in a mail ([`mail`]), with an identity provider ([`provider`]), as one of the
//! demonstration's accounts ([`demo`]), and the second factor ([`factor`]).
//!
//! A session's secret leaves in a cookie and nowhere else. Opening a link changes nothing; its button does.

mod demo;
mod factor;
mod mail;
mod provider;
mod session;

pub(crate) use session::{give, identity_options, onward, take_away};

use axum::routing::{get, post};
use madang_http::{Access, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::page("/{lang}/sign-in", Access::Public, get(mail::form)),
        Route::form("/{lang}/sign-in", Access::Public, post(mail::send)),
        Route::page("/{lang}/sign-in/link/{token}", Access::Public, get(mail::open)),
        Route::form("/{lang}/sign-in/link/{token}", Access::Public, post(mail::redeem)),
        Route::form("/{lang}/sign-in/demo", Access::Public, post(demo::enter_as)),
        Route::form("/{lang}/sign-in/oidc/{provider}", Access::Public, post(provider::begin)),
        // One address for all languages: providers know it by heart.
        Route::page("/sign-in/oidc/{provider}/return", Access::Public, get(provider::finish)),
        Route::page("/{lang}/sign-in/second-factor", Access::SignedIn, get(factor::form)),
        Route::form("/{lang}/sign-in/second-factor", Access::SignedIn, post(factor::check)),
        Route::form("/{lang}/sign-out", Access::Public, post(session::sign_out)),
    ]
}
