//! Roots, tiles and proofs of every size to 2,000 and of larger ones, against the naive tree.

use std::collections::BTreeSet;

use madang_tlog::proof::{
    consistency, consistency_tiles, inclusion, inclusion_tiles, path_nodes, verify_consistency, verify_inclusion,
};
use madang_tlog::tile::{Tile, bundles_of, tiles_of};
use madang_tlog::{Edge, Error, Hash, TileSet, empty_root};
use proptest::prelude::*;

use crate::naive::{Grown, Naive, Numbers};

fn check_inclusion(tree: &Naive, tiles: &TileSet, index: usize, size: usize) {
    let (i, n) = (index as u64, size as u64);
    let path = inclusion(i, n, tiles).unwrap();
    assert_eq!(path, tree.path(index, 0, size), "leaf {index} of {size}");
    verify_inclusion(&tree.leaves[index], i, n, &tree.hash(0, size), &path).unwrap();
    let nodes = path_nodes(i, n);
    assert_eq!(nodes.len(), path.len());
    for (node, hash) in nodes.iter().zip(&path) {
        assert_eq!(*hash, tree.hash(node.start as usize, node.end as usize));
        assert_eq!(node.left, node.end <= i, "a left node lies before the leaf");
        assert_eq!(node.level, (node.end - node.start).next_power_of_two().ilog2());
    }
}

fn check_consistency(tree: &Naive, tiles: &TileSet, old: usize, new: usize) {
    let (m, n) = (old as u64, new as u64);
    let proof = consistency(m, n, tiles).unwrap();
    assert_eq!(proof, tree.proof(old, new), "{old} to {new}");
    verify_consistency(m, &tree.hash(0, old), n, &tree.hash(0, new), &proof).unwrap();
}

#[test]
fn every_size_to_2000_has_the_root_tiles_and_proofs_of_the_naive_tree() {
    let tree = Naive::new(2000);
    let mut grown = Grown::default();
    let mut numbers = Numbers(1);
    assert_eq!(grown.edge.root(), empty_root());
    for size in 1..=2000 {
        grown.push(tree.leaves[size - 1]);
        assert_eq!(grown.edge.root(), tree.hash(0, size), "root of {size}");
        let tiles = grown.tiles();
        for (tile, hashes) in grown.edge.partial() {
            assert_eq!(hashes, tree.tile(&tile), "{tile} of {size}");
        }
        assert_eq!(Edge::from_tiles(size as u64, &tiles).unwrap(), grown.edge);
        let some = |numbers: &mut Numbers| (0..6).map(|_| numbers.below(size)).collect::<BTreeSet<_>>();
        let indices = if size <= 130 { (0..size).collect() } else { some(&mut numbers) };
        for index in indices.into_iter().chain([0, size - 1]) {
            check_inclusion(&tree, &tiles, index, size);
        }
        let olds = if size <= 130 { (0..size).collect() } else { some(&mut numbers) };
        for old in olds {
            check_consistency(&tree, &tiles, old + 1, size);
        }
    }
    for (tile, hashes) in &grown.full {
        assert_eq!(*hashes, tree.tile(tile), "{tile}");
    }
}

#[test]
fn larger_trees_have_the_root_tiles_and_proofs_of_the_naive_tree() {
    let tree = Naive::new(100_000);
    let mut numbers = Numbers(2);
    let fixed = [65_535, 65_536, 65_537, 70_000, 100_000];
    for size in fixed.into_iter().chain((0..3).map(|_| 2_001 + numbers.below(97_999)).collect::<Vec<_>>()) {
        let grown = Grown::to(&tree.leaves[..size]);
        assert_eq!(grown.edge.root(), tree.hash(0, size), "root of {size}");
        let tiles = grown.tiles();
        for _ in 0..50 {
            check_inclusion(&tree, &tiles, numbers.below(size), size);
            check_consistency(&tree, &tiles, 1 + numbers.below(size), size);
        }
        let stored: BTreeSet<Tile> = grown.full.iter().chain(&grown.edge.partial()).map(|(tile, _)| *tile).collect();
        assert_eq!(stored, tiles_of(size as u64).collect(), "tiles of {size}");
        assert_eq!(bundles_of(size as u64).map(|bundle| usize::from(bundle.width)).sum::<usize>(), size);
    }
}

/// Makes a proof from some tiles.
type Prove<'a> = dyn Fn(&TileSet) -> Result<Vec<Hash>, Error> + 'a;

#[test]
fn a_proof_needs_exactly_the_tiles_it_says() {
    let tree = Naive::new(70_000);
    let mut numbers = Numbers(3);
    for _ in 0..60 {
        let size = 1 + numbers.below(70_000);
        let all = Grown::to(&tree.leaves[..size]).tiles();
        let (index, old) = (numbers.below(size) as u64, numbers.below(size + 1) as u64);
        let n = size as u64;
        let asks: [(_, &Prove); 2] = [
            (inclusion_tiles(index, n), &|tiles| inclusion(index, n, tiles)),
            (consistency_tiles(old, n), &|tiles| consistency(old, n, tiles)),
        ];
        for (needed, prove) in asks {
            let have = |tile: &Tile| (*tile, all.get(tile).expect("a tile of the tree").to_vec());
            let only: TileSet = needed.iter().map(have).collect();
            assert_eq!(prove(&only).unwrap(), prove(&all).unwrap());
            for missing in &needed {
                let fewer: TileSet = needed.iter().filter(|tile| *tile != missing).map(have).collect();
                assert_eq!(prove(&fewer), Err(Error::MissingTile { tile: *missing }));
            }
        }
    }
}

#[test]
fn proofs_that_cannot_be_are_refused() {
    let tree = Naive::new(300);
    let tiles = Grown::to(&tree.leaves).tiles();
    assert_eq!(inclusion(300, 300, &tiles), Err(Error::NoLeaf { index: 300, size: 300 }));
    assert_eq!(inclusion(0, 0, &tiles), Err(Error::NoLeaf { index: 0, size: 0 }));
    assert_eq!(inclusion(0, u64::MAX, &tiles), Err(Error::TooLarge { size: u64::MAX }));
    assert!(path_nodes(300, 300).is_empty() && inclusion_tiles(300, 300).is_empty());
    assert_eq!(consistency(301, 300, &tiles), Err(Error::Shrunk { old: 301, new: 300 }));
    assert_eq!(consistency(0, 300, &tiles), Ok(Vec::new()));
    assert_eq!(consistency(300, 300, &tiles), Ok(Vec::new()));
    let (empty, root) = (empty_root(), tree.hash(0, 300));
    verify_consistency(0, &empty, 300, &root, &[]).unwrap();
    verify_consistency(0, &empty, 0, &empty, &[]).unwrap();
    verify_consistency(300, &root, 300, &root, &[]).unwrap();
    assert!(verify_consistency(0, &root, 300, &root, &[]).is_err(), "the empty tree has one root");
    assert!(verify_consistency(0, &empty, 0, &root, &[]).is_err());
    assert!(verify_consistency(0, &empty, 300, &root, &[root]).is_err(), "from nothing there is no proof");
    assert!(verify_consistency(300, &root, 300, &root, &[root]).is_err());
    assert!(verify_consistency(300, &root, 300, &empty, &[]).is_err());
    assert!(matches!(Edge::from_tiles(301, &tiles), Err(Error::MissingTile { .. })));
    assert_eq!(Edge::from_tiles(u64::MAX, &tiles), Err(Error::TooLarge { size: u64::MAX }));
}

proptest! {
    /// Nothing about sizes, indices and hashes makes the verifier panic, and garbage never verifies.
    #[test]
    fn garbage_never_verifies(
        index: u64, old: u64, size: u64,
        shift in 0_u32..64,
        hashes in prop::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..70),
    ) {
        let root = Hash([7; 32]);
        let (index, old, size) = (index >> shift, old >> shift, size >> shift);
        if index < size && size > 1 {
            prop_assert!(verify_inclusion(&Hash([1; 32]), index, size, &root, &hashes).is_err());
        }
        if old != size {
            prop_assert!(verify_consistency(old, &root, size, &root, &hashes).is_err());
        }
        let tiles = TileSet::new();
        let _ = (inclusion(index, size, &tiles), consistency(old, size, &tiles), Edge::from_tiles(size, &tiles));
        prop_assert!(path_nodes(index, size).len() <= 64);
        prop_assert!(inclusion_tiles(index, size).len() + consistency_tiles(old, size).len() <= 256);
    }
}
