//! Positions have no gaps and no event gets two, whoever drains and whoever writes meanwhile.

use std::time::Duration;

use madang_db::testing::TestDb;

use super::*;
use crate::ledger::{self, Event};
use crate::object::{ObjectKind, Ref};
use crate::tests::{act, ctx, kind};
use crate::wake::stop;

async fn put(db: &Db, n: usize, object: &'static str) {
    act(db, &ctx(), move |tx, ctx| {
        for _ in 0..n {
            ledger::append(
                tx,
                ctx,
                Event::public(kind("update.published", &[]), Ref::new(ObjectKind::Update, object)),
            )?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

async fn positions(db: &Db) -> Vec<i64> {
    db.read(|tx| change::since(tx, 0, 100_000)).await.unwrap().iter().map(|change| change.position).collect()
}

#[tokio::test]
async fn more_than_a_batch() {
    for db in TestDb::both() {
        put(&db, 1200, "u-1").await;
        put(&db, 1, "u-2").await;
        assert_eq!(drain_once(&db, &no_folds()).await.unwrap(), 1024);
        assert_eq!(drain_once(&db, &no_folds()).await.unwrap(), 177);
        assert_eq!(drain_once(&db, &no_folds()).await.unwrap(), 0);
        assert_eq!(positions(&db).await, (1..=1201).collect::<Vec<_>>());
        let object = Ref::new(ObjectKind::Update, "u-1");
        let (count, again, half) = db
            .read(move |tx| {
                let count = change::count(tx, &object, "update.published")?;
                let again = change::recount(tx, &object, "update.published", count.position)?;
                Ok((count, again, change::recount(tx, &object, "update.published", 350)?))
            })
            .await
            .unwrap();
        assert_eq!((count.value, count.position, again, half), (1200, 1201, 1200, 350));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_and_several_sequencers() {
    for db in TestDb::both() {
        let mut work = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let db = db.clone();
            work.spawn(async move {
                for _ in 0..25 {
                    put(&db, 2, "u-1").await;
                }
            });
        }
        for _ in 0..3 {
            let db = db.clone();
            work.spawn(async move {
                for _ in 0..60 {
                    // A drain that lost the race is repeated; nothing of it stays.
                    let _ = drain_once(&db, &no_folds()).await;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            });
        }
        while let Some(done) = work.join_next().await {
            done.unwrap();
        }
        while drain_once(&db, &no_folds()).await.unwrap() > 0 {}
        assert_eq!(positions(&db).await, (1..=400).collect::<Vec<_>>(), "{}", db.engine());
        assert_eq!(db.read(change::head).await.unwrap(), 400);
    }
}

#[tokio::test]
async fn somebody_elses_head_is_not_overwritten() {
    for db in TestDb::both() {
        put(&db, 1, "u-1").await;
        drain_once(&db, &no_folds()).await.unwrap();
        assert!(!db.drain(|tx| store::head_move(tx, 0, 5)).await.unwrap());
        assert!(db.drain(|tx| store::head_move(tx, 1, 1)).await.unwrap());
        assert_eq!(db.read(change::head).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn the_loop_wakes_at_once_and_stops() {
    for db in TestDb::both() {
        let sequencer = std::sync::Arc::new(Sequencer::new(db.clone(), no_folds()));
        let mut position = sequencer.position();
        let (stopper, stop) = stop();
        let running = tokio::spawn({
            let sequencer = std::sync::Arc::clone(&sequencer);
            async move { sequencer.run(stop).await }
        });
        // Let it settle into waiting, so that what follows is a waking and not the first look.
        tokio::time::sleep(Duration::from_millis(150)).await;
        put(&db, 3, "u-1").await;
        let seen = tokio::time::timeout(Duration::from_millis(700), position.wait_for(|p| *p == 3)).await;
        assert_eq!(*seen.expect("woken before the next poll").unwrap(), 3);
        stopper.set();
        tokio::time::timeout(Duration::from_secs(2), running).await.expect("stops").unwrap();
    }
}

#[tokio::test]
async fn the_loop_sees_what_another_process_wrote() {
    for db in TestDb::both() {
        let other = Db::open(db.url(), TestDb::options()).await.unwrap();
        let sequencer = Sequencer::new(db.clone(), no_folds());
        let mut position = sequencer.position();
        let (_stopper, stop) = stop();
        tokio::select! {
            () = sequencer.run(stop) => panic!("stopped by itself"),
            () = async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                put(&other, 1, "u-1").await;
                let seen = tokio::time::timeout(Duration::from_secs(5), position.wait_for(|p| *p == 1)).await;
                assert!(seen.is_ok(), "polling must find it");
            } => {}
        }
    }
}

/// Adds up what it is shown, beside a row of its own.
#[derive(Default)]
struct Sum(std::sync::Mutex<Vec<(i64, String)>>);

impl Fold for Sum {
    fn fold(&self, tx: &mut Tx, events: &[Placed<'_>]) -> Result<()> {
        let (first, last) = (events[0], events[events.len() - 1]);
        assert!(first.json.contains(first.kind) && first.object == "update:u-1");
        change::count_add(tx, "fold", "seen", events.len() as i64, last.position)?;
        self.0.lock().unwrap().extend(events.iter().map(|event| (event.position, event.kind.to_owned())));
        Ok(())
    }
}

#[tokio::test]
async fn a_fold_sees_every_event_once_in_order_and_in_the_same_step() {
    for db in TestDb::both() {
        put(&db, 600, "u-1").await;
        let sum = Arc::new(Sum::default());
        let folds: Folds = Arc::new([Arc::clone(&sum) as Arc<dyn Fold>]);
        while drain_once(&db, &folds).await.unwrap() > 0 {}
        let seen: Vec<i64> = sum.0.lock().unwrap().iter().map(|(position, _)| *position).collect();
        assert_eq!(seen, (1..=600).collect::<Vec<_>>());
        let counted = db.query("SELECT value, position FROM folded_count WHERE object = 'fold'", &[]).unwrap();
        assert_eq!((counted[0].at::<i64>(0).unwrap(), counted[0].at::<i64>(1).unwrap()), (600, 600));
    }
}

/// Refuses once.
struct Refuses(std::sync::atomic::AtomicBool);

impl Fold for Refuses {
    fn fold(&self, _tx: &mut Tx, _events: &[Placed<'_>]) -> Result<()> {
        let before = self.0.swap(true, std::sync::atomic::Ordering::SeqCst);
        if before { Ok(()) } else { Err(Error::conflict("test.refused")) }
    }
}

#[tokio::test]
async fn what_a_fold_refuses_has_no_position() {
    for db in TestDb::both() {
        put(&db, 3, "u-1").await;
        let folds: Folds = Arc::new([Arc::new(Refuses(false.into())) as Arc<dyn Fold>]);
        assert_eq!(drain_once(&db, &folds).await.unwrap_err().code(), "test.refused");
        assert_eq!(positions(&db).await, Vec::<i64>::new());
        assert_eq!(drain_once(&db, &folds).await.unwrap(), 3);
        assert_eq!(positions(&db).await, vec![1, 2, 3]);
    }
}
