//! A caller's closure on its way through a queue, and the way back of its answer.

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::time::Duration;

use madang_base::{Error, Result};
use tokio::sync::oneshot;

use crate::Tx;
use crate::dialect::Mode;

/// A closure with its caller, without the types of either.
pub(crate) trait Job: Send {
    /// Runs the closure. True when it succeeded and no statement failed in it: the work may be committed.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers the caller: with the closure's result, or with `instead`.
    fn answer(self: Box<Self>, instead: Option<Error>);
    /// The caller no longer waits; what was not begun need not be.
    fn abandoned(&self) -> bool;
    fn mode(&self) -> Mode;
    fn at(&self) -> &'static Location<'static>;
}

pub(crate) struct Call<T, F> {
    pub work: F,
    pub reply: oneshot::Sender<Result<T>>,
    pub result: Option<Result<T>>,
    pub mode: Mode,
    pub at: &'static Location<'static>,
}

impl<T, F> Job for Call<T, F>
where
    T: Send + 'static,
    F: Fn(&mut Tx) -> Result<T> + Send + 'static,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        // The closure's own state may be torn by a panic, but it is never run again then; the transaction is undone.
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(tx))).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(Error::internal(format!("closure at {} panicked: {text}", self.at)))
        });
        let result = result.and_then(|value| match tx.failed() {
            None => Ok(value),
            Some(failed) => Err(failed
                .error()
                .source(format!("closure at {} went on after a failed statement: {}", self.at, failed.text))),
        });
        let good = result.is_ok();
        self.result = Some(result);
        good
    }

    fn answer(self: Box<Self>, instead: Option<Error>) {
        let result = match instead {
            Some(error) => Err(error),
            None => self.result.unwrap_or_else(|| Err(Error::internal("answered before it ran"))),
        };
        // Nobody waits any more: the work stands all the same.
        drop(self.reply.send(result));
    }

    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn at(&self) -> &'static Location<'static> {
        self.at
    }
}

/// Work that holds the writer for longer is named in the log; bulk work belongs in chunks.
const SLOW_WRITE: Duration = Duration::from_millis(50);
const SLOW_READ: Duration = Duration::from_millis(250);

pub(crate) fn log_if_slow(job: &dyn Job, took: Duration) {
    let limit = if job.mode() == Mode::Read { SLOW_READ } else { SLOW_WRITE };
    if took > limit {
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(db.millis = millis, db.mode = ?job.mode(), db.at = %job.at(), "slow database closure");
    }
}
