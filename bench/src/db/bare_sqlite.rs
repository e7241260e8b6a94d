//! The same statements by hand, with rusqlite alone and the same settings.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, Statement};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::acts::{
    Act, BODY, CALLERS, ENTRY, INBOX, ITEM, NOW, ONE_CALLER, READERS_OF_PEER, SESSION, SESSIONS, SIGNATURE, TABLES,
    TIME, item, per_second, table, token,
};
use crate::Failure;
use crate::report::median;

fn open(file: &Path) -> Result<Connection, Failure> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -65536;",
    )?;
    for sql in TABLES {
        connection.execute_batch(&table(false, sql))?;
    }
    connection.execute_batch("BEGIN")?;
    for n in 0..SESSIONS {
        connection.execute(
            "INSERT INTO bench_session (token, account, until) VALUES (?1, ?2, ?3)",
            (token(n), format!("account-{n}"), NOW + 1_000_000),
        )?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(connection)
}

/// The four statements, prepared once.
struct Statements<'c> {
    session: Statement<'c>,
    signature: Statement<'c>,
    entry: Statement<'c>,
    inbox: Statement<'c>,
}

impl<'c> Statements<'c> {
    fn new(connection: &'c Connection) -> Result<Self, rusqlite::Error> {
        let prepare = |sql: &str| connection.prepare(&sql.replace('$', "?"));
        Ok(Self {
            session: prepare(SESSION)?,
            signature: prepare(SIGNATURE)?,
            entry: prepare(ENTRY)?,
            inbox: prepare(INBOX)?,
        })
    }

    fn act(&mut self, act: &Act) -> Result<(), rusqlite::Error> {
        let account: String = self.session.query_row((&act.token, NOW), |row| row.get(0))?;
        if self.signature.execute((&act.petition, &act.person, NOW))? == 0 {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        }
        self.entry.execute((&act.id, &act.petition, account, NOW))?;
        self.inbox.execute((NOW, "petition.signed", BODY))?;
        Ok(())
    }
}

/// 256 callers and one thread that runs each act in a savepoint and commits up to 512 together.
pub fn batched(runtime: &Runtime, file: &Path) -> Result<f64, Failure> {
    type Call = (Act, oneshot::Sender<bool>);
    let connection = open(file)?;
    let (send, receive) = mpsc::channel::<Call>();
    let writer = std::thread::spawn(move || {
        let work = || -> Result<(), rusqlite::Error> {
            let mut statements = Statements::new(&connection)?;
            let mut begin = connection.prepare("BEGIN IMMEDIATE")?;
            let mut commit = connection.prepare("COMMIT")?;
            let mut savepoint = connection.prepare("SAVEPOINT act")?;
            let mut release = connection.prepare("RELEASE act")?;
            let mut done = Vec::with_capacity(512);
            while let Ok(first) = receive.recv() {
                begin.execute(())?;
                let begun = Instant::now();
                let mut next = Some(first);
                while let Some((act, reply)) = next.take() {
                    savepoint.execute(())?;
                    statements.act(&act)?;
                    release.execute(())?;
                    done.push(reply);
                    if done.len() < 512 && begun.elapsed() < Duration::from_millis(5) {
                        next = receive.try_recv().ok();
                    }
                }
                commit.execute(())?;
                for reply in done.drain(..) {
                    let _ = reply.send(true);
                }
            }
            Ok(())
        };
        work()
    });
    let next = Arc::new(AtomicU64::new(0));
    let rate = runtime.block_on(async {
        let begun = Instant::now();
        let tasks: Vec<_> = (0..CALLERS)
            .map(|_| {
                let (send, next) = (send.clone(), Arc::clone(&next));
                tokio::spawn(async move {
                    let mut good = 0;
                    while begun.elapsed() < TIME {
                        let (reply, answer) = oneshot::channel();
                        if send.send((Act::new(next.fetch_add(1, Ordering::Relaxed)), reply)).is_err() {
                            break;
                        }
                        good += u64::from(answer.await.unwrap_or(false));
                    }
                    good
                })
            })
            .collect();
        let mut good = 0;
        for task in tasks {
            good += task.await.unwrap_or(0);
        }
        per_second(good, begun.elapsed())
    });
    drop(send);
    writer.join().map_err(|_| "the peer's writer panicked")??;
    Ok(rate)
}

/// One thread, one transaction each.
pub fn single(file: &Path) -> Result<f64, Failure> {
    let connection = open(file)?;
    let mut statements = Statements::new(&connection)?;
    let mut begin = connection.prepare("BEGIN IMMEDIATE")?;
    let mut commit = connection.prepare("COMMIT")?;
    let begun = Instant::now();
    let mut count = 0;
    while begun.elapsed() < TIME {
        begin.execute(())?;
        statements.act(&Act::new(count))?;
        commit.execute(())?;
        count += 1;
    }
    Ok(per_second(count, begun.elapsed()))
}

fn reader(file: &Path) -> Result<Connection, Failure> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA cache_size = -65536;")?;
    Ok(connection)
}

/// Two threads with a cached statement each.
pub fn reads(file: &Path) -> Result<f64, Failure> {
    let begun = Instant::now();
    let count = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..READERS_OF_PEER)
            .map(|thread| {
                scope.spawn(move || -> Result<u64, String> {
                    let connection = reader(file).map_err(|e| e.to_string())?;
                    let sql = ITEM.replace("$", "?");
                    let mut n = thread * 1_000_003;
                    let mut count = 0;
                    while begun.elapsed() < TIME {
                        n += 1;
                        let mut statement = connection.prepare_cached(&sql).map_err(|e| e.to_string())?;
                        let (name, _): (String, String) = statement
                            .query_row((item(n),), |row| Ok((row.get(0)?, row.get(1)?)))
                            .map_err(|e| e.to_string())?;
                        count += u64::from(!name.is_empty());
                    }
                    Ok(count)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "panicked".to_owned())?).sum::<Result<u64, String>>()
    })?;
    Ok(per_second(count, begun.elapsed()))
}

/// Median of one thread's reads, in microseconds.
pub fn latency(file: &Path) -> Result<f64, Failure> {
    let connection = reader(file)?;
    let mut statement = connection.prepare(&ITEM.replace('$', "?"))?;
    let mut times = Vec::with_capacity(ONE_CALLER);
    for n in 0..ONE_CALLER as u64 {
        let begun = Instant::now();
        let _: (String, String) = statement.query_row((item(n),), |row| Ok((row.get(0)?, row.get(1)?)))?;
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(median(times))
}
