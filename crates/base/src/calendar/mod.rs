//! Dates as Korean law and Korean plans use them.
//!
//! [`PartialDate`] is a date that may be known only to its year, quarter or month.
//!
//! Nothing here knows today's date: it is always handed in.

mod partial;

pub use partial::{PartialDate, Precision};

#[cfg(test)]
mod partial_tests;
