//! Tiles that come out of a growing tree.

use super::*;
use crate::leaf_hash;

#[test]
fn tiles_come_out_when_they_are_full() {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    for number in 1..=65_536_u32 {
        let before = full.len();
        edge.push(leaf_hash(&number.to_be_bytes()), &mut full);
        let expected = match number {
            65_536 => 2,
            number if number % 256 == 0 => 1,
            _ => 0,
        };
        assert_eq!(full.len() - before, expected, "after {number}");
    }
    let last: Vec<String> = full.iter().rev().take(2).map(|(tile, _)| tile.to_string()).collect();
    assert_eq!(last, ["tile/1/000", "tile/0/255"]);
    assert_eq!(full.len(), 257);
    let partial: Vec<String> = edge.partial().iter().map(|(tile, _)| tile.to_string()).collect();
    assert_eq!(partial, ["tile/2/000.p/1"], "levels that are full have no partial tile");
    assert_eq!(edge.partial()[0].1, [edge.root()]);
}

#[test]
fn an_edge_read_back_goes_on_as_the_one_that_was_written() {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    for number in 0..70_000_u32 {
        if number % 777 == 0 || (65_500..65_600).contains(&number) {
            let tiles = edge.partial().into_iter().collect();
            edge = Edge::from_tiles(u64::from(number), &tiles).unwrap();
        }
        edge.push(leaf_hash(&number.to_be_bytes()), &mut full);
    }
    let mut straight = Edge::new();
    let mut tiles = Vec::new();
    (0..70_000_u32).for_each(|number| straight.push(leaf_hash(&number.to_be_bytes()), &mut tiles));
    assert_eq!((edge.root(), full), (straight.root(), tiles));
}
