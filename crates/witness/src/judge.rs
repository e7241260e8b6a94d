//! Whether a newer checkpoint contains an older one, judged from the log's own tiles.

use madang_tlog::proof::{consistency, consistency_tiles, verify_consistency};
use madang_tlog::tile::{Resource, Tile};
use madang_tlog::witness::Seen;
use madang_tlog::{Edge, Hash, TileSet};

use crate::remote::{Remote, Trouble};

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// The newer one contains the older one; the proof.
    Contains(Vec<Hash>),
    /// It does not: the tree of the newer one has this other root at the older one's size, and this proves it.
    Forked { root_there: Hash, proof: Vec<Hash> },
    /// The tiles do not hash to the newer checkpoint, so they say nothing.
    Wrong { path: String, why: String },
    /// The log did not answer.
    Away(String),
}

/// Compares. `old.size` is at most `new.size`.
pub(crate) async fn judge(remote: &Remote, old: &Seen, new: &Seen) -> Judgement {
    if old.size == 0 {
        return Judgement::Contains(Vec::new());
    }
    if old.size == new.size {
        return if old.root == new.root {
            Judgement::Contains(Vec::new())
        } else {
            Judgement::Forked { root_there: new.root, proof: Vec::new() }
        };
    }
    let mut tiles = TileSet::new();
    match compare(remote, old, new, &mut tiles).await {
        Ok(judgement) => judgement,
        Err(Trouble::Away(why)) => Judgement::Away(why),
        Err(Trouble::Missing { path }) => Judgement::Wrong { path, why: "missing".to_owned() },
        Err(Trouble::Wrong { path, why }) => Judgement::Wrong { path, why },
    }
}

async fn compare(remote: &Remote, old: &Seen, new: &Seen, tiles: &mut TileSet) -> Result<Judgement, Trouble> {
    let of_proof = consistency_tiles(old.size, new.size);
    load(remote, &of_proof, tiles).await?;
    let proof = consistency(old.size, new.size, tiles).map_err(|error| wrong(&of_proof, &error))?;
    if verify_consistency(old.size, &old.root, new.size, &new.root, &proof).is_ok() {
        return Ok(Judgement::Contains(proof));
    }
    // Either the log forked or its tiles are wrong. The tiles speak for the newer checkpoint only when they hash to it.
    let edge = Edge::tiles(new.size);
    load(remote, &edge, tiles).await?;
    let there = Edge::from_tiles(new.size, tiles).map_err(|error| wrong(&edge, &error))?;
    if there.root() != new.root {
        return Ok(Judgement::Wrong { path: paths(&edge), why: "they do not hash to the signed root".to_owned() });
    }
    let older: Vec<Tile> =
        Edge::tiles(old.size).into_iter().filter_map(|tile| Tile::of_size(tile.level, tile.index, new.size)).collect();
    load(remote, &older, tiles).await?;
    let root_there = Edge::from_tiles(old.size, tiles).map_err(|error| wrong(&older, &error))?.root();
    if root_there != old.root && verify_consistency(old.size, &root_there, new.size, &new.root, &proof).is_ok() {
        return Ok(Judgement::Forked { root_there, proof });
    }
    Ok(Judgement::Wrong { path: paths(&of_proof), why: "they do not hash to the signed root".to_owned() })
}

async fn load(remote: &Remote, wanted: &[Tile], tiles: &mut TileSet) -> Result<(), Trouble> {
    for tile in wanted {
        if tiles.get(tile).is_none() {
            let hashes = remote.tile(*tile).await?;
            tiles.insert(*tile, hashes);
        }
    }
    Ok(())
}

fn paths(tiles: &[Tile]) -> String {
    tiles.iter().map(|tile| Resource::Tile(*tile).to_string()).collect::<Vec<_>>().join(", ")
}

fn wrong(tiles: &[Tile], error: &impl ToString) -> Trouble {
    Trouble::Wrong { path: paths(tiles), why: error.to_string() }
}
