//! Each reason for which nothing is drained and nothing is signed, and that it ends when the reason does.

use madang_base::Error;

use super::*;
use crate::sequencer::Sequencer;

fn reason(node: &Integrator) -> String {
    node.state().reason().map_or_else(String::new, |error| error.code().to_owned())
}

/// Nothing moves while it is held.
async fn stands_still(world: &World, node: &Integrator, why: &str) {
    assert_eq!(reason(node), why);
    let sequencer = Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone());
    let before = (world.db.read(crate::change::head).await.unwrap(), world.store.checkpoints().len());
    let rows = world.db.read(super::super::store::checkpoint_newest).await.unwrap();
    world.act(5).await;
    assert_eq!(sequencer.turn().await.unwrap_err().code(), "log.held");
    assert_eq!(node.turn().await.unwrap(), Turn::default());
    let after = (world.db.read(crate::change::head).await.unwrap(), world.store.checkpoints().len());
    assert_eq!(before, after, "{why}");
    assert_eq!(world.db.read(super::super::store::checkpoint_newest).await.unwrap(), rows);
    assert_eq!(reason(node), why);
    // Acts go on, and wait.
    assert!(world.db.read(ledger::inbox_depth).await.unwrap() >= 5);
    world.db.batch("DELETE FROM inbox;");
}

async fn grown(world: World) -> World {
    let node = world.node().await;
    for n in [200, 100] {
        world.act(n).await;
        world.drain().await;
        world.integrate(&node).await;
    }
    world
}

async fn put_back(world: &World, name: &str, bytes: Bytes) {
    world.store.files.put(&Path::from(format!("log/{name}")), bytes.into()).await.unwrap();
}

#[tokio::test]
async fn the_database_is_behind_the_published_log() {
    for world in worlds() {
        let world = grown(world).await;
        let running = world.node().await;
        world.integrate(&running).await;
        let root = Naive::new(&world.entries().await).root(200).hex();
        world.db.batch(&format!(
            "UPDATE log_tree SET size = 200, root = '{root}'; DELETE FROM log_checkpoint WHERE size > 200;"
        ));
        let node = world.node().await;
        stands_still(&world, &node, "log.behind").await;
        let published = node.log().published().await.unwrap().unwrap();
        assert_eq!(published.size, 300, "what was published stays published");
        assert_eq!(node.state().reason().unwrap().args()["published"], "300");
        // A running program finds it out too.
        running.turn().await.unwrap();
        assert_eq!(reason(&running), "log.behind");
    }
}

#[tokio::test]
async fn a_feed_that_ends_below_what_was_published_is_not_drained() {
    for world in worlds() {
        let world = grown(world).await;
        let node = world.node().await;
        world.integrate(&node).await;
        let sequencer = Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone());
        world.db.batch("DELETE FROM change WHERE position > 250; UPDATE log_head SET size = 250;");
        world.act(1).await;
        assert_eq!(sequencer.turn().await.unwrap_err().code(), "sequencer.behind");
        assert_eq!(world.db.read(crate::change::head).await.unwrap(), 250);
    }
}

#[tokio::test]
async fn the_database_has_another_tree() {
    for world in worlds() {
        let world = grown(world).await;
        let (good, zero) = (Naive::new(&world.entries().await), "0".repeat(64));
        world.db.batch(&format!("UPDATE log_tree SET root = '{zero}';"));
        let node = world.node().await;
        stands_still(&world, &node, "log.forked").await;
        world.db.batch(&format!("UPDATE log_tree SET root = '{}';", good.root(300).hex()));
        node.turn().await.unwrap();
        assert!(!node.state().is_held(), "it goes on by itself");
        // An older stored checkpoint of another tree.
        let forged = Checkpoint::new(ORIGIN, 200, Hash([7; 32])).text().unwrap();
        put_back(&world, "checkpoint", Note::sign(forged, &[&key(1)]).unwrap().to_string().into()).await;
        let node = world.node().await;
        stands_still(&world, &node, "log.forked").await;
        world.db.batch("DELETE FROM log_checkpoint WHERE size = 200;");
        let node = world.node().await;
        stands_still(&world, &node, "log.forked").await;
    }
}

#[tokio::test]
async fn names_keys_and_signatures_must_fit() {
    for world in worlds() {
        let world = grown(world).await;
        let clock = Arc::clone(&world.clock);
        let node = world.node_with(None, &clock).await;
        stands_still(&world, &node, "log.key-missing").await;
        let node = world.node_with(Some(key(2)), &clock).await;
        stands_still(&world, &node, "log.key-other").await;
        let elsewhere = SigningKey::from_seed("elsewhere", Algorithm::Ed25519, [1; 32]).unwrap();
        let node = world.node_with(Some(elsewhere), &clock).await;
        stands_still(&world, &node, "log.origin").await;
        let good = world.file("checkpoint").await.unwrap();
        let text = Checkpoint::new(ORIGIN, 300, Naive::new(&world.entries().await).root(300)).text().unwrap();
        put_back(&world, "checkpoint", Note::sign(text, &[&key(2)]).unwrap().to_string().into()).await;
        let node = world.node().await;
        stands_still(&world, &node, "log.checkpoint-signature").await;
        put_back(&world, "checkpoint", "nothing".into()).await;
        let node = world.node().await;
        stands_still(&world, &node, "log.checkpoint").await;
        put_back(&world, "checkpoint", good).await;
        node.turn().await.unwrap();
        assert!(!node.state().is_held());
    }
}

#[tokio::test]
async fn the_store_is_gone_or_away() {
    for world in worlds() {
        let mut world = grown(world).await;
        world.store.fail(0, i64::MAX);
        let node = world.node().await;
        assert_eq!(reason(&node), "log.store");
        world.store.heal();
        node.turn().await.unwrap();
        assert!(!node.state().is_held());
        world.store = Watched::new();
        let node = world.node().await;
        stands_still(&world, &node, "log.store-lost").await;
    }
}

#[tokio::test]
async fn an_empty_site_without_a_key_goes_on_without_a_log() {
    for world in worlds() {
        let node = world.node_with(None, &Arc::clone(&world.clock)).await;
        assert!(matches!(node.state(), LogState::NoKey));
        let sequencer = Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone());
        world.act(5).await;
        assert_eq!(sequencer.turn().await.unwrap(), 5);
        assert_eq!(node.turn().await.unwrap(), Turn::default());
        assert_eq!(node.log().published().await.unwrap(), None);
        assert!(world.store.checkpoints().is_empty());
    }
}

#[tokio::test]
async fn a_damaged_edge_is_mended_and_a_changed_line_gets_into_nothing() {
    for world in worlds() {
        let world = grown(world).await;
        for name in ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"] {
            world.damage(name).await;
            let node = world.node().await;
            node.turn().await.unwrap();
            world.check(300, &[key(1)]).await;
            world.remove(name).await;
            let node = world.node().await;
            node.turn().await.unwrap();
            assert!(matches!(node.state(), LogState::Running), "{name}");
            world.check(300, &[key(1)]).await;
        }
        // A line of the feed was changed by hand: the files keep what was signed.
        let good = world.file("tile/entries/000").await;
        world.db.batch("UPDATE change SET json = 'x' WHERE position = 1;");
        let node = world.node().await;
        node.turn().await.unwrap();
        assert_eq!(world.file("tile/entries/000").await, good);
        // Then the file is lost too: nothing is made up.
        world.remove("tile/0/000").await;
        world.remove("tile/1/000.p/1").await;
        let node = world.node().await;
        assert_eq!(node.turn().await.map_err(|error: Error| error.code()), Err("log.damaged"));
        stands_still_damaged(&world, &node).await;
    }
}

async fn stands_still_damaged(world: &World, node: &Integrator) {
    assert_eq!(reason(node), "log.damaged");
    let published = world.store.checkpoints().len();
    world.act(1).await;
    let sequencer = Sequencer::new((*world.db).clone(), no_folds()).behind(node.gate().clone());
    assert_eq!(sequencer.turn().await.unwrap_err().code(), "log.held");
    assert_eq!(world.store.checkpoints().len(), published);
}
