use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{backup, restore};
use crate::testing::TestDb;
use crate::{Db, params};

/// The real schema is used here, because a backup carries only what migrations made.
async fn names(db: &Db) -> Vec<String> {
    let rows = db.read(|tx| tx.rows("SELECT name FROM folded_count ORDER BY object, name", &[])).await.unwrap();
    rows.iter().map(|row| row.at(0).unwrap()).collect()
}

async fn put(db: &Db, name: &str) {
    let name = name.to_owned();
    db.write(move |tx| {
        tx.exec("INSERT INTO folded_count (object, name, value, position) VALUES ('plan:x', $1, 1, 1)", params![&name])
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_backup_of_either_engine_comes_back_on_either() {
    let folder = tempfile::tempdir().unwrap();
    for from in TestDb::both() {
        put(&from, "a").await;
        put(&from, "나").await;
        let file = folder.path().join(format!("{}.madang", from.engine()));
        backup(&from, &file, &|_| {}).unwrap();
        put(&from, "after").await;
        let bytes = std::fs::read(&file).unwrap();
        for to in TestDb::both() {
            let report = restore(&file, &to, &|_| {}).unwrap();
            assert_eq!(report.tables.iter().map(|table| table.rows).sum::<u64>(), 2);
            assert_eq!(names(&to).await, ["a", "나"]);
            assert_eq!(restore(&file, &to, &|_| {}).unwrap_err().code(), "db.copy-not-empty");
        }
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "the backup itself is not touched");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        std::fs::remove_file(&file).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    for from in TestDb::both() {
        let stop = Arc::new(AtomicBool::new(false));
        let writer = {
            let (db, stop) = (from.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut n = 0;
                while !stop.load(Ordering::Relaxed) {
                    n += 1;
                    db.write(move |tx| {
                        // Two rows at a time: a backup that holds an odd number is of no moment.
                        tx.exec(
                            "INSERT INTO folded_count (object, name, value, position) VALUES ($1, 'a', 1, 1), ($1, 'b', 1, 1)",
                            params![format!("plan:{n:08}")],
                        )
                    })
                    .await
                    .unwrap();
                }
                n
            })
        };
        for round in 0..3 {
            let file = folder.path().join(format!("{}-{round}", from.engine()));
            let source = from.clone();
            let to_file = file.clone();
            tokio::task::spawn_blocking(move || backup(&source, &to_file, &|_| {}).unwrap()).await.unwrap();
            let to = TestDb::sqlite();
            restore(&file, &to, &|_| {}).unwrap();
            let rows = to
                .read(|tx| tx.rows("SELECT object FROM folded_count GROUP BY object HAVING COUNT(*) <> 2", &[]))
                .await
                .unwrap();
            assert!(rows.is_empty());
        }
        stop.store(true, Ordering::Relaxed);
        assert!(writer.await.unwrap() > 3, "nobody wrote meanwhile");
    }
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_a_bad_place_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let db = TestDb::sqlite();
    let there = folder.path().join("there");
    std::fs::write(&there, "precious").unwrap();
    assert_eq!(backup(&db, &there, &|_| {}).unwrap_err().code(), "db.backup-exists");
    assert_eq!(std::fs::read(&there).unwrap(), b"precious");
    let nowhere = folder.path().join("no").join("folder");
    let error = backup(&db, &nowhere, &|_| {}).unwrap_err();
    assert_eq!(error.code(), "db.backup-write");
    assert_eq!(error.args()["path"], nowhere.display().to_string());
    assert_eq!(restore(&there, &db, &|_| {}).unwrap_err().code(), "db.damaged");
    assert_eq!(restore(&nowhere, &db, &|_| {}).unwrap_err().code(), "db.open");
}
