//! Moves a whole database to another, of either engine, and proves that it arrived.
//!
//! The source is read from one snapshot, so it may go on serving. The target must be migrated and empty; everything is
//! written in one transaction, so that a copy is whole or not there. At the end each table of the target is read back
//! and its number of rows and SHA-256 digest are compared with the source's.

use madang_base::{Error, Kind, Result};
use sha2::{Digest, Sha256};

use crate::dialect::postgres::Role;
use crate::dialect::{Engine, Mode, introspect};
use crate::migrate::hex;
use crate::options::Target;
use crate::schema::{Schema, Table};
use crate::{Db, Row, Tx, Value};

/// How far a copy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// The table that is being worked on.
    pub table: String,
    /// Rows done in this phase, of all tables.
    pub rows: u64,
    /// Rows that this phase will do.
    pub of: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Copy,
    Verify,
}

/// What was copied; digests are of all values in the order of the primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub tables: Vec<Copied>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub table: String,
    pub rows: u64,
    pub digest: String,
}

/// Whoever wants to know how far it is.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// Copies all tables of `from` to `to`. It blocks: call it from a command, or from a thread that may wait.
///
/// # Errors
/// `db.copy-memory` for a database in memory, `db.copy-version` when the schemas differ, `db.copy-not-empty`,
/// `db.copy-differs` when what arrived is not what was sent; else what the engines say. The target is unchanged then.
pub fn copy(from: &Db, to: &Db, progress: OnProgress<'_>) -> Result<Report> {
    if matches!(from.target(), Target::Memory) || matches!(to.target(), Target::Memory) {
        return Err(Error::invalid("db.copy-memory"));
    }
    std::thread::scope(|scope| scope.spawn(|| run(from, to, progress)).join())
        .unwrap_or_else(|_| Err(Error::internal("the thread panicked")))
}

fn run(from: &Db, to: &Db, progress: OnProgress<'_>) -> Result<Report> {
    let mut source = from.session(Role::Reader)?;
    let mut target = to.session(Role::Writer)?;
    source.begin(Mode::Read)?;
    target.begin(Mode::Drain)?;
    let outcome = transfer(&mut source, &mut target, progress).and_then(|report| target.commit().map(|()| report));
    source.rollback();
    if outcome.is_err() {
        target.rollback();
    }
    outcome
}

fn transfer(source: &mut Tx, target: &mut Tx, progress: OnProgress<'_>) -> Result<Report> {
    if versions(source)? != versions(target)? {
        return Err(Error::new(Kind::Conflict, "db.copy-version"));
    }
    let schema = introspect::schema(source)?;
    let tables: Vec<&str> = schema.in_order().into_iter().filter(|name| *name != "schema_version").collect();
    let mut of = 0;
    for table in &tables {
        if count(target, table)? > 0 {
            return Err(Error::new(Kind::Conflict, "db.copy-not-empty").arg("table", table));
        }
        of += count(source, table)?;
    }
    let held = hold_references(target)?;
    let mut report = Report { tables: Vec::with_capacity(tables.len()) };
    let mut rows = 0;
    for name in &tables {
        let table = &schema.tables[*name];
        let mut digest = Digester::new();
        let mut insert = Insert::new(name, table);
        pages(source, name, table, &mut |page| {
            digest.add(&page);
            rows += page.len() as u64;
            insert.rows(target, page)?;
            progress(Progress { phase: Phase::Copy, table: (*name).to_owned(), rows, of });
            Ok(())
        })?;
        if table.serial {
            let last = sequence(source, name, table)?;
            set_sequence(target, name, table, last)?;
        }
        report.tables.push(digest.done(name));
    }
    release_references(target, &held)?;
    verify(target, &schema, &report, of, progress)?;
    Ok(report)
}

/// Reads the target back.
fn verify(target: &mut Tx, schema: &Schema, report: &Report, of: u64, progress: OnProgress<'_>) -> Result<()> {
    let mut rows = 0;
    for sent in &report.tables {
        let mut digest = Digester::new();
        pages(target, &sent.table, &schema.tables[&sent.table], &mut |page| {
            digest.add(&page);
            rows += page.len() as u64;
            progress(Progress { phase: Phase::Verify, table: sent.table.clone(), rows, of });
            Ok(())
        })?;
        if digest.done(&sent.table) != *sent {
            return Err(Error::new(Kind::Internal, "db.copy-differs").arg("table", &sent.table));
        }
    }
    Ok(())
}

fn versions(tx: &mut Tx) -> Result<Vec<(i64, String)>> {
    let rows = tx.dynamic_rows("SELECT version, digest FROM schema_version ORDER BY version", &[])?;
    rows.iter().map(|row| Ok((row.at(0)?, row.at(1)?))).collect()
}

fn count(tx: &mut Tx, table: &str) -> Result<u64> {
    tx.dynamic_rows(&format!("SELECT COUNT(*) FROM \"{table}\""), &[])?.first().map_or(Ok(0), |row| row.at(0))
}

/// Rows that are read at once.
const PAGE: usize = 500;

/// All rows in the order of the primary key, page by page.
fn pages(tx: &mut Tx, name: &str, table: &Table, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
    let list =
        |names: &mut dyn Iterator<Item = &String>| names.map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let columns = list(&mut table.columns.iter().map(|c| &c.name));
    let key = list(&mut table.primary_key.iter());
    if key.is_empty() {
        return Err(Error::internal(format!("table {name} has no primary key")));
    }
    let places = (1..=table.primary_key.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let first = format!("SELECT {columns} FROM \"{name}\" ORDER BY {key} LIMIT {PAGE}");
    let next = format!("SELECT {columns} FROM \"{name}\" WHERE ({key}) > ({places}) ORDER BY {key} LIMIT {PAGE}");
    let mut page = tx.dynamic_rows(&first, &[])?;
    while let Some(last) = page.last() {
        let after = table.primary_key.iter().map(|column| last.get(column)).collect::<Result<Vec<Value>>>()?;
        let whole = page.len() == PAGE;
        each(page)?;
        page = if whole { tx.dynamic_rows(&next, &after)? } else { Vec::new() };
    }
    Ok(())
}

/// Inserts of many rows at a time.
struct Insert {
    head: String,
    width: usize,
    most: usize,
}

impl Insert {
    fn new(name: &str, table: &Table) -> Self {
        let columns = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect::<Vec<_>>().join(", ");
        let width = table.columns.len().max(1);
        Self { head: format!("INSERT INTO \"{name}\" ({columns}) VALUES "), width, most: (4000 / width).max(1) }
    }

    fn rows(&mut self, tx: &mut Tx, page: Vec<Row>) -> Result<()> {
        let mut values = Vec::with_capacity(self.width * page.len().min(self.most));
        let mut rows = page.into_iter().peekable();
        while rows.peek().is_some() {
            values.clear();
            for row in rows.by_ref().take(self.most) {
                values.extend(row.into_values());
            }
            let groups = (0..values.len() / self.width).map(|row| {
                let places = (1..=self.width).map(|column| format!("${}", row * self.width + column));
                format!("({})", places.collect::<Vec<_>>().join(", "))
            });
            let sql = format!("{}{}", self.head, groups.collect::<Vec<_>>().join(", "));
            tx.dynamic_exec(&sql, &values)?;
        }
        Ok(())
    }
}

/// Foreign keys are checked at the end: a table may refer to itself, or two to each other.
fn hold_references(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    if tx.engine() == Engine::Sqlite {
        tx.batch("PRAGMA defer_foreign_keys = ON")?;
        return Ok(Vec::new());
    }
    let sql = "SELECT c.relname, o.conname FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid \
         WHERE o.contype = 'f' AND NOT o.condeferrable \
         AND c.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2";
    let held = tx.dynamic_rows(sql, &[])?.iter().map(|row| Ok((row.at(0)?, row.at(1)?))).collect::<Result<Vec<_>>>()?;
    alter(tx, &held, "DEFERRABLE")?;
    tx.batch("SET CONSTRAINTS ALL DEFERRED")?;
    Ok(held)
}

fn release_references(tx: &mut Tx, held: &[(String, String)]) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        tx.batch("SET CONSTRAINTS ALL IMMEDIATE")?;
        alter(tx, held, "NOT DEFERRABLE")?;
    }
    Ok(())
}

fn alter(tx: &mut Tx, constraints: &[(String, String)], how: &str) -> Result<()> {
    for (table, constraint) in constraints {
        tx.batch(&format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{constraint}\" {how}"))?;
    }
    Ok(())
}

/// The last number that the engine gave; numbers of deleted rows are never given again.
fn sequence(tx: &mut Tx, name: &str, table: &Table) -> Result<Option<i64>> {
    let rows = match tx.engine() {
        Engine::Sqlite => tx.dynamic_rows("SELECT seq FROM sqlite_sequence WHERE name = $1", &[name.into()])?,
        Engine::Postgres => {
            let sequence = postgres_sequence(tx, name, table)?;
            tx.dynamic_rows(&format!("SELECT last_value FROM {sequence} WHERE is_called"), &[])?
        }
    };
    rows.first().map(|row| row.at(0)).transpose()
}

fn set_sequence(tx: &mut Tx, name: &str, table: &Table, last: Option<i64>) -> Result<()> {
    let Some(last) = last else { return Ok(()) };
    match tx.engine() {
        Engine::Sqlite => {
            tx.dynamic_exec("DELETE FROM sqlite_sequence WHERE name = $1", &[name.into()])?;
            tx.dynamic_exec("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", &[name.into(), last.into()])?;
        }
        Engine::Postgres => {
            let sequence = postgres_sequence(tx, name, table)?;
            tx.dynamic_rows(&format!("SELECT setval('{sequence}', {last})"), &[])?;
        }
    }
    Ok(())
}

fn postgres_sequence(tx: &mut Tx, name: &str, table: &Table) -> Result<String> {
    let column = table.primary_key.first().map_or("", String::as_str);
    let sql = "SELECT pg_get_serial_sequence(CAST($1 AS TEXT), CAST($2 AS TEXT))";
    let rows = tx.dynamic_rows(sql, &[name.into(), column.into()])?;
    rows.first().map_or_else(|| Err(Error::internal("no sequence")), |row| row.at(0))
}

/// Counts rows and digests their values: each a byte for its kind, then its length where it has one, then itself.
struct Digester {
    digest: Sha256,
    rows: u64,
}

impl Digester {
    fn new() -> Self {
        Self { digest: Sha256::new(), rows: 0 }
    }

    fn add(&mut self, rows: &[Row]) {
        for value in rows.iter().flat_map(Row::values) {
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::Null => (0, &[]),
                Value::Int(v) => (1, &v.to_be_bytes()),
                Value::Real(v) => (2, &v.to_bits().to_be_bytes()),
                Value::Text(v) => (3, v.as_bytes()),
                Value::Bytes(v) => (4, v),
            };
            self.digest.update([kind]);
            self.digest.update((bytes.len() as u64).to_be_bytes());
            self.digest.update(bytes);
        }
        self.rows += rows.len() as u64;
    }

    fn done(self, table: &str) -> Copied {
        Copied { table: table.to_owned(), rows: self.rows, digest: hex(&self.digest.finalize()) }
    }
}

#[cfg(test)]
mod tests;
