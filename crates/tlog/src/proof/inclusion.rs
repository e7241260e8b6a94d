//! Proofs that a leaf is in a tree (RFC 6962 §2.1.1).

use crate::tile::Tile;
use crate::tree::Range;
use crate::{Error, Hash, MAX_SIZE, Result, TileSet, node_hash};

/// Where a hash of an inclusion proof stands in the tree: for drawing it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// How high its subtree is: 0 for a leaf.
    pub level: u32,
    /// Its first leaf.
    pub start: u64,
    /// The leaf after its last one.
    pub end: u64,
    /// Whether it is the left one of the two that are hashed together.
    pub left: bool,
}

/// Where the hashes of an inclusion proof stand, in the proof's order: from the leaf's neighbour up to the root's
/// child. Empty when the tree has no such leaf, as for a tree of one leaf.
pub fn path_nodes(index: u64, size: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut tree = Range { start: 0, end: if index < size { size } else { 0 } };
    while tree.end - tree.start > 1 {
        let (left, right) = (Range { end: tree.middle(), ..tree }, Range { start: tree.middle(), ..tree });
        let goes_left = index < left.end;
        let other = if goes_left { right } else { left };
        nodes.push(Node { level: other.height(), start: other.start, end: other.end, left: !goes_left });
        tree = if goes_left { left } else { right };
    }
    nodes.reverse();
    nodes
}

/// The tiles that [`inclusion`] needs, as wide as they are in the tree of this size. None when there is no such leaf.
pub fn inclusion_tiles(index: u64, size: u64) -> Vec<Tile> {
    super::tiles(path_nodes(index, size).into_iter().map(|node| Range { start: node.start, end: node.end }), size)
}

/// The inclusion proof of the leaf `index` (from 0) in the tree of `size` leaves.
pub fn inclusion(index: u64, size: u64, tiles: &TileSet) -> Result<Vec<Hash>> {
    check(index, size)?;
    let nodes = path_nodes(index, size).into_iter();
    nodes.map(|node| Range { start: node.start, end: node.end }.hash(size, tiles)).collect()
}

/// Checks that the leaf with this hash is leaf `index` (from 0) of the tree of `size` leaves with this root
/// (RFC 9162 §2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, root: &Hash, path: &[Hash]) -> Result<()> {
    check(index, size)?;
    let expected = length(index, size);
    if path.len() != expected {
        return Err(Error::ProofLength { expected, found: path.len() });
    }
    // The node in hand and the last node of its level, counted from the left.
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for other in path {
        // A node without a right neighbour moves up unchanged until it is a right child.
        if node == last {
            let up = node.trailing_zeros().min(63);
            (node, last) = (node >> up, last >> up);
        }
        hash = if node & 1 == 1 { node_hash(other, &hash) } else { node_hash(&hash, other) };
        (node, last) = (node >> 1, last >> 1);
    }
    if hash == *root { Ok(()) } else { Err(Error::Root { expected: *root, found: hash }) }
}

fn check(index: u64, size: u64) -> Result<()> {
    if size > MAX_SIZE {
        return Err(Error::TooLarge { size });
    }
    if index >= size { Err(Error::NoLeaf { index, size }) } else { Ok(()) }
}

/// How many hashes the proof has: one for each level below the point where the paths of the leaf and of the last leaf
/// meet, and one for each right turn above it.
fn length(index: u64, size: u64) -> usize {
    let below = u64::BITS - (index ^ (size - 1)).leading_zeros();
    (below + index.checked_shr(below).unwrap_or(0).count_ones()) as usize
}
