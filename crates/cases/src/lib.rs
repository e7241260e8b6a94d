//! Services and cases: every channel is a definition, every filed thing a case.
//!
//! A case keeps four things apart: its **state** (with outcome), its **delivery** to the agency, its **publication**, and
//! its **clocks**, which are always derived from what happened. "The agency says it is done" and "the citizen says so" are
//! two facts.
//!
//! Start reading at [`Cases`] (what every verb is given), [`model`], then [`service`].

pub mod alike;
pub mod audit;
pub mod claims;
mod context;
pub mod figures;
pub mod kinds;
pub mod model;
pub mod notify;
pub mod record;
pub mod recount;
pub mod registry;
pub mod service;
mod store;
pub mod support;
#[cfg(test)]
mod tests;
pub mod views;

pub use context::Cases;
pub use model::*;
