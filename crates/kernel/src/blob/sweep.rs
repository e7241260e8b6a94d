//! Deletes what nothing uses: rows first, then files without a row. Both only after a day, so that an upload whose act
//! is still being written is left alone.

use futures_util::StreamExt as _;
use madang_base::{Result, Time};
use madang_db::Db;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore as _, ObjectStoreExt as _};

use super::{Blobs, path, store, unavailable};
use crate::log::PREFIX;

/// What [`sweep`] has deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub rows: u64,
    pub files: u64,
}

/// Files looked up in one transaction.
const CHUNK: usize = 500;

/// Sweeps. Safe to run twice, at the same time too.
///
/// # Errors
/// Those of the database; `Kind::Unavailable` with code `blob.store`.
pub async fn sweep(db: &Db, blobs: &Blobs, now: Time) -> Result<Swept> {
    let before = now.plus_days(-1);
    let mut swept = Swept::default();
    loop {
        let rows = db.write(move |tx| store::delete_unused(tx, before)).await?;
        swept.rows += rows;
        if rows == 0 {
            break;
        }
    }
    // The log's tiles lie in the same store, many more than files; they are not even listed.
    let folders = blobs.files.list_with_delimiter(None).await.map_err(unavailable)?.common_prefixes;
    for folder in folders.iter().filter(|folder| folder.as_ref() != PREFIX) {
        let mut listing = blobs.files.list(Some(folder)).chunks(CHUNK);
        while let Some(chunk) = listing.next().await {
            swept.files += sweep_files(db, blobs, chunk, before).await?;
        }
    }
    Ok(swept)
}

/// Deletes those of `found` that are old and have no row; how many.
async fn sweep_files(
    db: &Db,
    blobs: &Blobs,
    found: Vec<object_store::Result<ObjectMeta>>,
    before: Time,
) -> Result<u64> {
    let old = found
        .into_iter()
        .filter_map(|found| match found {
            Ok(meta) if !ours(&meta.location) => None,
            Ok(meta) if meta.last_modified.timestamp_micros() < before.micros() => Some(Ok(meta.location)),
            Ok(_) => None,
            Err(error) => Some(Err(unavailable(error))),
        })
        .collect::<Result<Vec<Path>>>()?;
    let orphans = db
        .read(move |tx| {
            let mut orphans = Vec::new();
            for location in &old {
                if !store::known(tx, &location.as_ref().replace('/', ""))? {
                    orphans.push(location.clone());
                }
            }
            Ok(orphans)
        })
        .await?;
    let mut deleted = 0;
    for location in orphans {
        // Looked at again: it may have been written anew since it was listed.
        let fresh = match blobs.files.head(&location).await {
            Ok(meta) => meta.last_modified.timestamp_micros() >= before.micros(),
            Err(object_store::Error::NotFound { .. }) => true,
            Err(error) => return Err(unavailable(error)),
        };
        if !fresh {
            blobs.files.delete(&location).await.map_err(unavailable)?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Whether it is a file of this module.
fn ours(location: &Path) -> bool {
    path(&location.as_ref().replace('/', "")).is_ok_and(|own| own == *location)
}
