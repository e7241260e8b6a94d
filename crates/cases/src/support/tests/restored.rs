//! A restored backup and the stored log: who has signed has signed, once.

use std::time::Duration;

use madang_base::SharedClock;
use madang_kernel::log::{Integrator, Recovered, Tiles, recover};
use madang_tlog::note::{Algorithm, SigningKey};

use super::*;

const TABLES: [&str; 11] = [
    "support",
    "support_count",
    "threshold_reached",
    "change",
    "log_head",
    "log_tree",
    "log_checkpoint",
    "folded_count",
    "inbox",
    "case_key",
    "salt",
];

async fn integrate(node: &Integrator) {
    while node.turn().await.unwrap().more {}
}

#[tokio::test]
async fn nobody_signs_twice_after_a_restored_backup() {
    for site in sites().await {
        let key = SigningKey::from_seed("log.example.kr", Algorithm::Ed25519, [1; 32]).unwrap();
        let clock: SharedClock = Arc::new(FixedClock::at(NOW));
        let tiles = Tiles::memory();
        let verifier = key.verifier();
        let interval = Duration::from_millis(10);
        let node =
            Integrator::open((*site.db).clone(), tiles.clone(), Some(key), Arc::clone(&clock), rng(), interval).await;
        let p = |name: &str, after: i64| citizen(name, NOW.plus_seconds(after));
        for name in ["p0", "p1", "p2"] {
            site.give(&p(name, 0), &input("kr-11", "20-29", "")).await.unwrap();
        }
        site.drain().await;
        integrate(&node).await;
        site.give(&p("p3", 1), &plain()).await.unwrap();
        for table in TABLES {
            site.db.batch(&format!("CREATE TABLE saved_{table} AS SELECT * FROM {table};"));
        }
        // What the backup does not know.
        site.give(&p("p4", 5), &plain()).await.unwrap();
        site.give(&p("p5", 6), &input("kr-26", "", "")).await.unwrap();
        site.withdraw(&p("p0", 7)).await.unwrap();
        site.withdraw(&p("p1", 8)).await.unwrap();
        site.give(&p("p1", 9), &plain()).await.unwrap();
        site.drain().await;
        integrate(&node).await;
        let before = site.rows("SELECT nullifier || ' ' || status FROM support ORDER BY nullifier");
        for table in TABLES {
            site.db.batch(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table};"));
        }
        node.turn().await.unwrap();
        assert_eq!(node.state().reason().unwrap().code(), "log.behind");
        // Meanwhile people act again, some on what the database has forgotten.
        assert!(!site.give(&p("p4", 100), &plain()).await.unwrap().again, "the backup does not know");
        site.withdraw(&p("p0", 101)).await.unwrap();
        site.give(&p("p6", 102), &plain()).await.unwrap();
        site.withdraw(&p("p2", 103)).await.unwrap();
        let done = recover(&site.db, &tiles, &site.folds, &[verifier], &clock, &rng()).await.unwrap();
        assert_eq!(done, Recovered { size: 9, added: 6, known: 1, written: 0 });
        let waits = site.rows("SELECT kind FROM inbox ORDER BY id");
        assert_eq!(waits, ["support.given", "support.withdrawn"], "of p6 and of p2");
        site.drain().await;
        integrate(&node).await;
        assert!(!node.state().is_held());
        let verified = site.verify(None).await;
        assert_eq!(verified.differences, []);
        assert_eq!((verified.supports, site.count().await), (5, 5));
        for name in ["p1", "p3", "p4", "p5", "p6"] {
            assert!(site.give(&p(name, 200), &plain()).await.unwrap().again, "{name} has signed");
        }
        assert_eq!(site.count().await, 5);
        let after = site.rows("SELECT nullifier || ' ' || status FROM support ORDER BY nullifier");
        assert_eq!((before.len(), after.len()), (6, 7));
        // Who took back is free to give again.
        assert!(!site.give(&p("p0", 300), &plain()).await.unwrap().again);
        assert_eq!(site.count().await, 6);
        assert_eq!(site.verify(None).await.differences, []);
    }
}
