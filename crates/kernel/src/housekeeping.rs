//! The recurring job that throws away what has had its time.

use std::fmt;

use madang_base::{Result, SharedClock};
use madang_db::Db;

use crate::blob::{self, Blobs};
use crate::job::{self, Handler, Job};
use crate::{BoxFuture, log, mail};

/// The kind of this job; have it come with `worker.every(housekeeping::KIND, Every::Day { hour: 4 })`.
pub const KIND: &str = "kernel.housekeeping";

/// How long things are kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Jobs that are done.
    pub jobs: i64,
    /// What a sent message says.
    pub mail_bodies: i64,
    /// That a message was sent, to whom, with what subject.
    pub mails: i64,
}

impl Default for Retention {
    fn default() -> Self {
        Self { jobs: 7, mail_bodies: 3, mails: 90 }
    }
}

/// Handler of [`KIND`]. Running it twice throws away nothing more.
#[derive(Clone)]
pub struct Housekeeping {
    db: Db,
    clock: SharedClock,
    blobs: Blobs,
    retention: Retention,
}

impl Housekeeping {
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, blobs: Blobs, retention: Retention) -> Self {
        Self { db, clock, blobs, retention }
    }

    async fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let Retention { jobs, mail_bodies, mails } = self.retention;
        while self.db.write(move |tx| job::purge(tx, now.plus_days(-jobs))).await? > 0 {}
        let (bodies, rows) = (now.plus_days(-mail_bodies), now.plus_days(-mails));
        while self.db.write(move |tx| mail::purge(tx, bodies, rows)).await? > 0 {}
        let checkpoints = log::thin(&self.db, now).await?;
        let swept = blob::sweep(&self.db, &self.blobs, now).await?;
        tracing::info!(rows = swept.rows, files = swept.files, checkpoints, "housekeeping is done");
        Ok(())
    }
}

impl Handler for Housekeeping {
    fn run<'a>(&'a self, _job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.tidy())
    }
}

impl fmt::Debug for Housekeeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Housekeeping").field("retention", &self.retention).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
