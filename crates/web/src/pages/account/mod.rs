//! One's own pages: who I am here ([`profile`]), where I am signed in and with what keys ([`security`], [`enrol`]), what
//! the site keeps about me and how it goes away ([`data`]), who looked at it ([`looks`]).

mod data;
mod enrol;
pub(crate) mod looks;
mod profile;
mod security;

use axum::routing::{get, post};
use madang_http::{Access, Route};
use madang_kernel::{ObjectKind, Verb};

const READ: Access = Access::May(Verb::Read, ObjectKind::Account);
const EDIT: Access = Access::May(Verb::Edit, ObjectKind::Account);
const SESSIONS: Access = Access::May(Verb::Read, ObjectKind::Session);
const END_SESSION: Access = Access::May(Verb::Delete, ObjectKind::Session);
const FACTOR: Access = Access::May(Verb::Manage, ObjectKind::SecondFactor);

pub fn routes() -> Vec<Route> {
    vec![
        Route::page("/{lang}/me", READ, get(profile::show)),
        Route::form("/{lang}/me", EDIT, post(profile::edit)),
        Route::form("/{lang}/me/address", EDIT, post(profile::change_address)),
        Route::page("/{lang}/me/security", SESSIONS, get(security::show)),
        Route::form("/{lang}/me/security/sessions/{session}/end", END_SESSION, post(security::end)),
        Route::form("/{lang}/me/security/sign-out-everywhere", END_SESSION, post(security::end_all)),
        Route::form(
            "/{lang}/me/security/keys",
            Access::May(Verb::Create, ObjectKind::ApiKey),
            post(security::make_key),
        ),
        Route::form(
            "/{lang}/me/security/keys/{key}/revoke",
            Access::May(Verb::Delete, ObjectKind::ApiKey),
            post(security::revoke_key),
        ),
        Route::page("/{lang}/me/security/totp", FACTOR, get(enrol::form)),
        Route::form("/{lang}/me/security/totp", FACTOR, post(enrol::confirm)),
        Route::form("/{lang}/me/security/recovery", FACTOR, post(enrol::new_codes)),
        Route::form("/{lang}/me/security/totp/remove", FACTOR, post(enrol::remove)),
        Route::page("/{lang}/me/data", Access::May(Verb::Export, ObjectKind::Account), get(data::export)),
        Route::page("/{lang}/me/looks", Access::May(Verb::Read, ObjectKind::AccessLog), get(looks::show)),
        Route::page("/{lang}/me/delete", Access::May(Verb::Delete, ObjectKind::Account), get(data::confirm)),
        Route::form("/{lang}/me/delete", Access::May(Verb::Delete, ObjectKind::Account), post(data::delete)),
    ]
}
