//! Which tiles and bundles a tree has.

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// A tile of hashes. Prints its name, as [`super::Resource`] does.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// 0: leaf hashes; each level further up covers 256 times as many leaves.
    pub level: u8,
    /// Which tile of the level, from 0 on the left.
    pub index: u64,
    /// Hashes in it, 1 to 256.
    pub width: u16,
}

/// A bundle of entries: what the leaf hashes of the level-0 tile of the same index and width are hashes of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    /// Which bundle, from 0.
    pub index: u64,
    /// Entries in it, 1 to 256.
    pub width: u16,
}

impl Tile {
    /// The width of a full tile.
    pub const FULL: u16 = 256;

    /// The tile at this place in a tree of `size` leaves, as wide as it is there; none if the tree does not reach it.
    pub fn of_size(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(8 * u32::from(level))?;
        let left = hashes.checked_sub(index.checked_mul(WIDTH)?)?;
        let width = u16::try_from(left.min(WIDTH)).ok().filter(|width| *width > 0)?;
        Some(Self { level, index, width })
    }

    /// Whether it has fewer hashes than a full tile.
    pub fn is_partial(&self) -> bool {
        self.width < Self::FULL
    }
}

impl Bundle {
    /// The bundle of this index in a tree of `size` leaves; none if the tree does not reach it.
    pub fn of_size(index: u64, size: u64) -> Option<Self> {
        Tile::of_size(0, index, size).map(|tile| Self { index, width: tile.width })
    }

    /// Whether it has fewer entries than a full bundle.
    pub fn is_partial(&self) -> bool {
        self.width < Tile::FULL
    }
}

/// Every tile of a tree of this size: level by level, from the left, the last of a level partial if it is.
pub fn tiles_of(size: u64) -> impl Iterator<Item = Tile> {
    (0..8).flat_map(move |level| {
        (0..(size >> (8 * u32::from(level))).div_ceil(WIDTH)).filter_map(move |index| Tile::of_size(level, index, size))
    })
}

/// Every bundle of a tree of this size, from the left, the last partial if it is.
pub fn bundles_of(size: u64) -> impl Iterator<Item = Bundle> {
    (0..size.div_ceil(WIDTH)).filter_map(move |index| Bundle::of_size(index, size))
}
