//! The stored log as a source: its entries in order, and whether they are what was signed.

use futures_util::{Stream, StreamExt as _};
use madang_base::{Error, Result};
use madang_tlog::tile::{Bundle, Resource, Tile, WIDTH, bundles_of, entries, hashes};
use madang_tlog::{Checkpoint, Edge, leaf_hash};

use crate::ledger;
use crate::log::begin::Stand;
use crate::log::build::Builder;
use crate::log::store::{self, Line};
use crate::log::tiles::Tiles;

/// Bundles read ahead.
const READS: usize = 16;

/// The bundles of a tree of `size` leaves, from the one with leaf `from` on.
pub(super) fn bundles(tiles: &Tiles, from: u64, size: u64) -> impl Stream<Item = Result<(Bundle, Vec<String>)>> {
    let first = from / WIDTH;
    let all = bundles_of(size).skip(usize::try_from(first).unwrap_or(usize::MAX));
    futures_util::stream::iter(all).map(move |bundle| read(tiles, bundle)).buffered(READS)
}

pub(super) async fn read(tiles: &Tiles, bundle: Bundle) -> Result<(Bundle, Vec<String>)> {
    let resource = Resource::Bundle(bundle);
    let damaged = || Error::conflict("log.damaged-file").arg("name", resource);
    let bytes = match tiles.get(&resource).await {
        Ok(Some(bytes)) => bytes,
        Err(error) if error.code() == "log.store" => return Err(error),
        Ok(None) | Err(_) => return Err(damaged()),
    };
    let texts: Vec<_> = entries(&bytes, bundle.width).map_err(|e| damaged().source(e))?;
    let texts = texts.into_iter().map(|entry| String::from_utf8(entry.to_vec()).map_err(|e| damaged().source(e)));
    Ok((bundle, texts.collect::<Result<_>>()?))
}

/// Holds all stored entries against the signed root, and the lines that the database has against the entries.
pub(super) async fn check(builder: &Builder, checkpoint: &Checkpoint, head: u64) -> Result<()> {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    let mut bundles = Box::pin(bundles(&builder.tiles, 0, checkpoint.size));
    while let Some(bundle) = bundles.next().await {
        let (bundle, texts) = bundle?;
        same_lines(builder, bundle, &texts, head).await?;
        for entry in &texts {
            edge.push(leaf_hash(entry.as_bytes()), &mut full);
        }
        full.clear();
    }
    if edge.root() == checkpoint.root { Ok(()) } else { Err(culprit(builder, checkpoint).await?) }
}

/// The lines that the database has of a bundle are those of the bundle. A line from before the log had commitments has its
/// one in the bundle only.
async fn same_lines(builder: &Builder, bundle: Bundle, texts: &[String], head: u64) -> Result<()> {
    let from = bundle.index * WIDTH;
    if from >= head {
        return Ok(());
    }
    let first = store::signed(from)?;
    let upto = first + store::signed(texts.len() as u64)?;
    let lines = builder.db.read(move |tx| store::lines(tx, first, upto, u32::from(Tile::FULL))).await?;
    for (line, text) in lines.iter().zip(texts) {
        if !same(line, text) {
            return Err(Error::conflict("log.diverged").arg("position", line.position));
        }
    }
    Ok(())
}

fn same(line: &Line, text: &str) -> bool {
    match (&line.commitment, line.public) {
        (_, true) => line.json == *text,
        (Some(commitment), false) => ledger::opaque_entry(commitment) == *text,
        (None, false) => super::lines::commitment(text).is_some(),
    }
}

/// The first bundle that does not fit its tile; the tiles above when all do.
async fn culprit(builder: &Builder, checkpoint: &Checkpoint) -> Result<Error> {
    let mut bundles = Box::pin(bundles(&builder.tiles, 0, checkpoint.size));
    while let Some(bundle) = bundles.next().await {
        let (bundle, texts) = bundle?;
        let tile = Tile { level: 0, index: bundle.index, width: bundle.width };
        let stored = builder.tiles.get(&Resource::Tile(tile)).await.ok().flatten();
        let stored = stored.and_then(|bytes| hashes(&bytes, tile.width).ok());
        let derived = texts.iter().map(|entry| leaf_hash(entry.as_bytes()));
        if stored.is_some_and(|stored| !derived.eq(stored)) {
            return Ok(Error::conflict("log.damaged-file").arg("name", Resource::Bundle(bundle)));
        }
    }
    Ok(Error::conflict("log.damaged-file").arg("name", Resource::Checkpoint))
}

/// Without a checkpoint nobody can say how far the log was published. Entries beyond the feed's end, or other ones than the
/// feed's, say that it was further than this database knows.
pub(super) async fn no_more_than(builder: &Builder, stand: &Stand) -> Result<()> {
    let (size, head) = (stand.size(), stand.head);
    let behind = || Error::conflict("log.behind").arg("published", head + 1).arg("size", size);
    let next = Bundle { index: head / WIDTH + 1, width: 1 };
    if entry(builder, head).await?.is_some() || builder.tiles.get(&Resource::Bundle(next)).await?.is_some() {
        return Err(behind());
    }
    let Some(text) = entry(builder, size).await? else { return Ok(()) };
    let first = store::signed(size)?;
    let line = builder.db.read(move |tx| store::lines(tx, first, first + 1, 1)).await?;
    if line.first().is_some_and(|line| same(line, &text)) { Ok(()) } else { Err(behind()) }
}

/// A stored entry; none when there is none that can be read.
async fn entry(builder: &Builder, index: u64) -> Result<Option<String>> {
    let width = u16::try_from(index % WIDTH + 1).map_err(Error::internal)?;
    match read(&builder.tiles, Bundle { index: index / WIDTH, width }).await {
        Ok((_, texts)) => Ok(texts.into_iter().next_back()),
        Err(error) if error.code() == "log.store" => Err(error),
        Err(_) => Ok(None),
    }
}
