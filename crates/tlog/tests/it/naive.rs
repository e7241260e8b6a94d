//! The tree of RFC 6962 §2.1 written down as the text defines it: slow, and nothing in it can be wrong unnoticed.

use std::cell::RefCell;
use std::collections::HashMap;

use madang_tlog::tile::{Tile, WIDTH};
use madang_tlog::{Edge, Hash, TileSet, leaf_hash, node_hash};

/// A tree over all its leaf hashes.
pub struct Naive {
    pub leaves: Vec<Hash>,
    known: RefCell<HashMap<(usize, usize), Hash>>,
}

impl Naive {
    /// `size` leaves, each another entry.
    pub fn new(size: usize) -> Self {
        let leaves = (0..size).map(|number| leaf_hash(format!("entry {number}").as_bytes())).collect();
        Self { leaves, known: RefCell::default() }
    }

    /// MTH of the leaves `start..end`.
    pub fn hash(&self, start: usize, end: usize) -> Hash {
        if end - start == 1 {
            return self.leaves[start];
        }
        if let Some(hash) = self.known.borrow().get(&(start, end)) {
            return *hash;
        }
        let middle = start + split(end - start);
        let hash = node_hash(&self.hash(start, middle), &self.hash(middle, end));
        self.known.borrow_mut().insert((start, end), hash);
        hash
    }

    /// PATH(m, D[start:end]), m counted from `start`.
    pub fn path(&self, m: usize, start: usize, end: usize) -> Vec<Hash> {
        if end - start == 1 {
            return Vec::new();
        }
        let k = split(end - start);
        let (mut path, other) = if m < k {
            (self.path(m, start, start + k), self.hash(start + k, end))
        } else {
            (self.path(m - k, start + k, end), self.hash(start, start + k))
        };
        path.push(other);
        path
    }

    /// PROOF(m, D[n]).
    pub fn proof(&self, m: usize, n: usize) -> Vec<Hash> {
        self.subproof(m, 0, n, true)
    }

    fn subproof(&self, m: usize, start: usize, end: usize, known: bool) -> Vec<Hash> {
        let n = end - start;
        if m == n {
            return if known { Vec::new() } else { vec![self.hash(start, end)] };
        }
        let k = split(n);
        let (mut proof, other) = if m <= k {
            (self.subproof(m, start, start + k, known), self.hash(start + k, end))
        } else {
            (self.subproof(m - k, start + k, end, false), self.hash(start, start + k))
        };
        proof.push(other);
        proof
    }

    /// The hashes of a tile, each by its definition in tlog-tiles.
    pub fn tile(&self, tile: &Tile) -> Vec<Hash> {
        let span = 256_usize.pow(u32::from(tile.level));
        let first = usize::try_from(tile.index * WIDTH).unwrap();
        (first..first + usize::from(tile.width)).map(|place| self.hash(place * span, (place + 1) * span)).collect()
    }
}

/// The largest power of two smaller than `n`.
fn split(n: usize) -> usize {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}

/// An edge and all tiles that came out of it.
#[derive(Default)]
pub struct Grown {
    pub edge: Edge,
    pub full: Vec<(Tile, Vec<Hash>)>,
}

impl Grown {
    pub fn to(leaves: &[Hash]) -> Self {
        let mut grown = Self::default();
        leaves.iter().for_each(|leaf| grown.push(*leaf));
        grown
    }

    pub fn push(&mut self, leaf: Hash) {
        self.edge.push(leaf, &mut self.full);
    }

    /// What is stored of the tree as it is now.
    pub fn tiles(&self) -> TileSet {
        self.full.iter().cloned().chain(self.edge.partial()).collect()
    }
}

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }
}
