//! Running the site: accounts and their roles, organisations, jobs, mail, and the log of looks at personal data.
//!
//! Every page that shows somebody's data asks for a reason first and writes the look down.

mod access_log;
mod accounts;
mod acts;
mod jobs;
mod organisations;
mod outbox;
mod overview;

use axum::routing::{get, post};
use madang_http::{Access, Route};
use madang_kernel::{ObjectKind, Verb};
use serde_json::{Value, json};

const ACCOUNTS: Access = Access::May(Verb::Manage, ObjectKind::Account);
const ROLES: Access = Access::May(Verb::Manage, ObjectKind::Membership);
const ORGANISATIONS: Access = Access::May(Verb::Manage, ObjectKind::Organisation);
const MAIL: Access = Access::May(Verb::Read, ObjectKind::Mail);
const JOBS: Access = Access::May(Verb::Read, ObjectKind::Job);
/// Everybody may read the looks at the own data; the whole log is exported by those who review it.
const LOG: Access = Access::May(Verb::Export, ObjectKind::AccessLog);

pub fn routes() -> Vec<Route> {
    vec![
        Route::page("/{lang}/admin", ACCOUNTS, get(overview::show)),
        Route::page("/{lang}/admin/accounts", ACCOUNTS, get(accounts::list)),
        Route::page("/{lang}/admin/accounts/{account}", ACCOUNTS, get(accounts::view)),
        Route::form("/{lang}/admin/accounts/{account}/roles", ROLES, post(acts::give_role)),
        Route::form("/{lang}/admin/accounts/{account}/roles/remove", ROLES, post(acts::take_role)),
        Route::form("/{lang}/admin/accounts/{account}/block", ACCOUNTS, post(acts::block)),
        Route::form("/{lang}/admin/accounts/{account}/unblock", ACCOUNTS, post(acts::unblock)),
        Route::form("/{lang}/admin/accounts/{account}/sign-out", ACCOUNTS, post(acts::sign_out)),
        Route::form("/{lang}/admin/accounts/{account}/reset-factor", ACCOUNTS, post(acts::reset_factor)),
        Route::page("/{lang}/admin/organisations", ORGANISATIONS, get(organisations::list)),
        Route::form(
            "/{lang}/admin/organisations",
            Access::May(Verb::Create, ObjectKind::Organisation),
            post(organisations::create),
        ),
        Route::page("/{lang}/admin/organisations/{organisation}", ORGANISATIONS, get(organisations::view)),
        Route::form(
            "/{lang}/admin/organisations/{organisation}",
            Access::May(Verb::Edit, ObjectKind::Organisation),
            post(organisations::edit),
        ),
        Route::page("/{lang}/admin/jobs", JOBS, get(jobs::list)),
        Route::form("/{lang}/admin/jobs/{job}/retry", Access::May(Verb::Retry, ObjectKind::Job), post(jobs::retry)),
        Route::form("/{lang}/admin/jobs/{job}/delete", Access::May(Verb::Delete, ObjectKind::Job), post(jobs::delete)),
        Route::page("/{lang}/admin/outbox", MAIL, get(outbox::list)),
        Route::page("/{lang}/admin/outbox/{mail}", MAIL, get(outbox::view)),
        // In a demonstration the outbox is every visitor's letter-box; elsewhere these two are not found.
        Route::page("/{lang}/outbox", Access::Public, get(outbox::public_list)),
        Route::page("/{lang}/outbox/{mail}", Access::Public, get(outbox::public_view)),
        Route::page("/{lang}/admin/access-log", LOG, get(access_log::list)),
        Route::page("/{lang}/admin/access-log.csv", LOG, get(access_log::csv)),
    ]
}

/// Keyset paging has no numbers: to the first page, and onward.
fn pager(here: &str, first_page: bool, next: Option<String>) -> Value {
    let with = |id: String| {
        let mark = if here.contains('?') { '&' } else { '?' };
        format!("{here}{mark}before={id}")
    };
    json!({ "first": (!first_page).then(|| here.to_owned()), "previous": Value::Null, "next": next.map(with) })
}

/// An address of this page with these parameters, the empty ones left out.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let said: Vec<_> = parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(said).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Options of a list to choose from: value and label.
fn options(choices: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<Value> {
    choices
        .into_iter()
        .map(|(value, label)| json!({ "selected": value == chosen, "value": value, "label": label }))
        .collect()
}
