//! The tolerant reader.

use super::{Election, Problem};

/// Reads a file. Warnings leave nothing out. A row with an error is left out; without an election the file could not
/// be understood at all (then there is at least one error).
#[must_use]
pub fn read(_bytes: &[u8]) -> (Option<Election>, Vec<Problem>) {
    (None, Vec::new())
}
