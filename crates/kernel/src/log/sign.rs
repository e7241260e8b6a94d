//! A signed checkpoint: made, put on record by compare-and-set, published.

use bytes::Bytes;
use madang_base::{Error, Result, Time};
use madang_db::{Db, Tx};
use madang_tlog::note::{Note, SigningKey};
use madang_tlog::tile::Resource;
use madang_tlog::{Checkpoint, Hash, empty_root};

use super::reader;
use super::store::{self, Signed, Tree};
use super::tiles::Tiles;

/// Who takes over with a checkpoint.
#[derive(Clone, Debug)]
pub(super) struct Heir {
    pub vkey: String,
    /// The keys before are lost: they have signed their last before this checkpoint.
    pub lost: bool,
}

/// A step of the tree, signed.
#[derive(Clone, Debug)]
pub(super) struct Step {
    origin: String,
    /// The key that must be the one that signs now; of a lost key the heir.
    vkey: String,
    from: (u64, Hash),
    to: Signed,
    heir: Option<Heir>,
}

impl Step {
    /// Signs the tree of `size` leaves and `root`, which follows `from`. The first key is the one that signs now.
    pub(super) fn sign(keys: &[&SigningKey], from: (u64, Hash), (size, root): (u64, Hash), now: Time) -> Result<Self> {
        let signer = keys.first().ok_or_else(|| Error::internal("a step without a key"))?;
        let text = Checkpoint::new(signer.name(), size, root).text().map_err(Error::internal)?;
        let note = Note::sign(text, keys).map_err(Error::internal)?.to_string();
        let to = Signed { size, root, signed_at: now, note };
        Ok(Self { origin: signer.name().to_owned(), vkey: signer.verifier().to_string(), from, to, heir: None })
    }

    pub(super) fn with_heir(mut self, heir: Heir) -> Self {
        self.heir = Some(heir);
        self
    }

    /// Puts it on record.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.fenced` when somebody else has moved the tree, or another key signs now; then
    /// nothing has happened.
    pub(super) async fn commit(self, db: &Db) -> Result<()> {
        db.write(move |tx| self.record(tx)).await
    }

    fn record(&self, tx: &mut Tx) -> Result<()> {
        store::tree_insert(tx, &self.origin, &empty_root())?;
        let before = store::tree(tx)?.ok_or_else(|| Error::internal("the log has no tree"))?;
        // A clock that went back does not make checkpoints older than those before them.
        let signed_at = self.to.signed_at.max(Time::from_micros(before.signed_at.micros().saturating_add(1)));
        let to = Signed { signed_at, ..self.to.clone() };
        if store::keys(tx)?.is_empty() {
            store::key_insert(tx, &self.vkey, to.size, signed_at)?;
        }
        match &self.heir {
            Some(heir) if heir.lost => {
                store::keys_end(tx, &heir.vkey, self.from.0, true)?;
                store::key_insert(tx, &heir.vkey, to.size, signed_at)?;
            }
            _ => {}
        }
        let from = Tree { origin: self.origin.clone(), size: self.from.0, root: self.from.1, signed_at };
        if before.origin != self.origin || !store::tree_move(tx, &from, &to, &self.vkey)? {
            return Err(Error::unavailable("log.fenced"));
        }
        if let Some(heir) = self.heir.as_ref().filter(|heir| !heir.lost) {
            store::keys_end(tx, &heir.vkey, to.size, false)?;
            store::key_insert(tx, &heir.vkey, to.size, signed_at)?;
        }
        store::checkpoint_insert(tx, &to)
    }
}

/// Puts the newest checkpoint, with what witnesses have signed, where it is served from, and says its size. Who was
/// overtaken meanwhile puts the newer one, so that an old one never stays.
///
/// # Errors
/// Those of the database and the store.
pub(super) async fn publish(db: &Db, tiles: &Tiles) -> Result<u64> {
    let mut done = 0;
    loop {
        let newest = db.read(reader::newest).await?;
        let Some(newest) = newest.filter(|newest| newest.size > done) else { return Ok(done) };
        tiles.put(&Resource::Checkpoint, Bytes::from(newest.note)).await?;
        done = newest.size;
    }
}
