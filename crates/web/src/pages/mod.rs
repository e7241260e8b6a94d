//! One module for each subject of pages; each gives its rows of the route table.

pub mod account;
pub mod admin;
pub mod cases_desk;
pub mod desk;
pub mod experts;
pub mod figures;
pub mod files;
pub mod follow;
pub mod log;
pub mod newsletters;
pub mod offices;
pub mod plans;
pub mod receipts;
pub mod search;
pub mod services;
pub mod sign_in;
pub mod site;
pub mod supports;

use madang_http::Route;
pub use plans::PageCache;

/// The rows of all pages.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        site::routes(),
        sign_in::routes(),
        account::routes(),
        admin::routes(),
        plans::routes(),
        services::routes(),
        figures::routes(),
        search::routes(),
        cases_desk::routes(),
        follow::routes(),
        desk::routes(),
        files::routes(),
        supports::routes(),
        receipts::routes(),
        log::routes(),
        newsletters::routes(),
        offices::routes(),
        experts::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
