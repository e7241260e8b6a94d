//! Results in words, tables and pictures, for people who never heard of the method.
//!
//! [`whole`] and [`project`] explain a budget, [`choice`] an election of persons or places; each gives [`Section`]s, the same
//! data for a page, a file or a terminal ([`Section::text`]). Pictures are SVG texts: [`payments`], [`budget_rounds`],
//! [`choice_rounds`], each for wide and for narrow windows ([`Width`]). All words come from the catalogue that the caller gives; [`MESSAGES`] are the ones needed.
//!
//! Amounts in sentences are rounded to the places of the election's money; the exact ones are in the result itself.

mod budget;
mod choice;
mod picture;
mod section;
mod voice;

#[cfg(test)]
mod tests;

pub use budget::{Shortfall, Spending, left_out, project, whole};
pub use choice::choice;
pub use picture::{Width, budget_rounds, choice_rounds, payments};
pub use section::{Column, Section, Table};
pub use voice::Voice;

/// The messages of this crate, for whoever has no other catalogue.
pub const MESSAGES: &[(&str, &str)] = &[
    ("ko/ballot.ftl", include_str!("../../../../locales/ko/ballot.ftl")),
    ("en/ballot.ftl", include_str!("../../../../locales/en/ballot.ftl")),
    ("ko/errors-ballot.ftl", include_str!("../../../../locales/ko/errors-ballot.ftl")),
    ("en/errors-ballot.ftl", include_str!("../../../../locales/en/errors-ballot.ftl")),
];
