use std::sync::atomic::{AtomicU64, Ordering};

use super::{Phase, copy};
use crate::testing::TestDb;
use crate::{Db, Engine, Value};

/// Rows that refer to later rows, to themselves and in a circle; deleted numbers; every kind of value; many rows.
const SCHEMA: &str = "CREATE TABLE node (id TEXT PRIMARY KEY NOT NULL, parent TEXT REFERENCES node (id)) {STRICT};
CREATE TABLE pair_a (id {INT} PRIMARY KEY NOT NULL, b {INT}) {STRICT};
CREATE TABLE pair_b (id {INT} PRIMARY KEY NOT NULL, a {INT} REFERENCES pair_a (id)) {STRICT};
CREATE TABLE entry (n {SERIAL}, word TEXT NOT NULL, weight {REAL}, raw {BYTES}) {STRICT};
CREATE TABLE cell (x TEXT NOT NULL, y {INT} NOT NULL, note TEXT, PRIMARY KEY (x, y)) {STRICT};
INSERT INTO node VALUES ('a', NULL), ('c', 'a'), ('b', 'c'), ('가', 'b'), ('Z', 'a');
UPDATE node SET parent = '가' WHERE id = 'a';
INSERT INTO pair_a VALUES (1, 1); INSERT INTO pair_b VALUES (1, 1);
INSERT INTO entry (word, weight, raw) VALUES ('', NULL, NULL), ('말', -0.5, NULL), ('x', 1e300, NULL), ('y', 2, NULL);
DELETE FROM entry WHERE word = 'y';";

fn fill(db: &TestDb) {
    db.batch(SCHEMA);
    let mut rows = Vec::new();
    for n in 0..1234 {
        rows.push(format!("('{}', {}, {})", n % 7, n, if n % 5 == 0 { "NULL".into() } else { format!("'note {n}'") }));
    }
    db.batch(&format!("INSERT INTO cell VALUES {};", rows.join(", ")));
}

fn schema_only(db: &TestDb) {
    for line in SCHEMA.lines().filter(|line| line.starts_with("CREATE")) {
        db.batch(line);
    }
}

fn all(db: &TestDb, table: &str) -> Vec<Vec<Value>> {
    let rows = db.query(&format!("SELECT * FROM {table} ORDER BY 1, 2"), &[]).unwrap();
    rows.iter().map(|row| row.values().to_vec()).collect()
}

#[tokio::test]
async fn everything_arrives_in_every_direction() {
    for from in TestDb::both() {
        fill(&from);
        for to in TestDb::both() {
            schema_only(&to);
            let (copied, verified) = (AtomicU64::new(0), AtomicU64::new(0));
            let report = copy(&from, &to, &|progress| {
                let seen = if progress.phase == Phase::Copy { &copied } else { &verified };
                assert!(progress.rows <= progress.of);
                seen.store(progress.rows, Ordering::Relaxed);
            })
            .unwrap();
            let total: u64 = report.tables.iter().map(|table| table.rows).sum();
            assert_eq!(total, 5 + 2 + 3 + 1234);
            assert_eq!((copied.into_inner(), verified.into_inner()), (total, total));
            for table in ["node", "pair_a", "pair_b", "entry", "cell"] {
                assert_eq!(all(&from, table), all(&to, table), "{table} {} {}", from.engine(), to.engine());
            }
            // The number of the deleted row is not given again.
            let next = to
                .write(|tx| tx.one("INSERT INTO entry (word) VALUES ('next') RETURNING n", &[])?.at::<i64>(0))
                .await
                .unwrap();
            assert_eq!(next, 5);
            // References hold in the target as they did before.
            let orphan = to.write(|tx| tx.exec("INSERT INTO node VALUES ('x', 'nobody')", &[])).await;
            assert_eq!(orphan.unwrap_err().code(), "db.reference");
        }
    }
}

#[test]
fn both_engines_give_the_same_digests() {
    let reports: Vec<_> = TestDb::both()
        .iter()
        .map(|from| {
            fill(from);
            let to = TestDb::sqlite();
            schema_only(&to);
            copy(from, &to, &|_| {}).unwrap()
        })
        .collect();
    for other in &reports[1..] {
        assert_eq!(other, &reports[0]);
    }
    assert!(reports[0].tables.iter().all(|table| table.digest.len() == 64));
}

#[test]
fn a_target_that_is_not_empty_or_another_version_is_refused_and_unchanged() {
    for to in TestDb::both() {
        let from = TestDb::sqlite();
        fill(&from);
        fill(&to);
        let before = all(&to, "cell");
        let error = copy(&from, &to, &|_| {}).unwrap_err();
        assert_eq!(error.code(), "db.copy-not-empty");
        assert_eq!(all(&to, "cell"), before);
        from.batch("DELETE FROM schema_version WHERE version = 1;");
        assert_eq!(copy(&from, &to, &|_| {}).unwrap_err().code(), "db.copy-version");
    }
}

#[test]
fn a_copy_that_fails_half_way_leaves_the_target_empty() {
    for to in TestDb::both() {
        let from = TestDb::sqlite();
        fill(&from);
        schema_only(&to);
        // Rows that the target's rules refuse, late in the order.
        to.batch("CREATE UNIQUE INDEX one_note ON cell (x);");
        assert_eq!(copy(&from, &to, &|_| {}).unwrap_err().code(), "db.unique");
        for table in ["node", "entry", "cell"] {
            assert!(all(&to, table).is_empty(), "{table}");
        }
        to.batch("DROP INDEX one_note;");
        copy(&from, &to, &|_| {}).unwrap();
    }
}

#[test]
fn the_source_goes_on_while_it_is_copied() {
    for from in TestDb::both() {
        fill(&from);
        let to = TestDb::sqlite();
        schema_only(&to);
        let wrote = AtomicU64::new(0);
        let report = copy(&from, &to, &|progress| {
            if wrote.load(Ordering::Relaxed) == 0 && progress.phase == Phase::Copy {
                from.batch("INSERT INTO cell VALUES ('zz', 1, 'late');");
                wrote.store(1, Ordering::Relaxed);
            }
        })
        .unwrap();
        let cells = report.tables.iter().find(|table| table.table == "cell").unwrap();
        assert_eq!(cells.rows, 1234);
        assert_eq!(all(&from, "cell").len(), 1235);
    }
}

#[test]
fn memory_cannot_be_copied() {
    let memory = Db::open_blocking("sqlite::memory:", TestDb::options()).unwrap();
    assert_eq!(memory.engine(), Engine::Sqlite);
    assert_eq!(copy(&memory, &TestDb::sqlite(), &|_| {}).unwrap_err().code(), "db.copy-memory");
}
