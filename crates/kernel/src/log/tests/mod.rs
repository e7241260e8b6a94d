//! The log, built, killed, restored and read, on both engines.

mod crash;
mod growth;
mod hands;
mod held;
mod recovery;
mod store;
mod table;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use madang_base::{FixedClock, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, params};
use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::tile::{Resource, bundle_bytes, bundles_of, tile_bytes, tiles_of};
use madang_tlog::{Checkpoint, Hash, empty_root, leaf_hash, node_hash};
use object_store::ObjectStoreExt as _;
use object_store::path::Path;

use self::store::Watched;
use super::*;
use crate::ledger::{self, Event, ReceiptCode};
use crate::object::{ObjectKind, Ref};
use crate::sequencer::{self, no_folds};
use crate::tests::{NOW, act, ctx, kind, rng};

pub(super) const ORIGIN: &str = "log.example.kr";

pub(super) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [seed; 32]).unwrap()
}

/// A site: a database, a store, a clock.
pub(super) struct World {
    pub db: TestDb,
    pub(in crate::log::tests) store: Arc<Watched>,
    pub clock: Arc<FixedClock>,
}

pub(super) fn worlds() -> Vec<World> {
    TestDb::both().into_iter().map(World::new).collect()
}

impl World {
    pub(super) fn new(db: TestDb) -> Self {
        Self { db, store: Watched::new(), clock: Arc::new(FixedClock::at(NOW)) }
    }

    pub(super) fn tiles(&self) -> Tiles {
        Tiles::new(Arc::clone(&self.store) as _)
    }

    /// A node that has just started, long after the one before was gone.
    pub(super) async fn node(&self) -> Integrator {
        self.clock.advance_seconds(60);
        self.node_with(Some(key(1)), &Arc::clone(&self.clock)).await
    }

    pub(super) async fn node_with(&self, key: Option<SigningKey>, clock: &Arc<FixedClock>) -> Integrator {
        let random = ctx().rng;
        let interval = Duration::from_millis(20);
        Integrator::open((*self.db).clone(), self.tiles(), key, Arc::clone(clock) as _, random, interval).await
    }

    /// Acts, two of three public.
    pub(super) async fn act(&self, n: usize) -> Vec<ReceiptCode> {
        acts(&self.db, n, self.clock_now()).await
    }

    pub(super) fn clock_now(&self) -> Time {
        madang_base::Clock::now(&*self.clock)
    }

    pub(super) async fn drain(&self) {
        while sequencer::drain_once(&self.db, &no_folds()).await.unwrap() > 0 {}
    }

    /// Turns until nothing is left.
    pub(super) async fn integrate(&self, node: &Integrator) -> u64 {
        loop {
            let turn = node.turn().await.unwrap();
            if !turn.more {
                return turn.size;
            }
        }
    }

    /// All leaves, as the feed has them.
    pub(super) async fn entries(&self) -> Vec<String> {
        let rows =
            self.db.read(|tx| tx.rows("SELECT public, json, commitment FROM change ORDER BY position", params![]));
        let rows = rows.await.unwrap();
        let read = |row: &madang_db::Row| {
            let commitment = row.get::<Option<String>>("commitment").unwrap();
            ledger::entry(row.get("public").unwrap(), &row.get::<String>("json").unwrap(), commitment.as_deref())
                .unwrap()
        };
        rows.iter().map(read).collect()
    }

    pub(super) async fn file(&self, name: &str) -> Option<Bytes> {
        match self.store.files.get(&Path::from(format!("log/{name}"))).await {
            Ok(found) => Some(found.bytes().await.unwrap()),
            Err(_) => None,
        }
    }

    pub(super) async fn remove(&self, name: &str) {
        self.store.files.delete(&Path::from(format!("log/{name}"))).await.unwrap();
    }

    pub(super) async fn damage(&self, name: &str) {
        let mut bytes = self.file(name).await.unwrap().to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        self.store.files.put(&Path::from(format!("log/{name}")), bytes.into()).await.unwrap();
    }

    /// Everything about the log is as it must be for a tree of `size` leaves, and everything that was ever published is a
    /// beginning of it.
    pub(super) async fn check(&self, size: u64, keys: &[SigningKey]) {
        let entries = self.entries().await;
        let entries = &entries[..usize::try_from(size).unwrap()];
        let naive = Naive::new(entries);
        for tile in tiles_of(size) {
            let hashes = naive.tile(tile.level, tile.index, tile.width);
            let stored = self.file(&Resource::Tile(tile).to_string()).await;
            assert_eq!(stored.as_deref(), Some(&*tile_bytes(&hashes)), "{tile}");
        }
        for bundle in bundles_of(size) {
            let first = usize::try_from(bundle.index * 256).unwrap();
            let texts = &entries[first..first + usize::from(bundle.width)];
            let bytes = bundle_bytes(texts.iter().map(String::as_bytes)).unwrap();
            assert_eq!(self.file(&Resource::Bundle(bundle).to_string()).await.as_deref(), Some(&*bytes), "{bundle}");
        }
        let verifiers: Vec<_> = keys.iter().map(SigningKey::verifier).collect();
        for text in self.store.checkpoints() {
            let note: Note = text.parse().unwrap();
            note.verify(&verifiers).unwrap();
            let checkpoint = Checkpoint::of(&note).unwrap();
            assert_eq!(checkpoint.origin, ORIGIN);
            assert!(checkpoint.size <= size, "published {} of {size}", checkpoint.size);
            assert_eq!(checkpoint.root, naive.root(checkpoint.size), "forked at {}", checkpoint.size);
        }
        let tree = self.db.read(super::store::tree).await.unwrap().unwrap();
        assert_eq!((tree.size, tree.root), (size, naive.root(size)));
        let rows =
            self.db.read(|tx| tx.rows("SELECT size, root, signed_at FROM log_checkpoint ORDER BY size", params![]));
        let mut before = i64::MIN;
        for row in rows.await.unwrap() {
            let root = Hash::from_hex(&row.get::<String>("root").unwrap()).unwrap();
            assert_eq!(root, naive.root(u64::try_from(row.get::<i64>("size").unwrap()).unwrap()));
            let at: i64 = row.get("signed_at").unwrap();
            assert!(at > before, "signed times go on");
            before = at;
        }
        let positions =
            self.db.read(|tx| tx.one("SELECT COUNT(*), MAX(position), MIN(position) FROM change", params![]));
        let positions = positions.await.unwrap();
        assert_eq!(positions.at::<i64>(0).unwrap(), positions.at::<i64>(1).unwrap(), "no gap");
    }
}

pub(super) async fn acts(db: &Db, n: usize, now: Time) -> Vec<ReceiptCode> {
    let mut ctx = ctx();
    ctx.now = now;
    act(db, &ctx, move |tx, ctx| {
        (0..n)
            .map(|i| {
                let update = Ref::new(ObjectKind::Update, format!("u-{}", i % 5));
                let event = match i % 3 {
                    2 => Event::private(kind("account.deleted", &[]), Ref::new(ObjectKind::Account, "a-1")),
                    _ => Event::public(kind("update.published", &[]), update),
                };
                let mut ctx = ctx.clone();
                ctx.now = Time::from_micros(now.micros() + i64::try_from(i).unwrap());
                ledger::append(tx, &ctx, event)
            })
            .collect::<madang_base::Result<Vec<_>>>()
    })
    .await
    .unwrap()
}

/// The tree as RFC 6962 defines it, without any cleverness but remembering full subtrees.
pub(super) struct Naive {
    /// Hashes of the full subtrees of 2^k leaves.
    levels: Vec<Vec<Hash>>,
}

impl Naive {
    pub(super) fn new(entries: &[String]) -> Self {
        let mut levels = vec![entries.iter().map(|entry| leaf_hash(entry.as_bytes())).collect::<Vec<_>>()];
        while levels.last().unwrap().len() > 1 {
            let pairs = levels.last().unwrap().chunks_exact(2);
            levels.push(pairs.map(|pair| node_hash(&pair[0], &pair[1])).collect());
        }
        Self { levels }
    }

    fn tile(&self, level: u8, index: u64, width: u16) -> Vec<Hash> {
        let first = usize::try_from(index * 256).unwrap();
        self.levels[usize::from(level) * 8][first..first + usize::from(width)].to_vec()
    }

    pub(super) fn root(&self, size: u64) -> Hash {
        if size == 0 { empty_root() } else { self.range(0, size) }
    }

    fn range(&self, first: u64, size: u64) -> Hash {
        if size.is_power_of_two() {
            let level = usize::try_from(size.trailing_zeros()).unwrap();
            return self.levels[level][usize::try_from(first / size).unwrap()];
        }
        let left = size.next_power_of_two() / 2;
        node_hash(&self.range(first, left), &self.range(first + left, size - left))
    }
}

/// Deterministic small numbers.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// One pass through every statement, for the test that none is left out.
pub(crate) async fn story(engine: madang_db::Engine) {
    let world = worlds().into_iter().find(|world| world.db.engine() == engine).unwrap();
    let node = world.node().await;
    let receipts = world.act(90).await;
    sequencer::Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone()).turn().await.unwrap();
    world.db.batch("UPDATE change SET commitment = NULL WHERE position < 10;");
    world.integrate(&node).await;
    world.act(20).await;
    world.drain().await;
    world.integrate(&node).await;
    let log = node.log();
    let now = world.clock_now();
    let found = world.db.read(move |tx| {
        let (early, late) = (leaf_near(tx, now)?, leaf_near(tx, Time::from_micros(i64::MAX))?);
        let of = leaves_of(tx, &Ref::new(ObjectKind::Update, "u-1"), None, 5)?;
        Ok((leaf(tx, 1)?, leaves(tx, None, 50, 50)?.len(), of.len(), early, late, find(tx, &receipts[40])?))
    });
    let (one, all, of, early, late, index) = found.await.unwrap();
    assert!(one.is_some() && early.is_some() && late.is_some());
    assert_eq!((all, of, index), (50, 5, Some(40)));
    assert!(log.published().await.unwrap().is_some() && log.proof_file(0).await.unwrap().is_some());
    assert_eq!((log.keys().await.unwrap().len(), log.witnesses().await.unwrap().len()), (1, 0));
    let hands = Hands::Over { old: key(1), new: key(2) };
    rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await.unwrap();
    world.db.batch("DELETE FROM log_key WHERE last_size IS NULL; UPDATE log_key SET last_size = NULL;");
    recovery::set_back(&world, 90, 95, 5).await;
    world.db.batch("UPDATE change SET commitment = NULL WHERE position = 93;");
    let older = world.node_with(Some(key(1)), &Arc::clone(&world.clock)).await;
    assert!(older.state().is_held());
    assert_eq!(recovery::run(&world, &no_folds()).await.unwrap().size, 111);
    let text = Checkpoint::new(ORIGIN, 90, Naive::new(&world.entries().await).root(90)).text().unwrap();
    let older = Note::sign(text, &[&key(1)]).unwrap().to_string();
    world.store.files.put(&Path::from("log/checkpoint"), older.into()).await.unwrap();
    let node = world.node().await;
    assert!(!node.state().is_held(), "{:?}", node.state());
    assert_eq!(thin(&world.db, world.clock_now().plus_days(30)).await.unwrap(), 1);
    let pending = world.db.read(|tx| sequencer::pending(tx, "update:u-1")).await.unwrap();
    assert_eq!(pending, []);
}
