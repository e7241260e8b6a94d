//! What citizens read: the messages of `locales/{ko,en}/*.ftl`, all embedded.

#[cfg(test)]
mod tests;

use std::path::Path;

use madang_base::Error;

pub use madang_message::*;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The embedded messages, with those of `folder` put over them (`folder/ko/anything.ftl`).
///
/// # Errors
/// A file that cannot be read or is not Fluent; the text names the file and the place.
pub fn catalogue(folder: Option<&Path>) -> Result<Catalogue, Error> {
    Catalogue::new(MESSAGES, folder)
}
