//! The files of a draw as people hand them in: quotas ([`features`]), further quotas ([`quotas`]), the pool
//! ([`candidates`]).
//!
//! The layout is that of the Python package `sortition-algorithms`. Reading is tolerant about form (encoding, separator,
//! line ends, case, spaces) and strict about meaning: nobody is left out of a draw without a word. Every problem of a file
//! is told at once, with line and column. Start with [`table::Table`].

mod candidates;
mod features;
pub mod fuzz;
mod quotas;
pub mod table;

use std::collections::BTreeMap;

use madang_base::Error;

pub use candidates::{Candidate, Candidates, Wanted, candidates};
pub use features::features;
pub use quotas::quotas;
pub use table::household;

/// Something that is wrong in a file.
#[derive(Debug)]
pub struct Problem {
    /// From 1; the line on which the record begins. 0 when the file as a whole is meant.
    pub line: u64,
    /// From 1: the column of the table. 0 when the line as a whole is meant.
    pub column: u64,
    pub error: Error,
}

impl Problem {
    /// A problem of the file as a whole.
    #[must_use]
    pub fn of_file(error: Error) -> Self {
        Self { line: 0, column: 0, error }
    }
}

/// How two names are compared: without regard to case.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Names of features or values, to find their place by what somebody typed.
fn index<'a>(names: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    names.enumerate().map(|(at, name)| (folded(name), at)).collect()
}

#[cfg(test)]
mod tests;
