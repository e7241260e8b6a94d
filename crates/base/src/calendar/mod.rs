//! Dates as Korean law and Korean plans use them.
//!
//! [`Calendar`] knows the holidays of public offices and counts in business days. [`clock`] holds legal terms as data and
//! gives the date that follows with the reason for every day. [`PartialDate`] is a date that may be known only to its year,
//! quarter or month.
//!
//! The law is data in `statute.rs`: when a decree changes a holiday, that table changes and nothing else. Nothing here knows
//! today's date: it is always handed in. Start reading at [`Calendar`].

pub mod clock;
mod count;
mod korea;
mod partial;
mod statute;

pub use count::{Step, Why};
pub use korea::{Calendar, DayOff, Holiday, HolidayKind};
pub use partial::{PartialDate, Precision};

#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod korea_tests;
#[cfg(test)]
mod partial_tests;
