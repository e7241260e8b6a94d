//! Proofs that an older tree is the beginning of a newer one (RFC 6962 §2.1.2).

use crate::tile::Tile;
use crate::tree::Range;
use crate::{Error, Hash, MAX_SIZE, Result, TileSet, empty_root, node_hash};

/// The subtrees whose hashes are the proof, in its order. The first is left out of a proof whose older tree is a
/// complete subtree of the newer one: who verifies it knows that hash.
fn ranges(old: u64, new: u64) -> Vec<Range> {
    let mut ranges = Vec::new();
    if old == 0 || old >= new {
        return ranges;
    }
    let mut tree = Range { start: 0, end: new };
    while tree.end != old {
        let middle = tree.middle();
        let (left, right) = (Range { end: middle, ..tree }, Range { start: middle, ..tree });
        if old <= middle {
            ranges.push(right);
            tree = left;
        } else {
            ranges.push(left);
            tree = right;
        }
    }
    if tree.start > 0 {
        ranges.push(tree);
    }
    ranges.reverse();
    ranges
}

/// The tiles that [`consistency`] needs, as wide as they are in the newer tree.
pub fn consistency_tiles(old: u64, new: u64) -> Vec<Tile> {
    super::tiles(ranges(old, new).into_iter(), new)
}

/// The proof that the tree of `old` leaves is the beginning of the tree of `new` leaves. Empty when `old` is 0 or
/// equal to `new`.
pub fn consistency(old: u64, new: u64, tiles: &TileSet) -> Result<Vec<Hash>> {
    check(old, new)?;
    ranges(old, new).into_iter().map(|range| range.hash(new, tiles)).collect()
}

/// Checks that the tree of `old` leaves with the root `old_root` is the beginning of the tree of `new` leaves with the
/// root `new_root` (RFC 9162 §2.1.4.2). The tree without leaves is the beginning of every tree, by the empty proof.
pub fn verify_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> Result<()> {
    check(old, new)?;
    let expected = ranges(old, new).len();
    if proof.len() != expected {
        return Err(Error::ProofLength { expected, found: proof.len() });
    }
    if old == 0 {
        same(empty_root(), old_root, |found, expected| Error::OldRoot { expected, found })?;
    }
    if old == new {
        return same(*old_root, new_root, |found, expected| Error::Root { expected, found });
    }
    if old == 0 {
        return Ok(());
    }
    // The last node of the older tree and of the newer one, counted from the left of the level in hand.
    let (mut node, mut last) = (old - 1, new - 1);
    let up = node.trailing_ones();
    (node, last) = (node >> up, last >> up);
    let mut rest = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(first) = first else { return Err(Error::ProofLength { expected, found: proof.len() }) };
    let (mut older, mut newer) = (*first, *first);
    for other in rest {
        if node & 1 == 1 || node == last {
            older = node_hash(other, &older);
            newer = node_hash(other, &newer);
            let up = if node == 0 { 0 } else { node.trailing_zeros() };
            (node, last) = (node >> up, last >> up);
        } else {
            newer = node_hash(&newer, other);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    same(older, old_root, |found, expected| Error::OldRoot { expected, found })?;
    same(newer, new_root, |found, expected| Error::Root { expected, found })
}

fn check(old: u64, new: u64) -> Result<()> {
    if new > MAX_SIZE {
        return Err(Error::TooLarge { size: new });
    }
    if old > new { Err(Error::Shrunk { old, new }) } else { Ok(()) }
}

fn same(computed: Hash, known: &Hash, error: impl FnOnce(Hash, Hash) -> Error) -> Result<()> {
    if computed == *known { Ok(()) } else { Err(error(computed, *known)) }
}
