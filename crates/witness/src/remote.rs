//! A log as it is served: its checkpoint, tiles and entry bundles, each with the largest size that it may have.

use std::fmt;
use std::sync::Arc;

use madang_tlog::tile::{self, Bundle, Resource, Tile, WIDTH};
use madang_tlog::{Hash, leaf_hash};

use crate::ports::{Fetch, FetchError};

/// Bytes of a checkpoint with its cosignatures.
const CHECKPOINT: usize = 64 << 10;
/// Bytes of a full tile of hashes.
const TILE: usize = 256 * 32;
/// Bytes of a full bundle of the largest entries.
const BUNDLE: usize = 256 * (2 + 65_535);

/// Why something of a log could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The log does not answer.
    Away(String),
    /// There is no such thing there.
    Missing { path: String },
    /// What is there is not what it should be.
    Wrong { path: String, why: String },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away(why) => f.write_str(why),
            Self::Missing { path } => write!(f, "{path} is missing"),
            Self::Wrong { path, why } => write!(f, "{path}: {why}"),
        }
    }
}

/// One log over the network.
#[derive(Clone)]
pub(crate) struct Remote {
    fetch: Arc<dyn Fetch>,
    base: String,
}

impl Remote {
    pub(crate) fn new(fetch: Arc<dyn Fetch>, base: &str) -> Self {
        Self { fetch, base: base.to_owned() }
    }

    async fn get(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, Trouble> {
        let url = format!("{}/{path}", self.base);
        self.fetch.get(&url, most).await.map_err(|error| match error {
            FetchError::Unreachable(why) => Trouble::Away(format!("{path}: {why}")),
            FetchError::TooLarge => Trouble::Wrong { path: path.to_owned(), why: error.to_string() },
        })
    }

    /// What is at `/checkpoint`, whatever it is.
    pub(crate) async fn checkpoint(&self) -> Result<Option<Vec<u8>>, Trouble> {
        self.get(&Resource::Checkpoint.to_string(), CHECKPOINT).await
    }

    /// The resource; a partial one that is gone is cut from the full one, as logs may remove partial ones.
    async fn resource(
        &self,
        wanted: Resource,
        full: Option<Resource>,
        most: usize,
    ) -> Result<(Vec<u8>, bool), Trouble> {
        let path = wanted.to_string();
        if let Some(bytes) = self.get(&path, most).await? {
            return Ok((bytes, false));
        }
        if let Some(full) = full
            && let Some(bytes) = self.get(&full.to_string(), most).await?
        {
            return Ok((bytes, true));
        }
        Err(Trouble::Missing { path })
    }

    /// The hashes of a tile.
    pub(crate) async fn tile(&self, wanted: Tile) -> Result<Vec<Hash>, Trouble> {
        let whole = Tile { width: FULL, ..wanted };
        let full = (wanted.width < FULL).then_some(Resource::Tile(whole));
        let (bytes, cut) = self.resource(Resource::Tile(wanted), full, TILE).await?;
        let width = if cut { FULL } else { wanted.width };
        let mut hashes = tile::hashes(&bytes, width)
            .map_err(|error| Trouble::Wrong { path: Resource::Tile(wanted).to_string(), why: error.to_string() })?;
        hashes.truncate(usize::from(wanted.width));
        Ok(hashes)
    }

    /// The leaf hashes of a bundle's entries, computed here.
    pub(crate) async fn leaves(&self, wanted: Bundle) -> Result<Vec<Hash>, Trouble> {
        let whole = Bundle { width: FULL, ..wanted };
        let full = (wanted.width < FULL).then_some(Resource::Bundle(whole));
        let (bytes, cut) = self.resource(Resource::Bundle(wanted), full, BUNDLE).await?;
        let width = if cut { FULL } else { wanted.width };
        let entries = tile::entries(&bytes, width)
            .map_err(|error| Trouble::Wrong { path: Resource::Bundle(wanted).to_string(), why: error.to_string() })?;
        Ok(entries.into_iter().take(usize::from(wanted.width)).map(leaf_hash).collect())
    }
}

/// [`WIDTH`] as a tile says it.
#[expect(clippy::cast_possible_truncation, reason = "it is 256")]
pub(crate) const FULL: u16 = WIDTH as u16;
