//! One holder at a time; the end frees it, and so does an end that no clock of now can have set.

use madang_db::Db;
use madang_db::testing::TestDb;

use super::*;
use crate::tests::{NOW, rng};

async fn take(db: &Db, lease: &Lease, now: Time) -> bool {
    let lease = lease.clone();
    db.write(move |tx| lease.take(tx, now)).await.unwrap()
}

#[tokio::test]
async fn one_at_a_time() {
    for db in TestDb::both() {
        let (one, two) = (Lease::new("test", &*rng("one"), 10), Lease::new("test", &*rng("two"), 10));
        assert!(take(&db, &one, NOW).await);
        assert!(!take(&db, &two, NOW.plus_seconds(9)).await);
        assert!(take(&db, &one, NOW.plus_seconds(9)).await, "prolonged");
        assert!(!take(&db, &two, NOW.plus_seconds(18)).await);
        assert!(take(&db, &two, NOW.plus_seconds(19)).await, "over");
        assert!(!take(&db, &one, NOW.plus_seconds(20)).await);
        let other = Lease::new("other", &*rng("three"), 10);
        assert!(take(&db, &other, NOW).await);
    }
}

#[tokio::test]
async fn a_clock_that_went_back_locks_nobody_out() {
    for db in TestDb::both() {
        let (one, two) = (Lease::new("test", &*rng("one"), 10), Lease::new("test", &*rng("two"), 10));
        assert!(take(&db, &one, NOW.plus_days(400)).await);
        assert!(take(&db, &two, NOW).await);
        assert!(!take(&db, &one, NOW.plus_seconds(5)).await);
    }
}

#[tokio::test]
async fn seized_and_given_back() {
    for db in TestDb::both() {
        let (one, two) = (Lease::new("test", &*rng("one"), 10), Lease::new("test", &*rng("two"), 10));
        assert!(take(&db, &one, NOW).await);
        let by_hand = two.clone();
        db.write(move |tx| by_hand.seize(tx, NOW)).await.unwrap();
        assert!(!take(&db, &one, NOW).await);
        let gone = one.clone();
        db.write(move |tx| gone.give_back(tx)).await.unwrap();
        assert!(!take(&db, &one, NOW).await, "not his to give back");
        let back = two.clone();
        db.write(move |tx| back.give_back(tx)).await.unwrap();
        assert!(take(&db, &one, NOW).await);
    }
}
