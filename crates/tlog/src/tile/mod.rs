//! The files of a log (c2sp.org/tlog-tiles): [`Tile`]s of 256 hashes, [`Bundle`]s of 256 entries, their names
//! ([`Resource`]) and their bytes ([`hashes`], [`entries`]).
//!
//! A tile of level 0 holds leaf hashes; each hash of a tile of level *n* + 1 is the root of a full tile of level *n*.
//! The last tile of a level is partial when it has fewer than 256 hashes; its name then says how many.

mod content;
mod layout;
mod resource;

pub use content::{bundle_bytes, entries, hashes, tile_bytes};
pub use layout::{Bundle, Tile, WIDTH, bundles_of, tiles_of};
pub use resource::Resource;

#[cfg(test)]
mod tests;
