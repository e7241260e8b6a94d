//! What holds on both engines.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use madang_base::{Error, Kind};

use crate::testing::TestDb;
use crate::{Db, Engine, Options, params};

const ACTS: &str = "CREATE TABLE act (id TEXT PRIMARY KEY NOT NULL, place {INT} NOT NULL, word TEXT) {STRICT};
CREATE TABLE part (act TEXT NOT NULL REFERENCES act (id), n {INT} NOT NULL, PRIMARY KEY (act, n)) {STRICT};
CREATE TABLE seen (n {SERIAL}, word TEXT NOT NULL, weight {REAL}, raw {BYTES}) {STRICT};";

fn both_with(options: &Options) -> Vec<TestDb> {
    let dbs = TestDb::both_with(options);
    dbs.iter().for_each(|db| db.batch(ACTS));
    dbs
}

fn both() -> Vec<TestDb> {
    both_with(&TestDb::options())
}

fn postgres() -> Vec<TestDb> {
    both().into_iter().filter(|db| db.engine() == Engine::Postgres).collect()
}

async fn count(db: &Db) -> i64 {
    db.read(|tx| tx.one("SELECT COUNT(*) AS n FROM act", &[])?.get("n")).await.unwrap()
}

async fn insert(db: &Db, id: &str) -> Result<u64, Error> {
    let id = id.to_owned();
    db.write(move |tx| tx.exec("INSERT INTO act (id, place) VALUES ($1, 1)", params![&id])).await
}

/// Keeps all writing threads busy until the returned sender is used or dropped.
async fn occupy(db: &Db, threads: usize) -> (mpsc::Sender<()>, tokio::task::JoinHandle<()>) {
    let (release, hold) = mpsc::channel::<()>();
    let hold = Arc::new(std::sync::Mutex::new(hold));
    let barrier = Arc::new(Barrier::new(threads + 1));
    let (db, there) = (db.clone(), Arc::clone(&barrier));
    let task = tokio::spawn(async move {
        let calls: Vec<_> = (0..threads)
            .map(|_| {
                let (hold, there, db) = (Arc::clone(&hold), Arc::clone(&there), db.clone());
                tokio::spawn(async move {
                    db.write(move |_| {
                        there.wait();
                        let _ = hold.lock().unwrap().recv();
                        Ok(())
                    })
                    .await
                })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    });
    tokio::task::spawn_blocking(move || barrier.wait()).await.unwrap();
    (release, task)
}

fn writers(db: &Db) -> usize {
    if db.engine() == Engine::Sqlite { 1 } else { TestDb::options().pool }
}

#[tokio::test]
async fn a_write_is_read_back() {
    for db in both() {
        let changed = db
            .write(|tx| tx.exec("INSERT INTO act (place, id, word) VALUES ($2, $1, $3)", params!["a", 7, "말"]))
            .await
            .unwrap();
        assert_eq!(changed, 1);
        let row = db
            .read(|tx| tx.one("SELECT id, place, word FROM act WHERE word = $2 AND id = $1", params!["a", "말"]))
            .await
            .unwrap();
        assert_eq!(row.get::<String>("id").unwrap(), "a");
        assert_eq!(row.get::<i64>("place").unwrap(), 7);
        assert_eq!(row.at::<Option<String>>(2).unwrap().as_deref(), Some("말"));
        assert_eq!(row.get::<i64>("nothing").unwrap_err().kind(), Kind::Internal);
    }
}

#[tokio::test]
async fn every_kind_of_value_goes_and_comes_back() {
    for db in both() {
        let insert = "INSERT INTO seen (word, weight, raw) VALUES ($1, $2, $3) RETURNING n, word, weight, raw";
        let row = db.write(move |tx| tx.one(insert, params!["x", 1.5, vec![0u8, 255]])).await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
        assert_eq!(row.get::<f64>("weight").unwrap(), 1.5);
        assert_eq!(row.get::<Vec<u8>>("raw").unwrap(), [0, 255]);
        let (weight, raw): (Option<f64>, Option<Vec<u8>>) = (None, None);
        let row = db.write(move |tx| tx.one(insert, params!["", weight, raw.clone()])).await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 2);
        assert_eq!(row.get::<String>("word").unwrap(), "");
        assert_eq!(row.get::<Option<f64>>("weight").unwrap(), None);
        assert_eq!(row.get::<Option<Vec<u8>>>("raw").unwrap(), None);
    }
}

#[tokio::test]
async fn rows_row_and_one_answer_as_they_say() {
    for db in both() {
        for id in ["a", "b"] {
            insert(&db, id).await.unwrap();
        }
        db.read(|tx| {
            assert_eq!(tx.rows("SELECT id FROM act ORDER BY id DESC", &[])?.len(), 2);
            assert_eq!(tx.row("SELECT id FROM act ORDER BY id DESC", &[])?.unwrap().at::<String>(0)?, "b");
            assert!(tx.row("SELECT id FROM act WHERE id = $1", params!["z"])?.is_none());
            assert_eq!(tx.one("SELECT id FROM act", &[]).unwrap_err().kind(), Kind::Internal);
            assert_eq!(tx.one("SELECT id FROM act WHERE id = 'z'", &[]).unwrap_err().kind(), Kind::Internal);
            Ok(())
        })
        .await
        .unwrap();
        let gone = db.write(|tx| tx.row("DELETE FROM act WHERE id > $1 RETURNING id", params![""])).await.unwrap();
        assert!(gone.is_some());
        assert_eq!(count(&db).await, 0, "one row was asked for, but all were deleted");
    }
}

#[tokio::test]
async fn insert_first_tells_who_came_second() {
    for db in both() {
        let put = "INSERT INTO act (id, place) VALUES ($1, 1) ON CONFLICT (id) DO NOTHING";
        assert_eq!(db.write(move |tx| tx.exec(put, params!["a"])).await.unwrap(), 1);
        assert_eq!(db.write(move |tx| tx.exec(put, params!["a"])).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_error_undoes_its_closure_and_no_other() {
    for db in both() {
        let (release, task) = occupy(&db, writers(&db)).await;
        let calls: Vec<_> = (0..20)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.write(move |tx| {
                        tx.exec("INSERT INTO act (id, place) VALUES ($1, $2)", params![n.to_string(), n])?;
                        if n % 3 == 0 { Err(Error::conflict("test.odd")) } else { Ok(()) }
                    })
                    .await
                })
            })
            .collect();
        tokio::task::yield_now().await;
        release.send(()).unwrap();
        drop(release);
        task.await.unwrap();
        let mut good = 0;
        for (n, call) in calls.into_iter().enumerate() {
            match call.await.unwrap() {
                Ok(()) => good += 1,
                Err(error) => assert_eq!((error.code(), n % 3), ("test.odd", 0)),
            }
        }
        assert_eq!(good, 13);
        assert_eq!(count(&db).await, 13);
    }
}

#[tokio::test]
async fn a_panic_is_one_callers_error() {
    for db in both() {
        let error = db
            .write(|tx| {
                tx.exec("INSERT INTO act (id, place) VALUES ('a', 1)", &[])?;
                if tx.row("SELECT id FROM act", &[])?.is_some() {
                    panic!("on purpose");
                }
                Ok(())
            })
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert!(error.to_string().contains("on purpose"));
        let error = db.read::<(), _>(|_| panic!("on purpose")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert_eq!(count(&db).await, 0);
        insert(&db, "b").await.unwrap();
        assert_eq!(count(&db).await, 1);
    }
}

#[tokio::test]
async fn a_failed_statement_poisons_its_transaction() {
    for db in both() {
        insert(&db, "a").await.unwrap();
        let went_on = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&went_on);
        let error = db
            .write(move |tx| {
                tx.exec("INSERT INTO act (id, place) VALUES ('b', 1)", &[])?;
                let first = tx.exec("INSERT INTO act (id, place) VALUES ('a', 1)", &[]).unwrap_err();
                assert_eq!((first.kind(), first.code()), (Kind::Conflict, "db.unique"));
                let second = tx.exec("INSERT INTO act (id, place) VALUES ('c', 1)", &[]).unwrap_err();
                assert_eq!(second.kind(), Kind::Internal);
                seen.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
            .await
            .unwrap_err();
        assert_eq!(error.code(), "db.unique");
        assert_eq!(went_on.load(Ordering::SeqCst), 1);
        assert_eq!(count(&db).await, 1);
        insert(&db, "d").await.unwrap();
    }
}

#[tokio::test]
async fn constraints_have_their_codes() {
    for db in both() {
        let error = db.write(|tx| tx.exec("INSERT INTO part (act, n) VALUES ('nobody', 1)", &[])).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (Kind::Conflict, "db.reference"), "{}", db.engine());
        let error = db.write(|tx| tx.exec("INSERT INTO act (id, place) VALUES ('a', NULL)", &[])).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        let error = db.write(|tx| tx.exec("SELECT nonsense", &[])).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        let error = db.write(|tx| tx.rows("SELECT id FROM act WHERE id = $1", &[])).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        let error = db.write(|tx| tx.rows("SELECT id FROM act WHERE id = $1", params!["a\0"])).await.unwrap_err();
        assert_eq!(error.code(), "db.text-nul");
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    for db in both() {
        let insert = |tx: &mut crate::Tx| tx.exec("INSERT INTO act (id, place) VALUES ('a', 1)", &[]);
        assert_eq!(db.read(insert).await.unwrap_err().code(), "db.read-only");
        assert_eq!(db.read(|tx| tx.exec("DELETE FROM act", &[])).await.unwrap_err().code(), "db.read-only");
        assert_eq!(count(&db).await, 0);
    }
}

#[tokio::test]
async fn a_full_queue_answers_at_once() {
    let room = TestDb::options().pool;
    for db in both_with(&Options { queue: room, ..TestDb::options() }) {
        let (release, task) = occupy(&db, writers(&db)).await;
        let waiting: Vec<_> = (0..room)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move { insert(&db, &n.to_string()).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let begun = Instant::now();
        let error = insert(&db, "x").await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (Kind::Unavailable, "db.busy"));
        assert!(begun.elapsed() < Duration::from_millis(20));
        assert_eq!((db.status().write_queue, db.status().busy), (room, 1));
        drop(release);
        task.await.unwrap();
        for call in waiting {
            call.await.unwrap().unwrap();
        }
        assert_eq!(count(&db).await, i64::try_from(room).unwrap());
    }
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_begun() {
    for db in both() {
        let (release, task) = occupy(&db, writers(&db)).await;
        {
            let mut abandoned = Box::pin(insert(&db, "a"));
            assert!(abandoned.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        drop(release);
        task.await.unwrap();
        insert(&db, "b").await.unwrap();
        assert_eq!(count(&db).await, 1);
    }
}

/// Several closures in one group, of which one ends the transaction behind our back (as a full disk does).
#[tokio::test]
async fn when_the_whole_transaction_is_undone_nobody_is_told_that_it_stands() {
    let db = TestDb::sqlite();
    db.batch(ACTS);
    let (release, task) = occupy(&db, 1).await;
    let calls: Vec<_> = (0..5)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |tx| {
                    tx.exec("INSERT INTO act (id, place) VALUES ($1, 1)", params![n.to_string()])?;
                    if n == 3 {
                        tx.exec("ROLLBACK", &[])?;
                    }
                    Ok(n)
                })
                .await
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    drop(release);
    // The closure that held the writer used up its group's time, so it stood alone.
    task.await.unwrap();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap().is_ok());
    }
    assert_eq!(answers, [false, false, false, false, true]);
    assert_eq!(count(&db).await, 1);
    assert_eq!(db.status().failed_commits, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let db = TestDb::sqlite_with(&Options { max_pages: Some(400), ..TestDb::options() });
    db.batch(ACTS);
    let db = Arc::new(db);
    let callers: Vec<_> = (0..64)
        .map(|caller| {
            let db = Arc::clone(&db);
            tokio::spawn(async move {
                let (mut kept, mut codes) = (Vec::new(), Vec::new());
                for n in 0..12 {
                    let id = format!("{caller}-{n}");
                    let word = "x".repeat(if n % 2 == 0 { 40 } else { 9000 });
                    let put = id.clone();
                    let outcome = db
                        .write(move |tx| {
                            tx.exec("INSERT INTO act (id, place, word) VALUES ($1, 2, $2)", params![&put, &word])?;
                            tx.exec("INSERT INTO part (act, n) VALUES ($1, 1)", params![&put])?;
                            tx.exec("INSERT INTO part (act, n) VALUES ($1, 2)", params![&put])
                        })
                        .await;
                    match outcome {
                        Ok(_) => kept.push(id),
                        Err(error) => codes.push(error.code()),
                    }
                }
                (kept, codes)
            })
        })
        .collect();
    let (mut kept, mut codes) = (Vec::new(), Vec::new());
    for caller in callers {
        let (a, b) = caller.await.unwrap();
        kept.extend(a);
        codes.extend(b);
    }
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == "db.full"), "{codes:?}");
    kept.sort();
    let found =
        db.read(|tx| tx.rows("SELECT act FROM part GROUP BY act HAVING COUNT(*) = 2 ORDER BY act", &[])).await.unwrap();
    let found: Vec<String> = found.iter().map(|row| row.at(0).unwrap()).collect();
    assert_eq!(found, kept);
    assert_eq!(count(&db).await, i64::try_from(kept.len()).unwrap());
    // Room again: it goes on.
    db.write(|tx| tx.exec("DELETE FROM part", &[])).await.unwrap();
    db.write(|tx| tx.exec("DELETE FROM act", &[])).await.unwrap();
    insert(&db, "again").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_changes_of_one_row_are_all_counted() {
    for db in both() {
        insert(&db, "a").await.unwrap();
        let calls: Vec<_> = (0..40)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.write(|tx| {
                        let place: i64 = tx.one("SELECT place FROM act WHERE id = 'a'", &[])?.at(0)?;
                        tx.exec("UPDATE act SET place = $1 WHERE id = 'a'", params![place + 1])
                    })
                    .await
                })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        let place: i64 = db.read(|tx| tx.one("SELECT place FROM act", &[])?.at(0)).await.unwrap();
        assert_eq!(place, 41);
        assert_eq!(db.status().retries > 0, db.engine() == Engine::Postgres);
    }
}

/// Two doctors, one of whom must stay: each may leave when the other is there. Only serializable isolation holds it.
#[tokio::test(flavor = "multi_thread")]
async fn write_skew_cannot_happen() {
    for db in both() {
        for _ in 0..10 {
            db.write(|tx| {
                tx.exec("DELETE FROM act", &[])?;
                tx.exec("INSERT INTO act (id, place) VALUES ('a', 1), ('b', 1)", &[])
            })
            .await
            .unwrap();
            let calls = ["a", "b"].map(|who| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.write(move |tx| {
                        let there: i64 = tx.one("SELECT COUNT(*) FROM act WHERE place = 1", &[])?.at(0)?;
                        if there < 2 {
                            return Ok(());
                        }
                        tx.exec("UPDATE act SET place = 0 WHERE id = $1", params![who]).map(drop)
                    })
                    .await
                })
            });
            for call in calls {
                call.await.unwrap().unwrap();
            }
            let there: i64 =
                db.read(|tx| tx.one("SELECT COUNT(*) FROM act WHERE place = 1", &[])?.at(0)).await.unwrap();
            assert_eq!(there, 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_skip_what_others_hold() {
    for db in both() {
        db.write(|tx| tx.exec("INSERT INTO act (id, place) VALUES ('a', 0), ('b', 0), ('c', 0), ('d', 0)", &[]))
            .await
            .unwrap();
        let calls: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.drain(|tx| {
                        let row = tx.row(
                            "UPDATE act SET place = 1 WHERE id IN \
                             (SELECT id FROM act WHERE place = 0 ORDER BY id LIMIT 1 {SKIP_LOCKED}) RETURNING id",
                            &[],
                        )?;
                        row.map(|row| row.at::<String>(0)).transpose()
                    })
                    .await
                    .unwrap()
                })
            })
            .collect();
        let mut claimed = Vec::new();
        for call in calls {
            claimed.extend(call.await.unwrap());
        }
        claimed.sort();
        let before = claimed.len();
        claimed.dedup();
        assert_eq!(claimed.len(), before, "claimed twice");
        assert_eq!(before, 4, "{}", db.engine());
    }
}

#[tokio::test]
async fn a_read_sees_one_moment_and_all_that_was_acknowledged() {
    for db in both() {
        let (go, wait) = mpsc::channel::<()>();
        let (here, there) = mpsc::channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        let long = {
            let db = db.clone();
            tokio::spawn(async move {
                db.read(move |tx| {
                    let before: i64 = tx.one("SELECT COUNT(*) FROM act", &[])?.at(0)?;
                    here.send(()).unwrap();
                    wait.lock().unwrap().recv().unwrap();
                    let after: i64 = tx.one("SELECT COUNT(*) FROM act", &[])?.at(0)?;
                    Ok((before, after))
                })
                .await
            })
        };
        tokio::task::spawn_blocking(move || there.recv().unwrap()).await.unwrap();
        insert(&db, "a").await.unwrap();
        assert_eq!(count(&db).await, 1);
        go.send(()).unwrap();
        assert_eq!(long.await.unwrap().unwrap(), (0, 0));
    }
}

#[tokio::test]
async fn a_database_in_memory_works_alike() {
    let db = Db::open("sqlite::memory:", Options::default()).await.unwrap();
    db.write(|tx| tx.exec("CREATE TABLE act (id TEXT PRIMARY KEY NOT NULL, place INTEGER NOT NULL) STRICT", &[]))
        .await
        .unwrap();
    insert(&db, "a").await.unwrap();
    assert_eq!(count(&db).await, 1);
    assert_eq!(db.read(|tx| tx.exec("DELETE FROM act", &[])).await.unwrap_err().code(), "db.read-only");
    insert(&db, "b").await.unwrap();
    assert_eq!(count(&db).await, 2);
    db.check().await.unwrap();
}

#[tokio::test]
async fn check_status_and_close() {
    for db in both() {
        insert(&db, "a").await.unwrap();
        db.check().await.unwrap();
        let status = db.status();
        assert!(status.writes >= 2 && status.reads >= 1 && status.batches >= 1, "{status:?}");
        let other = Db::clone(&db);
        other.close().await.unwrap();
        assert_eq!(insert(&db, "b").await.unwrap_err().code(), "db.closed");
    }
}

#[tokio::test]
async fn wrong_urls_and_places_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no").join("such.db");
    let open = |url: String| async move { Db::open(&url, Options::default()).await.unwrap_err() };
    assert_eq!(open("mysql://x".into()).await.code(), "db.url");
    assert_eq!(open("sqlite:".into()).await.code(), "db.url");
    let error = open(format!("sqlite:{}", missing.display())).await;
    assert_eq!(error.code(), "db.open");
    assert_eq!(error.args()["path"], missing.display().to_string());
    let other = folder.path().join("letter.txt");
    std::fs::write(&other, "This is a letter and no database, although it is long enough to be one. ".repeat(99))
        .unwrap();
    let error = open(format!("sqlite:{}", other.display())).await;
    assert_eq!(error.code(), "db.damaged");
    assert_eq!(open("postgres://nobody@127.0.0.1:1/none".into()).await.code(), "db.unreachable");
}

#[tokio::test]
async fn a_connection_lost_before_the_commit_is_replaced() {
    for db in postgres() {
        let runs = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&runs);
        db.write(move |tx| {
            tx.exec("INSERT INTO act (id, place) VALUES ('a', 1)", &[])?;
            if seen.fetch_add(1, Ordering::SeqCst) == 0 {
                tx.rows("SELECT pg_terminate_backend(pg_backend_pid())", &[])?;
                tx.rows("SELECT id FROM act", &[])?;
            }
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 2);
        assert_eq!(db.status().reconnects, 1);
        assert_eq!(count(&db).await, 1);
    }
}

/// The server ends the connection while it commits; the client cannot know what became of it.
#[tokio::test]
async fn a_connection_lost_during_the_commit_is_never_called_success() {
    for db in postgres() {
        db.batch(
            "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END';
             CREATE CONSTRAINT TRIGGER away AFTER INSERT ON act DEFERRABLE INITIALLY DEFERRED FOR EACH ROW \
             WHEN (NEW.id = 'away') EXECUTE FUNCTION away();",
        );
        let error = insert(&db, "away").await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (Kind::Unavailable, "db.commit-unknown"));
        insert(&db, "b").await.unwrap();
    }
}

#[tokio::test]
async fn a_deferred_constraint_that_fails_at_the_commit_is_an_error() {
    for db in postgres() {
        db.batch(
            "CREATE TABLE later (id BIGINT PRIMARY KEY, act TEXT REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED);",
        );
        let error = db.write(|tx| tx.exec("INSERT INTO later VALUES (1, 'nobody')", &[])).await.unwrap_err();
        assert_eq!(error.code(), "db.reference");
    }
}
