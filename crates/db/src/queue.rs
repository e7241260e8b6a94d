//! The bounded queue between callers and the threads that hold connections.
//!
//! Pushing never waits: a full queue is answered with `unavailable` at once, so that a flood is turned away at the
//! door instead of piling up. Threads sleep on it and are woken only when one of them sleeps (a wake is a system call).

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use madang_base::{Error, Result};

use crate::call::Job;

pub(crate) type Boxed = Box<dyn Job>;

pub(crate) struct Queue {
    state: Mutex<State>,
    ready: Condvar,
    limit: usize,
}

struct State {
    jobs: VecDeque<Boxed>,
    sleepers: usize,
    /// Wakes that were sent and not yet noticed.
    woken: usize,
    closed: bool,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Self {
        let state = State { jobs: VecDeque::new(), sleepers: 0, woken: 0, closed: false };
        Self { state: Mutex::new(state), ready: Condvar::new(), limit }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job at the end.
    ///
    /// # Errors
    /// `db.busy` when the queue is full, `db.closed` when the database was closed.
    pub(crate) fn push(&self, job: Boxed) -> Result<()> {
        let wake = {
            let mut state = self.lock();
            if state.closed {
                return Err(Error::unavailable("db.closed"));
            }
            if state.jobs.len() >= self.limit {
                return Err(Error::unavailable("db.busy"));
            }
            state.jobs.push_back(job);
            let wake = state.sleepers > state.woken;
            if wake {
                state.woken += 1;
            }
            wake
        };
        if wake {
            self.ready.notify_one();
        }
        Ok(())
    }

    /// Moves up to `most` jobs to `into`, a fair share when `threads` serve the queue. False when there is none.
    pub(crate) fn take(&self, into: &mut VecDeque<Boxed>, most: usize, threads: usize) -> bool {
        let mut state = self.lock();
        Self::share(&mut state, into, most, threads)
    }

    /// The same, but sleeps until there is one. False when the queue is closed and empty.
    pub(crate) fn wait(&self, into: &mut VecDeque<Boxed>, most: usize, threads: usize) -> bool {
        let mut state = self.lock();
        loop {
            if Self::share(&mut state, into, most, threads) {
                return true;
            }
            if state.closed {
                return false;
            }
            state.sleepers += 1;
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.sleepers -= 1;
            state.woken = state.woken.saturating_sub(1);
        }
    }

    fn share(state: &mut State, into: &mut VecDeque<Boxed>, most: usize, threads: usize) -> bool {
        let share = state.jobs.len().div_ceil(threads).min(most);
        into.extend(state.jobs.drain(..share));
        share > 0
    }

    pub(crate) fn depth(&self) -> usize {
        self.lock().jobs.len()
    }

    /// No job is taken any more; the threads end when they have served what is in it.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.ready.notify_all();
    }
}

/// Closes the queue when the thread that serves it ends, however it ends: callers then get an answer, not silence.
pub(crate) struct CloseOnDrop<'a>(pub &'a Queue);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
        self.0.lock().jobs.clear();
    }
}
