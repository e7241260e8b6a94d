//! How the tree of RFC 6962 splits into complete subtrees, and where a complete subtree's hash is found in tiles.

use crate::tile::{Tile, WIDTH};
use crate::{Error, Hash, Result, TileSet, node_hash};

/// The most leaves a tree may have: 2⁶³ − 1. Other implementations hold sizes in signed integers, and a consistency
/// proof has at most 63 hashes (c2sp.org/tlog-witness).
pub const MAX_SIZE: u64 = i64::MAX.unsigned_abs();

/// A range of leaves, `start..end`, that is a subtree.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

/// A subtree whose number of leaves is a power of two: the `index`-th of its height.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complete {
    pub(crate) height: u32,
    pub(crate) index: u64,
}

impl Range {
    /// Where the left half of this subtree (two leaves or more) ends.
    pub(crate) fn middle(self) -> u64 {
        self.start + (1 << (self.end - self.start - 1).ilog2())
    }

    /// How high the subtree is: 0 for one leaf.
    pub(crate) fn height(self) -> u32 {
        let leaves = self.end - self.start;
        if leaves < 2 { 0 } else { (leaves - 1).ilog2() + 1 }
    }

    /// The complete subtrees that make this one, from the right.
    pub(crate) fn complete(self) -> impl Iterator<Item = Complete> {
        let mut end = self.end;
        std::iter::from_fn(move || {
            let leaves = end.checked_sub(self.start).filter(|leaves| *leaves > 0)?;
            let height = leaves.trailing_zeros();
            end -= 1 << height;
            Some(Complete { height, index: end >> height })
        })
    }

    /// The subtree's hash, from the tiles of a tree of `size` leaves.
    pub(crate) fn hash(self, size: u64, tiles: &TileSet) -> Result<Hash> {
        let mut hash = None;
        for part in self.complete() {
            let left = part.hash(size, tiles)?;
            hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
        }
        Ok(hash.unwrap_or_else(crate::empty_root))
    }
}

impl Complete {
    /// Where the hashes that make this subtree stand: level and index of the tile, first hash in it, number.
    fn place(self) -> (u8, u64, usize, usize) {
        let level = u8::try_from(self.height / 8).unwrap_or(u8::MAX);
        let first = self.index << (self.height % 8);
        let place = usize::try_from(first % WIDTH).unwrap_or(usize::MAX);
        (level, first / WIDTH, place, 1 << (self.height % 8))
    }

    /// The tile that holds it in a tree of `size` leaves.
    pub(crate) fn tile(self, size: u64) -> Option<Tile> {
        let (level, index, ..) = self.place();
        Tile::of_size(level, index, size)
    }

    fn hash(self, size: u64, tiles: &TileSet) -> Result<Hash> {
        let (level, index, first, count) = self.place();
        let width = u16::try_from(first + count).unwrap_or(u16::MAX);
        let held = tiles.get(&Tile { level, index, width }).and_then(|hashes| hashes.get(first..first + count));
        match held {
            Some(hashes) => Ok(fold(hashes)),
            None => Err(Error::MissingTile { tile: self.tile(size).unwrap_or(Tile { level, index, width }) }),
        }
    }
}

/// The root over hashes whose number is a power of two, at most a tile's width.
pub(crate) fn fold(hashes: &[Hash]) -> Hash {
    let mut nodes = [Hash([0; 32]); 128];
    let mut count = hashes.len() / 2;
    for (node, pair) in nodes.iter_mut().zip(hashes.chunks_exact(2)) {
        *node = node_hash(&pair[0], &pair[1]);
    }
    while count > 1 {
        count /= 2;
        for place in 0..count {
            nodes[place] = node_hash(&nodes[2 * place], &nodes[2 * place + 1]);
        }
    }
    if let [only] = hashes { *only } else { nodes[0] }
}

#[cfg(test)]
mod tests;
