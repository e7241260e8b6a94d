//! The handle that everybody holds.

use std::future::Future;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use madang_base::{Error, Result};
use tokio::sync::{oneshot, watch};

use crate::call::Call;
use crate::dialect::postgres::{self, Role};
use crate::dialect::sqlite::{self, Access};
use crate::dialect::{Engine, Mode};
use crate::migrate;
use crate::options::{Options, Target};
use crate::queue::Queue;
use crate::status::{Counters, Status, add};
use crate::tx::{Session, Tx};

/// A database with its threads. Clones share them; when the last one goes, the threads finish what waits and end.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    target: Target,
    options: Options,
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    counters: Arc<Counters>,
    commits: watch::Sender<u64>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("engine", &self.engine()).field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
    }
}

/// Runs what blocks on a thread of its own, from any kind of caller.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (reply, answer) = oneshot::channel();
    std::thread::Builder::new()
        .name("db-aside".into())
        .spawn(move || drop(reply.send(work())))
        .map_err(Error::internal)?;
    answer.await.map_err(|_| Error::internal("a database thread panicked"))?
}

impl Db {
    /// Opens `sqlite:/path/file.db`, `sqlite::memory:` or `postgres://…`, brings its schema up to date unless
    /// `options` say otherwise, and starts the threads.
    ///
    /// # Errors
    /// `db.url`, `db.open`, `db.read-only`, `db.damaged`, `db.unreachable`, `db.encoding` for where it is;
    /// `db.version-newer`, `db.version-older`, `db.migration-changed`, `db.foreign` for what is in it.
    pub async fn open(url: &str, options: Options) -> Result<Self> {
        let target = Target::parse(url)?;
        aside(move || Self::open_target(target, options)).await
    }

    /// The same for callers that are not asynchronous. It blocks.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open_blocking(url: &str, options: Options) -> Result<Self> {
        let target = Target::parse(url)?;
        std::thread::scope(|scope| scope.spawn(|| Self::open_target(target, options)).join())
            .unwrap_or_else(|_| Err(Error::internal("a database thread panicked")))
    }

    fn open_target(target: Target, options: Options) -> Result<Self> {
        let named = |error: Error| match &target {
            Target::File(path) => error.arg("path", path.display()),
            Target::Memory | Target::Postgres(_) => error,
        };
        let mut first = session(&target, &options, Role::Writer)?;
        migrate::bring_up(&mut first, migrate::MIGRATIONS, options.migrate).map_err(named)?;
        let counters = Arc::new(Counters::default());
        let writes = Arc::new(Queue::new(options.queue));
        let reads =
            if matches!(target, Target::Memory) { Arc::clone(&writes) } else { Arc::new(Queue::new(options.queue)) };
        let db = Self {
            inner: Arc::new(Inner {
                target,
                options,
                writes,
                reads,
                counters,
                commits: watch::Sender::new(0),
                threads: Mutex::default(),
            }),
        };
        db.start(first)?;
        Ok(db)
    }

    fn start(&self, first: Tx) -> Result<()> {
        let Inner { target, options, writes, reads, .. } = &*self.inner;
        match target {
            Target::Memory | Target::File(_) => {
                let queue = Arc::clone(writes);
                self.spawn("db-write", move |counters| sqlite::writer::serve(first, &queue, counters))?;
            }
            Target::Postgres(_) => {
                let mut first = Some(first);
                for index in 0..options.pool.max(1) {
                    let tx = first.take().map_or_else(|| session(target, options, Role::Writer), Ok)?;
                    let queue = Arc::clone(writes);
                    self.spawn("db-write", move |counters| postgres::pool::serve(tx, &queue, counters, seed(index)))?;
                }
            }
        }
        let threads = options.readers.max(1);
        for index in 0..threads {
            let queue = Arc::clone(reads);
            match target {
                Target::Memory => {}
                Target::File(_) => {
                    let tx = session(target, options, Role::Reader)?;
                    self.spawn("db-read", move |counters| sqlite::reader::serve(tx, &queue, threads, counters))?;
                }
                Target::Postgres(_) => {
                    let tx = session(target, options, Role::Reader)?;
                    self.spawn("db-read", move |counters| {
                        postgres::pool::serve(tx, &queue, counters, seed(index + 1000));
                    })?;
                }
            }
        }
        Ok(())
    }

    fn spawn(&self, name: &str, work: impl FnOnce(&Counters) + Send + 'static) -> Result<()> {
        let counters = Arc::clone(&self.inner.counters);
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || work(&counters));
        let thread = thread.map_err(Error::internal)?;
        self.inner.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    /// Runs `work` in a serializable transaction that may write, and answers once it is on disk.
    ///
    /// `work` may run several times (PostgreSQL), so it must do nothing but call `tx`; mail, files and webhooks are
    /// jobs that the same transaction enqueues. It must be short: on SQLite nobody else writes meanwhile.
    /// If the future is dropped before the work began, it does not begin; after that it goes on.
    ///
    /// # Errors
    /// What `work` returns; else `db.busy` (queue full), `db.full`, `db.contention`, `db.unreachable`,
    /// `db.commit-unknown` (the connection was lost during the commit: look before trying again), `db.closed`.
    #[track_caller]
    pub fn write<T, F>(&self, work: F) -> impl Future<Output = Result<T>> + Send + use<'_, T, F>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.call(Mode::Write, work, Location::caller())
    }

    /// Runs `work` on one snapshot of everything that was committed before the call. It cannot write.
    ///
    /// # Errors
    /// What `work` returns; else `db.busy`, `db.unreachable`, `db.closed`.
    #[track_caller]
    pub fn read<T, F>(&self, work: F) -> impl Future<Output = Result<T>> + Send + use<'_, T, F>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.call(Mode::Read, work, Location::caller())
    }

    /// As [`Db::write`], but READ COMMITTED on PostgreSQL: for the sequencer, for folding and for claiming jobs, which
    /// take rows that others append and would collide with every one of them otherwise. Claim rows with
    /// `{SKIP_LOCKED}`.
    ///
    /// # Errors
    /// As [`Db::write`].
    #[track_caller]
    pub fn drain<T, F>(&self, work: F) -> impl Future<Output = Result<T>> + Send + use<'_, T, F>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.call(Mode::Drain, work, Location::caller())
    }

    async fn call<T, F>(&self, mode: Mode, work: F, at: &'static Location<'static>) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let queue = if mode == Mode::Read { &self.inner.reads } else { &self.inner.writes };
        if let Err(error) = queue.push(Box::new(Call { work, reply, result: None, mode, at })) {
            add(&self.inner.counters.busy, 1);
            return Err(error);
        }
        let answer = answer.await.unwrap_or_else(|_| Err(Error::unavailable("db.closed")));
        if mode != Mode::Read && answer.is_ok() {
            self.inner.commits.send_modify(|number| *number = number.wrapping_add(1));
        }
        answer
    }

    /// The engine underneath.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner.target {
            Target::Memory | Target::File(_) => Engine::Sqlite,
            Target::Postgres(_) => Engine::Postgres,
        }
    }

    /// Changes whenever a write of this process has been committed: what waits for work (jobs, the sequencer) looks again
    /// at once. Other processes are not heard, so waiting must end by itself too.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.inner.commits.subscribe()
    }

    /// Numbers for the metrics page.
    #[must_use]
    pub fn status(&self) -> Status {
        let Inner { writes, reads, counters, .. } = &*self.inner;
        counters.snapshot(writes.depth(), if Arc::ptr_eq(writes, reads) { 0 } else { reads.depth() })
    }

    /// Whether the database can be written and read now: both ways are gone once. For `/readyz`.
    ///
    /// # Errors
    /// What is in the way.
    pub async fn check(&self) -> Result<()> {
        const QUESTION: &str = "SELECT MAX(version) AS version FROM schema_version";
        self.write(|tx| tx.one(QUESTION, &[])?.get::<Option<i64>>("version")).await?;
        self.read(|tx| tx.one(QUESTION, &[])?.get::<Option<i64>>("version")).await?;
        Ok(())
    }

    /// Takes no more work, finishes what waits, and ends the threads.
    ///
    /// # Errors
    /// `Internal` when one of the threads had panicked.
    pub async fn close(self) -> Result<()> {
        aside(move || self.close_blocking()).await
    }

    /// The same for callers that are not asynchronous.
    ///
    /// # Errors
    /// As [`Db::close`].
    pub fn close_blocking(&self) -> Result<()> {
        self.inner.writes.close();
        self.inner.reads.close();
        let threads = std::mem::take(&mut *self.inner.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let panicked = threads.into_iter().filter_map(|thread| thread.join().err()).count();
        if panicked > 0 { Err(Error::internal("a database thread panicked")) } else { Ok(()) }
    }

    /// A session of its own beside the threads, for long work (copies, backups). Use it on a thread that may block.
    pub(crate) fn session(&self, role: Role) -> Result<Tx> {
        session(&self.inner.target, &self.inner.options, role)
    }

    pub(crate) fn target(&self) -> &Target {
        &self.inner.target
    }
}

fn seed(index: usize) -> u64 {
    0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(index as u64 + 1) ^ u64::from(std::process::id())
}

pub(crate) fn session(target: &Target, options: &Options, role: Role) -> Result<Tx> {
    let session = match target {
        Target::Memory | Target::File(_) => {
            let access =
                Access { writable: role == Role::Writer, durable: options.durable, max_pages: options.max_pages };
            let path = if let Target::File(path) = target { Some(path.as_path()) } else { None };
            Session::Sqlite(sqlite::Session::open(path, &access)?)
        }
        Target::Postgres(config) => Session::Postgres(Box::new(postgres::Session::new(config, role)?)),
    };
    Ok(Tx::new(session, options.recorder.clone()))
}

#[cfg(test)]
mod tests;
