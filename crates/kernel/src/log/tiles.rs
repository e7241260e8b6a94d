//! The log's files in an object store: checkpoint, tiles, entry bundles.
//!
//! Names are those of C2SP tlog-tiles under `log/`, on a disk and in S3 alike, so that any static file server can serve
//! them. A partial tile that is asked for and not there is cut from a wider one; its hashes are the same.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use madang_base::{Error, Result, Time};
use madang_tlog::tile::{Bundle, Resource, Tile, WIDTH};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};

/// Where the log's files lie in the store.
pub const PREFIX: &str = "log";

/// Bytes of a hash.
const HASH: usize = 32;
/// Width of a full tile.
const FULL: u16 = 256;
const _: () = assert!(FULL as u64 == WIDTH);

/// The files of the log.
#[derive(Clone, Debug)]
pub struct Tiles {
    store: Arc<dyn ObjectStore>,
}

impl Tiles {
    /// In a store, under `log/`.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    /// In memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        Self::new(Arc::new(InMemory::new()))
    }

    /// The bytes of a file; none when there is none. Of a partial tile or bundle also from a wider one.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store` when the store does not answer; `Kind::Internal` for a tile whose length
    /// is not that of its width.
    pub async fn get(&self, resource: &Resource) -> Result<Option<Bytes>> {
        if let Some((bytes, _)) = self.read(&path(resource)).await? {
            return cut(resource, width(resource), bytes).map(Some);
        }
        if width(resource) == FULL {
            return Ok(None);
        }
        let full = widened(resource, FULL);
        if let Some((bytes, _)) = self.read(&path(&full)).await? {
            return cut(resource, FULL, bytes).map(Some);
        }
        let wider = self.partials(&full).await?.into_iter().filter(|found| *found > width(resource)).max();
        let Some(wider) = wider else { return Ok(None) };
        match self.read(&path(&widened(resource, wider))).await? {
            Some((bytes, _)) => cut(resource, wider, bytes).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of the file of exactly this name, whatever they are; none when there is none. For audits.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store`.
    pub async fn stored(&self, resource: &Resource) -> Result<Option<Bytes>> {
        Ok(self.read(&path(resource)).await?.map(|(bytes, _)| bytes))
    }

    /// The names of all files, as they stand below `log/`, in no order.
    pub fn names(&self) -> BoxStream<'_, Result<String>> {
        let found = self.store.list(Some(&Path::from(PREFIX)));
        let name = |meta: object_store::ObjectMeta| meta.location.as_ref()[PREFIX.len() + 1..].to_owned();
        found.map_ok(name).map_err(|e| Error::unavailable("log.store").arg("name", PREFIX).source(e)).boxed()
    }

    /// The checkpoint, and when it was written.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store`; `Kind::Invalid` with code `log.checkpoint` when it is no text.
    pub async fn checkpoint(&self) -> Result<Option<(String, Time)>> {
        let Some((bytes, at)) = self.read(&path(&Resource::Checkpoint)).await? else { return Ok(None) };
        let text = String::from_utf8(bytes.into()).map_err(|e| Error::invalid("log.checkpoint").source(e))?;
        Ok(Some((text, at)))
    }

    /// Writes a file; what stood there is replaced in one step. It is durable when this returns.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store`.
    pub async fn put(&self, resource: &Resource, bytes: Bytes) -> Result<()> {
        self.store.put(&path(resource), bytes.into()).await.map_err(|e| unavailable(resource, e))?;
        Ok(())
    }

    /// Deletes the partial ones of a tile or bundle that is full by now.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store`.
    pub async fn forget_partials(&self, full: &Resource) -> Result<()> {
        for found in self.partials(full).await? {
            match self.store.delete(&path(&widened(full, found))).await {
                Err(object_store::Error::NotFound { .. }) => {}
                other => other.map_err(|e| unavailable(full, e))?,
            }
        }
        Ok(())
    }

    /// The widths in which a tile or bundle stands as a partial one.
    async fn partials(&self, full: &Resource) -> Result<Vec<u16>> {
        let folder = Path::from(format!("{PREFIX}/{full}.p"));
        let found: Vec<_> = self.store.list(Some(&folder)).try_collect().await.map_err(|e| unavailable(full, e))?;
        Ok(found.iter().filter_map(|meta| meta.location.filename()?.parse().ok()).collect())
    }

    async fn read(&self, path: &Path) -> Result<Option<(Bytes, Time)>> {
        let failed = |e| Error::unavailable("log.store").arg("name", path).source(e);
        let found = match self.store.get(path).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            other => other.map_err(failed)?,
        };
        let at = Time::from_micros(found.meta.last_modified.timestamp_micros());
        Ok(Some((found.bytes().await.map_err(failed)?, at)))
    }
}

fn path(resource: &Resource) -> Path {
    Path::from(format!("{PREFIX}/{resource}"))
}

fn unavailable(resource: &Resource, source: object_store::Error) -> Error {
    Error::unavailable("log.store").arg("name", resource).source(source)
}

/// The checkpoint counts as full: there is only one of it.
fn width(resource: &Resource) -> u16 {
    match resource {
        Resource::Checkpoint => FULL,
        Resource::Tile(tile) => tile.width,
        Resource::Bundle(bundle) => bundle.width,
    }
}

fn widened(resource: &Resource, width: u16) -> Resource {
    match *resource {
        Resource::Checkpoint => Resource::Checkpoint,
        Resource::Tile(tile) => Resource::Tile(Tile { width, ..tile }),
        Resource::Bundle(bundle) => Resource::Bundle(Bundle { width, ..bundle }),
    }
}

/// What is asked for out of what is stored with a width of `stored`.
fn cut(resource: &Resource, stored: u16, bytes: Bytes) -> Result<Bytes> {
    let damaged =
        || Error::internal(format!("the file {} has another length than its width", widened(resource, stored)));
    match resource {
        Resource::Checkpoint => Ok(bytes),
        Resource::Tile(tile) if bytes.len() == usize::from(stored) * HASH => {
            Ok(bytes.slice(..usize::from(tile.width) * HASH))
        }
        Resource::Tile(_) => Err(damaged()),
        Resource::Bundle(bundle) if bundle.width == stored => Ok(bytes),
        Resource::Bundle(bundle) => {
            let mut end = 0;
            for _ in 0..bundle.width {
                let length = bytes.get(end..end + 2).ok_or_else(damaged)?;
                end += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            if end > bytes.len() { Err(damaged()) } else { Ok(bytes.slice(..end)) }
        }
    }
}
