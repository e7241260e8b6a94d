//! Retries, dead workers, several workers, schedules.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use madang_base::{Clock as _, FixedClock};
use madang_db::Db;
use madang_db::testing::TestDb;
use serde_json::json;

use super::*;
use crate::actor::{Actor, Role};
use crate::tests::{NOW, act, admin, ctx, person, rng};
use crate::wake::stop;

type Runs = Arc<Mutex<BTreeMap<JobId, usize>>>;

/// Counts how often each job ran and does what the payload says.
struct Count(Runs);

impl Handler for Count {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            *self.0.lock().unwrap().entry(job.id).or_default() += 1;
            match job.text("do")? {
                "fail" => Err(Error::unavailable("test.away")),
                "refuse" => Err(Error::gone("test.gone")),
                "panic" => panic!("as told"),
                "hang" => std::future::pending().await,
                _ => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok(())
                }
            }
        })
    }
}

fn worker(db: &Db, clock: &Arc<FixedClock>, runs: &Runs) -> Worker {
    Worker::new(db.clone(), clock.clone(), rng("worker")).on("test.count", Count(runs.clone()))
}

async fn put(db: &Db, what: &'static str) -> JobId {
    act(db, &ctx(), move |tx, ctx| enqueue(tx, ctx, "test.count", json!({ "do": what }), None)).await.unwrap()
}

async fn find(db: &Db, id: JobId) -> Job {
    db.read(move |tx| store::by_id(tx, id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_job_is_tried_with_growing_pauses_until_it_has_failed() {
    for db in TestDb::both() {
        let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
        let worker = worker(&db, &clock, &runs);
        let id = put(&db, "fail").await;
        let mut pauses = Vec::new();
        for attempt in 1..MAX_ATTEMPTS {
            assert_eq!(worker.run_due().await.unwrap(), 1);
            assert_eq!(worker.run_due().await.unwrap(), 0, "not before its time");
            let job = find(&db, id).await;
            assert_eq!((job.state, job.attempts, job.locked_until), (JobState::Queued, attempt, None));
            assert_eq!(job.last_error.as_deref(), Some("test.away"));
            pauses.push(job.run_at.seconds_since(clock.now()));
            clock.advance_seconds(pauses[pauses.len() - 1]);
        }
        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
        assert_eq!(worker.run_due().await.unwrap(), 1);
        assert_eq!(find(&db, id).await.state, JobState::Failed);
        clock.advance_seconds(100_000);
        assert_eq!(worker.run_due().await.unwrap(), 0);

        act(&db, &admin(), move |tx, ctx| retry(tx, ctx, id)).await.unwrap();
        assert_eq!(find(&db, id).await.attempts, 0);
        assert_eq!(worker.run_due().await.unwrap(), 1);
        assert_eq!(runs.lock().unwrap()[&id], 11);
    }
}

#[tokio::test]
async fn what_will_not_get_better_fails_at_once_and_a_panic_hurts_nobody() {
    for db in TestDb::both() {
        let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
        let worker = worker(&db, &clock, &runs);
        let (refused, panicked, well) = (put(&db, "refuse").await, put(&db, "panic").await, put(&db, "well").await);
        assert_eq!(worker.run_due().await.unwrap(), 3);
        assert_eq!(find(&db, refused).await.state, JobState::Failed);
        let panicked = find(&db, panicked).await;
        assert_eq!(panicked.state, JobState::Queued);
        assert!(panicked.last_error.unwrap().contains("as told"));
        assert_eq!(find(&db, well).await.state, JobState::Done);
    }
}

#[tokio::test]
async fn a_kind_without_a_handler_waits_for_one() {
    let db = TestDb::sqlite();
    let clock = Arc::new(FixedClock::at(NOW));
    let id = put(&db, "well").await;
    let deaf = Worker::new(db.clone(), clock.clone(), rng("worker"));
    assert_eq!(deaf.run_due().await.unwrap(), 1);
    assert_eq!(find(&db, id).await.last_error.as_deref(), Some("job.no-handler kind=test.count"));
    clock.advance_seconds(10);
    assert_eq!(worker(&db, &clock, &Runs::default()).run_due().await.unwrap(), 1);
    assert_eq!(find(&db, id).await.state, JobState::Done);
}

#[tokio::test]
async fn the_job_of_a_dead_worker_is_taken_up_and_the_dead_one_says_nothing_more() {
    for db in TestDb::both() {
        let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
        let id = put(&db, "well").await;
        let claimed = db.drain(|tx| store::claim(tx, NOW, 5)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        let worker = worker(&db, &clock, &runs);
        assert_eq!(worker.run_due().await.unwrap(), 0, "it is locked");
        clock.advance_seconds(LOCK_SECONDS - 1);
        let now = clock.now();
        assert!(db.write(move |tx| store::renew(tx, id, 1, now)).await.unwrap());
        clock.advance_seconds(2);
        assert_eq!(worker.run_due().await.unwrap(), 0, "its lock was renewed");
        clock.advance_seconds(LOCK_SECONDS);
        assert_eq!(worker.run_due().await.unwrap(), 1);
        let job = find(&db, id).await;
        assert_eq!((job.state, job.attempts), (JobState::Done, 2));
        let late = db.write(move |tx| store::end(tx, (id, 1), JobState::Failed, None, NOW, NOW)).await.unwrap();
        assert!(!late && !db.write(move |tx| store::renew(tx, id, 1, NOW)).await.unwrap());
        assert_eq!(find(&db, id).await.state, JobState::Done);
    }
}

#[tokio::test]
async fn a_job_that_kills_its_workers_fails_in_the_end() {
    let db = TestDb::sqlite();
    let id = put(&db, "well").await;
    let mut now = NOW;
    for _ in 0..MAX_ATTEMPTS {
        assert_eq!(db.drain(move |tx| store::claim(tx, now, 1)).await.unwrap().len(), 1);
        now = now.plus_seconds(LOCK_SECONDS + 1);
        assert_eq!(db.drain(move |tx| store::recover(tx, now)).await.unwrap(), 1);
    }
    let job = find(&db, id).await;
    assert_eq!((job.state, job.last_error.as_deref()), (JobState::Failed, Some("the worker did not return")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_workers_run_each_job_once() {
    for db in TestDb::both() {
        let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
        let (stopper, _) = stop();
        let mut working = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let (worker, stop) = (worker(&db, &clock, &runs), stopper.listener());
            working.spawn(async move { worker.run(stop).await });
        }
        for _ in 0..60 {
            put(&db, "well").await;
        }
        let done = async {
            loop {
                let totals = db.read(totals).await.unwrap();
                if totals == [(JobState::Done, 60)] {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), done).await.expect("all done");
        stopper.set();
        while let Some(ended) = working.join_next().await {
            ended.unwrap();
        }
        let runs = runs.lock().unwrap();
        assert_eq!(runs.len(), 60);
        assert!(runs.values().all(|times| *times == 1), "{}: {runs:?}", db.engine());
    }
}

#[tokio::test]
async fn a_worker_wakes_at_once() {
    let db = TestDb::sqlite();
    let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
    let (stopper, stop) = stop();
    let worker = worker(&db, &clock, &runs);
    let running = tokio::spawn(async move { worker.run(stop).await });
    tokio::time::sleep(Duration::from_millis(150)).await;
    let id = put(&db, "well").await;
    let done = async {
        while find(&db, id).await.state != JobState::Done {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_millis(700), done).await.expect("before the next poll");
    stopper.set();
    running.await.unwrap();
}

/// Stopping waits for what runs; an attempt that is cut off gives its job back without counting.
pub(crate) async fn an_attempt_cut_off(db: &Db) {
    let (clock, runs) = (Arc::new(FixedClock::at(NOW)), Runs::default());
    let id = put(db, "hang").await;
    let worker = worker(db, &clock, &runs);
    let cut = tokio::time::timeout(Duration::from_millis(200), worker.run_due()).await;
    assert!(cut.is_err());
    let back = async {
        while find(db, id).await.state != JobState::Queued {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), back).await.expect("given back");
    assert_eq!(find(db, id).await.attempts, 0);
    // It would hang again: nobody else shall meet it.
    let claimed = db.drain(|tx| store::claim(tx, NOW, 1)).await.unwrap();
    assert_eq!(claimed[0].id, id);
    assert!(db.write(move |tx| store::renew(tx, id, 1, NOW)).await.unwrap());
    assert!(db.write(move |tx| store::end(tx, (id, 1), JobState::Done, None, NOW, NOW)).await.unwrap());
}

#[tokio::test]
async fn a_stopping_worker_gives_back_what_it_cuts_off() {
    for db in TestDb::both() {
        an_attempt_cut_off(&db).await;
    }
}

#[tokio::test]
async fn an_undone_act_enqueues_nothing() {
    let db = TestDb::sqlite();
    let undone = act(&db, &ctx(), |tx, ctx| {
        enqueue(tx, ctx, "test.count", json!({}), None)?;
        Err::<(), _>(Error::conflict("test.undone"))
    })
    .await;
    assert!(undone.is_err());
    assert_eq!(db.read(totals).await.unwrap(), []);
}

#[tokio::test]
async fn only_administrators_look_and_retry() {
    let db = TestDb::sqlite();
    let id = put(&db, "well").await;
    let officer = ctx().with_actor(Actor::Person(person(Role::Officer, None)));
    let listed = act(&db, &officer, |tx, ctx| list(tx, ctx, &Filter::default(), 10)).await.unwrap_err();
    let retried = act(&db, &officer, move |tx, ctx| retry(tx, ctx, id)).await.unwrap_err();
    assert_eq!((listed.kind(), retried.kind()), (Kind::Forbidden, Kind::Forbidden));
}

#[tokio::test]
async fn pages_of_the_queue() {
    for db in TestDb::both() {
        for _ in 0..5 {
            put(&db, "well").await;
        }
        let mut seen = Vec::new();
        let mut filter = Filter::default();
        loop {
            let wanted = filter.clone();
            let page = act(&db, &admin(), move |tx, ctx| list(tx, ctx, &wanted, 2)).await.unwrap();
            seen.extend(page.jobs.iter().map(|job| job.id));
            filter.before = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "newest first");
    }
}

#[test]
fn times_of_schedules() {
    let at = |text: &str| Time::parse(text).unwrap();
    let sunday = at("2026-03-01T09:00:00+09:00");
    assert_eq!(Every::Seconds(90).after(sunday), at("2026-03-01T09:01:30+09:00"));
    assert_eq!(Every::Seconds(0).after(sunday), at("2026-03-01T09:00:01+09:00"));
    assert_eq!(Every::Day { hour: 10 }.after(sunday), at("2026-03-01T10:00:00+09:00"));
    assert_eq!(Every::Day { hour: 9 }.after(sunday), at("2026-03-02T09:00:00+09:00"));
    let week = |day, hour| Every::Week { day, hour }.after(sunday);
    assert_eq!(week(jiff::civil::Weekday::Monday, 8), at("2026-03-02T08:00:00+09:00"));
    assert_eq!(week(jiff::civil::Weekday::Sunday, 9), at("2026-03-08T09:00:00+09:00"));
    assert_eq!(week(jiff::civil::Weekday::Sunday, 23), at("2026-03-01T23:00:00+09:00"));
    assert_eq!(week(jiff::civil::Weekday::Saturday, 0), at("2026-03-07T00:00:00+09:00"));
}

#[tokio::test]
async fn of_several_nodes_one_enqueues_and_missed_times_count_once() {
    for db in TestDb::both() {
        let turn = async |now: Time| {
            let every = Every::Seconds(60);
            act(&db, &ctx(), move |tx, ctx| schedule_every(tx, &ctx.rng, "test.count", every, now)).await
        };
        assert!(!turn(NOW).await.unwrap(), "the first look only sets the time");
        assert!(!turn(NOW.plus_seconds(59)).await.unwrap());
        assert!(turn(NOW.plus_seconds(6000)).await.unwrap());
        assert!(!turn(NOW.plus_seconds(6000)).await.unwrap());
        assert!(!turn(NOW.plus_seconds(6061)).await.unwrap(), "one still waits");
        assert_eq!(db.read(totals).await.unwrap(), [(JobState::Queued, 1)]);
    }
}
