//! The one thread that writes to SQLite: group commit.
//!
//! It takes whatever closures wait, runs each in a savepoint, and commits them together (at most 512 closures or
//! 5 ms). A caller is answered after the commit that holds its work, hence after the fsync. Closures that failed are
//! answered then too: what they saw may include work of the same group, which must not become known if it is lost.
//!
//! Some errors (a full disk) undo the whole transaction. After any error the thread asks whether it still stands; if
//! not, nobody of the group is told that his work was done.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use madang_base::Error;

use crate::Tx;
use crate::call::log_if_slow;
use crate::dialect::Mode;
use crate::queue::{Boxed, CloseOnDrop, Queue};
use crate::status::{Counters, add};

const GROUP: usize = 512;
const GROUP_TIME: Duration = Duration::from_millis(5);

/// Serves `queue` until it is closed.
pub(crate) fn serve(mut tx: Tx, queue: &Queue, counters: &Counters) {
    let _guard = CloseOnDrop(queue);
    let mut waiting = VecDeque::new();
    let mut group = Vec::with_capacity(GROUP);
    while !waiting.is_empty() || queue.wait(&mut waiting, GROUP, 1) {
        while waiting.front().is_some_and(|job: &Boxed| job.mode() == Mode::Read) {
            read_in_memory(&mut tx, waiting.pop_front(), counters);
        }
        if !waiting.is_empty() {
            commit_group(&mut tx, queue, &mut waiting, &mut group, counters);
        }
    }
}

/// One transaction with as many of the waiting closures as fit.
fn commit_group(
    tx: &mut Tx,
    queue: &Queue,
    waiting: &mut VecDeque<Boxed>,
    group: &mut Vec<Boxed>,
    counters: &Counters,
) {
    if let Err(error) = tx.begin(Mode::Write) {
        // Another process holds the lock, or the file is gone: everybody who waits hears the same.
        tracing::error!(%error, "no write transaction");
        for job in waiting.drain(..) {
            job.answer(Some(Error::unavailable(if error.code() == "internal" { "db.io" } else { error.code() })));
        }
        return;
    }
    let begun = Instant::now();
    let mut now = begun;
    let mut lost = None;
    while group.len() < GROUP && now.duration_since(begun) < GROUP_TIME {
        if waiting.is_empty() && !queue.take(waiting, GROUP - group.len(), 1) {
            break;
        }
        let Some(mut job) = waiting.pop_front() else { break };
        if job.mode() == Mode::Read {
            waiting.push_front(job);
            break;
        }
        if job.abandoned() {
            continue;
        }
        let outcome = run(tx, &mut job);
        let after = Instant::now();
        log_if_slow(&*job, after.duration_since(now));
        now = after;
        group.push(job);
        if let Err(error) = outcome {
            lost = Some(error);
            break;
        }
    }
    if lost.is_none() {
        lost = tx.commit().err();
        counters.last_commit_micros.store(u64::try_from(now.elapsed().as_micros()).unwrap_or(0), Ordering::Relaxed);
    }
    match lost {
        None => {
            add(&counters.batches, 1);
            add(&counters.writes, group.len());
            for job in group.drain(..) {
                job.answer(None);
            }
        }
        Some(error) => {
            add(&counters.failed_commits, 1);
            tracing::error!(%error, db.closures = group.len(), "a group of writes was undone");
            tx.rollback();
            // The kind and code say why (`db.full`); the source stays in the log.
            for job in group.drain(..) {
                job.answer(Some(Error::new(error.kind(), error.code()).source("the group's transaction was undone")));
            }
        }
    }
}

/// Runs one closure in its savepoint. An error means that the whole transaction is gone.
fn run(tx: &mut Tx, job: &mut Boxed) -> Result<(), Error> {
    let Some(session) = tx.sqlite() else { return Err(Error::internal("not SQLite")) };
    session.savepoint().map_err(|f| f.error)?;
    let good = job.run(tx);
    let failed = tx.heal();
    let Some(session) = tx.sqlite() else { return Err(Error::internal("not SQLite")) };
    if !session.stands() {
        return Err(failed.map_or_else(|| Error::internal("a closure ended the transaction"), |f| f.error()));
    }
    if good { session.release() } else { session.undo() }.map_err(|f| f.error)
}

/// A database in memory has no second connection: its reads stand in the same queue.
fn read_in_memory(tx: &mut Tx, job: Option<Boxed>, counters: &Counters) {
    let Some(mut job) = job.filter(|job| !job.abandoned()) else { return };
    let begun = tx.sqlite().map_or(Ok(()), |s| s.query_only(true)).and_then(|()| tx.begin(Mode::Read));
    if let Err(error) = begun {
        job.answer(Some(error));
        return;
    }
    job.run(tx);
    tx.rollback();
    if let Some(Err(error)) = tx.sqlite().map(|s| s.query_only(false)) {
        tracing::error!(%error, "the connection stays read-only");
    }
    add(&counters.reads, 1);
    job.answer(None);
}
