//! Numbers for the metrics page.

use std::sync::atomic::{AtomicU64, Ordering};

/// What the threads count; all since the database was opened.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub writes: AtomicU64,
    pub reads: AtomicU64,
    pub batches: AtomicU64,
    pub retries: AtomicU64,
    pub reconnects: AtomicU64,
    pub busy: AtomicU64,
    pub failed_commits: AtomicU64,
    pub last_commit_micros: AtomicU64,
}

pub(crate) fn add(counter: &AtomicU64, by: usize) {
    counter.fetch_add(by as u64, Ordering::Relaxed);
}

/// A snapshot of the counters. All but the queue depths and the last commit only ever grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Closures waiting to write.
    pub write_queue: usize,
    /// Closures waiting to read.
    pub read_queue: usize,
    /// Closures that were committed.
    pub writes: u64,
    /// Closures that were read.
    pub reads: u64,
    /// Commits; on SQLite one holds many closures.
    pub batches: u64,
    /// Runs that were repeated because another transaction was in the way (PostgreSQL).
    pub retries: u64,
    /// Connections that were opened anew after one was lost (PostgreSQL).
    pub reconnects: u64,
    /// Closures turned away because the queue was full.
    pub busy: u64,
    /// Commits that failed.
    pub failed_commits: u64,
    /// How long the last commit took, in microseconds.
    pub last_commit_micros: u64,
}

impl Counters {
    pub(crate) fn snapshot(&self, write_queue: usize, read_queue: usize) -> Status {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Status {
            write_queue,
            read_queue,
            writes: get(&self.writes),
            reads: get(&self.reads),
            batches: get(&self.batches),
            retries: get(&self.retries),
            reconnects: get(&self.reconnects),
            busy: get(&self.busy),
            failed_commits: get(&self.failed_commits),
            last_commit_micros: get(&self.last_commit_micros),
        }
    }
}
