//! The right edge of the stored tree: read back when an integrator begins, and mended from the feed where it is damaged.
//!
//! What is mended stands under a root that was signed: a tile is written again from the feed only when its hash is the one
//! that the tree has there. A line of the feed that was changed afterwards is therefore never put into the log.

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use madang_base::{Error, Result};
use madang_tlog::tile::{self, Bundle, Resource, Tile, WIDTH};
use madang_tlog::{Edge, Hash, TileSet, leaf_hash};

use super::begin::Stand;
use super::build::{self, Builder, Built};
use super::tiles::Tiles;

/// Files read at a time.
const READS: usize = 16;

/// The edge as it is stored. What is read is believed; the caller compares its root.
///
/// # Errors
/// `log.tile-missing`; `log.store`.
pub(super) async fn read(tiles: &Tiles, size: u64) -> Result<Edge> {
    let mut set = TileSet::new();
    for tile in Edge::tiles(size) {
        let hashes = hashes(tiles, tile).await?;
        set.insert(tile, hashes.ok_or_else(|| Error::conflict("log.tile-missing").arg("name", Resource::Tile(tile)))?);
    }
    Edge::from_tiles(size, &set).map_err(Error::internal)
}

/// A tile; none when it is missing or cannot be one.
async fn hashes(tiles: &Tiles, tile: Tile) -> Result<Option<Vec<Hash>>> {
    match tiles.get(&Resource::Tile(tile)).await {
        Ok(bytes) => Ok(bytes.and_then(|bytes| tile::hashes(&bytes, tile.width).ok())),
        Err(error) if error.code() == "log.store" => Err(error),
        Err(_) => Ok(None),
    }
}

/// The root of a full tile.
pub(super) fn root_of(hashes: &[Hash]) -> Hash {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    for hash in hashes {
        edge.push(*hash, &mut full);
    }
    edge.root()
}

/// Reads the built tree of `stand` back, and mends the leaves under the last tile of level 1 (up to 65 536 of them) and all
/// tiles above them. Answers with how many files were written again.
///
/// # Errors
/// `log.damaged` when what is stored and the feed cannot be brought to the signed root; those of database and store.
pub(super) async fn open(builder: &Builder, stand: &Stand) -> Result<(Built, usize)> {
    let size = stand.size();
    // Leaves of the subtree whose tiles of level 0 all stand in one tile of level 1.
    let first = size.saturating_sub(1) >> 16 << 16;
    let feed = Feed::read(builder, first, size).await?;
    let stored = read(&builder.tiles, size).await.ok().filter(|edge| edge.root() == stand.root());
    let (edge, mut mended) = match stored {
        Some(edge) => (edge, 0),
        None => rebuilt(builder, stand, &feed).await?,
    };
    // Where the last tile of level 1 is full it is no part of the edge.
    let above = match Tile::of_size(1, first >> 16, size) {
        Some(above) => known(builder, &edge, above, &feed, &mut mended).await?,
        None => Vec::new(),
    };
    for (at, (tile, bytes)) in feed.tiles.iter().enumerate() {
        let derived = tile::hashes(bytes, tile.width).map_err(Error::internal)?;
        let right = match above.get(at) {
            Some(known) => root_of(&derived) == *known,
            None if tile.is_partial() => {
                edge.partial().first().is_some_and(|(last, known)| last == tile && *known == derived)
            }
            None => continue,
        };
        if !right {
            tracing::error!(tile = %tile, "lines of the feed are not those that the log has; run verify --database");
            continue;
        }
        let bundle_at = Bundle { index: tile.index, width: tile.width };
        for (resource, bytes) in [(Resource::Tile(*tile), bytes), (Resource::Bundle(bundle_at), &feed.bundles[at])] {
            let same = builder.tiles.get(&resource).await;
            if same.is_err() || same.is_ok_and(|there| there.as_ref() != Some(bytes)) {
                builder.tiles.put(&resource, bytes.clone()).await?;
                mended += 1;
            }
        }
    }
    if mended > 0 {
        tracing::warn!(files = mended, size, "the right edge of the log was written again");
    }
    Ok((Built { edge, tail: feed.tail }, mended))
}

/// The hashes of the last tile of level 1, as the signed root has them; none when the edge does not reach to it.
async fn known(builder: &Builder, edge: &Edge, above: Tile, feed: &Feed, mended: &mut usize) -> Result<Vec<Hash>> {
    if let Some(stored) = hashes(&builder.tiles, above).await?.filter(|hashes| anchored(edge, above, hashes)) {
        return Ok(stored);
    }
    let derived = feed.roots()?;
    if !anchored(edge, above, &derived) {
        return Ok(Vec::new());
    }
    let (resource, bytes) = build::file(above, &derived);
    builder.tiles.put(&resource, bytes).await?;
    *mended += 1;
    Ok(derived)
}

/// Whether a tile of level 1 is the one that the edge has, or is under one that it has.
fn anchored(edge: &Edge, above: Tile, hashes: &[Hash]) -> bool {
    let partial = edge.partial();
    let at = |tile: Tile| partial.iter().find(|(known, _)| (known.level, known.index) == (tile.level, tile.index));
    if above.is_partial() {
        return at(above).is_some_and(|(_, known)| known == hashes);
    }
    let parent = Tile { level: 2, index: above.index / WIDTH, width: 1 };
    let slot = usize::try_from(above.index % WIDTH).unwrap_or(usize::MAX);
    at(parent).and_then(|(_, known)| known.get(slot)).is_some_and(|known| *known == root_of(hashes))
}

/// The edge again, from the feed (levels 0 and 1) and the full tiles below (levels above), when that gives the signed root.
async fn rebuilt(builder: &Builder, stand: &Stand, feed: &Feed) -> Result<(Edge, usize)> {
    let size = stand.size();
    let damaged = || Error::conflict("log.damaged").arg("size", size);
    let mut set = TileSet::new();
    let mut files = Vec::new();
    for tile in Edge::tiles(size) {
        let hashes = match tile.level {
            0 => tile::hashes(&feed.tiles.last().ok_or_else(damaged)?.1, tile.width).map_err(Error::internal)?,
            1 => feed.roots()?.into_iter().take(usize::from(tile.width)).collect(),
            level => {
                let below = (0..u64::from(tile.width)).map(|at| Tile {
                    level: level - 1,
                    index: tile.index * WIDTH + at,
                    width: Tile::FULL,
                });
                let last = feed.roots()?;
                futures_util::stream::iter(below)
                    .map(|below| {
                        // The last tile of level 1 may be full, and missing.
                        let full =
                            below.level == 1 && below.index == feed.above && last.len() == usize::from(Tile::FULL);
                        let derived = full.then(|| root_of(&last));
                        async move {
                            match derived {
                                Some(root) => Ok(root),
                                None => hashes(&builder.tiles, below).await?.map(|h| root_of(&h)).ok_or_else(damaged),
                            }
                        }
                    })
                    .buffered(READS)
                    .try_collect()
                    .await?
            }
        };
        files.push(build::file(tile, &hashes));
        set.insert(tile, hashes);
    }
    let edge = Edge::from_tiles(size, &set).map_err(Error::internal)?;
    if edge.root() != stand.root() {
        return Err(damaged());
    }
    let mended = files.len();
    for (resource, bytes) in files {
        builder.tiles.put(&resource, bytes).await?;
    }
    Ok((edge, mended))
}

/// Tiles of level 0 and bundles as the feed gives them.
struct Feed {
    /// The tile of level 1 that they stand under.
    above: u64,
    tiles: Vec<(Tile, Bytes)>,
    bundles: Vec<Bytes>,
    tail: Vec<String>,
}

impl Feed {
    /// Leaves `first` (a multiple of 256) up to `size`.
    async fn read(builder: &Builder, first: u64, size: u64) -> Result<Self> {
        let mut feed = Self { above: first >> 16, tiles: Vec::new(), bundles: Vec::new(), tail: Vec::new() };
        let mut pages = builder.pages(first, size);
        let mut read = first;
        while let Some(page) = pages.recv().await {
            for entry in page? {
                feed.tail.push(entry);
                read += 1;
                if feed.tail.len() == usize::from(Tile::FULL) {
                    feed.put(read)?;
                    feed.tail.clear();
                }
            }
        }
        if read != size {
            return Err(Error::internal(format!("the feed ends at {read} instead of {size}")));
        }
        if !feed.tail.is_empty() {
            feed.put(read)?;
        }
        Ok(feed)
    }

    fn put(&mut self, read: u64) -> Result<()> {
        let hashes: Vec<Hash> = self.tail.iter().map(|entry| leaf_hash(entry.as_bytes())).collect();
        let width = u16::try_from(hashes.len()).map_err(Error::internal)?;
        let tile = Tile { level: 0, index: (read - 1) / WIDTH, width };
        self.tiles.push((tile, tile::tile_bytes(&hashes).into()));
        self.bundles.push(build::bundle(&self.tail)?);
        Ok(())
    }

    /// The roots of the full tiles.
    fn roots(&self) -> Result<Vec<Hash>> {
        let full = self.tiles.iter().filter(|(tile, _)| !tile.is_partial());
        full.map(|(tile, bytes)| Ok(root_of(&tile::hashes(bytes, tile.width).map_err(Error::internal)?))).collect()
    }
}
