//! The right edge of a tree: the partial tiles that together hash to the signed root.
//!
//! When they do not, each is also made anew from what lies below it; the smallest exchange that leads to the root tells
//! which of them were altered.

use madang_tlog::tile::{Bundle, Resource, Tile};
use madang_tlog::{Edge, Hash, TileSet};

use super::{Finding, Wrong, fold};
use crate::remote::{FULL, Remote, Trouble};

/// One partial tile of the edge.
#[derive(Debug)]
pub(super) struct Partial {
    pub(super) tile: Tile,
    /// Its hashes; when they lead to the root with the others, `sound`.
    pub(super) hashes: Option<Vec<Hash>>,
    pub(super) sound: bool,
}

/// Reads the edge. An error only when the log does not answer.
pub(super) async fn read(
    remote: &Remote,
    size: u64,
    root: &Hash,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Partial>, String> {
    let tiles = Edge::tiles(size);
    let mut shown = Vec::new();
    let mut troubles = Vec::new();
    for tile in &tiles {
        match remote.tile(*tile).await {
            Ok(hashes) => shown.push(Some(hashes)),
            Err(Trouble::Away(why)) => return Err(why),
            Err(trouble) => {
                troubles.push((*tile, trouble));
                shown.push(None);
            }
        }
    }
    if leads_to(&tiles, &shown, size, root) {
        return Ok(partials(tiles, shown, true));
    }
    let mut made = Vec::new();
    for tile in &tiles {
        made.push(remake(remote, *tile).await?);
    }
    let choice = smallest_exchange(&tiles, &shown, &made, size, root);
    let sound = choice.is_some();
    let exchanged = choice.unwrap_or_default();
    let mut hashes = Vec::new();
    for (at, tile) in tiles.iter().enumerate() {
        let malformed = troubles.iter().find(|(of, _)| of == tile);
        if let Some((_, trouble)) = malformed {
            findings.push(of_tile(*tile, trouble));
        } else if exchanged >> at & 1 == 1 {
            findings.push(altered(*tile, shown[at].as_deref(), made[at].as_deref()));
        }
        hashes.push(if exchanged >> at & 1 == 1 { made[at].clone() } else { shown[at].clone() });
    }
    if !sound {
        findings.push(Finding {
            leaf: tiles.last().map_or(0, |tile| tile.index.saturating_mul(width_of(tile.level.saturating_add(1)))),
            path: Resource::Checkpoint.to_string(),
            index: None,
            wrong: Wrong::RootDiffers,
            why: tiles.iter().map(|tile| Resource::Tile(*tile).to_string()).collect::<Vec<_>>().join(", "),
        });
    }
    Ok(partials(tiles, hashes, sound))
}

fn partials(tiles: Vec<Tile>, hashes: Vec<Option<Vec<Hash>>>, sound: bool) -> Vec<Partial> {
    tiles.into_iter().zip(hashes).map(|(tile, hashes)| Partial { tile, hashes, sound }).collect()
}

fn leads_to(tiles: &[Tile], hashes: &[Option<Vec<Hash>>], size: u64, root: &Hash) -> bool {
    let mut set = TileSet::new();
    for (tile, hashes) in tiles.iter().zip(hashes) {
        let Some(hashes) = hashes else { return false };
        set.insert(*tile, hashes.clone());
    }
    Edge::from_tiles(size, &set).is_ok_and(|edge| edge.root() == *root)
}

/// Which tiles to take as made anew (one bit each) so that all lead to the root; as few as it takes.
fn smallest_exchange(
    tiles: &[Tile],
    shown: &[Option<Vec<Hash>>],
    made: &[Option<Vec<Hash>>],
    size: u64,
    root: &Hash,
) -> Option<u32> {
    let mut choices: Vec<u32> = (0..1 << tiles.len()).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    choices.into_iter().find(|choice| {
        let mixed: Vec<Option<Vec<Hash>>> = (0..tiles.len())
            .map(|at| if choice >> at & 1 == 1 { made[at].clone() } else { shown[at].clone() })
            .collect();
        leads_to(tiles, &mixed, size, root)
    })
}

/// The tile made of what lies below: entries, or the full tiles of the level below. None when that cannot be had.
pub(super) async fn remake(remote: &Remote, tile: Tile) -> Result<Option<Vec<Hash>>, String> {
    if tile.level == 0 {
        let bundle = Bundle { index: tile.index, width: tile.width };
        return match remote.leaves(bundle).await {
            Ok(hashes) => Ok(Some(hashes)),
            Err(Trouble::Away(why)) => Err(why),
            Err(_) => Ok(None),
        };
    }
    let mut hashes = Vec::new();
    for at in 0..u64::from(tile.width) {
        let below = Tile { level: tile.level - 1, index: tile.index * 256 + at, width: FULL };
        match remote.tile(below).await {
            Ok(found) => hashes.push(fold(&found)),
            Err(Trouble::Away(why)) => return Err(why),
            Err(_) => hashes.push(None),
        }
    }
    Ok(hashes.into_iter().collect())
}

/// Leaves below one hash of a level.
pub(super) fn width_of(level: u8) -> u64 {
    1_u64.checked_shl(8 * u32::from(level)).unwrap_or(u64::MAX)
}

/// The first leaf below a tile.
pub(super) fn first_leaf(tile: Tile) -> u64 {
    tile.index.saturating_mul(width_of(tile.level.saturating_add(1)))
}

/// A tile that could not be read.
pub(super) fn of_tile(tile: Tile, trouble: &Trouble) -> Finding {
    let wrong = if matches!(trouble, Trouble::Missing { .. }) { Wrong::TileMissing } else { Wrong::TileMalformed };
    let path = Resource::Tile(tile).to_string();
    Finding { leaf: first_leaf(tile), path, index: None, wrong, why: trouble.to_string() }
}

/// A tile whose hashes are not those that it should have; with the first that differs when those are known.
pub(super) fn altered(tile: Tile, shown: Option<&[Hash]>, right: Option<&[Hash]>) -> Finding {
    let differs = shown.zip(right).and_then(|(shown, right)| shown.iter().zip(right).position(|(a, b)| a != b));
    let index = differs.and_then(|at| u64::try_from(at).ok());
    Finding {
        leaf: first_leaf(tile).saturating_add(index.unwrap_or(0).saturating_mul(width_of(tile.level))),
        path: Resource::Tile(tile).to_string(),
        index,
        wrong: Wrong::TileAltered,
        why: String::new(),
    }
}
