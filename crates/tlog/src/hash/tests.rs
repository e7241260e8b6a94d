//! Hashes and roots against the vectors that Certificate Transparency publishes.

use super::*;
use crate::Edge;
use crate::proof::{consistency, inclusion};

/// Leaves and roots of `merkle_tree_test` in certificate-transparency (Google), the test of many implementations.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hashes(text: &[&str]) -> Vec<Hash> {
    text.iter().map(|hash| Hash::from_hex(hash).unwrap()).collect()
}

#[test]
fn published_roots_and_proofs_hold() {
    let mut edge = Edge::new();
    assert_eq!(empty_root().hex(), ROOTS[0]);
    for (leaf, root) in LEAVES.iter().zip(&ROOTS[1..]) {
        edge.push(leaf_hash(leaf), &mut Vec::new());
        assert_eq!(edge.root().hex(), *root, "root of {}", edge.size());
    }
    let tiles = edge.partial().into_iter().collect();
    let second = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    let third_and_fourth = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    let right = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    let fifth = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    let last_two = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    assert_eq!(inclusion(0, 8, &tiles).unwrap(), hashes(&[second, third_and_fourth, right]));
    assert_eq!(inclusion(5, 8, &tiles).unwrap(), hashes(&[fifth, last_two, ROOTS[4]]));
    assert_eq!(inclusion(2, 3, &tiles).unwrap(), hashes(&[ROOTS[2]]));
    assert_eq!(inclusion(1, 5, &tiles).unwrap(), hashes(&[ROOTS[1], third_and_fourth, fifth]));
    let fifth_and_sixth = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    assert_eq!(consistency(1, 8, &tiles).unwrap(), hashes(&[second, third_and_fourth, right]));
    assert_eq!(consistency(6, 8, &tiles).unwrap(), hashes(&[fifth_and_sixth, last_two, ROOTS[4]]));
    assert_eq!(consistency(2, 5, &tiles).unwrap(), hashes(&[third_and_fourth, fifth]));
}

#[test]
fn hashes_are_written_in_one_way() {
    let hash = leaf_hash(b"one");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(Hash::from_hex(&hash.hex()), Ok(hash));
    assert!(Hash::from_hex(&hash.hex().to_uppercase()).is_err());
    assert_eq!(Hash::from_hex("00g").unwrap_err().to_string(), "byte 3: expected 64 lower-case hexadecimal digits");
    // The last character of a hash has two bits that say nothing: only one of four spellings is taken.
    let zero = Hash([0; 32]).to_string();
    assert!(zero.ends_with("AA="));
    for other in ["AB=", "AC=", "AD="] {
        assert!(zero.replace("AA=", other).parse::<Hash>().is_err());
    }
    assert!(zero.trim_end_matches('=').parse::<Hash>().is_err() && format!("{zero}\n").parse::<Hash>().is_err());
}
