//! The recount.

use madang_base::{Error, Result};
use madang_db::Tx;

use super::Verified;

/// Counts all supports again from the change feed up to `position` (none: up to its head) and compares with what is
/// stored. Counts can be compared at the head only; at an earlier position it says what they were.
///
/// # Errors
/// Those of the database.
pub fn verify(_tx: &mut Tx, _position: Option<i64>) -> Result<Verified> {
    Err(Error::internal("support::verify is being written"))
}
