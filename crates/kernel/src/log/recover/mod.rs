//! Filling the database again from the stored log, or the store from the database: `madang ledger recover`.
//!
//! A restored backup is behind the log that was published. What it lacks is in the entry bundles: after all of them have
//! been held against the signed root, the missing lines are put back into the feed with their positions, counts are folded,
//! and domains write what follows from an event ([`Fold::restore`](crate::sequencer::Fold::restore)). Texts, files and
//! what is not public stand in no log and are not recovered. The other way round, a store that lost files gets them again
//! from the feed, when the feed still gives the signed root.
//!
//! Invariants: nothing is changed before everything that it rests on has been checked against a signature; the tree moves
//! last. Killed at any point, it is run again and goes on.

mod lines;
mod refill;
mod source;

use futures_util::StreamExt as _;
use madang_base::{Error, Result, SharedClock, SharedRng};
use madang_db::Db;
use madang_tlog::note::VerifierKey;
use madang_tlog::{Checkpoint, Edge, leaf_hash};

use super::begin::{self, Stand};
use super::build::{Builder, Built};
use super::sign;
use super::tiles::Tiles;
use crate::sequencer::Folds;

/// Files compared and written at a time.
const FILES: usize = 16;

/// What was put right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Leaves of the log.
    pub size: u64,
    /// Lines that the feed had lost.
    pub added: u64,
    /// Acts that waited in the inbox and stood in the log already.
    pub known: u64,
    /// Files that were missing or damaged.
    pub written: u64,
}

/// Brings database and store to the same log again, and publishes its checkpoint.
///
/// `keys`: verifier keys to believe beside those that the database knows, such as that of the configured signing key.
///
/// # Errors
/// `log.checkpoint`, `log.checkpoint-signature`; `log.damaged-file` (argument `name`): the stored log is not what was signed;
/// `log.diverged` (argument `position`): the database has another line there; `log.forked`: it has another tree;
/// `log.behind`: the store has more and no checkpoint; `log.feed-changed`: the feed is not what was signed; those of
/// database and store.
pub async fn recover(
    db: &Db,
    tiles: &Tiles,
    folds: &Folds,
    keys: &[VerifierKey],
    clock: &SharedClock,
    rng: &SharedRng,
) -> Result<Recovered> {
    let builder = Builder { db: db.clone(), tiles: tiles.clone(), clock: clock.clone(), rng: rng.clone() };
    let stand = Stand::read(db).await?;
    let mut known = begin::verifiers(&stand.keys)?;
    known.extend(keys.iter().filter(|key| !stand.keys.iter().any(|row| row.vkey == key.to_string())).cloned());
    let stored = begin::stored(tiles, &known).await?;
    let mut recovered = Recovered::default();
    let checkpoint = stored.as_ref().map(|stored| stored.checkpoint.clone());
    match stored {
        Some(stored) if stored.checkpoint.size > stand.size() => {
            if let Some(tree) = stand.tree.as_ref().filter(|tree| tree.origin != stored.checkpoint.origin) {
                let error = Error::conflict("log.origin").arg("expected", &tree.origin);
                return Err(error.arg("found", stored.checkpoint.origin));
            }
            refill::refill(&builder, folds, &stand, &stored, &mut recovered).await?;
        }
        Some(_) => {}
        None => source::no_more_than(&builder, &stand).await?,
    }
    let stand = Stand::read(db).await?;
    same_root(&builder, &stand, checkpoint.as_ref()).await?;
    recovered.written = rewrite(&builder, &stand).await?;
    recovered.size = stand.size();
    sign::publish(db, tiles).await?;
    Ok(recovered)
}

/// The feed gives the root that was signed, and at its size that of the stored checkpoint.
async fn same_root(builder: &Builder, stand: &Stand, stored: Option<&Checkpoint>) -> Result<()> {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    let forked = |checkpoint: &Checkpoint| Error::conflict("log.forked").arg("size", checkpoint.size);
    let mut pages = builder.pages(0, stand.size());
    while let Some(page) = pages.recv().await {
        for entry in page? {
            edge.push(leaf_hash(entry.as_bytes()), &mut full);
            full.clear();
            if let Some(stored) = stored.filter(|stored| stored.size == edge.size() && stored.root != edge.root()) {
                return Err(forked(stored));
            }
        }
    }
    if edge.size() != stand.size() || edge.root() != stand.root() {
        return Err(Error::conflict("log.feed-changed").arg("size", stand.size()));
    }
    Ok(())
}

/// Writes every file of the tree that is not there as it must be; how many there were.
async fn rewrite(builder: &Builder, stand: &Stand) -> Result<u64> {
    let mut built = Built::default();
    let mut written = 0;
    let mut pages = builder.pages(0, stand.size());
    while let Some(page) = pages.recv().await {
        let files = built.add(page?)?;
        written += put(builder, files).await?;
    }
    if built.edge.root() != stand.root() {
        return Err(Error::conflict("log.feed-changed").arg("size", stand.size()));
    }
    Ok(written + put(builder, built.partial()?).await?)
}

async fn put(builder: &Builder, files: Vec<(madang_tlog::tile::Resource, bytes::Bytes)>) -> Result<u64> {
    let mut done = futures_util::stream::iter(files)
        .map(async |(resource, bytes)| {
            // A file that cannot be read is replaced; a store that does not answer says so when it is written.
            if builder.tiles.get(&resource).await.is_ok_and(|there| there.as_ref() == Some(&bytes)) {
                return Ok(0);
            }
            builder.tiles.put(&resource, bytes).await.map(|()| 1)
        })
        .buffer_unordered(FILES);
    let mut written = 0;
    while let Some(one) = done.next().await {
        written += one?;
    }
    Ok(written)
}
