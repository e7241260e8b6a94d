//! Where an export lies.

use std::io::Read;
use std::sync::Arc;

use madang_base::{Error, Result};
use madang_cases::recount::Definitions;

use crate::export::manifest::service_file;

/// The files of an export, by names such as `leaves/2026-11.ndjson`. The disk is one; tests have others.
pub trait Folder: Send + Sync {
    /// The file from its beginning; none when it is not there.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot be opened.
    fn open(&self, name: &str) -> Result<Option<Box<dyn Read + Send>>>;
}

/// The longest text that is read as a whole: a definition, a checkpoint, a manifest.
const MAX_TEXT: u64 = 64 << 20;

/// A file as text.
///
/// # Errors
/// `export.unreadable` with the file's name; those of the folder.
pub(super) fn text(folder: &dyn Folder, name: &str) -> Result<Option<String>> {
    let Some(file) = folder.open(name)? else { return Ok(None) };
    let mut text = String::new();
    file.take(MAX_TEXT)
        .read_to_string(&mut text)
        .map_err(|error| Error::invalid("export.unreadable").arg("file", name).arg("why", &error).source(error))?;
    Ok(Some(text))
}

/// The definitions of an export.
pub(super) struct Texts(pub Arc<dyn Folder>);

impl Definitions for Texts {
    fn text(&self, digest: &str) -> Result<Option<String>> {
        match text(&*self.0, &service_file(digest)) {
            // Bytes that are no text are not the definition.
            Err(error) if error.code() == "export.unreadable" => Ok(Some(String::new())),
            other => other,
        }
    }
}
