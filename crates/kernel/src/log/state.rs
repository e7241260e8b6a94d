//! How the log of this process is doing, and the gate that stops the sequencer while it may not go on.

use std::sync::Arc;

use madang_base::{Error, Result};
use tokio::sync::watch;

/// What this process does for the log.
#[derive(Clone, Debug)]
pub enum LogState {
    /// It builds and signs.
    Running,
    /// Another process builds and signs; this one reads.
    Following,
    /// Nothing is drained and nothing is signed until somebody has looked; acts go on into the inbox.
    Held { reason: Arc<Error> },
    /// There is no signing key and no log yet: the feed goes on, nothing is signed.
    NoKey,
}

impl LogState {
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }

    /// Why it is held.
    #[must_use]
    pub fn reason(&self) -> Option<&Error> {
        match self {
            Self::Held { reason } => Some(reason),
            Self::Running | Self::Following | Self::NoKey => None,
        }
    }

    /// One word for logs and metrics.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Following => "following",
            Self::Held { .. } => "held",
            Self::NoKey => "no-key",
        }
    }

    pub(super) fn held(reason: Error) -> Self {
        Self::Held { reason: Arc::new(reason) }
    }
}

/// The state and the size that this process knows to be published, shared by the [`Integrator`](super::Integrator) that
/// sets them, the sequencer that obeys and the pages that tell.
#[derive(Clone, Debug)]
pub struct Gate {
    state: Arc<watch::Sender<LogState>>,
    published: Arc<watch::Sender<u64>>,
}

impl Gate {
    pub(super) fn new(state: LogState) -> Self {
        Self { state: Arc::new(watch::Sender::new(state)), published: Arc::new(watch::Sender::new(0)) }
    }

    /// A gate that stands open, for what has no log to mind.
    #[must_use]
    pub fn open() -> Self {
        Self::new(LogState::Following)
    }

    #[must_use]
    pub fn state(&self) -> LogState {
        self.state.borrow().clone()
    }

    /// Told whenever the state changes.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<LogState> {
        self.state.subscribe()
    }

    /// Follows the size of the newest checkpoint that this process knows of.
    #[must_use]
    pub fn published(&self) -> watch::Receiver<u64> {
        self.published.subscribe()
    }

    /// For the sequencer: the size below which the feed's head cannot be.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `log.held` while nothing may be drained.
    pub fn pass(&self) -> Result<u64> {
        match self.state.borrow().reason() {
            Some(reason) => Err(Error::unavailable("log.held").arg("reason", reason.code())),
            None => Ok(*self.published.borrow()),
        }
    }

    pub(super) fn set(&self, state: LogState) {
        self.state.send_if_modified(|now| {
            let same = now.code() == state.code() && now.reason().map(Error::code) == state.reason().map(Error::code);
            if !same {
                match state.reason() {
                    Some(reason) => {
                        tracing::error!(error = %reason, code = reason.code(), args = ?reason.args(), "the log is held");
                    }
                    None => tracing::info!(from = now.code(), to = state.code(), "the log's state has changed"),
                }
                *now = state;
            }
            !same
        });
    }

    /// A size once published stays published.
    pub(super) fn reached(&self, size: u64) {
        self.published.send_if_modified(|now| {
            let more = size > *now;
            *now = size.max(*now);
            more
        });
    }
}
