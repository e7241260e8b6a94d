//! The index's failures as the house's errors.

use std::any::Any;

use madang_base::Error;
use tantivy::TantivyError;

/// The code of an index that cannot answer now; the log and the status say why.
pub(crate) fn unavailable() -> Error {
    Error::unavailable("search.unavailable")
}

/// Another process writes the index.
pub(crate) fn locked() -> Error {
    Error::unavailable("search.locked")
}

pub(crate) fn failed(error: TantivyError) -> Error {
    tracing::warn!(%error, "the search index failed");
    unavailable().source(error)
}

/// What a panic said.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned())
}
