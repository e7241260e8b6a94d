//! A restored backup gets back what the stored log has; a store that lost files gets them from the feed.

use std::sync::Mutex;

use madang_base::SharedClock;
use madang_db::Tx;

use super::*;
use crate::change;
use crate::sequencer::{Fold, Folds, Placed};

/// As a backup would have it: lines up to `head`, a tree of `size` leaves, and the next `waits` lines still in the inbox.
pub(super) async fn set_back(world: &World, size: u64, head: u64, waits: u64) {
    let root = Naive::new(&world.entries().await).root(size).hex();
    let waits = head + waits;
    world.db.batch(&format!(
        "INSERT INTO inbox (at, kind, object, public, json, commitment)
           SELECT at, kind, object, public, json, commitment FROM change WHERE position > {head} AND position <= {waits}
           ORDER BY position;
         DELETE FROM change WHERE position > {head};
         UPDATE log_head SET size = {head};
         UPDATE log_tree SET size = {size}, root = '{root}';
         DELETE FROM log_checkpoint WHERE size > {size};
         DELETE FROM folded_count;
         INSERT INTO folded_count (object, name, value, position)
           SELECT object, kind, COUNT(*), MAX(position) FROM change GROUP BY object, kind;"
    ));
}

async fn line(world: &World, json: String) {
    let done = world.db.write(move |tx| tx.exec("UPDATE change SET json = $1 WHERE position = 122", params![&json]));
    assert_eq!(done.await.unwrap(), 1);
}

pub(super) async fn run(world: &World, folds: &Folds) -> madang_base::Result<Recovered> {
    let clock: SharedClock = Arc::clone(&world.clock) as _;
    recover(&world.db, &world.tiles(), folds, &[key(1).verifier()], &clock, &rng("recover")).await
}

async fn grown(world: World, turns: &[usize]) -> World {
    let node = world.node().await;
    for n in turns {
        world.act(*n).await;
        world.drain().await;
        world.integrate(&node).await;
    }
    world
}

async fn counts(world: &World) -> Vec<(String, String, i64)> {
    let rows = world.db.query("SELECT object, name, value FROM folded_count ORDER BY object, name", &[]).unwrap();
    let read = |row: &madang_db::Row| (row.at(0).unwrap(), row.at(1).unwrap(), row.at(2).unwrap());
    rows.iter().map(read).filter(|(object, ..): &(String, _, _)| object.starts_with("update")).collect()
}

/// Remembers what it was shown.
#[derive(Default)]
struct Seen(Mutex<(Vec<i64>, Vec<i64>)>);

impl Fold for Seen {
    fn fold(&self, _tx: &mut Tx, events: &[Placed<'_>]) -> madang_base::Result<()> {
        self.0.lock().unwrap().1.extend(events.iter().map(|event| event.position));
        Ok(())
    }

    fn restore(&self, _tx: &mut Tx, events: &[Placed<'_>]) -> madang_base::Result<()> {
        self.0.lock().unwrap().0.extend(events.iter().map(|event| event.position));
        Ok(())
    }
}

#[tokio::test]
async fn a_backup_from_any_time_gets_the_rest_back() {
    for (size, head, waits) in [(0, 0, 0), (100, 100, 30), (100, 250, 900), (1200, 1257, 1), (1400, 1400, 0)] {
        for world in worlds() {
            let world = grown(world, &[100, 1100, 200, 1, 100]).await;
            let (entries, before) = (world.entries().await, counts(&world).await);
            set_back(&world, size, head, waits).await;
            if size == 0 {
                world.db.batch("DELETE FROM log_tree; DELETE FROM log_key; DELETE FROM log_checkpoint;");
            }
            let held = world.node().await;
            assert_eq!(held.state().reason().unwrap().code(), "log.behind");
            world.act(7).await;
            let seen = Arc::new(Seen::default());
            let folds: Folds = Arc::new([Arc::clone(&seen) as Arc<dyn Fold>]);
            let done = run(&world, &folds).await.unwrap();
            let known = waits.min(1501 - head);
            assert_eq!(done, Recovered { size: 1501, added: 1501 - head, known, written: 0 });
            assert_eq!(world.entries().await, entries);
            assert_eq!(counts(&world).await, before);
            {
                let seen = seen.0.lock().unwrap();
                let added: Vec<i64> = (i64::try_from(head).unwrap() + 1..=1501).collect();
                assert_eq!((&seen.0, &seen.1), (&added, &added));
            }
            assert_eq!(run(&world, &no_folds()).await.unwrap(), Recovered { size: 1501, ..Recovered::default() });
            // The held program goes on by itself, and what waited comes after.
            assert_eq!(world.db.read(ledger::inbox_depth).await.unwrap(), 7);
            world.drain().await;
            assert_eq!(world.integrate(&held).await, 1508);
            assert!(matches!(held.state(), LogState::Running));
            world.check(1508, &[key(1)]).await;
        }
    }
}

#[tokio::test]
async fn what_is_put_back_is_as_it_was_but_for_what_is_not_public() {
    for world in worlds() {
        let world = grown(world, &[50]).await;
        let before = world.db.read(|tx| change::since(tx, 0, 100)).await.unwrap();
        set_back(&world, 0, 20, 0).await;
        run(&world, &no_folds()).await.unwrap();
        let after = world.db.read(|tx| change::since(tx, 0, 100)).await.unwrap();
        for (before, after) in before.iter().zip(&after) {
            if before.public || before.position <= 20 {
                assert_eq!(before, after);
            } else {
                assert_eq!((after.kind.as_str(), after.object.to_string().as_str()), ("opaque", "change:opaque"));
                assert!(!after.public && after.json.contains("commitment"));
            }
        }
        assert_eq!(after.len(), 50);
    }
}

#[tokio::test]
async fn killed_in_the_middle_it_goes_on() {
    for world in worlds() {
        let world = grown(world, &[100, 2900]).await;
        let entries = world.entries().await;
        set_back(&world, 100, 100, 50).await;
        let mut tries = 0;
        for left in (0..60).step_by(3) {
            world.store.fail(left, i64::MAX);
            let done = run(&world, &no_folds()).await;
            world.store.heal();
            tries += i32::from(done.is_err());
            let node = world.node().await;
            let tree = world.db.read(super::super::store::tree).await.unwrap().unwrap();
            assert_eq!(node.state().is_held(), tree.size < 3000, "held until it is whole");
        }
        assert!(tries > 3);
        let done = run(&world, &no_folds()).await.unwrap();
        assert_eq!(done.size, 3000);
        assert_eq!(world.entries().await, entries);
        assert_eq!(world.db.read(ledger::inbox_depth).await.unwrap(), 0);
        world.check(3000, &[key(1)]).await;
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_nothing_changes() {
    for world in worlds() {
        let world = grown(world, &[100, 500]).await;
        set_back(&world, 100, 150, 0).await;
        let head = || async { world.db.read(change::head).await.unwrap() };
        // Another line where the log has one.
        let row = world.db.query("SELECT json FROM change WHERE position = 122", &[]).unwrap();
        let json: String = row[0].at(0).unwrap();
        line(&world, json.replace("update", "plan")).await;
        let refused = run(&world, &no_folds()).await.unwrap_err();
        assert_eq!((refused.code(), refused.args()["position"].as_str()), ("log.diverged", "122"));
        line(&world, json).await;
        // A stored bundle that was altered.
        let good = world.file("tile/entries/001").await.unwrap();
        world.damage("tile/entries/001").await;
        let refused = run(&world, &no_folds()).await.unwrap_err();
        assert_eq!((refused.code(), refused.args()["name"].as_str()), ("log.damaged-file", "tile/entries/001"));
        world.store.files.put(&Path::from("log/tile/entries/001"), good.clone().into()).await.unwrap();
        world.remove("tile/entries/001").await;
        let refused = run(&world, &no_folds()).await.unwrap_err();
        assert_eq!((refused.code(), refused.args()["name"].as_str()), ("log.damaged-file", "tile/entries/001"));
        world.store.files.put(&Path::from("log/tile/entries/001"), good.into()).await.unwrap();
        // No checkpoint, and entries that the feed has not: how far it went is nobody's guess.
        let checkpoint = world.file("checkpoint").await.unwrap();
        world.remove("checkpoint").await;
        assert_eq!(run(&world, &no_folds()).await.unwrap_err().code(), "log.behind");
        world.store.files.put(&Path::from("log/checkpoint"), checkpoint.into()).await.unwrap();
        assert_eq!(head().await, 150);
        assert_eq!(run(&world, &no_folds()).await.unwrap().added, 450);
        world.check(600, &[key(1)]).await;
    }
}

#[tokio::test]
async fn a_store_that_lost_files_gets_them_from_the_feed() {
    for world in worlds() {
        let mut world = grown(world, &[300, 700]).await;
        let entries = world.entries().await;
        world.damage("tile/0/001").await;
        world.remove("tile/entries/000").await;
        assert_eq!(run(&world, &no_folds()).await.unwrap().written, 2);
        world.check(1000, &[key(1)]).await;
        // All of it.
        world.store = Watched::new();
        let node = world.node().await;
        assert_eq!(node.state().reason().unwrap().code(), "log.store-lost");
        let done = run(&world, &no_folds()).await.unwrap();
        // Four tiles of level 0, one above, four bundles.
        assert_eq!((done.size, done.added, done.written), (1000, 0, 9));
        world.act(1).await;
        world.drain().await;
        assert_eq!(world.integrate(&node).await, 1001);
        world.check(1001, &[key(1)]).await;
        // But not from a feed that was changed.
        world.store = Watched::new();
        world.db.batch("UPDATE change SET json = 'x' WHERE position = 1;");
        assert_eq!(run(&world, &no_folds()).await.unwrap_err().code(), "log.feed-changed");
        assert_eq!(world.file("tile/0/000").await, None, "nothing is made up");
        assert_eq!(entries.len(), 1000);
    }
}

#[tokio::test]
async fn a_backup_from_before_a_hand_over_learns_the_new_key() {
    for world in worlds() {
        let world = grown(world, &[100, 20]).await;
        let hands = Hands::Over { old: key(1), new: key(2) };
        let rotated = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await.unwrap();
        world.db.batch("DELETE FROM log_key WHERE last_size IS NULL; UPDATE log_key SET last_size = NULL;");
        set_back(&world, 100, 110, 0).await;
        let clock: SharedClock = Arc::clone(&world.clock) as _;
        let trusted = [key(2).verifier()];
        let done = recover(&world.db, &world.tiles(), &no_folds(), &trusted, &clock, &rng("recover")).await.unwrap();
        assert_eq!(done.size, rotated.size);
        let node = world.node_with(Some(key(2)), &Arc::clone(&world.clock)).await;
        assert!(!node.state().is_held(), "{:?}", node.state());
        world.clock.advance_seconds(60);
        world.act(1).await;
        world.drain().await;
        assert_eq!(world.integrate(&node).await, rotated.size + 1);
        world.check(rotated.size + 1, &[key(1), key(2)]).await;
    }
}
