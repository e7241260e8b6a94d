//! The bytes of tiles and bundles.

use crate::{Error, Hash, Result};

use super::Tile;

/// The hashes of a tile file: exactly `width` (1 to 256) of 32 bytes each.
pub fn hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>> {
    if !(1..=Tile::FULL).contains(&width) {
        return Err(Error::Value { what: "width of a tile", expected: "1 to 256" });
    }
    let length = usize::from(width) * 32;
    match bytes.len().cmp(&length) {
        std::cmp::Ordering::Less => Err(Error::Byte { offset: bytes.len(), expected: "more hashes of 32 bytes" }),
        std::cmp::Ordering::Greater => Err(Error::Byte { offset: length, expected: "the end of the tile" }),
        std::cmp::Ordering::Equal => Ok(bytes.as_chunks().0.iter().map(|hash| Hash(*hash)).collect()),
    }
}

/// The file of these hashes.
pub fn tile_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The entries of a bundle file: exactly `width` (1 to 256), each after its length in two bytes, big end first.
pub fn entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>> {
    if !(1..=Tile::FULL).contains(&width) {
        return Err(Error::Value { what: "width of a bundle", expected: "1 to 256" });
    }
    let mut found = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    for _ in 0..width {
        let offset = bytes.len() - rest.len();
        let (length, after) =
            rest.split_first_chunk().ok_or(Error::Byte { offset, expected: "an entry's length in two bytes" })?;
        let length = usize::from(u16::from_be_bytes(*length));
        let expected = "an entry as long as its length says";
        let (entry, after) = after.split_at_checked(length).ok_or(Error::Byte { offset: offset + 2, expected })?;
        found.push(entry);
        rest = after;
    }
    match rest {
        [] => Ok(found),
        _ => Err(Error::Byte { offset: bytes.len() - rest.len(), expected: "the end of the bundle" }),
    }
}

/// The bundle file of these entries: 1 to 256, each of at most 65,535 bytes.
pub fn bundle_bytes<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut count: u16 = 0;
    for entry in entries {
        count += 1;
        if count > Tile::FULL {
            break;
        }
        let length = u16::try_from(entry.len())
            .map_err(|_| Error::TooLong { what: "an entry of a bundle", limit: usize::from(u16::MAX) })?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    if (1..=Tile::FULL).contains(&count) {
        Ok(bytes)
    } else {
        Err(Error::Value { what: "number of entries in a bundle", expected: "1 to 256" })
    }
}
