//! Handing over to another key, with the old one and without it.

use super::*;

async fn grown(world: World) -> World {
    let node = world.node().await;
    world.act(30).await;
    world.drain().await;
    world.integrate(&node).await;
    world
}

#[tokio::test]
async fn the_old_key_signs_for_the_new_one() {
    for world in worlds() {
        let world = grown(world).await;
        let running = world.node().await;
        world.act(10).await;
        let hands = Hands::Over { old: key(1), new: key(2) };
        let rotated = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await.unwrap();
        assert_eq!((rotated.leaf, rotated.size), (40, 41));
        let note: Note = world.store.checkpoints().last().unwrap().parse().unwrap();
        assert_eq!(note.verify(&[key(1).verifier(), key(2).verifier()]).unwrap(), [0, 1]);
        let told = world.db.read(|tx| leaf(tx, 40)).await.unwrap().unwrap();
        assert_eq!(told.kind, "log.key-changed");
        assert!(told.entry.contains(&crate::digest::sha256(rotated.vkey.as_bytes())));
        // Who runs with the old key signs nothing any more.
        world.act(5).await;
        world.drain().await;
        let refused = running.turn().await;
        assert!(refused.is_err() || running.state().is_held(), "{refused:?}");
        let stale = world.node().await;
        assert_eq!(stale.state().reason().unwrap().code(), "log.key-other");
        let node = world.node_with(Some(key(2)), &Arc::clone(&world.clock)).await;
        world.clock.advance_seconds(60);
        assert_eq!(world.integrate(&node).await, 46);
        let note: Note = world.store.checkpoints().last().unwrap().parse().unwrap();
        assert_eq!(note.verify(&[key(1).verifier(), key(2).verifier()]).unwrap(), [1]);
        let keys = node.log().keys().await.unwrap();
        let sizes: Vec<_> = keys.iter().map(|key| (key.first_size, key.last_size, key.lost)).collect();
        assert_eq!(sizes, [(30, Some(41), false), (41, None, false)]);
        world.check(46, &[key(1), key(2)]).await;
        let again = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await;
        assert_eq!(again.unwrap_err().code(), "log.key-known");
        let back = Hands::Over { old: key(2), new: key(1) };
        let back = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &back).await;
        assert_eq!(back.unwrap_err().code(), "log.key-known", "a key that was handed over stays so");
    }
}

#[tokio::test]
async fn a_lost_key_is_told_lost() {
    for world in worlds() {
        let world = grown(world).await;
        let hands = Hands::Lost { new: key(3) };
        let rotated = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await.unwrap();
        assert_eq!((rotated.leaf, rotated.size), (30, 31));
        let note: Note = world.store.checkpoints().last().unwrap().parse().unwrap();
        assert_eq!(note.signatures.len(), 1);
        let told = world.db.read(|tx| leaf(tx, 30)).await.unwrap().unwrap();
        assert_eq!(told.kind, "log.key-lost");
        let node = world.node_with(Some(key(3)), &Arc::clone(&world.clock)).await;
        world.integrate(&node).await;
        let keys = node.log().keys().await.unwrap();
        let sizes: Vec<_> = keys.iter().map(|key| (key.first_size, key.last_size, key.lost)).collect();
        assert_eq!(sizes, [(30, Some(30), true), (31, None, false)]);
        world.check(31, &[key(1), key(3)]).await;
    }
}

#[tokio::test]
async fn a_hand_over_that_was_killed_is_finished_by_the_next() {
    for world in worlds() {
        let world = grown(world).await;
        let hands = Hands::Over { old: key(1), new: key(2) };
        world.store.fail(5, i64::MAX);
        let failed = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await;
        assert_eq!(failed.unwrap_err().code(), "log.store");
        world.store.heal();
        // The old key goes on, and has the event in its log before it is handed over.
        let node = world.node().await;
        let size = world.integrate(&node).await;
        assert_eq!(size, 31);
        let rotated = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await;
        let rotated = rotated.unwrap();
        assert_eq!(rotated.leaf, 30, "it is told once");
        world.check(rotated.size, &[key(1), key(2)]).await;
        let node = world.node_with(Some(key(2)), &Arc::clone(&world.clock)).await;
        assert!(!node.state().is_held());
    }
}

#[tokio::test]
async fn keys_that_do_not_fit_are_refused() {
    for world in worlds() {
        let none = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &Hands::Lost { new: key(2) }).await;
        assert_eq!(none.unwrap_err().code(), "log.no-tree");
        let world = grown(world).await;
        let elsewhere = SigningKey::from_seed("elsewhere", Algorithm::Ed25519, [9; 32]).unwrap();
        for (hands, code) in [
            (Hands::Over { old: key(1), new: elsewhere }, "log.key-origin"),
            (Hands::Over { old: key(5), new: key(2) }, "log.key-other"),
            (Hands::Over { old: key(1), new: key(1) }, "log.key-known"),
        ] {
            let refused = rotate(&world.db, &world.tiles(), &no_folds(), &ctx(), &hands).await;
            assert_eq!(refused.unwrap_err().code(), code);
        }
        world.check(30, &[key(1)]).await;
    }
}
