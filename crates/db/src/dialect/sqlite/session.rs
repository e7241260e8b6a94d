//! One SQLite connection with its statements.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use madang_base::{Error, Kind, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::error::failure;
use crate::dialect::{Engine, Mode, sql};
use crate::row::{Columns, Row};
use crate::tx::Failure;
use crate::value::Value;

/// How a connection is opened.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub writable: bool,
    /// Wait for the disk at every commit. False only for databases that may be lost.
    pub durable: bool,
    /// The file may not grow beyond this many pages (of 4 KiB).
    pub max_pages: Option<u32>,
}

/// A literal's address and length: the text of a `&'static str` cannot change, and comparing two words is cheaper
/// than hashing a statement.
type Key = (usize, usize);

struct Prepared {
    statement: sql::Statement,
    columns: Columns,
}

pub(crate) struct Session {
    connection: Connection,
    prepared: HashMap<Key, Prepared>,
    begin: &'static str,
}

/// How long to wait for another process (a command beside the server) that holds the file's write lock.
const BUSY: Duration = Duration::from_secs(10);

impl Session {
    /// Opens `path`, or a database in memory.
    ///
    /// # Errors
    /// `db.open` when the file cannot be opened or created, `db.read-only` when it cannot be written, `db.damaged`
    /// when it is no database.
    pub(crate) fn open(path: Option<&Path>, access: &Access) -> Result<Self> {
        let named = |error: rusqlite::Error| {
            let error = failure(error).error;
            match path {
                Some(path) => error.arg("path", path.display()),
                None => error,
            }
        };
        let connection = match path {
            None => Connection::open_in_memory(),
            Some(path) => {
                let flags = if access.writable {
                    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
                } else {
                    OpenFlags::SQLITE_OPEN_READ_ONLY
                };
                Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            }
        }
        .map_err(named)?;
        // SQLite falls back to reading when it may not write, and would say so at the first act only.
        if access.writable && connection.is_readonly("main").map_err(named)? {
            let error = Error::new(Kind::Internal, "db.read-only");
            return Err(path.map_or_else(|| Error::internal("memory"), |path| error.arg("path", path.display())));
        }
        let session = Self { connection, prepared: HashMap::new(), begin: "BEGIN IMMEDIATE" };
        session.configure(access).map_err(named)?;
        Ok(session)
    }

    fn configure(&self, access: &Access) -> rusqlite::Result<()> {
        let c = &self.connection;
        c.busy_timeout(BUSY)?;
        c.set_prepared_statement_cache_capacity(4096);
        // A statement is planned once, whatever is bound to it: otherwise each one with `LIMIT $n` is parsed again every time.
        c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        c.pragma_update(None, "foreign_keys", true)?;
        c.pragma_update(None, "temp_store", "MEMORY")?;
        c.pragma_update(None, "trusted_schema", false)?;
        // KiB. Readers share the system's cache of the file; their own only saves system calls.
        c.pragma_update(None, "cache_size", if access.writable { -65_536 } else { -16_384 })?;
        if access.writable {
            let mode: String = c.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
            tracing::trace!(db.journal = mode, "opened");
            c.pragma_update(None, "synchronous", if access.durable { "FULL" } else { "OFF" })?;
            if let Some(pages) = access.max_pages {
                c.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, i64>(0))?;
            }
        } else {
            c.pragma_update(None, "query_only", true)?;
        }
        Ok(())
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn raw(&self, sql: &str) -> Result<(), Failure> {
        self.connection.prepare_cached(sql).and_then(|mut s| s.raw_execute()).map(drop).map_err(failure)
    }

    pub(crate) fn begin(&mut self, mode: Mode) -> Result<(), Failure> {
        self.raw(if mode == Mode::Read { "BEGIN DEFERRED" } else { self.begin })
    }

    pub(crate) fn commit(&mut self) -> Result<(), Failure> {
        let outcome = self.raw("COMMIT");
        if outcome.is_err() {
            self.rollback();
        }
        outcome
    }

    /// Ends whatever is open; there may be nothing left to undo.
    pub(crate) fn rollback(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(f) = self.raw("ROLLBACK")
        {
            tracing::error!(error = %f.error, "rollback failed");
        }
    }

    pub(crate) fn savepoint(&mut self) -> Result<(), Failure> {
        self.raw("SAVEPOINT act")
    }

    pub(crate) fn release(&mut self) -> Result<(), Failure> {
        self.raw("RELEASE act")
    }

    pub(crate) fn undo(&mut self) -> Result<(), Failure> {
        self.raw("ROLLBACK TO act")?;
        self.raw("RELEASE act")
    }

    /// Whether the transaction still stands: some errors (a full disk) undo all of it.
    pub(crate) fn stands(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// A database in memory has one connection, which reads too.
    pub(crate) fn query_only(&self, on: bool) -> Result<()> {
        self.connection.pragma_update(None, "query_only", on).map_err(|e| failure(e).error)
    }

    pub(crate) fn exec(&mut self, sql: &'static str, params: &[Value]) -> Result<u64, Failure> {
        let prepared = prepared(&self.connection, &mut self.prepared, sql)?;
        run(&self.connection, prepared, params)
    }

    pub(crate) fn rows(&mut self, sql: &'static str, params: &[Value], most: usize) -> Result<Vec<Row>, Failure> {
        let prepared = prepared(&self.connection, &mut self.prepared, sql)?;
        fetch(&self.connection, prepared, params, most)
    }

    pub(crate) fn dynamic_exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, Failure> {
        run(&self.connection, &prepare(&self.connection, sql)?, params)
    }

    pub(crate) fn dynamic_rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Failure> {
        fetch(&self.connection, &prepare(&self.connection, sql)?, params, usize::MAX)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Failure> {
        self.connection.execute_batch(sql).map_err(failure)
    }

    pub(crate) fn prepare_check(&mut self, sql: &str) -> Result<(), Failure> {
        prepare(&self.connection, sql).map(drop)
    }
}

fn prepare(connection: &Connection, text: &str) -> Result<Prepared, Failure> {
    let statement = sql::translate(Engine::Sqlite, text).map_err(Failure::statement)?;
    let handle = connection.prepare_cached(&statement.text).map_err(failure)?;
    let columns = handle.column_names().map(Box::from).collect();
    Ok(Prepared { statement, columns })
}

fn prepared<'a>(
    connection: &Connection,
    cache: &'a mut HashMap<Key, Prepared>,
    text: &'static str,
) -> Result<&'a Prepared, Failure> {
    match cache.entry((text.as_ptr().addr(), text.len())) {
        std::collections::hash_map::Entry::Occupied(entry) => Ok(entry.into_mut()),
        std::collections::hash_map::Entry::Vacant(entry) => Ok(entry.insert(prepare(connection, text)?)),
    }
}

struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Real(v) => ValueRef::Real(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
        }))
    }
}

fn bind(handle: &mut rusqlite::Statement<'_>, prepared: &Prepared, params: &[Value]) -> Result<(), Failure> {
    if params.len() != prepared.statement.parameters {
        let (wanted, given) = (prepared.statement.parameters, params.len());
        let text = &prepared.statement.text;
        return Err(Failure::statement(Error::internal(format!("{given} parameters for {wanted}: {text}"))));
    }
    for (index, value) in params.iter().enumerate() {
        handle.raw_bind_parameter(index + 1, Bound(value)).map_err(failure)?;
    }
    Ok(())
}

fn run(connection: &Connection, prepared: &Prepared, params: &[Value]) -> Result<u64, Failure> {
    let mut handle = connection.prepare_cached(&prepared.statement.text).map_err(failure)?;
    bind(&mut handle, prepared, params)?;
    let readonly = handle.readonly();
    let mut rows = handle.raw_query();
    let mut seen = 0;
    while rows.next().map_err(failure)?.is_some() {
        seen += 1;
    }
    drop(rows);
    Ok(if readonly { seen } else { connection.changes() })
}

fn fetch(connection: &Connection, prepared: &Prepared, params: &[Value], most: usize) -> Result<Vec<Row>, Failure> {
    let mut handle = connection.prepare_cached(&prepared.statement.text).map_err(failure)?;
    bind(&mut handle, prepared, params)?;
    // A statement that writes and returns is always run to its end.
    let stop = handle.readonly();
    let width = prepared.columns.len();
    let mut rows = handle.raw_query();
    let mut out = Vec::new();
    while let Some(row) = rows.next().map_err(failure)? {
        if out.len() < most {
            let mut values = Vec::with_capacity(width);
            for index in 0..width {
                values.push(value(row.get_ref(index).map_err(failure)?)?);
            }
            out.push(Row::new(&prepared.columns, values));
        }
        if stop && out.len() >= most {
            break;
        }
    }
    Ok(out)
}

fn value(value: ValueRef<'_>) -> Result<Value, Failure> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(v) => Value::Int(v),
        ValueRef::Real(v) => Value::Real(v),
        ValueRef::Text(v) => {
            Value::Text(std::str::from_utf8(v).map_err(|e| Failure::statement(Error::internal(e)))?.to_owned())
        }
        ValueRef::Blob(v) => Value::Bytes(v.to_vec()),
    })
}
