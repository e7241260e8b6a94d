//! One module for each public standard that other people's clients speak. Madang's own REST API with its OpenAPI 3.1
//! description is `rest` (plans), `cases`, `search` and `webhooks`; `petitions` speaks the field names of the UK Parliament's petition site;
//! `export` gives the public log away.
//!
//! It translates wire formats and holds no rule and no SQL. Start reading at [`routes`].

mod cases;
mod export;
mod openapi;
mod operation;
pub mod petitions;
pub mod rest;
mod search;
mod webhooks;

pub use openapi::document;
pub use operation::{Operation, Parameter, Place};

use madang_http::Route;

/// Every operation of the REST API: the table that routes, guards and the OpenAPI document are made from.
#[must_use]
pub fn operations() -> Vec<Operation> {
    let parts = [rest::operations(), cases::operations(), search::operations(), webhooks::operations()];
    parts.into_iter().flatten().collect()
}

/// The routes of all APIs.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> = operations().into_iter().map(Operation::into_route).collect();
    routes.push(rest::document_route());
    routes.extend(petitions::routes());
    routes.extend(export::routes());
    routes
}

#[cfg(test)]
mod tests;
