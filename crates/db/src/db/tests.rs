//! What holds on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use madang_base::{Error, Kind};

use crate::testing::TestDb;
use crate::{Db, Engine, Options, params};

const ACTS: &str = "CREATE TABLE act (id TEXT PRIMARY KEY NOT NULL, place {INT} NOT NULL, word TEXT) {STRICT};
CREATE TABLE part (act TEXT NOT NULL REFERENCES act (id), n {INT} NOT NULL, PRIMARY KEY (act, n)) {STRICT};
CREATE TABLE seen (n {SERIAL}, word TEXT NOT NULL, weight {REAL}, raw {BYTES}) {STRICT};";

pub(crate) fn both() -> Vec<TestDb> {
    let dbs = TestDb::both();
    dbs.iter().for_each(|db| db.batch(ACTS));
    dbs
}

async fn count(db: &Db) -> i64 {
    db.read(|tx| tx.one("SELECT COUNT(*) AS n FROM act", &[])?.get("n")).await.unwrap()
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
    }
}

#[tokio::test]
async fn every_kind_of_value_goes_and_comes_back() {
    for db in both() {
        let row = db
            .write(|tx| {
                tx.one(
                    "INSERT INTO seen (word, weight, raw) VALUES ($1, $2, $3) RETURNING n, word, weight, raw",
                    params!["x", 1.5, vec![0u8, 255]],
                )
            })
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
        assert_eq!(row.get::<f64>("weight").unwrap(), 1.5);
        assert_eq!(row.get::<Vec<u8>>("raw").unwrap(), [0, 255]);
        let row = db
            .write(|tx| {
                tx.one(
                    "INSERT INTO seen (word, weight, raw) VALUES ($1, $2, $3) RETURNING n, weight, raw",
                    params!["y", Option::<f64>::None, Option::<Vec<u8>>::None],
                )
            })
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 2);
        assert_eq!(row.get::<Option<f64>>("weight").unwrap(), None);
        assert_eq!(row.get::<Option<Vec<u8>>>("raw").unwrap(), None);
    }
}
