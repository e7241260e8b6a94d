//! How ranges of leaves split.

use super::*;

#[test]
fn a_range_is_made_of_its_complete_subtrees() {
    for size in 1..600_u64 {
        let mut end = size;
        for part in (Range { start: 0, end: size }).complete() {
            assert_eq!((part.index + 1) << part.height, end, "parts of {size} follow each other from the right");
            end = part.index << part.height;
        }
        assert_eq!(end, 0);
        let range = Range { start: 0, end: size };
        assert_eq!(range.height(), size.next_power_of_two().ilog2());
        if size > 1 {
            let middle = range.middle();
            assert!(middle.is_power_of_two() && middle < size && middle * 2 >= size);
        }
    }
}

#[test]
fn folding_is_hashing_pairs_until_one_is_left() {
    let mut level: Vec<Hash> = (0..=255).map(|byte| Hash([byte; 32])).collect();
    let all = level.clone();
    while level.len() > 1 {
        level = level.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    assert_eq!(fold(&all), level[0]);
    assert_eq!(fold(&all[..1]), all[0]);
    assert_eq!(fold(&all[..2]), node_hash(&all[0], &all[1]));
}
