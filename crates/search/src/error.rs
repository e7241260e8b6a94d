//! The index's failures as the house's errors.

use madang_base::Error;
use tantivy::TantivyError;

/// The code of an index that cannot answer now; the log and the status say why.
pub(crate) fn unavailable() -> Error {
    Error::unavailable("search.unavailable")
}

pub(crate) fn failed(error: TantivyError) -> Error {
    unavailable().source(error)
}
