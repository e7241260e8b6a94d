//! Tiles at hand while a proof is computed.

use std::collections::BTreeMap;

use crate::Hash;
use crate::tile::Tile;

/// Some tiles of a log. A wider tile serves asks for a narrower one. The set believes what it is given: a proof made
/// from it is right only if it verifies against a signed root.
#[derive(Clone, Debug, Default)]
pub struct TileSet {
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl TileSet {
    /// A set without tiles.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a tile, unless a wider one of the same place is there. Hashes beyond the tile's width are dropped; with
    /// fewer than its width the tile is as wide as there are hashes.
    pub fn insert(&mut self, tile: Tile, mut hashes: Vec<Hash>) {
        hashes.truncate(usize::from(tile.width.min(Tile::FULL)));
        let held = self.tiles.entry((tile.level, tile.index)).or_default();
        if held.len() < hashes.len() {
            *held = hashes;
        }
    }

    /// The first `tile.width` hashes of the tile, if that many are there.
    pub fn get(&self, tile: &Tile) -> Option<&[Hash]> {
        self.tiles.get(&(tile.level, tile.index))?.get(..usize::from(tile.width))
    }

    /// How many tiles are in the set.
    pub fn len(&self) -> usize {
        self.tiles.len()
    }

    /// Whether the set has no tile.
    pub fn is_empty(&self) -> bool {
        self.tiles.is_empty()
    }
}

impl Extend<(Tile, Vec<Hash>)> for TileSet {
    fn extend<I: IntoIterator<Item = (Tile, Vec<Hash>)>>(&mut self, tiles: I) {
        for (tile, hashes) in tiles {
            self.insert(tile, hashes);
        }
    }
}

impl FromIterator<(Tile, Vec<Hash>)> for TileSet {
    fn from_iter<I: IntoIterator<Item = (Tile, Vec<Hash>)>>(tiles: I) -> Self {
        let mut set = Self::new();
        set.extend(tiles);
        set
    }
}
