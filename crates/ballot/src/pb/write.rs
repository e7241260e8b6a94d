//! The writer.

use super::Election;

/// Writes the file: what [`read`](super::read()) makes of it equals the election.
#[must_use]
pub fn write(_election: &Election) -> String {
    String::new()
}
