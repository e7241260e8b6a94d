//! What pages ask of the log: the newest checkpoint, proofs, files, keys, witnesses.

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use madang_base::{Error, Result, Time};
use madang_db::{Db, Tx};
use madang_tlog::note::Note;
use madang_tlog::tile::{self, Resource, Tile};
use madang_tlog::{Checkpoint, Hash, ProofFile, TileSet, proof};

use super::state::{Gate, LogState};
use super::store::{self, Signed};
use super::tiles::Tiles;

/// Files read at a time for one proof.
const READS: usize = 8;

/// A checkpoint that everybody may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    pub signed_at: Time,
    /// The signed note, with the lines of the witnesses.
    pub note: String,
    pub cosigned: Vec<Cosigned>,
}

/// That a witness has signed beside us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of its key.
    pub witness: String,
    /// The time that it states.
    pub at: Time,
    /// Its signature line.
    pub line: String,
}

/// A key of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKey {
    /// The verifier key, as C2SP signed-note writes it.
    pub vkey: String,
    /// Leaves under its first checkpoint.
    pub first_size: u64,
    /// Leaves under its last one; none while it signs.
    pub last_size: Option<u64>,
    /// It could not sign its own end.
    pub lost: bool,
}

/// How a witness is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessState {
    /// The name of its key.
    pub witness: String,
    /// The last size that it cosigned, 0 before the first.
    pub size: u64,
    pub cosigned_at: Option<Time>,
    /// When it was last asked.
    pub asked_at: Option<Time>,
    /// What the last attempt failed with.
    pub error: Option<String>,
    /// The last full check that it reports, and what came of it.
    pub audited_size: Option<u64>,
    pub audited_at: Option<Time>,
    pub audit: Option<String>,
}

/// The log, for reading. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Log {
    db: Db,
    tiles: Tiles,
    gate: Gate,
}

impl Log {
    /// With the gate of this process's [`Integrator`](super::Integrator).
    #[must_use]
    pub fn new(db: Db, tiles: Tiles, gate: Gate) -> Self {
        Self { db, tiles, gate }
    }

    /// For a process that does not build the log: commands and tools.
    #[must_use]
    pub fn following(db: Db, tiles: Tiles) -> Self {
        Self::new(db, tiles, Gate::open())
    }

    #[must_use]
    pub fn state(&self) -> LogState {
        self.gate.state()
    }

    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    #[must_use]
    pub fn tiles(&self) -> &Tiles {
        &self.tiles
    }

    /// The newest checkpoint, with what witnesses have signed under it so far; while the log is held, the stored one.
    /// None before the first.
    ///
    /// # Errors
    /// Those of the database; while held, those of the store.
    pub async fn published(&self) -> Result<Option<Published>> {
        if self.gate.state().is_held()
            && let Some((note, at)) = self.tiles.checkpoint().await?
        {
            return stored(note, at).map(Some);
        }
        self.db.read(newest).await
    }

    /// The hashes that lead from leaf `index` to the root of the tree of `size` leaves.
    ///
    /// # Errors
    /// `Kind::NotFound` with code `log.leaf-unknown` when the tree has no such leaf or is not built yet;
    /// `Kind::Unavailable` with code `log.store`.
    pub async fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>> {
        if index >= size {
            return Err(unknown(index));
        }
        let set = self.set(proof::inclusion_tiles(index, size)).await?;
        proof::inclusion(index, size, &set).map_err(|error| unknown(index).source(error))
    }

    /// The hashes that show that the tree of `old` leaves is the beginning of that of `new`.
    ///
    /// # Errors
    /// `Kind::NotFound` with code `log.size-unknown` when `old` is larger than `new` or the tree is not built yet;
    /// `Kind::Unavailable` with code `log.store`.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>> {
        let unknown = || Error::not_found("log.size-unknown").arg("size", new);
        if old > new {
            return Err(unknown());
        }
        let set = self.set(proof::consistency_tiles(old, new)).await?;
        proof::consistency(old, new, &set).map_err(|error| unknown().source(error))
    }

    /// The proof of a leaf (C2SP tlog-proof), under the newest checkpoint that a witness has cosigned, else under the
    /// newest. None while no checkpoint holds the leaf.
    ///
    /// # Errors
    /// Those of the database; those of [`Log::inclusion`].
    pub async fn proof_file(&self, index: u64) -> Result<Option<ProofFile>> {
        let found = self
            .db
            .read(move |tx| {
                let checkpoint = match store::checkpoint_cosigned(tx, index)? {
                    Some(cosigned) => Some(cosigned),
                    None => store::checkpoint_newest(tx)?.filter(|newest| newest.size > index),
                };
                checkpoint.map(|checkpoint| published(tx, checkpoint)).transpose()
            })
            .await?;
        let Some(found) = found else { return Ok(None) };
        let path = self.inclusion(index, found.size).await?;
        let checkpoint: Note = found.note.parse().map_err(Error::internal)?;
        Ok(Some(ProofFile { extra: None, index, path, checkpoint }))
    }

    /// A file of the log. The checkpoint is [`Log::published`]'s; files beyond it are not given out.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.store`; those of the database.
    pub async fn resource(&self, resource: &Resource) -> Result<Option<Bytes>> {
        match resource {
            Resource::Checkpoint => Ok(self.published().await?.map(|published| published.note.into())),
            Resource::Tile(_) | Resource::Bundle(_) => {
                // What is larger than the published tree may be of one that was never signed, and change yet.
                let known = *self.gate.published().borrow();
                if !within(resource, known)
                    && !within(resource, self.published().await?.map_or(0, |newest| newest.size))
                {
                    return Ok(None);
                }
                self.tiles.get(resource).await
            }
        }
    }

    /// The keys that have signed, oldest first; the last is the one that signs now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keys(&self) -> Result<Vec<LogKey>> {
        let keys = self.db.read(store::keys).await?;
        Ok(keys
            .into_iter()
            .map(|key| LogKey { vkey: key.vkey, first_size: key.first_size, last_size: key.last_size, lost: key.lost })
            .collect())
    }

    /// All witnesses, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn witnesses(&self) -> Result<Vec<WitnessState>> {
        self.db.read(store::witnesses).await
    }

    async fn set(&self, tiles: Vec<Tile>) -> Result<TileSet> {
        futures_util::stream::iter(tiles)
            .map(async |tile| {
                let bytes = self.tiles.get(&Resource::Tile(tile)).await?;
                let bytes =
                    bytes.ok_or_else(|| Error::not_found("log.tile-missing").arg("name", Resource::Tile(tile)))?;
                Ok((tile, tile::hashes(&bytes, tile.width).map_err(Error::internal)?))
            })
            .buffer_unordered(READS)
            .try_collect()
            .await
    }
}

/// Whether a tree of `size` leaves has this tile or bundle, at least as wide.
fn within(resource: &Resource, size: u64) -> bool {
    let (level, index, width) = match resource {
        Resource::Checkpoint => return true,
        Resource::Tile(tile) => (tile.level, tile.index, tile.width),
        Resource::Bundle(bundle) => (0, bundle.index, bundle.width),
    };
    Tile::of_size(level, index, size).is_some_and(|there| there.width >= width)
}

fn unknown(index: u64) -> Error {
    Error::not_found("log.leaf-unknown").arg("value", index)
}

/// The newest checkpoint of the database.
pub(super) fn newest(tx: &mut Tx) -> Result<Option<Published>> {
    store::checkpoint_newest(tx)?.map(|checkpoint| published(tx, checkpoint)).transpose()
}

/// A checkpoint with its cosignatures.
fn published(tx: &mut Tx, checkpoint: Signed) -> Result<Published> {
    let mut note = checkpoint.note;
    let mut cosigned = Vec::new();
    for (witness, at, line) in store::cosignatures(tx, checkpoint.size)? {
        note.push_str(line.trim_end());
        note.push('\n');
        cosigned.push(Cosigned { witness, at, line });
    }
    let origin = note.lines().next().unwrap_or_default().to_owned();
    Ok(Published {
        origin,
        size: checkpoint.size,
        root: checkpoint.root,
        signed_at: checkpoint.signed_at,
        note,
        cosigned,
    })
}

/// What the store has, when the database is not to be believed.
fn stored(note: String, at: Time) -> Result<Published> {
    let bad = |e| Error::invalid("log.checkpoint").source(e);
    let parsed: Note = note.parse().map_err(bad)?;
    let checkpoint: Checkpoint = parsed.text.parse().map_err(bad)?;
    Ok(Published {
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: checkpoint.root,
        signed_at: at,
        note,
        cosigned: Vec::new(),
    })
}
