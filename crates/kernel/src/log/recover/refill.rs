//! The database gets the lines again that the stored log has and it has not.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::StreamExt as _;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_tlog::note::{Note, VerifierKey};
use madang_tlog::tile::{Bundle, WIDTH};
use madang_tlog::{Hash, empty_root, leaf_hash};

use super::lines::{Put, commitment};
use super::{Recovered, source};
use crate::change;
use crate::lease::Lease;
use crate::log::begin::{Stand, Stored};
use crate::log::build::Builder;
use crate::log::integrator::{LEASE, LEASE_SECONDS};
use crate::log::store::{self, Signed};
use crate::sequencer::{self, Folds};

/// Lines of the inbox read at a time.
const PAGE: u32 = 5000;
/// Lines put back in one transaction, at least.
const BATCH: usize = 1024;

/// Where acts wait whose leaves the log may have: id by leaf hash.
type Waiting = HashMap<Hash, Vec<i64>>;

pub(super) async fn refill(
    builder: &Builder,
    folds: &Folds,
    stand: &Stand,
    stored: &Stored,
    recovered: &mut Recovered,
) -> Result<()> {
    let size = stored.checkpoint.size;
    source::check(builder, &stored.checkpoint, stand.head).await?;
    commitments(builder, stand.head.min(size)).await?;
    let lease = Lease::new(LEASE, &*builder.rng, LEASE_SECONDS);
    let mut waiting = waiting(builder).await?;
    let mut at = last_at(builder, stand.head).await?;
    let mut from = stand.head;
    let mut bundles = Box::pin(source::bundles(&builder.tiles, from, size));
    let mut batch = Vec::new();
    while from < size {
        let more = bundles.next().await.transpose()?;
        let done = more.is_none();
        if let Some((bundle, texts)) = more {
            // The first bundle may begin with lines that are there.
            let skip = usize::try_from((from + batch.len() as u64).saturating_sub(bundle.index * WIDTH));
            for text in texts.into_iter().skip(skip.map_err(Error::internal)?) {
                let put = Put::read(text, at)?;
                at = put.at();
                batch.push(put);
            }
        }
        if batch.len() >= BATCH || done || from + batch.len() as u64 >= size {
            if batch.is_empty() {
                break;
            }
            let lines = std::mem::take(&mut batch);
            let count = lines.len() as u64;
            let known = take_known(&mut waiting, &lines);
            recovered.known += known.len() as u64;
            put_back(builder, folds, &lease, from, lines, known).await?;
            from += count;
            recovered.added += count;
        }
    }
    finish(builder, stand, stored).await?;
    builder.db.write(move |tx| lease.give_back(tx)).await
}

/// Acts of the inbox that these lines are.
fn take_known(waiting: &mut Waiting, lines: &[Put]) -> Vec<i64> {
    let hashes = lines.iter().map(|line| leaf_hash(line.json().as_bytes()));
    hashes.filter_map(|hash| waiting.get_mut(&hash).and_then(Vec::pop)).collect()
}

async fn put_back(
    builder: &Builder,
    folds: &Folds,
    lease: &Lease,
    from: u64,
    lines: Vec<Put>,
    known: Vec<i64>,
) -> Result<()> {
    let (folds, lease, now) = (Arc::clone(folds), lease.clone(), builder.clock.now());
    let from = store::signed(from)?;
    builder
        .db
        .write(move |tx| {
            lease.seize(tx, now)?;
            if sequencer::head_lock(tx)? != from {
                return Err(Error::unavailable("log.fenced"));
            }
            for id in &known {
                sequencer::forget(tx, *id)?;
            }
            let lines: Vec<_> = (from + 1..).zip(&lines).map(|(position, line)| line.line(position)).collect();
            sequencer::place(tx, &folds, from, &lines, true)
        })
        .await
}

/// Lines from before the log had commitments have theirs in the bundles; the salts are lost.
async fn commitments(builder: &Builder, upto: u64) -> Result<()> {
    let upto = store::signed(upto)?;
    let mut after = 0;
    loop {
        let missing = builder.db.read(move |tx| store::uncommitted_some(tx, after, upto)).await?;
        let Some(last) = missing.last().copied() else { return Ok(()) };
        let mut found = Vec::with_capacity(missing.len());
        let mut read: Option<(Bundle, Vec<String>)> = None;
        for position in missing {
            let index = store::unsigned(position - 1)?;
            let bundle = Bundle::of_size(index / WIDTH, store::unsigned(upto)?);
            let bundle = bundle.ok_or_else(|| Error::internal("a leaf without a bundle"))?;
            if read.as_ref().is_none_or(|(there, _)| *there != bundle) {
                read = Some(source::read(&builder.tiles, bundle).await?);
            }
            let slot = usize::try_from(index % WIDTH).map_err(Error::internal)?;
            let text = read.as_ref().and_then(|(_, texts)| texts.get(slot)).and_then(|text| commitment(text));
            found.push((position, text.ok_or_else(|| Error::conflict("log.diverged").arg("position", position))?));
        }
        builder
            .db
            .write(move |tx| found.iter().try_for_each(|(at, found)| store::commitment_set(tx, *at, found)))
            .await?;
        after = last;
    }
}

async fn waiting(builder: &Builder) -> Result<Waiting> {
    let mut waiting = Waiting::new();
    let mut after = 0;
    loop {
        let page = builder.db.read(move |tx| sequencer::waiting_entries(tx, after, PAGE)).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (id, entry) in page {
            if let Some(entry) = entry {
                waiting.entry(leaf_hash(entry.as_bytes())).or_default().push(id);
            }
        }
    }
    Ok(waiting)
}

async fn last_at(builder: &Builder, head: u64) -> Result<Time> {
    let head = store::signed(head)?;
    let last = builder.db.read(move |tx| change::since(tx, head - 1, 1)).await?;
    Ok(last.first().map_or(Time::from_micros(0), |change| change.at))
}

/// The tree moves to the stored checkpoint, and the key that signed it is the one that signs now.
async fn finish(builder: &Builder, stand: &Stand, stored: &Stored) -> Result<()> {
    let (from, root) = (stand.size(), stand.root());
    let (checkpoint, now) = (stored.checkpoint.clone(), builder.clock.now());
    let signers: Vec<String> = in_order(&stored.note, &stored.signers).iter().map(ToString::to_string).collect();
    let heir = signers.last().cloned().ok_or_else(|| Error::conflict("log.checkpoint-signature"))?;
    let note = only(&stored.note, &stored.signers).to_string();
    builder
        .db
        .write(move |tx| {
            store::tree_insert(tx, &checkpoint.origin, &empty_root())?;
            let tree = store::tree(tx)?.ok_or_else(|| Error::internal("the log has no tree"))?;
            let signed_at = now.max(Time::from_micros(tree.signed_at.micros().saturating_add(1)));
            let to = Signed { size: checkpoint.size, root: checkpoint.root, signed_at, note: note.clone() };
            if tree.size != from || tree.root != root || !store::tree_set(tx, from, &to)? {
                return Err(Error::unavailable("log.fenced"));
            }
            succeed(tx, &heir, &to)?;
            store::checkpoint_insert(tx, &to)
        })
        .await
}

fn succeed(tx: &mut Tx, heir: &str, to: &Signed) -> Result<()> {
    store::keys_end(tx, heir, to.size, false)?;
    store::key_insert(tx, heir, to.size, to.signed_at)
}

/// The keys in the order of their signatures: at a hand-over the new one signs last.
fn in_order<'a>(note: &Note, keys: &'a [VerifierKey]) -> Vec<&'a VerifierKey> {
    let mut keys: Vec<_> = keys.iter().collect();
    keys.sort_by_key(|key| note.signatures.iter().position(|signature| signature.claims(key)));
    keys
}

/// The note with the signatures of the log only; those of witnesses are asked for again.
fn only(note: &Note, keys: &[VerifierKey]) -> Note {
    let own = note.signatures.iter().filter(|signature| keys.iter().any(|key| signature.claims(key)));
    Note { text: note.text.clone(), signatures: own.cloned().collect() }
}
