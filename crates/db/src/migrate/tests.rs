use std::path::Path;

use madang_base::Error;

use super::{MIGRATIONS, Migration, bring_up};
use crate::schema::Class;
use crate::testing::TestDb;
use crate::{Db, Options, params};

const FIRST: Migration =
    Migration { version: 1, name: "0001_first", text: "CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL) {STRICT};\n" };
const SECOND: Migration = Migration { version: 2, name: "0002_second", text: "ALTER TABLE a ADD COLUMN at {INT};\n" };
const EXPANDS: Migration =
    Migration { version: 2, name: "0002_expands", text: "-- serves: 1\nALTER TABLE a ADD COLUMN at {INT};\n" };

fn up(db: &TestDb, list: &[Migration], migrate: bool) -> Result<(), Error> {
    db.aside(|tx| bring_up(tx, list, migrate))
}

#[test]
fn pending_migrations_run_once() {
    for db in TestDb::bare() {
        up(&db, &[FIRST], true).unwrap();
        up(&db, &[FIRST, SECOND], true).unwrap();
        up(&db, &[FIRST, SECOND], true).unwrap();
        up(&db, &[FIRST, SECOND], false).unwrap();
        let columns: Vec<_> = db.schema().unwrap().tables["a"].columns.iter().map(|c| c.name.clone()).collect();
        assert_eq!(columns, ["id", "at"]);
    }
}

#[test]
fn a_newer_database_is_refused_unless_it_says_that_we_may_serve() {
    for db in TestDb::bare() {
        up(&db, &[FIRST, SECOND], true).unwrap();
        let error = up(&db, &[FIRST], true).unwrap_err();
        assert_eq!(error.code(), "db.version-newer");
        assert_eq!((error.args()["database"].as_str(), error.args()["program"].as_str()), ("2", "1"));
    }
    for db in TestDb::bare() {
        up(&db, &[FIRST, EXPANDS], true).unwrap();
        up(&db, &[FIRST], true).unwrap();
        assert_eq!(up(&db, &[], true).unwrap_err().code(), "db.version-newer");
    }
}

#[test]
fn an_older_database_is_refused_when_not_to_migrate() {
    for db in TestDb::bare() {
        assert_eq!(up(&db, &[FIRST], false).unwrap_err().code(), "db.version-older");
        up(&db, &[FIRST], true).unwrap();
        assert_eq!(up(&db, &[FIRST, SECOND], false).unwrap_err().code(), "db.version-older");
    }
}

#[test]
fn an_edited_migration_and_foreign_tables_are_refused() {
    for db in TestDb::bare() {
        up(&db, &[FIRST], true).unwrap();
        let edited = Migration { text: "CREATE TABLE b (id TEXT PRIMARY KEY NOT NULL) {STRICT};\n", ..FIRST };
        let error = up(&db, &[edited], true).unwrap_err();
        assert_eq!((error.code(), error.args()["name"].as_str()), ("db.migration-changed", "0001_first"));
    }
    for db in TestDb::bare() {
        db.batch("CREATE TABLE customers (id TEXT PRIMARY KEY NOT NULL) {STRICT};");
        let error = up(&db, &[FIRST], true).unwrap_err();
        assert_eq!((error.code(), error.args()["table"].as_str()), ("db.foreign", "customers"));
    }
}

#[test]
fn a_migration_that_fails_leaves_nothing() {
    for db in TestDb::bare() {
        let broken =
            Migration { text: "CREATE TABLE c (id TEXT PRIMARY KEY NOT NULL) {STRICT};\nNONSENSE;\n", ..SECOND };
        assert!(up(&db, &[FIRST, broken], true).unwrap_err().to_string().contains("0002_second"));
        assert!(db.schema().unwrap().tables.is_empty());
        up(&db, &[FIRST], true).unwrap();
    }
}

#[test]
fn a_migration_may_not_break_references() {
    for db in TestDb::bare().into_iter().take(1) {
        let first = Migration {
            text: "CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL) {STRICT};\n\
                   CREATE TABLE b (id TEXT PRIMARY KEY NOT NULL REFERENCES a (id)) {STRICT};\n\
                   INSERT INTO a VALUES ('x'); INSERT INTO b VALUES ('x');\n",
            ..FIRST
        };
        up(&db, &[first], true).unwrap();
        let second = Migration { text: "DELETE FROM a;\n", ..SECOND };
        assert!(up(&db, &[first, second], true).unwrap_err().to_string().contains("broke references"));
    }
}

#[test]
fn nodes_that_start_together_migrate_once() {
    for db in TestDb::bare() {
        std::thread::scope(|scope| {
            let started: Vec<_> = (0..4).map(|_| scope.spawn(|| up(&db, &[FIRST, SECOND], true))).collect();
            started.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
        });
    }
}

#[test]
fn both_engines_get_the_same_schema() {
    let dbs = TestDb::both();
    let schemas: Vec<_> = dbs.iter().map(|db| db.schema().unwrap()).collect();
    let first = &schemas[0];
    assert!(first.tables.len() > MIGRATIONS.len());
    for (name, table) in &first.tables {
        assert!(!table.primary_key.is_empty(), "{name} has no primary key");
        for column in &table.columns {
            assert!(!matches!(column.class, Class::Other(_)), "{name}.{}: {:?}", column.name, column.class);
            assert_eq!(column.name, column.name.to_lowercase(), "names are lower case");
        }
        for other in &schemas[1..] {
            assert_eq!(other.tables.get(name), Some(table), "table {name}");
        }
    }
    for other in &schemas[1..] {
        assert_eq!(other.tables.len(), first.tables.len());
    }
}

#[test]
fn the_newest_known_version_is_refused_by_name_when_opening() {
    let db = TestDb::sqlite();
    let newer = i64::try_from(MIGRATIONS.len()).unwrap() + 1;
    db.aside(|tx| tx.dynamic_exec("INSERT INTO schema_version VALUES ($1, 'x', 'x', $1)", params![newer]).map(drop))
        .unwrap();
    let error = Db::open_blocking(db.url(), Options::default()).unwrap_err();
    assert_eq!(error.code(), "db.version-newer");
    assert!(Path::new(&error.args()["path"]).ends_with("test.db"));
}
