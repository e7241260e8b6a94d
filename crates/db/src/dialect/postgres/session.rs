//! One PostgreSQL connection with its statements.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;

use futures_util::TryStreamExt;
use futures_util::future::join;
use madang_base::{Error, Result};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, Config, NoTls, Statement};

use super::error::{ends_connection, failure};
use super::types::{Bound, Cell};
use crate::dialect::{Engine, Mode, sql};
use crate::row::{Columns, Row};
use crate::tx::{Cause, Failure};
use crate::value::Value;

/// What a connection is for. Writers do not scan tables: a sequential scan takes a predicate lock on the whole table,
/// and then nearly every concurrent transaction collides (measured: 277 against 4,300 acts/s).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Writer,
    Reader,
}

impl Role {
    const fn settings(self) -> &'static str {
        match self {
            Self::Writer => "SET enable_seqscan = off; SET jit = off; SET default_transaction_isolation = serializable",
            Self::Reader => "SET jit = off; SET default_transaction_read_only = on",
        }
    }
}

/// How a commit ended that did not succeed.
pub(crate) enum End {
    /// Another transaction was in the way; nothing was committed.
    Collision(Error),
    /// Nothing was committed.
    Failed(Error),
    /// The connection was lost while the server committed. Nobody knows whether it did; that is never called success.
    Unknown(Error),
}

impl End {
    pub(crate) fn into_error(self) -> Error {
        match self {
            Self::Collision(error) | Self::Failed(error) | Self::Unknown(error) => error,
        }
    }
}

struct Prepared {
    statement: Statement,
    parameters: usize,
    columns: Columns,
}

type Key = (usize, usize);

pub(crate) struct Session {
    runtime: Runtime,
    config: Config,
    role: Role,
    client: Option<Client>,
    connected_before: bool,
    prepared: HashMap<Key, Prepared>,
    dynamic: HashMap<String, Prepared>,
    /// A `BEGIN` that is sent together with the first statement.
    begin: Option<Mode>,
    /// The transaction before is over for its caller, but the server was not told yet.
    unended: bool,
}

/// The texts that open a transaction, alone and after one that is still to be ended.
const fn begin_text(mode: Mode, unended: bool) -> &'static str {
    match (mode, unended) {
        (Mode::Write, false) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        (Mode::Write, true) => "ROLLBACK; BEGIN ISOLATION LEVEL SERIALIZABLE",
        (Mode::Read, false) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        (Mode::Read, true) => "ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        (Mode::Drain, false) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        (Mode::Drain, true) => "ROLLBACK; BEGIN ISOLATION LEVEL READ COMMITTED",
    }
}

impl Session {
    /// A session that connects when it is first used.
    ///
    /// # Errors
    /// `Internal` when the operating system refuses the runtime.
    pub(crate) fn new(config: &Config, role: Role) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
        Ok(Self {
            runtime,
            config: config.clone(),
            role,
            client: None,
            connected_before: false,
            prepared: HashMap::new(),
            dynamic: HashMap::new(),
            begin: None,
            unended: false,
        })
    }

    /// Connects if there is no living connection. True when one was lost before.
    pub(crate) fn connect(&mut self) -> Result<bool, Failure> {
        if self.client.as_ref().is_some_and(|client| !client.is_closed()) {
            return Ok(false);
        }
        self.disconnect();
        let config = &self.config;
        let settings = self.role.settings();
        let client = self.runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::warn!(%error, "PostgreSQL connection lost");
                }
            });
            client.batch_execute(settings).await?;
            Ok::<_, tokio_postgres::Error>(client)
        });
        let client = client.map_err(|error| {
            let Failure { error, cause } = failure(error);
            let error = match cause {
                // A wrong password or database is no passing trouble, but nor is it the caller's fault.
                Cause::Statement => Error::unavailable("db.unreachable").source(error),
                Cause::Collision | Cause::Lost => error,
            };
            Failure { error, cause: Cause::Lost }
        })?;
        self.client = Some(client);
        Ok(std::mem::replace(&mut self.connected_before, true))
    }

    /// Forgets the connection; the server ends what was open on it.
    pub(crate) fn disconnect(&mut self) {
        self.client = None;
        self.prepared.clear();
        self.dynamic.clear();
        self.begin = None;
        self.unended = false;
    }

    pub(crate) fn begin(&mut self, mode: Mode) {
        self.begin = Some(mode);
    }

    pub(crate) fn commit(&mut self) -> Result<(), End> {
        if self.begin.take().is_some() {
            return Ok(());
        }
        let Some(client) = &self.client else {
            return Err(End::Failed(Error::unavailable("db.unreachable")));
        };
        let Err(error) = self.runtime.block_on(client.batch_execute("COMMIT")) else { return Ok(()) };
        let known = error.as_db_error().is_some_and(|db| !ends_connection(db));
        let Failure { error, cause } = failure(error);
        Err(match (known, cause) {
            (true, Cause::Collision) => End::Collision(error),
            (true, _) => End::Failed(error),
            (false, _) => {
                self.disconnect();
                End::Unknown(Error::unavailable("db.commit-unknown").source(error))
            }
        })
    }

    pub(crate) fn rollback(&mut self) {
        if self.begin.take().is_none() {
            self.unended = true;
        }
        self.settle();
    }

    /// Ends the transaction together with the beginning of the next one. Call [`Session::settle`] before sleeping.
    pub(crate) fn rollback_later(&mut self) {
        self.unended |= self.begin.take().is_none();
    }

    /// Tells the server now that the last transaction is over.
    pub(crate) fn settle(&mut self) {
        if !std::mem::take(&mut self.unended) {
            return;
        }
        let Some(client) = &self.client else { return };
        if let Err(error) = self.runtime.block_on(client.batch_execute("ROLLBACK")) {
            tracing::debug!(%error, "rollback on a lost connection");
            self.disconnect();
        }
    }

    pub(crate) fn exec(&mut self, sql: &'static str, params: &[Value]) -> Result<u64, Failure> {
        let key = (sql.as_ptr().addr(), sql.len());
        self.ready(&Source::Literal(key, sql))?;
        let begin = self.take_begin();
        let prepared = find(self.prepared.get(&key), params)?;
        run(&self.runtime, self.client.as_ref(), begin, prepared, params)
    }

    pub(crate) fn rows(&mut self, sql: &'static str, params: &[Value], most: usize) -> Result<Vec<Row>, Failure> {
        let key = (sql.as_ptr().addr(), sql.len());
        self.ready(&Source::Literal(key, sql))?;
        let begin = self.take_begin();
        let prepared = find(self.prepared.get(&key), params)?;
        fetch(&self.runtime, self.client.as_ref(), begin, prepared, params, most)
    }

    pub(crate) fn dynamic_exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, Failure> {
        self.ready(&Source::Dynamic(sql))?;
        let begin = self.take_begin();
        let prepared = find(self.dynamic.get(sql), params)?;
        run(&self.runtime, self.client.as_ref(), begin, prepared, params)
    }

    pub(crate) fn dynamic_rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Failure> {
        self.ready(&Source::Dynamic(sql))?;
        let begin = self.take_begin();
        let prepared = find(self.dynamic.get(sql), params)?;
        fetch(&self.runtime, self.client.as_ref(), begin, prepared, params, usize::MAX)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Failure> {
        self.connect()?;
        let begin = self.take_begin();
        let Some(client) = &self.client else { return Err(unconnected()) };
        self.runtime.block_on(after(begin.map(|text| client.batch_execute(text)), client.batch_execute(sql)))
    }

    pub(crate) fn prepare_check(&mut self, sql: &str) -> Result<(), Failure> {
        self.ready(&Source::Dynamic(sql))
    }

    fn take_begin(&mut self) -> Option<&'static str> {
        let mode = self.begin.take()?;
        Some(begin_text(mode, std::mem::take(&mut self.unended)))
    }

    /// Connects and prepares, if that has not been done.
    fn ready(&mut self, source: &Source<'_>) -> Result<(), Failure> {
        // Within a transaction a lost connection is not replaced: what ran before on it is gone.
        if self.begin.is_some() || self.client.is_none() {
            let mode = self.begin;
            self.connect()?;
            self.begin = mode;
        }
        let text = match source {
            Source::Literal(key, _) if self.prepared.contains_key(key) => return Ok(()),
            Source::Dynamic(text) if self.dynamic.contains_key(*text) => return Ok(()),
            Source::Literal(_, text) => *text,
            Source::Dynamic(text) => *text,
        };
        let translated = sql::translate(Engine::Postgres, text).map_err(Failure::statement)?;
        let Some(client) = &self.client else { return Err(unconnected()) };
        let statement = self.runtime.block_on(client.prepare(&translated.text)).map_err(|error| {
            // Outside of the transaction that was not begun yet, but the closure may not go on all the same.
            let mut failure = failure(error);
            failure.error = failure.error.arg("sql", text);
            failure
        })?;
        let columns = statement.columns().iter().map(|column| Box::from(column.name())).collect();
        let prepared = Prepared { statement, parameters: translated.parameters, columns };
        match source {
            Source::Literal(key, _) => drop(self.prepared.insert(*key, prepared)),
            Source::Dynamic(text) => drop(self.dynamic.insert((*text).to_owned(), prepared)),
        }
        Ok(())
    }
}

enum Source<'a> {
    Literal(Key, &'static str),
    Dynamic(&'a str),
}

fn unconnected() -> Failure {
    Failure { error: Error::unavailable("db.unreachable"), cause: Cause::Lost }
}

fn find<'a>(prepared: Option<&'a Prepared>, params: &[Value]) -> Result<&'a Prepared, Failure> {
    let prepared = prepared.ok_or_else(unconnected)?;
    if prepared.parameters != params.len() {
        let (wanted, given) = (prepared.parameters, params.len());
        return Err(Failure::statement(Error::internal(format!("{given} parameters for {wanted}"))));
    }
    Ok(prepared)
}

/// Sends `first` and `second` without waiting in between, and waits for both.
async fn after<T>(
    first: Option<impl Future<Output = Result<(), tokio_postgres::Error>>>,
    second: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, Failure> {
    match first {
        None => second.await,
        Some(first) => match join(first, second).await {
            (Err(error), _) => Err(error),
            (Ok(()), outcome) => outcome,
        },
    }
    .map_err(failure)
}

fn run(
    runtime: &Runtime,
    client: Option<&Client>,
    begin: Option<&'static str>,
    prepared: &Prepared,
    params: &[Value],
) -> Result<u64, Failure> {
    let client = client.ok_or_else(unconnected)?;
    let work = client.execute_raw(&prepared.statement, params.iter().map(Bound));
    runtime.block_on(after(begin.map(|text| client.batch_execute(text)), work))
}

fn fetch(
    runtime: &Runtime,
    client: Option<&Client>,
    begin: Option<&'static str>,
    prepared: &Prepared,
    params: &[Value],
    most: usize,
) -> Result<Vec<Row>, Failure> {
    let client = client.ok_or_else(unconnected)?;
    let work = async {
        let mut out = Vec::new();
        let mut stream = pin!(client.query_raw(&prepared.statement, params.iter().map(Bound)).await?);
        while let Some(row) = stream.try_next().await? {
            if out.len() < most {
                let mut values = Vec::with_capacity(row.len());
                for index in 0..row.len() {
                    values.push(row.try_get::<_, Cell>(index)?.0);
                }
                out.push(Row::new(&prepared.columns, values));
            }
        }
        Ok(out)
    };
    runtime.block_on(after(begin.map(|text| client.batch_execute(text)), work))
}
