//! Where files are kept, by address.

use std::path::Path;
use std::sync::Arc;

use madang_base::{Error, Result};
use madang_kernel::blob::Blobs;
use object_store::prefix::PrefixStore;
use url::Url;

/// A folder (`/var/lib/madang/files`, `file:///var/lib/madang/files`) or the memory (`memory:///`, for tests). The
/// folder is made when it is not there.
///
/// # Errors
/// `Kind::Invalid` with code `blob.store-url` when it is neither; `Kind::Unavailable` with code `blob.folder`.
pub fn open(address: &str) -> Result<Blobs> {
    let wrong = || Error::invalid("blob.store-url").arg("value", address);
    if !address.contains("://") {
        return Blobs::local(Path::new(address));
    }
    let url = Url::parse(address).map_err(|_| wrong())?;
    if url.scheme() == "file" {
        return Blobs::local(&url.to_file_path().map_err(|()| wrong())?);
    }
    let (store, prefix) = object_store::parse_url(&url).map_err(|e| wrong().source(e))?;
    Ok(Blobs::new(Arc::new(PrefixStore::new(store, prefix))))
}
