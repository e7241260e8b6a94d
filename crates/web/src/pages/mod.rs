//! One module for each subject of pages; each gives its rows of the route table.

pub mod account;
pub mod admin;
pub mod sign_in;
pub mod site;

use madang_http::Route;

/// The rows of all pages.
#[must_use]
pub fn routes() -> Vec<Route> {
    [site::routes(), sign_in::routes(), account::routes(), admin::routes()].into_iter().flatten().collect()
}
