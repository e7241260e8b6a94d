//! From lines of the feed to files: leaf hashes, entry bundles, tiles.

use std::mem;

use bytes::Bytes;
use madang_base::{Error, Result, SharedClock, SharedRng};
use madang_db::Db;
use madang_tlog::tile::{Bundle, Resource, Tile, WIDTH, bundle_bytes, tile_bytes};
use madang_tlog::{Edge, Hash, leaf_hash};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::store::{self, Line};
use super::tiles::Tiles;
use crate::ledger;

/// Lines read at a time.
const PAGE: u32 = 4096;
/// Pages read ahead.
const AHEAD: usize = 2;
/// Files written at a time.
const WRITES: usize = 16;

/// A tree as far as it is built: its right edge, and the entries of the last bundle while that is not full.
#[derive(Clone, Debug, Default)]
pub(super) struct Built {
    pub edge: Edge,
    pub tail: Vec<String>,
}

impl Built {
    /// Adds leaves. Files that became full are in the answer.
    pub(super) fn add(&mut self, entries: impl IntoIterator<Item = String>) -> Result<Vec<(Resource, Bytes)>> {
        let (mut files, mut full) = (Vec::new(), Vec::new());
        for entry in entries {
            self.edge.push(leaf_hash(entry.as_bytes()), &mut full);
            self.tail.push(entry);
            if self.tail.len() == usize::from(Tile::FULL) {
                let index = self.edge.size() / WIDTH - 1;
                let entries = mem::take(&mut self.tail);
                files.push((Resource::Bundle(Bundle { index, width: Tile::FULL }), bundle(&entries)?));
            }
            files.extend(full.drain(..).map(|(tile, hashes)| file(tile, &hashes)));
        }
        Ok(files)
    }

    /// The files of the right edge.
    pub(super) fn partial(&self) -> Result<Vec<(Resource, Bytes)>> {
        let mut files: Vec<_> = self.edge.partial().iter().map(|(tile, hashes)| file(*tile, hashes)).collect();
        if let Some(bundle_at) = Bundle::of_size(self.edge.size() / WIDTH, self.edge.size()) {
            files.push((Resource::Bundle(bundle_at), bundle(&self.tail)?));
        }
        Ok(files)
    }
}

pub(super) fn file(tile: Tile, hashes: &[Hash]) -> (Resource, Bytes) {
    (Resource::Tile(tile), tile_bytes(hashes).into())
}

pub(super) fn bundle(entries: &[String]) -> Result<Bytes> {
    Ok(bundle_bytes(entries.iter().map(String::as_bytes)).map_err(Error::internal)?.into())
}

/// What building reads and writes.
#[derive(Clone)]
pub(super) struct Builder {
    pub db: Db,
    pub tiles: Tiles,
    pub clock: SharedClock,
    pub rng: SharedRng,
}

impl Builder {
    /// Builds on up to `upto` leaves and writes all files of that tree but its checkpoint. Reading, hashing and writing go
    /// on at the same time; what is held of the feed at once is a few pages, however long it is.
    ///
    /// # Errors
    /// Those of the database and the store; then some files of the larger tree are there, which nobody has signed.
    pub(super) async fn build(&self, from: Built, upto: u64) -> Result<Built> {
        let before: Vec<Resource> = from.partial()?.into_iter().map(|(resource, _)| resource).collect();
        let mut built = from;
        let mut pages = self.pages(built.edge.size(), upto);
        // Tasks, so that they go on while this one reads and hashes; those that are left end with it.
        let mut writes = JoinSet::new();
        while let Some(page) = pages.recv().await {
            let entries = page?;
            let added = tokio::task::spawn_blocking(move || built.add(entries).map(|files| (built, files)));
            let (more, files) = added.await.map_err(Error::internal)??;
            built = more;
            for (resource, bytes) in files {
                self.write(&mut writes, resource, bytes).await?;
            }
        }
        if built.edge.size() != upto {
            return Err(Error::internal(format!("the feed ends at {} instead of {upto}", built.edge.size())));
        }
        for (resource, bytes) in built.partial()? {
            if !before.contains(&resource) {
                self.write(&mut writes, resource, bytes).await?;
            }
        }
        while let Some(written) = writes.join_next().await {
            written.map_err(Error::internal)??;
        }
        Ok(built)
    }

    /// Begins to write a file, when not too many are being written.
    async fn write(&self, writes: &mut JoinSet<Result<()>>, resource: Resource, bytes: Bytes) -> Result<()> {
        if writes.len() >= WRITES
            && let Some(written) = writes.join_next().await
        {
            written.map_err(Error::internal)??;
        }
        let tiles = self.tiles.clone();
        writes.spawn(async move { tiles.put(&resource, bytes).await });
        Ok(())
    }

    /// The entries after `from` leaves up to `upto`, page by page, read ahead of who takes them.
    pub(super) fn pages(&self, from: u64, upto: u64) -> mpsc::Receiver<Result<Vec<String>>> {
        let (pages, taken) = mpsc::channel(AHEAD);
        let builder = self.clone();
        tokio::spawn(async move {
            let mut from = from;
            while from < upto {
                let page = builder.page(from, upto).await;
                let read = page.as_ref().map_or(0, Vec::len) as u64;
                // An error ends it; so does nobody taking any more.
                if pages.send(page).await.is_err() || read == 0 {
                    break;
                }
                from += read;
            }
        });
        taken
    }

    async fn page(&self, from: u64, upto: u64) -> Result<Vec<String>> {
        let (first, last) = (store::signed(from)?, store::signed(upto.min(from + u64::from(PAGE)))?);
        let lines = self.db.read(move |tx| store::lines(tx, first, last, PAGE)).await?;
        if lines.iter().all(|line| line.public || line.commitment.is_some()) {
            return entries(lines, first);
        }
        self.commit(first, last).await?;
        let lines = self.db.read(move |tx| store::lines(tx, first, last, PAGE)).await?;
        entries(lines, first)
    }

    /// Lines from before there was a log get their commitments now.
    async fn commit(&self, first: i64, last: i64) -> Result<()> {
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        self.db
            .write(move |tx| {
                for (position, object, json) in store::uncommitted(tx, first, last)? {
                    let commitment = ledger::commit(tx, &*rng, clock.now(), &object, &json)?;
                    store::commitment_set(tx, position, &commitment)?;
                }
                Ok(())
            })
            .await
    }
}

/// The entries of lines that follow `position` without a gap.
fn entries(lines: Vec<Line>, position: i64) -> Result<Vec<String>> {
    let mut next = position;
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        next += 1;
        if line.position != next {
            return Err(Error::internal(format!("the feed has no position {next}")));
        }
        entries.push(if line.public {
            line.json
        } else {
            ledger::entry(false, &line.json, line.commitment.as_deref())?
        });
    }
    Ok(entries)
}
