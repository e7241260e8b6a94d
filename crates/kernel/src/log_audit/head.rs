//! How far the log goes: its head, its signed sizes, the published checkpoint.

use std::time::Duration;

use madang_base::{Result, Time};
use madang_db::Db;
use madang_tlog::note::{Note, VerifierKey};
use madang_tlog::{Checkpoint, Hash, cosignature};

use super::store::{self, Cosigned, Signed, Tree};
use super::{Trust, differs, leaves_of};
use crate::digest;
use crate::ledger::Audited;
use crate::log::Tiles;

/// How long between two looks at the published checkpoint.
const BETWEEN: Duration = Duration::from_millis(300);
const PAGE: u32 = 500;

/// A key that has signed, and for which sizes.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub key: VerifierKey,
    first: i64,
    last: Option<i64>,
}

/// Where the log stood when the audit began.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub tree: Tree,
    /// The last position given.
    pub feed: i64,
    keys: Vec<Key>,
}

impl Head {
    /// Reads it, and holds its parts against one another. None when there is no log yet.
    pub async fn read(db: &Db, tiles: &Tiles, trust: &Trust, audited: &mut Audited) -> Result<Option<Self>> {
        let before = tiles.checkpoint().await?.map(|(text, _)| text);
        let (tree, (feed, last), heads, rows, newest) = db
            .read(|tx| {
                let tree = store::tree(tx)?;
                let feed = (store::head(tx)?, store::last_position(tx)?);
                let newest = store::checkpoints_newest(tx)?;
                Ok((tree, feed, store::heads(tx)?, store::keys(tx)?, newest))
            })
            .await?;
        if feed != last {
            audited.differs(differs("log", "log_head", "", last, feed, None));
        }
        let Some(tree) = tree else {
            if let Some(newest) = newest {
                audited.differs(differs("checkpoint", "log_tree", "", format!("size {}", newest.size), "none", None));
            }
            if let Some(before) = before {
                audited.differs(differs("checkpoint", "log_tree", "log/checkpoint", before, "none", None));
            }
            return Ok(None);
        };
        audited.looked("log_tree");
        audited.looked("log_head");
        if heads != (1, 1) {
            audited.differs(differs("log", "log_head, log_tree", "", "one row each", format!("{heads:?}"), None));
        }
        if feed < tree.size {
            let expected = format!("at least {}", tree.size);
            audited.differs(differs("log", "log_head", "", expected, feed, None));
        }
        let head = Self { keys: keys(&rows, trust, audited), tree, feed };
        head.newest(newest, audited);
        head.published(db, tiles, before, trust.patience, audited).await?;
        Ok(Some(head))
    }

    /// The tree is where the newest checkpoint is.
    fn newest(&self, newest: Option<Signed>, audited: &mut Audited) {
        if self.tree.size == 0 && newest.is_none() {
            return;
        }
        let Tree { size, root, signed_at, .. } = &self.tree;
        let spell = |size: &i64, root: &String, at: &Time| format!("size {size}, root {root}, signed {}", at.rfc3339());
        let here = spell(size, root, signed_at);
        let there = newest.map_or_else(|| "none".to_owned(), |n| spell(&n.size, &n.root, &n.signed_at));
        if here != there {
            audited.differs(differs("checkpoint", "log_tree", "log_checkpoint", there, here, None));
        }
    }

    /// The published checkpoint is the newest, or becomes so in a moment.
    async fn published(
        &self,
        db: &Db,
        tiles: &Tiles,
        mut text: Option<String>,
        patience: Duration,
        audited: &mut Audited,
    ) -> Result<()> {
        audited.looked("checkpoint");
        let mut waited = Duration::ZERO;
        loop {
            let found = text.as_deref().map(read);
            let size = found.as_ref().and_then(|read| read.as_ref().ok()).map_or(0, |(_, c)| c.size);
            if size >= leaves_of(self.tree.size) || waited >= patience {
                break;
            }
            tokio::time::sleep(BETWEEN).await;
            waited += BETWEEN;
            text = tiles.checkpoint().await?.map(|(text, _)| text);
        }
        let name = "log/checkpoint";
        let expected = format!("size {}, root {}", self.tree.size, self.tree.root);
        let Some(text) = text else {
            if self.tree.size == 0 {
                return Ok(());
            }
            audited.differs(differs("checkpoint", "checkpoint", name, expected, "none", None));
            return Ok(());
        };
        let (note, checkpoint) = match read(&text) {
            Ok(read) => read,
            Err(why) => {
                audited.differs(differs("checkpoint", "checkpoint", name, expected, why, None));
                return Ok(());
            }
        };
        let found = format!("size {}, root {}", checkpoint.size, checkpoint.root.hex());
        if checkpoint.size < leaves_of(self.tree.size) {
            audited.differs(differs("checkpoint", "old checkpoint", name, expected, &found, None));
        }
        let size = i64::try_from(checkpoint.size).unwrap_or(i64::MAX);
        let stored = db.read(move |tx| store::checkpoint(tx, size)).await?;
        let known = stored.map(|signed| signed.root);
        if known.as_deref() != Some(checkpoint.root.hex().as_str()) {
            let known =
                known.map_or_else(|| "none of this size".to_owned(), |root| format!("size {size}, root {root}"));
            audited.differs(differs("checkpoint", "checkpoint", name, known, found, None));
        }
        if let Some(why) = self.unsigned(&note, size) {
            audited.differs(differs("checkpoint", "signature", name, "the log's signature", why, None));
        }
        Ok(())
    }

    /// Holds a kept checkpoint against what the tree is at its size.
    pub fn checkpoint(&self, signed: &Signed, root: &Hash, audited: &mut Audited) {
        audited.looked("log_checkpoint");
        let name = format!("size {}", signed.size);
        let leaf = leaves_of(signed.size).checked_sub(1);
        let mut differ = |what: &str, expected: String, found: String| {
            audited.differs(differs("checkpoint", what, &name, expected, found, leaf));
        };
        if signed.root != root.hex() {
            differ("root", root.hex(), signed.root.clone());
        }
        match read(&signed.note) {
            Err(why) => differ("note", "a signed checkpoint".to_owned(), why),
            Ok((note, checkpoint)) => {
                if checkpoint.size != leaves_of(signed.size) || checkpoint.root != *root {
                    let found = format!("size {}, root {}", checkpoint.size, checkpoint.root.hex());
                    differ("note", format!("size {}, root {}", signed.size, root.hex()), found);
                }
                if checkpoint.origin != self.tree.origin {
                    differ("origin", checkpoint.origin.clone(), self.tree.origin.clone());
                }
                if let Some(why) = self.unsigned(&note, signed.size) {
                    differ("signature", "the log's signature".to_owned(), why);
                }
            }
        }
    }

    /// Why a note is not signed by a key that signs at this size; none when it is.
    fn unsigned(&self, note: &Note, size: i64) -> Option<String> {
        let valid = |key: &&Key| key.first <= size && key.last.is_none_or(|last| size <= last);
        let keys: Vec<_> = self.keys.iter().filter(valid).map(|key| key.key.clone()).collect();
        if keys.is_empty() {
            return Some("no key signs at this size".to_owned());
        }
        match note.verify(&keys) {
            Ok(signed) if signed.is_empty() => Some("no signature of the log's key".to_owned()),
            Ok(_) => None,
            Err(why) => Some(why.to_string()),
        }
    }
}

/// The keys that the database lists, of which one at least must be believed when any was given.
fn keys(rows: &[(String, i64, Option<i64>)], trust: &Trust, audited: &mut Audited) -> Vec<Key> {
    let mut keys = Vec::new();
    for (vkey, first, last) in rows {
        audited.looked("log_key");
        match vkey.parse::<VerifierKey>() {
            Ok(key) => keys.push(Key { key, first: *first, last: *last }),
            Err(why) => audited.differs(differs("log", "log_key", vkey, "a verifier key", why, None)),
        }
    }
    for trusted in &trust.keys {
        if !keys.iter().any(|key| key.key == *trusted) {
            let listed = rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>().join(", ");
            audited.differs(differs("log", "log_key", "", trusted, listed, None));
            keys.push(Key { key: trusted.clone(), first: 0, last: None });
        }
    }
    keys
}

/// A note that is a checkpoint, or why it is none.
fn read(text: &str) -> std::result::Result<(Note, Checkpoint), String> {
    let note: Note = text.parse().map_err(|why| format!("no signed note: {why}"))?;
    let checkpoint = Checkpoint::of(&note).map_err(|why| format!("no checkpoint: {why}"))?;
    Ok((note, checkpoint))
}

/// What witnesses signed, against the checkpoints they signed.
pub(super) async fn cosignatures(db: &Db, trust: &Trust, audited: &mut Audited) -> Result<()> {
    let (mut size, mut witness) = (-1, String::new());
    loop {
        let after = (size, witness.clone());
        let page = db
            .read(move |tx| {
                let page = store::cosignatures(tx, after.0, &after.1, PAGE)?;
                page.into_iter().map(|row| Ok((store::checkpoint(tx, row.size)?, row))).collect::<Result<Vec<_>>>()
            })
            .await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        (size, witness) = (last.size, last.witness.clone());
        for (signed, row) in &page {
            audited.looked("log_cosignature");
            if let Err((expected, found)) = cosigned(signed.as_ref(), row, trust) {
                let name = format!("{} at size {}", row.witness, row.size);
                audited.differs(differs("checkpoint", "log_cosignature", name, expected, found, None));
            }
        }
    }
}

/// # Errors
/// What was expected and what is there.
fn cosigned(signed: Option<&Signed>, row: &Cosigned, trust: &Trust) -> std::result::Result<(), (String, String)> {
    let signed = signed.ok_or_else(|| (format!("a checkpoint of size {}", row.size), "none".to_owned()))?;
    let form = |why: String| ("a cosignature".to_owned(), why);
    let own: Note = signed.note.parse().map_err(|why| form(format!("{why}")))?;
    let note: Note =
        format!("{}\n{}\n", own.text, row.line.trim_end()).parse().map_err(|why| form(format!("{why}")))?;
    let [line] = note.signatures.as_slice() else { return Err(form(format!("{} lines", note.signatures.len()))) };
    if line.name() != row.witness {
        return Err((row.witness.clone(), line.name().to_owned()));
    }
    let same = |key: &&VerifierKey| line.claims(key);
    let at = match trust.witnesses.iter().find(same) {
        Some(key) => cosignature::verify(key, &note.text, line).map_err(|why| form(format!("{why}")))?,
        // The time stands before the signature (cosignature/v1); whether it was signed only the key can tell.
        None => stated(line.bytes()).ok_or_else(|| form(format!("{} bytes", line.bytes().len())))?,
    };
    let kept = row.at.micros().div_euclid(1_000_000);
    if i64::try_from(at) != Ok(kept) {
        return Err((format!("signed at {at}"), format!("signed at {kept}")));
    }
    Ok(())
}

fn stated(bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    (signature.len() == 64).then(|| u64::from_be_bytes(*time))
}

/// A hash in the database's spelling.
pub(super) fn spelled(hash: Option<&Hash>) -> String {
    hash.map_or_else(|| "none".to_owned(), |hash| digest::hex(&hash.0))
}
