//! Random traffic in many turns gives the naive tree, and every proof that pages give out holds.

use madang_tlog::proof::{verify_consistency, verify_inclusion};
use madang_tlog::tile::{Bundle, Tile, WIDTH};
use madang_tlog::{Edge, Policy};

use super::*;
use crate::wake::stop;

#[tokio::test]
async fn random_traffic_gives_the_naive_tree() {
    for world in worlds() {
        let node = world.node().await;
        assert!(matches!(node.state(), LogState::Following));
        let mut dice = Dice::new(7);
        let (mut size, mut receipts) = (0, Vec::new());
        for _ in 0..25 {
            let n = dice.below(120);
            world.clock.advance_seconds(1);
            receipts.extend(world.act(usize::try_from(n).unwrap()).await);
            world.drain().await;
            let turn = node.turn().await.unwrap();
            size += n;
            assert_eq!(turn, Turn { added: n, size, more: false });
        }
        assert!(matches!(node.state(), LogState::Running));
        assert_eq!(*node.gate().published().borrow(), size);
        world.check(size, &[key(1)]).await;
        proofs(&world, &node.log(), size).await;
        for (index, code) in receipts.into_iter().enumerate() {
            let found = world.db.read(move |tx| find(tx, &code)).await.unwrap();
            assert_eq!(found, Some(index as u64));
        }
    }
}

async fn proofs(world: &World, log: &Log, size: u64) {
    let naive = Naive::new(&world.entries().await);
    let mut dice = Dice::new(11);
    for _ in 0..60 {
        let tree = 1 + dice.below(size);
        let (index, old) = (dice.below(tree), dice.below(tree + 1));
        let entry = world.db.read(move |tx| leaf(tx, index)).await.unwrap().unwrap();
        let path = log.inclusion(index, tree).await.unwrap();
        verify_inclusion(&entry.hash, index, tree, &naive.root(tree), &path).unwrap();
        let path = log.consistency(old, tree).await.unwrap();
        verify_consistency(old, &naive.root(old), tree, &naive.root(tree), &path).unwrap();
    }
    assert_eq!(log.inclusion(size, size).await.unwrap_err().code(), "log.leaf-unknown");
    assert!(log.inclusion(size, size + 1).await.is_err());
    assert_eq!(log.consistency(2, 1).await.unwrap_err().code(), "log.size-unknown");
    assert_eq!(log.proof_file(size).await.unwrap(), None);
    let published = log.published().await.unwrap().unwrap();
    assert_eq!((published.size, published.root, published.origin.as_str()), (size, naive.root(size), ORIGIN));
    let file = log.proof_file(3).await.unwrap().unwrap();
    let entry = world.db.read(|tx| leaf(tx, 3)).await.unwrap().unwrap();
    let policy = Policy { logs: vec![key(1).verifier()], witnesses: Vec::new(), quorum: 0 };
    assert_eq!(file.verify(&entry.hash, &policy).unwrap().size, size);
    let stored = log.resource(&Resource::Checkpoint).await.unwrap().unwrap();
    assert_eq!(Some(stored), world.file("checkpoint").await);
}

#[tokio::test]
async fn a_partial_tile_is_cut_from_a_wider_one_and_goes_when_the_next_is_full() {
    for world in worlds() {
        let node = world.node().await;
        for n in [200, 20, 300, 240, 10] {
            world.act(n).await;
            world.drain().await;
            world.integrate(&node).await;
        }
        let entries = world.entries().await;
        let naive = Naive::new(&entries);
        let log = node.log();
        for (index, width) in [(0, 200), (0, 17), (0, 256), (2, 258 - 8), (3, 2)] {
            let tile = Tile { level: 0, index, width };
            let bytes = log.resource(&Resource::Tile(tile)).await.unwrap().unwrap();
            assert_eq!(*bytes, *tile_bytes(&naive.tile(0, index, width)), "{tile}");
            let bundle = Bundle { index, width };
            let first = usize::try_from(index * WIDTH).unwrap();
            let texts = entries[first..first + usize::from(width)].iter().map(String::as_bytes);
            assert_eq!(*log.resource(&Resource::Bundle(bundle)).await.unwrap().unwrap(), *bundle_bytes(texts).unwrap());
        }
        assert_eq!(log.resource(&Resource::Tile(Tile { level: 0, index: 3, width: 3 })).await.unwrap(), None);
        assert_eq!(log.resource(&Resource::Tile(Tile { level: 1, index: 1, width: 256 })).await.unwrap(), None);
        assert_eq!(world.file("tile/0/000.p/200").await, None, "the follower is full");
        assert_eq!(world.file("tile/entries/000.p/220").await, None);
        assert!(world.file("tile/0/002.p/8").await.is_some(), "the follower is not full");
        world.check(770, &[key(1)]).await;
    }
}

/// Straight into the feed: what the log makes of it does not depend on how it came there.
pub(super) async fn fill(world: &World, n: i64) {
    let mut from = world.db.read(crate::change::head).await.unwrap();
    let end = from + n;
    while from < end {
        let upto = end.min(from + 4096);
        world
            .db
            .drain(move |tx| {
                let texts: Vec<_> =
                    (from + 1..=upto).map(|at| format!(r#"{{"at":{at},"kind":"test.filled"}}"#)).collect();
                let lines: Vec<_> = (from + 1..=upto)
                    .zip(&texts)
                    .map(|(position, json)| crate::change::New {
                        position,
                        at: Time::from_micros(position),
                        kind: "test.filled",
                        object: "update:u-1",
                        public: true,
                        json,
                        commitment: None,
                    })
                    .collect();
                sequencer::head_lock(tx)?;
                sequencer::place(tx, &no_folds(), from, &lines, false)
            })
            .await
            .unwrap();
        from = upto;
    }
}

#[tokio::test]
async fn more_leaves_than_one_turn_takes_and_a_third_level() {
    let world = World::new(TestDb::sqlite());
    let node = world.node().await;
    fill(&world, 131_500).await;
    assert_eq!(node.turn().await.unwrap(), Turn { added: 65_536, size: 65_536, more: true });
    assert_eq!(world.integrate(&node).await, 131_500);
    world.check(131_500, &[key(1)]).await;
    // Read back by another node; its right edge is whole.
    let node = world.node().await;
    fill(&world, 77).await;
    assert_eq!(world.integrate(&node).await, 131_577);
    world.check(131_577, &[key(1)]).await;
    proofs(&world, &node.log(), 131_577).await;
    // Damage at every level of the edge, and a lost one.
    world.damage("tile/1/002.p/1").await;
    world.remove("tile/2/000.p/2").await;
    world.damage("tile/0/513.p/249").await;
    world.damage("tile/entries/512").await;
    world.act(1).await;
    world.drain().await;
    let node = world.node().await;
    assert_eq!(world.integrate(&node).await, 131_578);
    let partial = Edge::tiles(131_577);
    assert_eq!(partial.len(), 3);
    world.check(131_578, &[key(1)]).await;
}

#[tokio::test]
async fn leaves_are_found_by_index_object_and_time() {
    for world in worlds() {
        let node = world.node().await;
        world.act(30).await;
        world.drain().await;
        world.integrate(&node).await;
        let at = world.clock_now().micros();
        let (all, some, of, earlier, near) = world
            .db
            .read(move |tx| {
                let u1 = Ref::new(ObjectKind::Update, "u-1");
                let near = (leaf_near(tx, Time::from_micros(at + 10))?, leaf_near(tx, Time::from_micros(at + 99))?);
                Ok((
                    leaves(tx, None, 30, 100)?,
                    leaves(tx, Some(3), 10, 4)?,
                    leaves_of(tx, &u1, None, 3)?,
                    leaves_of(tx, &u1, Some(16), 100)?,
                    near,
                ))
            })
            .await
            .unwrap();
        assert_eq!(all.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), (0..30).collect::<Vec<_>>());
        assert_eq!(all.iter().map(|leaf| leaf.entry.clone()).collect::<Vec<_>>(), world.entries().await);
        assert_eq!(some.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), [4, 5, 6, 7]);
        let opaque = &all[2];
        assert_eq!((opaque.kind.as_str(), &opaque.object, opaque.public), (OPAQUE, &None, false));
        assert!(opaque.entry.starts_with(r#"{"commitment":"sha256:"#) && !opaque.entry.contains("a-1"));
        // u-1 is at 1, 6, 11, …; every third act is not public.
        assert_eq!(of.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), [21, 16, 6]);
        assert_eq!(earlier.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), [6, 1]);
        assert_eq!(near, (Some(10), Some(28)));
    }
}

#[tokio::test]
async fn the_loop_signs_soon_and_stops() {
    for world in worlds() {
        let node = Arc::new(world.node().await);
        let (stopper, stop) = stop();
        let running = tokio::spawn({
            let node = Arc::clone(&node);
            async move { node.run(stop).await }
        });
        let sequencer = sequencer::Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone());
        let mut published = node.gate().published();
        world.act(10).await;
        sequencer.turn().await.unwrap();
        tokio::time::timeout(Duration::from_secs(3), published.wait_for(|size| *size == 10)).await.unwrap().unwrap();
        stopper.set();
        tokio::time::timeout(Duration::from_secs(3), running).await.unwrap().unwrap();
        // The lease was given back: the next does not wait for its end.
        let next = world.node_with(Some(key(1)), &Arc::clone(&world.clock)).await;
        world.act(1).await;
        world.drain().await;
        assert_eq!(next.turn().await.unwrap().added, 1);
    }
}

#[tokio::test]
async fn lines_from_before_there_was_a_log_get_their_commitments() {
    for world in worlds() {
        world.act(20).await;
        world.drain().await;
        world.db.batch("UPDATE change SET commitment = NULL; DELETE FROM salt;");
        assert_eq!(world.db.read(|tx| leaf(tx, 2)).await.unwrap(), None, "not yet");
        let node = world.node().await;
        assert_eq!(world.integrate(&node).await, 20);
        world.check(20, &[key(1)]).await;
        let opaque = world.db.read(|tx| leaf(tx, 2)).await.unwrap().unwrap();
        let (json, salt) = world
            .db
            .read(|tx| {
                let row = tx.one("SELECT json, commitment FROM change WHERE position = 3", params![])?;
                let salt = ledger::salt_of(tx, &row.get::<String>("commitment")?)?.unwrap();
                Ok((row.get::<String>("json")?, salt))
            })
            .await
            .unwrap();
        assert!(ledger::opens_entry(&opaque.entry, &json, &salt).unwrap());
    }
}

#[tokio::test]
async fn a_clock_that_goes_back_makes_no_older_checkpoint() {
    for world in worlds() {
        let node = world.node().await;
        for _ in 0..4 {
            world.act(3).await;
            world.drain().await;
            assert_eq!(world.integrate(&node).await % 3, 0);
            world.clock.advance_seconds(-1000);
        }
        world.check(12, &[key(1)]).await;
    }
}
