//! Merkle proofs (RFC 6962 §2.1.1 and §2.1.2): a leaf is in a tree ([`inclusion`]), an older tree is the beginning of
//! a newer one ([`consistency`]). Each kind says first which tiles it needs, so that they can be fetched together.
//!
//! Verifying needs no tiles and takes at most 64 hashes. A proof that verifies shows only what its root shows: take
//! roots from signed checkpoints.

mod consistency;
mod inclusion;

pub use consistency::{consistency, consistency_tiles, verify_consistency};
pub use inclusion::{Node, inclusion, inclusion_tiles, path_nodes, verify_inclusion};

use crate::tile::Tile;
use crate::tree::Range;

/// The most hashes a proof can have: a tree has at most 2⁶³ − 1 leaves.
pub const MAX_LENGTH: usize = 63;

/// The tiles that hold these subtrees in a tree of `size` leaves, each once.
fn tiles(ranges: impl Iterator<Item = Range>, size: u64) -> Vec<Tile> {
    let mut tiles: Vec<Tile> = ranges.flat_map(Range::complete).filter_map(|part| part.tile(size)).collect();
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}
