//! The right edge of a growing tree.

use crate::tile::{Tile, WIDTH};
use crate::tree::fold;
use crate::{Error, Hash, MAX_SIZE, Result, TileSet, empty_root, node_hash};

/// Hashes in a full tile.
const FULL: usize = 256;

/// What a log needs to go on: the hashes of the partial tile of each level, at most 255 of each. Leaves go in by
/// [`Edge::push`], full tiles come out; [`Edge::partial`] and [`Edge::root`] are what a checkpoint needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of the tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree's leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf. Tiles that become full thereby (one per 256 leaves, lowest level first) are added to `full`.
    pub fn push(&mut self, leaf: Hash, full: &mut Vec<(Tile, Vec<Hash>)>) {
        self.size += 1;
        let mut hash = leaf;
        // Hashes at the level in hand, all tiles of the level taken together.
        let mut count = self.size;
        for level in 0.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::with_capacity(FULL));
            }
            let hashes = &mut self.levels[usize::from(level)];
            hashes.push(hash);
            if hashes.len() < FULL {
                return;
            }
            hash = fold(hashes);
            count /= WIDTH;
            let tile = Tile { level, index: count - 1, width: Tile::FULL };
            full.push((tile, std::mem::replace(hashes, Vec::with_capacity(FULL))));
        }
    }

    /// The partial tiles of this tree, lowest level first: what is stored besides the full tiles. Levels whose last
    /// tile is full have none.
    pub fn partial(&self) -> Vec<(Tile, Vec<Hash>)> {
        let tiles = Self::tiles(self.size).into_iter();
        tiles.map(|tile| (tile, self.levels[usize::from(tile.level)].clone())).collect()
    }

    /// The root of the tree (RFC 6962 §2.1). Costs at most 255 hashes for each level of tiles.
    pub fn root(&self) -> Hash {
        let mut root = None;
        for hashes in &self.levels {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (left, last) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
                let hash = fold(last);
                root = Some(root.map_or(hash, |right| node_hash(&hash, &right)));
                rest = left;
            }
        }
        root.unwrap_or_else(empty_root)
    }

    /// The partial tiles of a tree of this size, lowest level first: what [`Edge::from_tiles`] needs.
    pub fn tiles(size: u64) -> Vec<Tile> {
        let levels = (0..8).map(|level| (level, size >> (8 * u32::from(level))));
        let partial = levels.filter(|(_, hashes)| hashes % WIDTH > 0);
        partial.filter_map(|(level, hashes)| Tile::of_size(level, hashes / WIDTH, size)).collect()
    }

    /// The edge of a tree of this size, read back from its partial tiles ([`Edge::tiles`]). What is read is believed:
    /// compare [`Edge::root`] with a signed root before anything is added.
    pub fn from_tiles(size: u64, set: &TileSet) -> Result<Self> {
        if size > MAX_SIZE {
            return Err(Error::TooLarge { size });
        }
        let mut levels = Vec::new();
        for tile in Self::tiles(size) {
            levels.resize_with(usize::from(tile.level), || Vec::with_capacity(FULL));
            let hashes = set.get(&tile).ok_or(Error::MissingTile { tile })?;
            let mut level = Vec::with_capacity(FULL);
            level.extend_from_slice(hashes);
            levels.push(level);
        }
        Ok(Self { size, levels })
    }
}

#[cfg(test)]
mod tests;
