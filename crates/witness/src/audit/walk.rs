//! The walk from the edge down to the entries.

use madang_tlog::Hash;
use madang_tlog::tile::{Bundle, Resource, Tile};
use tokio::task::JoinSet;

use super::edge::{self, altered, first_leaf, of_tile, remake};
use super::{Finding, MOST, Wrong, fold};
use crate::remote::{FULL, Remote, Trouble};

/// Files that are asked for at once.
const AT_ONCE: usize = 8;

/// A full tile to look at, with the hash that stands for it in the tile above when that one is sound.
type Below = (Tile, Option<Hash>);

/// What was found at a tile, and what is to be looked at next.
type Looked = Result<(Vec<Finding>, Vec<Below>), String>;

/// Reads the tree of `size` leaves with this signed root; of what lies wholly before leaf `from` only the tiles above it.
/// Returns what was found altered, in the order of the leaves.
///
/// # Errors
/// The log does not answer.
pub(crate) async fn read(remote: &Remote, size: u64, root: &Hash, from: u64) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    if size == 0 {
        return Ok(findings);
    }
    let mut stack: Vec<Below> = Vec::new();
    for partial in edge::read(remote, size, root, &mut findings).await? {
        if partial.tile.level > 0 {
            stack.extend(children(partial.tile, partial.hashes.as_deref(), partial.sound, from));
        } else {
            let expected = partial.hashes.as_deref();
            compare_entries(remote, partial.tile, expected, partial.sound, &mut findings).await?;
        }
    }
    // Depth first, so that no more waits than a few tiles' worth.
    let mut running: JoinSet<Looked> = JoinSet::new();
    loop {
        while running.len() < AT_ONCE
            && let Some((tile, expected)) = stack.pop()
        {
            let remote = remote.clone();
            running.spawn(async move { full_tile(&remote, tile, expected, from).await });
        }
        let Some(done) = running.join_next().await else { break };
        let (found, below) = done.map_err(|error| error.to_string())??;
        findings.extend(found.into_iter().take(MOST.saturating_sub(findings.len())));
        stack.extend(below);
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// The full tiles below a tile, as far as they reach beyond `from`.
fn children(tile: Tile, hashes: Option<&[Hash]>, sound: bool, from: u64) -> Vec<Below> {
    (0..tile.width)
        .rev()
        .map(|at| {
            let below = Tile { level: tile.level - 1, index: tile.index * 256 + u64::from(at), width: FULL };
            (below, hashes.filter(|_| sound).and_then(|hashes| hashes.get(usize::from(at)).copied()))
        })
        .filter(|(below, _)| first_leaf(Tile { index: below.index + 1, ..*below }) > from)
        .collect()
}

async fn full_tile(remote: &Remote, tile: Tile, expected: Option<Hash>, from: u64) -> Looked {
    let mut findings = Vec::new();
    let shown = match remote.tile(tile).await {
        Ok(hashes) => Ok(hashes),
        Err(Trouble::Away(why)) => return Err(why),
        Err(trouble) => Err(trouble),
    };
    let fits = |hashes: &[Hash]| expected.is_some() && fold(hashes) == expected;
    if let Ok(hashes) = &shown
        && fits(hashes)
    {
        if tile.level == 0 {
            compare_entries(remote, tile, Some(hashes), true, &mut findings).await?;
            return Ok((findings, Vec::new()));
        }
        return Ok((findings, children(tile, Some(hashes), true, from)));
    }
    // Altered, or nothing to compare with: what lies below says which.
    let made = remake(remote, tile).await?;
    let right = made.as_deref().filter(|hashes| fits(hashes));
    match &shown {
        Err(trouble) => findings.push(of_tile(tile, trouble)),
        Ok(hashes) if right.is_some() => findings.push(altered(tile, Some(hashes), right)),
        // Below it something else is wrong too, or was altered along with it.
        Ok(hashes) if expected.is_some() => {
            if made.as_ref() == Some(hashes) {
                let path = if tile.level == 0 { bundle(tile) } else { Resource::Tile(tile) }.to_string();
                findings.push(Finding {
                    leaf: first_leaf(tile),
                    path,
                    index: None,
                    wrong: Wrong::Rewritten,
                    why: Resource::Tile(tile).to_string(),
                });
            } else {
                findings.push(altered(tile, Some(hashes), made.as_deref()));
            }
        }
        Ok(hashes) => {
            if made.as_ref().is_some_and(|made| made != hashes) {
                findings.push(altered(tile, Some(hashes), made.as_deref()));
            }
        }
    }
    if tile.level > 0 {
        return Ok((findings, children(tile, right, right.is_some(), from)));
    }
    if right.is_none() {
        let hashes = shown.as_deref().ok();
        compare_entries(remote, tile, hashes, expected.is_none(), &mut findings).await?;
    }
    Ok((findings, Vec::new()))
}

fn bundle(tile: Tile) -> Resource {
    Resource::Bundle(Bundle { index: tile.index, width: tile.width })
}

/// Hashes the entries of a level-0 tile and compares. `sound`: the hashes are those that were signed, so a difference is
/// an altered entry; otherwise only a bundle that cannot be read is named.
async fn compare_entries(
    remote: &Remote,
    tile: Tile,
    expected: Option<&[Hash]>,
    sound: bool,
    findings: &mut Vec<Finding>,
) -> Result<(), String> {
    let path = bundle(tile).to_string();
    let leaf = first_leaf(tile);
    match remote.leaves(Bundle { index: tile.index, width: tile.width }).await {
        Err(Trouble::Away(why)) => Err(why),
        Err(trouble) => {
            let wrong =
                if matches!(trouble, Trouble::Missing { .. }) { Wrong::BundleMissing } else { Wrong::BundleMalformed };
            findings.push(Finding { leaf, path, index: None, wrong, why: trouble.to_string() });
            Ok(())
        }
        Ok(leaves) => {
            let differing = expected.filter(|_| sound).into_iter().flatten().zip(&leaves).enumerate();
            for (at, _) in differing.filter(|(_, (expected, found))| expected != found) {
                let at = u64::try_from(at).unwrap_or(0);
                findings.push(Finding {
                    leaf: leaf + at,
                    path: path.clone(),
                    index: Some(at),
                    wrong: Wrong::EntryAltered,
                    why: String::new(),
                });
            }
            Ok(())
        }
    }
}
