//! A map in words, in figures and in pictures, for people who never heard of the method.
//!
//! [`Report`] holds what there is to tell and finds what the map itself does not name: statements that divide the groups,
//! statements that need votes. [`document`] tells it in Korean or English, warnings first; [`json`] gives all figures;
//! [`draw`] makes pictures. Nothing here computes a position or a group.
//!
//! Texts of statements come from anybody. They are shown on one line, without control characters, in quotation marks, and
//! cut where they are too long ([`clean`]).

mod document;
pub mod draw;
mod json;
mod report;
mod words;
mod wrap;

#[cfg(test)]
mod tests;

pub use document::{Block, Document};
pub use json::json;
pub use report::{Clarity, Comparison, Divisive, Report, letter, means_nothing};
pub use words::document;
pub use wrap::clean;

/// The messages of this crate, for whoever renders without the whole catalogue.
pub const MESSAGES: &[(&str, &str)] = &[
    ("ko/opinion.ftl", include_str!("../../../../locales/ko/opinion.ftl")),
    ("en/opinion.ftl", include_str!("../../../../locales/en/opinion.ftl")),
    ("ko/errors-opinion.ftl", include_str!("../../../../locales/ko/errors-opinion.ftl")),
    ("en/errors-opinion.ftl", include_str!("../../../../locales/en/errors-opinion.ftl")),
];
