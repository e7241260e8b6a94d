//! Receipts: proof that an act is in the public log, whether a document is what was published, and how every count can
//! be checked by anybody.
//!
//! A receipt's address holds nothing but the moment and the beginning of the leaf's hash, so it may be shown to anybody.
//! What is not public about the act is opened only for the person whose act it is ([`opening`]). Start reading at
//! [`show`]; [`verify`] is about documents, [`check`] makes the corner "check it yourself" of other pages.

pub(crate) mod check;
mod event;
mod file;
mod find;
mod opening;
mod published;
mod show;
mod stand;
mod verify;

use axum::routing::get;
use http::Method;
use madang_http::{Access, Route, Visit};
use madang_kernel::ledger::ReceiptCode;
use serde_json::{Value, json};

/// The rows of this module.
#[must_use]
pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    vec![
        page("/{lang}/receipts", get(find::show)),
        page("/{lang}/receipts/{code}", get(show::show)),
        page("/{lang}/receipts/{code}/opening", get(opening::show)),
        Route::embed("/receipts/{file}", get(file::show)),
        page("/{lang}/cases/{number}/receipts/{no}", get(find::of_event)),
        page("/{lang}/cases/{number}/support/receipt", get(find::of_support)),
        page("/{lang}/verify", get(verify::form)),
        page("/{lang}/verify/files/{sha256}", get(verify::page)),
        Route::api(Method::GET, "/verify/files/{sha256}", Access::Public, get(verify::json)),
    ]
}

/// The path of a receipt's page, without the language.
#[must_use]
pub fn path(code: &ReceiptCode) -> String {
    format!("/receipts/{code}")
}

/// The address of a receipt for whoever is not on this site: `{code, url}`.
#[must_use]
pub fn outside(visit: &Visit, code: &ReceiptCode) -> Value {
    json!({ "code": code, "url": absolute(visit, code) })
}

/// The page's whole address, as in the QR code.
fn absolute(visit: &Visit, code: &ReceiptCode) -> String {
    format!("{}{}", visit.app.site.base_url, visit.url(&path(code)))
}
