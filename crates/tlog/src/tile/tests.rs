//! Names, widths and bytes of a log's files.

use super::*;
use crate::{Error, Hash};

#[test]
fn the_standards_examples_hold() {
    let names: Vec<String> =
        [1_234_067, 0, 999, 1000].map(|index| Tile { level: 0, index, width: 256 }.to_string()).into();
    assert_eq!(names, ["tile/0/x001/x234/067", "tile/0/000", "tile/0/999", "tile/0/x001/000"]);
    let tiles: Vec<Tile> = tiles_of(70_000).collect();
    let of = |level, full| tiles.iter().filter(|tile| tile.level == level && (tile.width == 256) == full).count();
    assert_eq!((of(0, true), of(0, false), of(1, true), of(1, false), of(2, false)), (273, 1, 1, 1, 1));
    assert_eq!(tiles.len(), 277);
    let partial: Vec<u16> = tiles.iter().map(|tile| tile.width).filter(|width| *width < 256).collect();
    assert_eq!(partial, [112, 17, 1]);
    let small: Vec<String> = tiles_of(256).map(|tile| tile.to_string()).collect();
    assert_eq!(small, ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles_of(0).count() + bundles_of(0).count(), 0);
}

#[test]
fn names_are_read_strictly() {
    let read = |name: &str| name.parse::<Resource>();
    assert_eq!(read("checkpoint"), Ok(Resource::Checkpoint));
    assert_eq!(read("tile/63/x001/067.p/8"), Ok(Resource::Tile(Tile { level: 63, index: 1067, width: 8 })));
    assert_eq!(read("tile/entries/067"), Ok(Resource::Bundle(Bundle { index: 67, width: 256 })));
    let largest = Resource::Bundle(Bundle { index: u64::MAX, width: 1 });
    assert_eq!(read("tile/entries/x018/x446/x744/x073/x709/x551/615.p/1"), Ok(largest));
    for wrong in [
        "",
        "/checkpoint",
        "checkpoint/",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/08",
        "tile/0/000.p/1/2",
        "tile/0/000/",
        "tile/0/X001/067",
        "tile/0/０００",
        "tile/0/가",
        "tile/0/x001//067",
        "tile/entries",
        "tile/entries/x18/067",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/data/000",
    ] {
        assert!(read(wrong).is_err(), "`{wrong}` was read");
    }
    assert_eq!(
        read("tile/0/x001/06x").unwrap_err().to_string(),
        "byte 12: expected three digits, with an `x` before them where more follow"
    );
    assert_eq!(read("tile/0/000.p/256"), Err(Error::Byte { offset: 13, expected: "a width from 1 to 255" }));
}

#[test]
fn files_have_exactly_their_width() {
    let two = [Hash([1; 32]), Hash([2; 32])];
    let bytes = tile_bytes(&two);
    assert_eq!(hashes(&bytes, 2).unwrap(), two);
    for width in [0, 1, 3, 257] {
        assert!(hashes(&bytes, width).is_err(), "width {width}");
    }
    assert_eq!(hashes(&bytes[..63], 2), Err(Error::Byte { offset: 63, expected: "more hashes of 32 bytes" }));
    let file = bundle_bytes([b"ab".as_slice(), b""]).unwrap();
    assert_eq!(file, b"\x00\x02ab\x00\x00");
    assert_eq!(entries(&file, 2).unwrap(), [b"ab".as_slice(), b""]);
    assert_eq!(entries(&file, 1), Err(Error::Byte { offset: 4, expected: "the end of the bundle" }));
    assert_eq!(entries(&file, 3), Err(Error::Byte { offset: 6, expected: "an entry's length in two bytes" }));
    assert_eq!(entries(&file[..3], 2), Err(Error::Byte { offset: 2, expected: "an entry as long as its length says" }));
    assert!(entries(&file, 0).is_err() && entries(&file, 257).is_err());
    let long = vec![0; 65_536];
    assert!(bundle_bytes([long.as_slice()]).is_err() && bundle_bytes([&long[1..]]).is_ok());
    assert!(bundle_bytes([]).is_err() && bundle_bytes([b"".as_slice(); 257]).is_err());
}

#[test]
fn a_tile_is_as_wide_as_the_tree_fills_it() {
    assert_eq!(Tile::of_size(0, 273, 70_000), Some(Tile { level: 0, index: 273, width: 112 }));
    assert_eq!(Tile::of_size(0, 274, 70_000), None);
    assert_eq!(Tile::of_size(1, 1, 70_000).map(|tile| (tile.width, tile.is_partial())), Some((17, true)));
    assert_eq!(Tile::of_size(9, 0, u64::MAX), None);
    assert_eq!(Tile::of_size(0, u64::MAX, u64::MAX), None);
    assert_eq!(Bundle::of_size(0, 1000), Some(Bundle { index: 0, width: 256 }));
}
