//! The citizens' pages of services and cases: what there is to say, filing, looking up, reading, supporting, acting.
//!
//! Forms are made from a service's definition ([`fields`]); what is typed is kept as a draft at every screen ([`filing`]).
//! A case's page ([`case`]) shows what `cases` lets this visitor see; nothing here decides who may see or do what. Whoever
//! has no account opens a case with number and secret code, which a sealed cookie carries ([`code`]).

mod acts;
mod address;
mod alike;
mod case;
mod code;
mod correct;
mod drafts;
mod embed;
mod feeds;
pub(crate) mod fields;
mod files;
mod filing;
mod filters;
mod follow;
mod index;
mod list;
mod lookup;
mod mine;
mod overdue;
mod receipt;
mod review;
mod service;
pub(crate) mod shapes;
pub(crate) mod step_form;
mod support;
mod supports;
pub(crate) mod timeline;
pub(crate) mod uploads;
pub(crate) mod why;

use std::sync::Arc;

use axum::routing::{get, post};
use http::HeaderMap;
use madang_base::Result;
use madang_cases::Cases;
use madang_cases::registry::ServiceVersion;
use madang_http::{Access, Route, Visit};

pub use self::index::open_now;
pub use self::list::newest;

/// The largest form with files, in bytes.
const UPLOAD_LIMIT: usize = 100 << 20;

/// The definitions and the calendar.
pub(crate) fn cases(visit: &Visit) -> Result<Cases> {
    visit.app.own::<Cases>().cloned()
}

/// The code that the browser carries for this case.
pub(crate) fn known_code(visit: &Visit, headers: &HeaderMap, number: &str) -> Option<String> {
    code::of(visit, headers, number)
}

/// Number and code of the case that was opened last without an account.
pub(crate) fn latest_code(visit: &Visit, headers: &HeaderMap) -> Option<(String, String)> {
    code::latest(visit, headers).map(|carried| (carried.number, carried.code))
}

/// The version of a service that is in force.
async fn current(visit: &Visit, id: &str) -> Result<Arc<ServiceVersion>> {
    let (cases, id) = (cases(visit)?, id.to_owned());
    visit.app.db.read(move |tx| cases.services.current(tx, &id)).await
}

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    let form = |path, handler| Route::form(path, Access::Public, handler);
    let with_files = |path, handler| Route::form(path, Access::Public, handler).with_body_limit(UPLOAD_LIMIT);
    let screen = "/{lang}/services/{service}/new/{screen}";
    let similar = "/{lang}/services/{service}/new/similar";
    let one = "/{lang}/cases/{number}";
    let step = "/{lang}/cases/{number}/steps/{step}";
    let (reply, correct) = ("/{lang}/cases/{number}/reply", "/{lang}/cases/{number}/correct");
    let (withdraw, rate) = ("/{lang}/cases/{number}/withdraw", "/{lang}/cases/{number}/rate");
    let (support, follow) = ("/{lang}/cases/{number}/support", "/{lang}/cases/{number}/follow");
    vec![
        page("/{lang}/services", get(index::show)),
        page("/{lang}/services/{service}", get(service::show)),
        page("/{lang}/services/{service}/new", get(filing::begin)),
        page(similar, get(alike::show)),
        form(similar, post(alike::act)),
        form("/{lang}/services/{service}/new/alike", post(alike::typed)),
        page("/{lang}/services/{service}/new/files/{sha256}", get(files::of_draft)),
        page(screen, get(filing::show)),
        with_files(screen, post(filing::act)),
        page("/{lang}/services/{service}/cases", get(list::of_service)),
        page("/{lang}/services/{service}/cases.csv", get(feeds::service_csv)),
        page("/{lang}/services/{service}/cases.json", get(feeds::service_json)),
        page("/{lang}/services/{service}/cases.atom", get(feeds::service_atom)),
        page("/{lang}/cases", get(list::all)),
        page("/{lang}/cases.csv", get(feeds::csv)),
        page("/{lang}/cases.json", get(feeds::json)),
        page("/{lang}/cases.atom", get(feeds::atom)),
        page("/{lang}/lookup", get(lookup::show)),
        form("/{lang}/lookup", post(lookup::act)),
        page("/{lang}/receipt/{number}", get(receipt::show)),
        page(one, get(case::show)),
        page("/{lang}/cases/{number}/files/{sha256}", get(files::of_case)),
        page("/{lang}/cases/{number}/why/{clock}", get(why::show)),
        page(step, get(acts::step_page)),
        with_files(step, post(acts::step)),
        page(reply, get(acts::reply_page)),
        with_files(reply, post(acts::reply)),
        page(withdraw, get(acts::withdraw_page)),
        with_files(withdraw, post(acts::withdraw)),
        page(rate, get(acts::rate_page)),
        with_files(rate, post(acts::rate)),
        page(correct, get(correct::show)),
        with_files(correct, post(correct::act)),
        page(support, get(support::show)),
        form(support, post(support::act)),
        page(follow, get(follow::show)),
        form(follow, post(follow::act)),
        page("/{lang}/cases/{number}/embed", get(embed::explain)),
        Route::embed("/{lang}/cases/{number}/card.svg", get(embed::card)),
        Route::embed("/{lang}/cases/{number}/widget", get(embed::widget)),
        Route::page("/{lang}/me/cases", Access::SignedIn, get(mine::show)),
        page("/{lang}/overdue", get(overdue::agencies)),
        page("/{lang}/overdue.csv", get(overdue::csv)),
        page("/{lang}/overdue.json", get(overdue::json)),
        page("/{lang}/overdue/{agency}", get(overdue::agency)),
    ]
}
