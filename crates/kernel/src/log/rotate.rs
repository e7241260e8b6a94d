//! Handing over to another signing key.
//!
//! A public event names the new key; the checkpoint that holds it is signed by both, so that whoever knows the old key
//! learns of the new one from the log itself. A key that is lost cannot do that: then the event says so, and the new key
//! signs alone; witnesses and verifiers must be told by other ways.

use madang_base::{Error, Result};
use madang_db::{Db, Tx};
use madang_tlog::note::SigningKey;

use super::begin::{self, Stand};
use super::build::Builder;
use super::integrator::{LEASE, LEASE_SECONDS};
use super::sign::{self, Heir, Step};
use super::tiles::Tiles;
use super::{edge, find};
use crate::ctx::Ctx;
use crate::lease::Lease;
use crate::ledger::{self, Event, Field, Kind};
use crate::object::{ObjectKind, Ref};
use crate::sequencer::{self, Folds};
use crate::{change, digest, kinds};

/// From which key to which.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one of it exists, for the time of a command")]
pub enum Hands {
    Over { old: SigningKey, new: SigningKey },
    Lost { new: SigningKey },
}

/// What a hand-over came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The leaf that names the new key.
    pub leaf: u64,
    /// Leaves under the checkpoint that it was handed over with.
    pub size: u64,
    /// The new verifier key.
    pub vkey: String,
}

/// How often another node may come first.
const TRIES: usize = 20;

/// Hands over. The running site keeps the old key in its hands and is held from then on, until it is started with the new
/// one; acts wait in the inbox. Running it again after it was killed finishes what was begun.
///
/// # Errors
/// `log.key-origin` when the keys have different names, `log.key-known` when the new key has signed before; what keeps the
/// log held, of the old key; those of database and store.
pub async fn rotate(db: &Db, tiles: &Tiles, folds: &Folds, ctx: &Ctx, hands: &Hands) -> Result<Rotated> {
    let (Hands::Over { new, .. } | Hands::Lost { new }) = hands;
    let vkey = new.verifier().to_string();
    let stand = Stand::read(db).await?;
    let origin = stand.tree.as_ref().map(|tree| tree.origin.clone()).ok_or_else(|| Error::conflict("log.no-tree"))?;
    if origin != new.name() {
        return Err(Error::invalid("log.key-origin").arg("expected", origin).arg("found", new.name()));
    }
    if stand.keys.iter().any(|key| key.vkey == vkey) {
        return Err(Error::conflict("log.key-known").arg("found", vkey));
    }
    match hands {
        Hands::Over { old, .. } => drop(begin::compare(db, tiles, Some(old)).await?),
        Hands::Lost { .. } => begin::lost(db, tiles).await?,
    }
    let lease = Lease::new(LEASE, ctx.rng(), LEASE_SECONDS);
    let (seized, now) = (lease.clone(), ctx.now);
    db.write(move |tx| seized.seize(tx, now)).await?;
    let leaf = announce(db, folds, ctx, hands, &vkey).await?;
    let builder = Builder { db: db.clone(), tiles: tiles.clone(), clock: fixed(ctx), rng: ctx.rng.clone() };
    let heir = Heir { vkey: vkey.clone(), lost: matches!(hands, Hands::Lost { .. }) };
    let mut fenced = 0;
    let size = loop {
        match step(&builder, hands, &heir).await {
            Err(error) if error.code() == "log.fenced" && fenced < TRIES => fenced += 1,
            done => break done?,
        }
    };
    sign::publish(db, tiles).await?;
    db.write(move |tx| lease.give_back(tx)).await?;
    Ok(Rotated { leaf, size, vkey })
}

fn fixed(ctx: &Ctx) -> madang_base::SharedClock {
    std::sync::Arc::new(madang_base::FixedClock::at(ctx.now))
}

/// Puts the event on record, unless a run before this one has.
async fn announce(db: &Db, folds: &Folds, ctx: &Ctx, hands: &Hands, vkey: &str) -> Result<u64> {
    let kind = match hands {
        Hands::Over { .. } => &kinds::LOG_KEY_CHANGED,
        Hands::Lost { .. } => &kinds::LOG_KEY_LOST,
    };
    let (key, said) = (digest::sha256(vkey.as_bytes()), ctx.clone());
    let known = db.write(move |tx| told(tx, &said, kind, &key)).await?;
    let code = match known {
        Told::Leaf(index) => return Ok(index),
        Told::Now(code) => code,
    };
    loop {
        let drained = sequencer::drain_once(db, folds).await?;
        if let Some(index) = db.read(move |tx| find(tx, &code)).await? {
            return Ok(index);
        }
        if drained == 0 {
            return Err(Error::unavailable("log.fenced"));
        }
    }
}

enum Told {
    Leaf(u64),
    Now(ledger::ReceiptCode),
}

fn told(tx: &mut Tx, ctx: &Ctx, kind: &'static Kind, key: &str) -> Result<Told> {
    let object = Ref::new(ObjectKind::Change, "log");
    let head = change::head(tx)?;
    let mut after = 0;
    loop {
        let page = change::of_object(tx, &object, after, head, 1000)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        if let Some(known) = page.iter().find(|change| change.kind == kind.name && change.json.contains(key)) {
            return Ok(Told::Leaf(super::store::unsigned(known.position - 1)?));
        }
    }
    let event = Event::public(kind, object).with("key", Field::digest(key)?);
    ledger::append(tx, ctx, event).map(Told::Now)
}

/// The checkpoint that holds the event, and all there is besides.
async fn step(builder: &Builder, hands: &Hands, heir: &Heir) -> Result<u64> {
    let stand = Stand::read(&builder.db).await?;
    let from = (stand.size(), stand.root());
    let (built, _) = edge::open(builder, &stand).await?;
    let built = builder.build(built, stand.head).await?;
    let keys = match hands {
        Hands::Over { old, new } => vec![old, new],
        Hands::Lost { new } => vec![new],
    };
    let to = (stand.head, built.edge.root());
    Step::sign(&keys, from, to, builder.clock.now())?.with_heir(heir.clone()).commit(&builder.db).await?;
    Ok(stand.head)
}
