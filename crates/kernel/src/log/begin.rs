//! What is compared before anything is drained or signed: the database, the stored checkpoint, the signing key.

use madang_base::{Error, Result};
use madang_db::Db;
use madang_tlog::note::{Note, SigningKey, VerifierKey};
use madang_tlog::{Checkpoint, Hash, empty_root};

use super::edge;
use super::state::LogState;
use super::store::{self, Key, Tree};
use super::tiles::Tiles;

/// The database's side of the log.
pub(super) struct Stand {
    pub tree: Option<Tree>,
    pub keys: Vec<Key>,
    pub head: u64,
}

impl Stand {
    pub(super) async fn read(db: &Db) -> Result<Self> {
        db.read(|tx| {
            let head = store::unsigned(crate::change::head(tx)?)?;
            Ok(Self { tree: store::tree(tx)?, keys: store::keys(tx)?, head })
        })
        .await
    }

    pub(super) fn size(&self) -> u64 {
        self.tree.as_ref().map_or(0, |tree| tree.size)
    }

    pub(super) fn root(&self) -> Hash {
        self.tree.as_ref().map_or_else(empty_root, |tree| tree.root)
    }

    /// The key that signs now.
    pub(super) fn current(&self) -> Option<&Key> {
        self.keys.iter().find(|key| key.last_size.is_none() && !key.lost)
    }
}

/// A stored checkpoint whose signature is good.
pub(super) struct Stored {
    pub checkpoint: Checkpoint,
    pub note: Note,
    /// The keys that have signed it.
    pub signers: Vec<VerifierKey>,
}

/// The stored checkpoint, signed by one of `keys`.
///
/// # Errors
/// `log.checkpoint` when it is none, `log.checkpoint-signature` when none of the keys signed it.
pub(super) async fn stored(tiles: &Tiles, keys: &[VerifierKey]) -> Result<Option<Stored>> {
    tiles.checkpoint().await?.map(|(text, _)| verified(&text, keys)).transpose()
}

fn verified(text: &str, keys: &[VerifierKey]) -> Result<Stored> {
    let bad = |e| Error::invalid("log.checkpoint").source(e);
    let note: Note = text.parse().map_err(bad)?;
    let checkpoint: Checkpoint = note.text.parse().map_err(bad)?;
    let signers = note.verify(keys).map_err(|e| Error::conflict("log.checkpoint-signature").source(e))?;
    let signers = signers.into_iter().filter_map(|at| keys.get(at).cloned()).collect();
    Ok(Stored { checkpoint, note, signers })
}

/// Verifier keys of the rows that can be read as such.
pub(super) fn verifiers(keys: &[Key]) -> Result<Vec<VerifierKey>> {
    keys.iter().map(|key| key.vkey.parse().map_err(Error::internal)).collect()
}

/// Whether this process may go on, and how (`Following` until it has the lease), with the size that is published.
///
/// # Errors
/// Why it may not; those of the database and the store, which say nothing yet.
pub(super) async fn compare(db: &Db, tiles: &Tiles, signer: Option<&SigningKey>) -> Result<(LogState, u64)> {
    // The store first: what is published there is in the database already, and another node may go on meanwhile.
    let published = tiles.checkpoint().await?.map(|(text, _)| text);
    let stand = Stand::read(db).await?;
    let Some(signer) = signer else {
        return match stand.size() {
            0 if stand.keys.is_empty() && published.is_none() => Ok((LogState::NoKey, 0)),
            _ => Err(Error::conflict("log.key-missing")),
        };
    };
    let own = signer.verifier();
    if let Some(tree) = stand.tree.as_ref().filter(|tree| tree.origin != own.name()) {
        return Err(Error::conflict("log.origin").arg("expected", &tree.origin).arg("found", own.name()));
    }
    let vkey = own.to_string();
    match stand.current() {
        Some(current) if current.vkey != vkey => {
            return Err(Error::conflict("log.key-other").arg("expected", &current.vkey).arg("found", vkey));
        }
        None if !stand.keys.is_empty() => return Err(Error::conflict("log.key-other").arg("found", vkey)),
        Some(_) | None => {}
    }
    let mut keys = verifiers(&stand.keys)?;
    if stand.current().is_none() {
        keys.push(own.clone());
    }
    match published.map(|text| verified(&text, &keys)).transpose()? {
        Some(stored) => agrees(db, tiles, &stand, &stored.checkpoint, own.name()).await?,
        // Killed before the first checkpoint was published, or the store is another one than it was.
        None if stand.size() > 0 => {
            let whole = edge::read(tiles, stand.size()).await.is_ok_and(|edge| edge.root() == stand.root());
            if !whole {
                return Err(Error::conflict("log.store-lost").arg("size", stand.size()));
            }
        }
        None => {}
    }
    Ok((LogState::Following, stand.size()))
}

/// The stored checkpoint says what the database says, of the same tree or an earlier one.
async fn agrees(db: &Db, tiles: &Tiles, stand: &Stand, stored: &Checkpoint, origin: &str) -> Result<()> {
    if stored.origin != origin {
        return Err(Error::conflict("log.origin").arg("expected", origin).arg("found", &stored.origin));
    }
    let (published, size) = (stored.size, stand.size());
    if published > size {
        return Err(Error::conflict("log.behind").arg("published", published).arg("size", size));
    }
    let known = if published == size {
        stand.root()
    } else {
        match db.read(move |tx| store::checkpoint_at(tx, published)).await? {
            Some(known) => known.root,
            None => edge::read(tiles, published).await?.root(),
        }
    };
    if known == stored.root { Ok(()) } else { Err(Error::conflict("log.forked").arg("size", published)) }
}

/// Whether the log may go on under another key, its own being lost: the stored checkpoint is the database's.
pub(super) async fn lost(db: &Db, tiles: &Tiles) -> Result<()> {
    let stand = Stand::read(db).await?;
    let Some(tree) = &stand.tree else { return Err(Error::conflict("log.no-tree")) };
    match stored(tiles, &verifiers(&stand.keys)?).await? {
        Some(stored) => agrees(db, tiles, &stand, &stored.checkpoint, &tree.origin).await,
        None => Err(Error::conflict("log.store-lost").arg("size", stand.size())),
    }
}
