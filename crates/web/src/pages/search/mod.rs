//! One search over everything public: the page, its suggestions, and any search as a feed or a file.
//!
//! What is found is [`madang_flows::search`]'s affair; nothing here decides what somebody may see. [`asked`] reads an
//! address and writes it again, [`shapes`] turns what was found into what templates read.

mod asked;
mod feeds;
mod shapes;
mod show;
mod suggest;
#[cfg(test)]
mod tests;

use axum::routing::get;
use madang_base::Result;
use madang_flows::search::Search;
use madang_http::{Access, Route, Visit};

pub(crate) use self::asked::{keep, of_list};

/// The index and what reads the rows behind it.
fn search(visit: &Visit) -> Result<Search> {
    visit.app.own::<Search>().cloned()
}

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    vec![
        page("/{lang}/search", get(show::show)),
        page("/{lang}/search/suggest.json", get(suggest::json)),
        page("/{lang}/search.atom", get(feeds::atom)),
        page("/{lang}/search.csv", get(feeds::csv)),
        page("/{lang}/search.json", get(feeds::json)),
    ]
}
