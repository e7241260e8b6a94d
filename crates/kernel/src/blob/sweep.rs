//! Deletes what nothing uses: rows first, then files without a row. Both only after a day, so that an upload whose act
//! is still being written is left alone.

use futures_util::StreamExt as _;
use madang_base::{Result, Time};
use madang_db::Db;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _};

use super::{Blobs, store, unavailable};

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
    let mut listing = blobs.files.list(None).chunks(CHUNK);
    while let Some(chunk) = listing.next().await {
        let old = chunk
            .into_iter()
            .filter_map(|found| match found {
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
        for location in orphans {
            // Looked at again: it may have been written anew since it was listed.
            let fresh = match blobs.files.head(&location).await {
                Ok(meta) => meta.last_modified.timestamp_micros() >= before.micros(),
                Err(object_store::Error::NotFound { .. }) => true,
                Err(error) => return Err(unavailable(error)),
            };
            if !fresh {
                blobs.files.delete(&location).await.map_err(unavailable)?;
                swept.files += 1;
            }
        }
    }
    Ok(swept)
}
