//! The public log: its files for machines at the paths of C2SP tlog-tiles, and pages that let people look into it.
//!
//! [`machine`] serves checkpoint, tiles and keys; [`overview`], [`leaf`], [`object`], [`witnesses`] are the explorer;
//! [`tree`] draws an inclusion proof. Nothing here writes. What is not public is never named: a closed record shows its
//! commitment alone, and neither its time nor what it is about.

mod fields;
mod kinds;
mod leaf;
mod lines;
mod machine;
mod missing;
mod names;
mod object;
mod overview;
mod search;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
mod witnesses;

use axum::routing::get;
use madang_http::{Access, Outcome, Route, Visit};
use madang_kernel::log::Log;
use serde_json::json;

use crate::page::Page;

/// The rows of this module.
#[must_use]
pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    vec![
        Route::embed("/log/checkpoint", get(machine::checkpoint)),
        Route::embed("/log/key", get(machine::key)),
        Route::embed("/log/tile/{*path}", get(machine::tile)),
        Route::embed("/log/leaves/{file}", get(machine::proof)),
        page("/{lang}/log", get(overview::show)),
        page("/{lang}/log/leaves/{index}", get(leaf::show)),
        page("/{lang}/log/objects/{*reference}", get(object::show)),
        page("/{lang}/log/at", get(object::at)),
        page("/{lang}/log/witnesses", get(witnesses::show)),
        page("/{lang}/log/about", get(about)),
    ]
}

/// The log of this site; none where there is none.
fn log(visit: &Visit) -> Option<Log> {
    visit.app.own::<Log>().ok().cloned()
}

/// The address of a record's page.
fn leaf_href(visit: &Visit, index: u64) -> String {
    visit.url(&format!("/log/leaves/{index}"))
}

/// Sizes and indices as templates and messages count. They are far below 2⁶³.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn about(visit: Visit) -> Outcome {
    Page::new(&visit, "log/about.html").render(&json!({}))
}
