//! Work that happens after the act: a job is enqueued in the act's transaction and run by a worker, at least once.
//!
//! **At least once.** A worker that dies leaves its job behind a lock; when the lock ends another takes it up. So a
//! handler must do no harm when it runs twice: it looks first whether its work is done (mail looks at the message's
//! state), or writes what it would write again (an index), or uses the job's id as the key of what it makes.
//!
//! **Failing.** `Unavailable`, `RateLimited` and `Internal` errors are tried again with growing pauses; every other kind
//! will not get better by waiting, and fails the job at once. After [`MAX_ATTEMPTS`] a job has failed; an administrator
//! sees it and may [`retry`] it. Payloads hold ids and no personal data: the page for administrators shows them.
//!
//! Start reading at [`enqueue`], [`Handler`] and [`Worker`].

mod schedule;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod worker;

use std::sync::Arc;

use madang_base::{Error, Id, Kind, Result, Time};
use madang_db::Tx;

pub use self::schedule::{Every, schedule_every};
pub use self::worker::Worker;
use crate::BoxFuture;
use crate::coded;
use crate::ctx::Ctx;
use crate::object::ObjectKind;
use crate::permission::Verb;

/// Marker of a job's id; never built.
#[derive(Debug)]
pub enum JobMarker {}
pub type JobId = Id<JobMarker>;

/// How often a job is tried before it has failed: with the pauses of [`pause_after`], over about six hours.
pub const MAX_ATTEMPTS: i64 = 10;

/// How long a claimed job is another worker's; the worker that runs it renews it.
pub(crate) const LOCK_SECONDS: i64 = 120;

coded! {
    /// Where a job is.
    pub enum JobState("job.state-unknown") {
        Queued = "queued",
        Running = "running",
        Done = "done",
        Failed = "failed",
    }
}

/// A piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: serde_json::Value,
    pub state: JobState,
    /// How often it has been begun.
    pub attempts: i64,
    /// Not before this.
    pub run_at: Time,
    pub locked_until: Option<Time>,
    /// Code and cause of the last failure, at most 500 characters.
    pub last_error: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Job {
    /// Whether a failure now is the last one.
    #[must_use]
    pub fn last_attempt(&self) -> bool {
        self.attempts >= MAX_ATTEMPTS
    }

    /// A text of the payload.
    ///
    /// # Errors
    /// `Kind::Invalid` with code `job.payload`: it is not there, or it is not text.
    pub fn text(&self, name: &'static str) -> Result<&str> {
        let value = self.payload.get(name).and_then(serde_json::Value::as_str);
        value.ok_or_else(|| Error::invalid("job.payload").arg("kind", &self.kind).arg("name", name))
    }
}

/// What runs the jobs of one kind. See the module's text for what it must bear.
pub trait Handler: Send + Sync {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>>;
}

impl<H: Handler + ?Sized> Handler for Arc<H> {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        (**self).run(job)
    }
}

/// Puts a job into the queue, in the transaction of the act: it runs when the act is committed, and only then. Without
/// `not_before` it runs at once.
///
/// # Errors
/// Those of the database.
pub fn enqueue(
    tx: &mut Tx,
    ctx: &Ctx,
    kind: &'static str,
    payload: serde_json::Value,
    not_before: Option<Time>,
) -> Result<JobId> {
    put(tx, Id::new(ctx.now, ctx.rng()), kind, payload, ctx.now, not_before.unwrap_or(ctx.now))
}

fn put(tx: &mut Tx, id: JobId, kind: &str, payload: serde_json::Value, now: Time, run_at: Time) -> Result<JobId> {
    store::insert(
        tx,
        &Job {
            id,
            kind: kind.to_owned(),
            payload,
            state: JobState::Queued,
            attempts: 0,
            run_at,
            locked_until: None,
            last_error: None,
            created_at: now,
            updated_at: now,
        },
    )?;
    Ok(id)
}

/// Which jobs the administrator looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<JobState>,
    pub kind: Option<String>,
    /// The `next` of the page before.
    pub before: Option<JobId>,
}

/// Newest first. `next` is the `before` of the following page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub jobs: Vec<Job>,
    pub next: Option<JobId>,
}

/// The queue, for administrators.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn list(tx: &mut Tx, ctx: &Ctx, filter: &Filter, limit: u32) -> Result<Page> {
    ctx.require(Verb::Read, ObjectKind::Job, None)?;
    let mut jobs = store::list(tx, filter, limit.saturating_add(1))?;
    let more = jobs.len() > limit as usize;
    jobs.truncate(limit as usize);
    Ok(Page { next: jobs.last().filter(|_| more).map(|job| job.id), jobs })
}

/// How many jobs there are in each state, states without jobs left out. Also read by the metrics.
///
/// # Errors
/// Those of the database.
pub fn totals(tx: &mut Tx) -> Result<Vec<(JobState, i64)>> {
    store::totals(tx)
}

/// Lets a failed job, or one that waits after a failure, begin anew at once.
///
/// # Errors
/// Those of [`Ctx::require`]; `Kind::NotFound` `job.unknown`; `Kind::Conflict` `job.not-retryable` when it runs or is
/// done.
pub fn retry(tx: &mut Tx, ctx: &Ctx, id: JobId) -> Result<()> {
    ctx.require(Verb::Retry, ObjectKind::Job, None)?;
    if store::requeue(tx, id, ctx.now)? {
        return Ok(());
    }
    match store::by_id(tx, id)? {
        Some(job) => Err(Error::conflict("job.not-retryable").arg("state", job.state)),
        None => Err(Error::not_found("job.unknown").arg("value", id)),
    }
}

/// Takes a job out of the queue that nothing runs at the moment. What it was to do is not done.
///
/// # Errors
/// Those of [`Ctx::require`]; `Kind::NotFound` `job.unknown`; `Kind::Conflict` `job.running`.
pub fn delete(tx: &mut Tx, ctx: &Ctx, id: JobId) -> Result<()> {
    ctx.require(Verb::Delete, ObjectKind::Job, None)?;
    if store::delete(tx, id)? {
        return Ok(());
    }
    match store::by_id(tx, id)? {
        Some(_) => Err(Error::conflict("job.running")),
        None => Err(Error::not_found("job.unknown").arg("value", id)),
    }
}

/// Deletes done jobs that ended before `before`, at most a thousand; says how many.
///
/// # Errors
/// Those of the database.
pub fn purge(tx: &mut Tx, before: Time) -> Result<u64> {
    store::purge(tx, before)
}

/// Seconds from a failed attempt (counted from 1) to the next: 10, 20, 40 … at most three hours.
#[must_use]
pub fn pause_after(attempts: i64) -> i64 {
    const MOST: i64 = 3 * 3600;
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    (10_i64 << doublings).min(MOST)
}

/// Whether waiting may help.
fn worth_another_try(kind: Kind) -> bool {
    match kind {
        Kind::Unavailable | Kind::RateLimited | Kind::Internal => true,
        Kind::Invalid | Kind::Unauthenticated | Kind::Forbidden | Kind::NotFound | Kind::Conflict | Kind::Gone => false,
    }
}
