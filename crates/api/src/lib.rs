//! One module for each public standard that other people's clients speak. Today: `rest`, Madang's own REST API with
//! its OpenAPI 3.1 description.
//!
//! It translates wire formats and holds no rule and no SQL. Start reading at [`routes`].

mod openapi;
mod operation;
pub mod rest;

pub use openapi::document;
pub use operation::{Operation, Parameter, Place};

use madang_http::Route;

/// Every operation of the REST API: the table that routes, guards and the OpenAPI document are made from.
#[must_use]
pub fn operations() -> Vec<Operation> {
    rest::operations()
}

/// The routes of all APIs.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> = operations().into_iter().map(Operation::into_route).collect();
    routes.push(rest::document_route());
    routes
}

#[cfg(test)]
mod tests;
