//! Open figures of services and agencies: key numbers in sentences, charts with their tables, downloads.
//!
//! What is counted is decided in [`madang_cases::figures`]; nothing here counts. A page is one [`show::Scope`] in one
//! [`range::Range`]: [`view`] turns the figures into what the template reads, [`draw`] and [`map`] into coordinates,
//! [`tables`] into files. Start reading at [`show`].

mod about;
mod brief;
mod charts;
mod draw;
mod lines;
mod list;
mod map;
mod places;
mod range;
mod show;
mod tables;
mod view;

use axum::routing::get;
use madang_http::{Access, Route};

pub(crate) use self::brief::{Brief, of_agency, of_service};

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    vec![
        page("/{lang}/figures", get(show::all)),
        page("/{lang}/figures.csv", get(show::all_csv)),
        page("/{lang}/figures.json", get(show::all_json)),
        page("/{lang}/figures/about", get(about::show)),
        page("/{lang}/figures/services/{service}", get(show::service)),
        page("/{lang}/figures/agencies/{agency}", get(show::agency)),
    ]
}
