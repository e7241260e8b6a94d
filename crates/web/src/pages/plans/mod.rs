//! The pages of plans: reading them. What agencies, civil society and followers do is in [`super::desk`] and
//! [`super::follow`].

pub(crate) mod address;
mod agencies;
mod calendar;
pub(crate) mod chart;
mod commitment;
mod embed;
mod front;
mod history;
mod indicators;
mod milestones;
mod plan;
mod rounds;
pub(crate) mod shape;
pub(crate) mod thread;

use axum::routing::get;
use madang_http::{Access, Route};

pub use address::Format;
pub use plan::PageCache;

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    let mut routes = vec![
        page("/{lang}", get(front::front)),
        page("/{lang}/", get(front::front)),
        page("/{lang}/plans/{plan}", get(plan::plan)),
        page("/{lang}/plans/{plan}/commitments/{number}", get(commitment::commitment)),
        page("/{lang}/plans/{plan}/history", get(history::of_plan)),
        page("/{lang}/plans/{plan}/rounds/{id}", get(rounds::round)),
        page("/{lang}/plans/{plan}/embed", get(embed::explain)),
        page("/{lang}/agencies/{agency}", get(agencies::agency)),
        page("/{lang}/indicators/{plan}/{indicator}", get(indicators::indicator)),
        Route::embed("/{lang}/plans/{plan}/badge.svg", get(embed::badge)),
        Route::embed("/{lang}/plans/{plan}/widget", get(embed::widget)),
    ];
    // Lists stand at an address of their own and at the same one with an ending.
    macro_rules! list {
        ($path:literal, $handler:path, $($ending:literal => $format:ident),*) => {
            routes.push(page(concat!("/{lang}", $path), get(|v, q, h| $handler(v, q, h, Format::Page))));
            $(routes.push(page(concat!("/{lang}", $path, ".", $ending), get(|v, q, h| $handler(v, q, h, Format::$format))));)*
        };
        (plan $path:literal, $handler:path, $($ending:literal => $format:ident),*) => {
            routes.push(page(concat!("/{lang}/plans/{plan}", $path), get(|v, p, q, h| $handler(v, p, q, h, Format::Page))));
            $(routes.push(page(concat!("/{lang}/plans/{plan}", $path, ".", $ending), get(|v, p, q, h| $handler(v, p, q, h, Format::$format))));)*
        };
    }
    list!("/plans", plan::plans, "csv" => Csv, "json" => Json);
    list!("/agencies", agencies::agencies, "csv" => Csv, "json" => Json);
    list!(plan "/milestones", milestones::milestones, "csv" => Csv, "json" => Json, "xlsx" => Xlsx, "ics" => Ics, "atom" => Atom);
    list!(plan "/late", calendar::late, "csv" => Csv, "json" => Json, "atom" => Atom);
    list!(plan "/calendar", calendar::calendar, "csv" => Csv, "json" => Json, "ics" => Ics);
    list!(plan "/indicators", indicators::indicators, "csv" => Csv, "json" => Json);
    list!(plan "/rounds", rounds::rounds, "csv" => Csv, "json" => Json);
    routes.push(page("/{lang}/plans/{plan}/history.atom", get(history::atom)));
    routes.push(page("/{lang}/plans/{plan}/history.csv", get(history::csv)));
    routes.push(page("/{lang}/plans/{plan}/history.json", get(history::json)));
    routes
}
