//! The loop that claims jobs and runs their handlers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Result, SharedClock, SharedRng, Time};
use madang_db::Db;
use tokio::task::JoinSet;

use super::{Every, Handler, Job, JobState, LOCK_SECONDS, pause_after, schedule_every, store, worth_another_try};
use crate::wake::{self, Stop};

/// The longest time between two looks into the queue; waking is a courtesy, this is what must be right.
const POLL: Duration = Duration::from_secs(1);
/// The shortest time between two looks.
const REST: Duration = Duration::from_millis(10);
/// How long a stopping worker waits for what runs.
const GRACE: Duration = Duration::from_secs(20);
/// Characters of an error that are kept.
const ERROR_LENGTH: usize = 500;

/// Runs jobs until it is told to stop. Any number of nodes may each have one.
pub struct Worker {
    db: Db,
    clock: SharedClock,
    rng: SharedRng,
    handlers: BTreeMap<&'static str, Arc<dyn Handler>>,
    schedules: Vec<(&'static str, Every)>,
    at_once: usize,
}

impl Worker {
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, rng: SharedRng) -> Self {
        Self { db, clock, rng, handlers: BTreeMap::new(), schedules: Vec::new(), at_once: 4 }
    }

    /// Gives jobs of `kind` to `handler`; a later handler of the same kind replaces it.
    #[must_use]
    pub fn on(mut self, kind: &'static str, handler: impl Handler + 'static) -> Self {
        self.handlers.insert(kind, Arc::new(handler));
        self
    }

    /// Has a job of `kind` come again and again.
    #[must_use]
    pub fn every(mut self, kind: &'static str, every: Every) -> Self {
        self.schedules.push((kind, every));
        self
    }

    /// How many jobs run at the same time; 4 when not said.
    #[must_use]
    pub fn at_once(mut self, jobs: usize) -> Self {
        self.at_once = jobs.max(1);
        self
    }

    /// Claims and runs until `stop`; then claims no more, waits up to 20 seconds for what runs, and gives back the rest.
    pub async fn run(&self, mut stop: Stop) {
        let mut commits = self.db.commits();
        let mut running = JoinSet::new();
        while !stop.is_set() {
            let free = self.at_once - running.len();
            let claimed = if free > 0 { self.claim(free).await } else { Vec::new() };
            let full = claimed.len() == free;
            for job in claimed {
                self.spawn(&mut running, job);
            }
            wake::pause(REST, &mut stop).await;
            if full && running.len() >= self.at_once {
                tokio::select! {
                    _ = running.join_next() => {}
                    () = stop.set() => {}
                }
            } else if !full {
                wake::wait(&mut commits, POLL, &mut stop).await;
            }
            while running.try_join_next().is_some() {}
        }
        self.wind_up(running).await;
    }

    /// Runs what is due now, one after another, and returns how many jobs that were. For tests and the command line.
    ///
    /// # Errors
    /// Those of the database; failures of jobs are in the queue.
    pub async fn run_due(&self) -> Result<usize> {
        let mut ran = 0;
        loop {
            let jobs = self.take(1).await?;
            let Some(job) = jobs.into_iter().next() else { return Ok(ran) };
            attempt(self.db.clone(), Arc::clone(&self.clock), self.handlers.get(job.kind.as_str()).cloned(), job).await;
            ran += 1;
        }
    }

    async fn claim(&self, most: usize) -> Vec<Job> {
        match self.take(most).await {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::error!(%error, "the worker could not look into the queue");
                Vec::new()
            }
        }
    }

    async fn take(&self, most: usize) -> Result<Vec<Job>> {
        let now = self.clock.now();
        if !self.look(now).await? {
            return Ok(Vec::new());
        }
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        self.db
            .drain(move |tx| {
                store::recover(tx, now)?;
                store::claim(tx, now, most)
            })
            .await
    }

    /// Enqueues what comes again, and says whether anything is due. A busy site wakes the worker a hundred times a
    /// second, so looking is one read.
    async fn look(&self, now: Time) -> Result<bool> {
        let kinds: Vec<&'static str> = self.schedules.iter().map(|(kind, _)| *kind).collect();
        let (next, mut due) = self
            .db
            .read(move |tx| {
                let next = kinds.iter().map(|kind| store::schedule_next(tx, kind)).collect::<Result<Vec<_>>>()?;
                Ok((next, store::due(tx, now)?))
            })
            .await?;
        for (&(kind, every), next) in self.schedules.iter().zip(next) {
            if next.is_none_or(|next| next <= now) {
                let rng = Arc::clone(&self.rng);
                self.db.write(move |tx| schedule_every(tx, &rng, kind, every, now)).await?;
                due = true;
            }
        }
        Ok(due)
    }

    fn spawn(&self, running: &mut JoinSet<()>, job: Job) {
        let handler = self.handlers.get(job.kind.as_str()).cloned();
        running.spawn(attempt(self.db.clone(), Arc::clone(&self.clock), handler, job));
    }

    async fn wind_up(&self, mut running: JoinSet<()>) {
        let all = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, all).await.is_err() {
            tracing::warn!(jobs = running.len(), "stopping while jobs run; others will take them up");
            running.shutdown().await;
        }
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("handlers", &self.handlers.keys().collect::<Vec<_>>())
            .field("schedules", &self.schedules)
            .field("at_once", &self.at_once)
            .finish_non_exhaustive()
    }
}

/// One attempt: runs the handler, renews the lock meanwhile, writes down how it ended.
async fn attempt(db: Db, clock: SharedClock, handler: Option<Arc<dyn Handler>>, job: Job) {
    let begun = GiveBack { db: db.clone(), clock: Arc::clone(&clock), job: Some((job.id, job.attempts)) };
    let work = {
        let job = job.clone();
        async move {
            match handler {
                Some(handler) => handler.run(&job).await,
                None => Err(Error::unavailable("job.no-handler").arg("kind", &job.kind)),
            }
        }
    };
    // A task of its own, so that a handler that panics fails its job and nothing else.
    let mut work = Abort(tokio::spawn(work));
    let renewal = Duration::from_secs(LOCK_SECONDS.unsigned_abs() / 3);
    let ended = loop {
        tokio::select! {
            ended = &mut work.0 => break ended.unwrap_or_else(|panic| Err(Error::internal(panic))),
            () = tokio::time::sleep(renewal) => {
                let (id, attempts, now) = (job.id, job.attempts, clock.now());
                if let Ok(false) = db.write(move |tx| store::renew(tx, id, attempts, now)).await {
                    tracing::warn!(job = %id, kind = job.kind, "the job was taken over");
                    begun.keep();
                    return;
                }
            }
        }
    };
    begun.keep();
    if let Err(error) = end(&db, &clock, &job, ended).await {
        tracing::error!(%error, job = %job.id, kind = job.kind, "how the job ended could not be written down");
    }
}

async fn end(db: &Db, clock: &SharedClock, job: &Job, ended: Result<()>) -> Result<bool> {
    let now = clock.now();
    let (state, run_at, error) = match ended {
        Ok(()) => (JobState::Done, job.run_at, None),
        Err(error) => {
            let again = worth_another_try(error.kind()) && !job.last_attempt();
            tracing::warn!(code = error.code(), job = %job.id, kind = job.kind, again, "a job failed");
            let text = error.to_string().chars().take(ERROR_LENGTH).collect::<String>();
            if again {
                (JobState::Queued, now.plus_seconds(pause_after(job.attempts)), Some(text))
            } else {
                (JobState::Failed, job.run_at, Some(text))
            }
        }
    };
    let attempt = (job.id, job.attempts);
    db.write(move |tx| store::end(tx, attempt, state, error.as_deref(), run_at, now)).await
}

/// Ends the task with the attempt that waits for it.
struct Abort(tokio::task::JoinHandle<Result<()>>);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Gives the job back when the attempt is cut short.
struct GiveBack {
    db: Db,
    clock: SharedClock,
    job: Option<(super::JobId, i64)>,
}

impl GiveBack {
    /// The attempt has come to an end of its own.
    fn keep(mut self) {
        self.job = None;
    }
}

impl Drop for GiveBack {
    fn drop(&mut self) {
        let Some((id, attempts)) = self.job.take() else { return };
        let (db, now) = (self.db.clone(), self.clock.now());
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { db.write(move |tx| store::give_back(tx, id, attempts, now)).await });
        }
    }
}
