//! A transaction as a closure sees it.

use std::collections::HashSet;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use madang_base::{Error, Kind, Result};

use crate::dialect::{Engine, Mode, postgres, sqlite};
use crate::{Row, Value};

/// Source positions (file, line) of the statements that ran; tests use it to prove that each ran on both engines.
pub type Recorder = Arc<Mutex<HashSet<(&'static str, u32)>>>;

/// Why a statement failed, beside what the caller is told.
pub(crate) struct Failure {
    pub error: Error,
    pub cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The statement or the state of the data: running it again would fail again.
    Statement,
    /// Another transaction was in the way; the same closure may succeed when run again.
    Collision,
    /// The connection is gone; nothing was committed.
    Lost,
}

impl Failure {
    pub(crate) fn statement(error: Error) -> Self {
        Self { error, cause: Cause::Statement }
    }
}

pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(Box<postgres::Session>),
}

/// What is remembered of a failed statement; the error itself went to the closure.
#[derive(Debug)]
pub(crate) struct Failed {
    pub cause: Cause,
    pub kind: Kind,
    pub code: &'static str,
    pub text: String,
}

impl Failed {
    /// The error again, for somebody else.
    pub(crate) fn error(&self) -> Error {
        Error::new(self.kind, self.code).source(self.text.clone())
    }
}

/// A running transaction. Closures get it from [`Db::write`](crate::Db::write), [`Db::read`](crate::Db::read) and
/// [`Db::drain`](crate::Db::drain); it begins and ends outside of them.
///
/// A statement that fails poisons it: every further statement fails, nothing is committed, and a closure that
/// returns `Ok` all the same is answered with an error. (PostgreSQL does this by itself; here SQLite does too.)
pub struct Tx {
    session: Session,
    failed: Option<Failed>,
    recorder: Option<Recorder>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("engine", &self.engine()).field("failed", &self.failed).finish_non_exhaustive()
    }
}

impl Tx {
    pub(crate) fn new(session: Session, recorder: Option<Recorder>) -> Self {
        Self { session, failed: None, recorder }
    }

    /// The engine underneath. Only `dialect` and messages may care.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement; answers how many rows it inserted, updated or deleted.
    ///
    /// # Errors
    /// `Conflict` with `db.unique` or `db.reference` when a constraint refuses the row, `Unavailable` when the disk is
    /// full or the server away, else `Internal`. The transaction is poisoned then.
    #[track_caller]
    pub fn exec(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        self.before(params)?;
        let outcome = match &mut self.session {
            Session::Sqlite(session) => session.exec(sql, params),
            Session::Postgres(session) => session.exec(sql, params),
        };
        self.after(outcome)
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    #[track_caller]
    pub fn rows(&mut self, sql: &'static str, params: &[Value]) -> Result<Vec<Row>> {
        self.before(params)?;
        self.query(sql, params, usize::MAX)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    #[track_caller]
    pub fn row(&mut self, sql: &'static str, params: &[Value]) -> Result<Option<Row>> {
        self.before(params)?;
        Ok(self.query(sql, params, 1)?.into_iter().next())
    }

    /// The only row.
    ///
    /// # Errors
    /// `Internal` when there is none or more than one; else as [`Tx::exec`].
    #[track_caller]
    pub fn one(&mut self, sql: &'static str, params: &[Value]) -> Result<Row> {
        self.before(params)?;
        let mut rows = self.query(sql, params, 2)?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => Ok(row),
            (row, _) => Err(Error::internal(format!(
                "one row expected at {}, {} found",
                Location::caller(),
                if row.is_some() { "more" } else { "none" }
            ))),
        }
    }

    fn query(&mut self, sql: &'static str, params: &[Value], most: usize) -> Result<Vec<Row>> {
        let outcome = match &mut self.session {
            Session::Sqlite(session) => session.rows(sql, params, most),
            Session::Postgres(session) => session.rows(sql, params, most),
        };
        self.after(outcome)
    }

    #[track_caller]
    fn before(&self, params: &[Value]) -> Result<()> {
        if let Some(Failed { text, .. }) = &self.failed {
            return Err(Error::internal(format!("a statement after a failed one: {text}")));
        }
        if let Some(recorder) = &self.recorder {
            let at = Location::caller();
            recorder.lock().unwrap_or_else(PoisonError::into_inner).insert((at.file(), at.line()));
        }
        params.iter().try_for_each(Value::storable)
    }

    fn after<T>(&mut self, outcome: Result<T, Failure>) -> Result<T> {
        outcome.map_err(|failure| {
            let Failure { error, cause } = failure;
            self.failed = Some(Failed { cause, kind: error.kind(), code: error.code(), text: error.to_string() });
            error
        })
    }

    /// The first failed statement.
    pub(crate) fn failed(&self) -> Option<&Failed> {
        self.failed.as_ref()
    }

    /// Forgets a failure; its transaction is over.
    pub(crate) fn heal(&mut self) -> Option<Failed> {
        self.failed.take()
    }

    pub(crate) fn sqlite(&mut self) -> Option<&mut sqlite::Session> {
        match &mut self.session {
            Session::Sqlite(session) => Some(session),
            Session::Postgres(_) => None,
        }
    }

    pub(crate) fn postgres(&mut self) -> Option<&mut postgres::Session> {
        match &mut self.session {
            Session::Postgres(session) => Some(session),
            Session::Sqlite(_) => None,
        }
    }
}

/// For this crate's own work (migrations, copies), on sessions that no queue serves.
impl Tx {
    pub(crate) fn begin(&mut self, mode: Mode) -> Result<()> {
        self.failed = None;
        match &mut self.session {
            Session::Sqlite(session) => session.begin(mode).map_err(|f| f.error),
            Session::Postgres(session) => {
                session.begin(mode);
                Ok(())
            }
        }
    }

    pub(crate) fn commit(&mut self) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.commit().map_err(|f| f.error),
            Session::Postgres(session) => session.commit().map_err(postgres::End::into_error),
        }
    }

    pub(crate) fn rollback(&mut self) {
        self.failed = None;
        match &mut self.session {
            Session::Sqlite(session) => session.rollback(),
            Session::Postgres(session) => session.rollback(),
        }
    }

    /// Text that is made at run time (names of tables); never anything that came from outside.
    pub(crate) fn dynamic_exec(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let outcome = match &mut self.session {
            Session::Sqlite(session) => session.dynamic_exec(sql, params),
            Session::Postgres(session) => session.dynamic_exec(sql, params),
        };
        self.after(outcome)
    }

    pub(crate) fn dynamic_rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let outcome = match &mut self.session {
            Session::Sqlite(session) => session.dynamic_rows(sql, params),
            Session::Postgres(session) => session.dynamic_rows(sql, params),
        };
        self.after(outcome)
    }

    /// Several statements without parameters, in the engine's own dialect.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        let outcome = match &mut self.session {
            Session::Sqlite(session) => session.batch(sql),
            Session::Postgres(session) => session.batch(sql),
        };
        self.after(outcome)
    }

    /// Lets the engine check a statement without running it.
    pub(crate) fn prepare_check(&mut self, sql: &str) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.prepare_check(sql),
            Session::Postgres(session) => session.prepare_check(sql),
        }
        .map_err(|f| f.error)
    }
}
