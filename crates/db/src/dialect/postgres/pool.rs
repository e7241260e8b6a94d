//! A thread with a PostgreSQL connection, and the rules of trying again.
//!
//! A closure whose transaction collided with another is run again, after a pause that grows and differs from thread
//! to thread. One whose connection was lost *before* its commit was sent is run again on a new connection: nothing
//! was committed. One whose connection was lost *during* its commit is answered with `db.commit-unknown`.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use madang_base::Error;

use super::End;
use crate::Tx;
use crate::call::log_if_slow;
use crate::dialect::Mode;
use crate::queue::{Boxed, CloseOnDrop, Queue};
use crate::status::{Counters, add};
use crate::tx::Cause;

/// Runs of one closure before its caller hears that there is too much contention.
const RUNS: u32 = 24;
/// New connections for one closure before its caller hears that the server cannot be reached.
const CONNECTS: u32 = 3;

/// Serves `queue` until it is closed.
pub(crate) fn serve(mut tx: Tx, queue: &Queue, counters: &Counters, seed: u64) {
    let _guard = CloseOnDrop(queue);
    let mut pause = Pause(seed | 1);
    let mut next = VecDeque::with_capacity(1);
    loop {
        if !queue.take(&mut next, 1, 1) {
            if let Some(session) = tx.postgres() {
                session.settle();
            }
            if !queue.wait(&mut next, 1, 1) {
                return;
            }
        }
        if let Some(job) = next.pop_front().filter(|job| !job.abandoned()) {
            act(&mut tx, job, counters, &mut pause);
        }
    }
}

fn act(tx: &mut Tx, mut job: Boxed, counters: &Counters, pause: &mut Pause) {
    let begun = Instant::now();
    let (mut runs, mut connects) = (0, 0);
    let instead = loop {
        match attempt(tx, &mut job, counters) {
            Outcome::Done => break None,
            Outcome::Refused(error) => break Some(error),
            Outcome::Collision(error) => {
                runs += 1;
                add(&counters.retries, 1);
                if runs == RUNS {
                    tracing::warn!(db.at = %job.at(), db.runs = runs, "too much contention");
                    break Some(error);
                }
                pause.sleep(Duration::from_micros(200), runs);
            }
            Outcome::Lost(error) => {
                connects += 1;
                if connects == CONNECTS {
                    break Some(error);
                }
                // The first time it is most often a connection that went stale while it was idle.
                if connects > 1 {
                    pause.sleep(Duration::from_millis(50), connects);
                }
            }
        }
    };
    log_if_slow(&*job, begun.elapsed());
    match (&instead, job.mode()) {
        (None, Mode::Read) => add(&counters.reads, 1),
        (None, Mode::Write | Mode::Drain) => add(&counters.writes, 1),
        (Some(_), _) => add(&counters.failed_commits, 1),
    }
    job.answer(instead);
}

enum Outcome {
    /// The closure's own result is the answer.
    Done,
    Refused(Error),
    Collision(Error),
    Lost(Error),
}

fn attempt(tx: &mut Tx, job: &mut Boxed, counters: &Counters) -> Outcome {
    let Some(session) = tx.postgres() else { return Outcome::Refused(Error::internal("not PostgreSQL")) };
    match session.connect() {
        Ok(again) => add(&counters.reconnects, again.into()),
        Err(failure) => return Outcome::Lost(failure.error),
    }
    session.begin(job.mode());
    let good = job.run(tx);
    let failed = tx.heal();
    let Some(session) = tx.postgres() else { return Outcome::Refused(Error::internal("not PostgreSQL")) };
    if let Some(failed) = failed {
        return match failed.cause {
            Cause::Lost => {
                session.disconnect();
                Outcome::Lost(failed.error())
            }
            Cause::Collision => {
                session.rollback();
                Outcome::Collision(failed.error())
            }
            Cause::Statement => {
                session.rollback();
                Outcome::Done
            }
        };
    }
    if job.mode() == Mode::Read {
        session.rollback_later();
        return Outcome::Done;
    }
    if !good {
        session.rollback();
        return Outcome::Done;
    }
    let before = Instant::now();
    let outcome = session.commit();
    counters.last_commit_micros.store(u64::try_from(before.elapsed().as_micros()).unwrap_or(0), Ordering::Relaxed);
    match outcome {
        Ok(()) => {
            add(&counters.batches, 1);
            Outcome::Done
        }
        Err(End::Collision(error)) => Outcome::Collision(error),
        Err(End::Failed(error) | End::Unknown(error)) => Outcome::Refused(error),
    }
}

/// Pauses of random length (xorshift; nothing secret hangs on it), so that two that collided do not meet again.
struct Pause(u64);

impl Pause {
    fn sleep(&mut self, base: Duration, times: u32) {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let most = base * (1 << times.min(8));
        let percent = u32::try_from(self.0 % 100).unwrap_or(50);
        std::thread::sleep(most * percent / 100);
    }
}
