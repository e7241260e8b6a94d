//! Asking witnesses to cosign: each new checkpoint goes to each witness (C2SP tlog-witness), and what they sign is kept.
//!
//! A witness is somebody else's machine: it may be slow, gone, wrong or hostile. Each has a loop of its own, an answer has
//! a limit of time and size, a line counts only when it verifies under the key of the configuration over the very
//! checkpoint that was sent, and nothing here can hold up the log. What went wrong last stands in `log_witness.error`, as
//! `code` or `code: detail`.
//!
//! Only the node that builds the log asks. Start reading at [`Cosign::run`], then `ask.rs`.

mod ask;
mod audit;
mod store;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Result, SharedClock};
use madang_db::Db;
use madang_tlog::note::{Algorithm, VerifierKey};
use tokio::task::JoinSet;

use super::reader::Log;
use super::state::LogState;
use crate::BoxFuture;
use crate::wake::{Stop, pause};

/// A witness of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessAddress {
    /// The name of its key.
    pub name: String,
    /// What `/add-checkpoint` and `/status.json` are put behind; no slash at the end.
    pub url: String,
    pub key: VerifierKey,
}

impl WitnessAddress {
    /// # Errors
    /// `Kind::Invalid`: `witness.key` for a text that is no verifier key of a witness, `witness.name` when the key has
    /// another name.
    pub fn new(name: &str, url: &str, vkey: &str) -> Result<Self> {
        let bad = || Error::invalid("witness.key").arg("value", vkey);
        let key: VerifierKey = vkey.trim().parse().map_err(|error| bad().source(error))?;
        if key.algorithm() != Algorithm::Cosignature {
            return Err(bad());
        }
        if key.name() != name {
            return Err(Error::invalid("witness.name").arg("value", name).arg("key", key.name()));
        }
        Ok(Self { name: name.to_owned(), url: url.trim_end_matches('/').to_owned(), key })
    }
}

/// What a witness answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

/// The port to witnesses. A call ends after `limit` and reads at most `most` bytes; it follows no redirects.
pub trait WitnessCaller: Send + Sync {
    /// # Errors
    /// `Kind::Unavailable`: `witness.unreachable`, `witness.slow`, `witness.answer-large`; `Kind::Invalid`: `witness.url`.
    fn post<'a>(&'a self, url: &'a str, body: String, most: usize, limit: Duration) -> BoxFuture<'a, Result<Reply>>;

    /// # Errors
    /// As [`WitnessCaller::post`].
    fn get<'a>(&'a self, url: &'a str, most: usize, limit: Duration) -> BoxFuture<'a, Result<Reply>>;
}

/// How often and how long.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between two requests to one witness at least.
    pub every: Duration,
    /// For an answer.
    pub limit: Duration,
    /// After the first failure; doubled after each, up to `longest`.
    pub first_pause: Duration,
    pub longest_pause: Duration,
    /// Between two looks at what a witness says that it has read.
    pub audits: Duration,
    /// A cosignature is renewed when there is no new checkpoint for so long, so that everybody sees that both live.
    pub renew: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(1),
            limit: Duration::from_secs(5),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            audits: Duration::from_secs(120),
            renew: Duration::from_secs(600),
        }
    }
}

/// Asks all witnesses of the configuration.
#[derive(Clone)]
pub struct Cosign {
    db: Db,
    log: Log,
    clock: SharedClock,
    caller: Arc<dyn WitnessCaller>,
    witnesses: Vec<WitnessAddress>,
    pace: Pace,
}

impl fmt::Debug for Cosign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cosign").field("witnesses", &self.witnesses).field("pace", &self.pace).finish_non_exhaustive()
    }
}

impl Cosign {
    #[must_use]
    pub fn new(
        db: Db,
        log: Log,
        clock: SharedClock,
        caller: Arc<dyn WitnessCaller>,
        witnesses: Vec<WitnessAddress>,
    ) -> Self {
        Self { db, log, clock, caller, witnesses, pace: Pace::default() }
    }

    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Asks until told to stop.
    pub async fn run(&self, stop: Stop) {
        let mut tasks = JoinSet::new();
        for witness in &self.witnesses {
            tasks.spawn(self.clone().follow(witness.clone(), stop.clone()));
            tasks.spawn(self.clone().read_audits(witness.clone(), stop.clone()));
        }
        while tasks.join_next().await.is_some() {}
    }

    /// Whether this process is the one to ask.
    fn is_ours(&self) -> bool {
        matches!(self.log.state(), LogState::Running)
    }

    /// One witness, for ever.
    async fn follow(self, witness: WitnessAddress, mut stop: Stop) {
        let mut published = self.log.gate().published();
        let mut state = ask::Known::default();
        let mut failures = 0_u32;
        while !stop.is_set() {
            if self.is_ours() {
                match self.ask(&witness, &mut state).await {
                    Ok(_) => failures = 0,
                    Err(error) => {
                        tracing::debug!(witness = witness.name, %error, "a witness did not cosign");
                        failures = failures.saturating_add(1);
                    }
                }
            }
            if failures > 0 {
                let doubled = self.pace.first_pause.saturating_mul(1 << (failures - 1).min(16));
                pause(doubled.min(self.pace.longest_pause), &mut stop).await;
                continue;
            }
            pause(self.pace.every, &mut stop).await;
            // Something newer may be there already; then this returns at once. Another node's turn may end at any time.
            let ours = self.is_ours();
            let rest = if ours { self.pace.renew } else { self.pace.every };
            tokio::select! {
                changed = published.changed() => if changed.is_err() {
                    pause(rest, &mut stop).await;
                },
                () = pause(rest, &mut stop) => if ours {
                    state.renew();
                },
            }
        }
    }
}
