//! The protocol: one request to cosign, one decision, one durable write, one cosignature (c2sp.org/tlog-witness).
//!
//! A decision runs on a thread of its own from the lock to the write, so that a client that goes away in the middle
//! leaves nothing half done. The cosignature leaves only after [`Memory::set`] has returned.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use madang_base::Time;
use madang_tlog::note::{Note, Signature, SigningKey};
use madang_tlog::witness::{AddCheckpoint, Refusal, Seen, decide_for};
use madang_tlog::{Checkpoint, cosignature};

use crate::audit::Audit;
use crate::config::LogConfig;
use crate::state::{Head, Memory};

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: String,
}

impl Answer {
    pub(crate) fn text(status: u16, body: impl Into<String>) -> Self {
        let mut body = body.into();
        if !body.ends_with('\n') {
            body.push('\n');
        }
        Self { status, content_type: PLAIN, body }
    }

    fn refusal(refusal: &Refusal) -> Self {
        let content_type = if matches!(refusal, Refusal::Conflict { .. }) { "text/x.tlog.size" } else { PLAIN };
        Self { status: refusal.status(), content_type, body: refusal.body() }
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// The largest request: 63 hashes and a checkpoint with the signatures of many witnesses.
pub const LARGEST_REQUEST: usize = 64 << 10;

/// A checkpoint under one of the log's keys.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) checkpoint: Checkpoint,
    /// The log's text and the log's own signatures.
    pub(crate) note: Note,
    /// The greatest time of a valid cosignature of ours, if it carries one.
    pub(crate) own: Option<u64>,
}

impl Signed {
    pub(crate) fn seen(&self) -> Seen {
        Seen { size: self.checkpoint.size, root: self.checkpoint.root }
    }
}

/// What is known of a log beside its head; it is found out again after a start.
#[derive(Debug, Default)]
pub(crate) struct Live {
    /// The log was asked since the start, and nothing speaks against our memory of it.
    pub(crate) confirmed: bool,
    /// Why nothing is cosigned any more until a person has looked.
    pub(crate) held: Option<String>,
    pub(crate) checked_at: Option<Time>,
    pub(crate) away_since: Option<Time>,
    pub(crate) away_why: String,
    /// Looks in a row that showed an older checkpoint.
    pub(crate) older: u32,
    /// Signed checkpoints that came with a proof that does not hold; looked into by the follower.
    pub(crate) suspects: VecDeque<Signed>,
    pub(crate) audit: Option<Audit>,
    /// The hour since 1970 of the last line of the history.
    pub(crate) past_hour: Option<i64>,
}

/// One log that is followed.
pub(crate) struct Log {
    pub(crate) config: LogConfig,
    pub(crate) folder: PathBuf,
    memory: Mutex<Memory>,
    live: Mutex<Live>,
    /// Wakes the follower.
    pub(crate) kick: tokio::sync::Notify,
}

/// What a decision led to.
#[derive(Debug)]
pub(crate) enum Decision {
    Cosigned(Head),
    Refused(Refusal),
    /// Refused; and the log signed another root for the size of our checkpoint, which is this one.
    Forked(Refusal, Head, Signed),
    /// Refused; the log signed it, but the proof does not hold.
    Unproven(Refusal, Signed),
    /// Our memory is not to be relied on yet.
    NotYet(String),
    Broken(String),
}

impl Log {
    pub(crate) fn new(config: LogConfig, folder: PathBuf, memory: Memory, live: Live) -> Self {
        let (memory, live) = (Mutex::new(memory), Mutex::new(live));
        Self { config, folder, memory, live, kick: tokio::sync::Notify::new() }
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn head(&self) -> Option<Head> {
        self.memory().shown().cloned()
    }

    /// Reads a note as a checkpoint of this log under one of its keys.
    pub(crate) fn signed(&self, text: &str, key: &SigningKey) -> Result<Signed, String> {
        let note: Note = text.parse().map_err(|error: madang_tlog::Error| error.to_string())?;
        self.signed_note(note, key)
    }

    pub(crate) fn signed_note(&self, note: Note, key: &SigningKey) -> Result<Signed, String> {
        let checkpoint: Checkpoint = note.text.parse().map_err(|error: madang_tlog::Error| error.to_string())?;
        if checkpoint.origin != self.config.origin {
            return Err(format!("it is a checkpoint of {:?}", checkpoint.origin));
        }
        note.verify(&self.config.keys).map_err(|error| error.to_string())?;
        let verifier = key.verifier();
        let ours = note.signatures.iter().filter_map(|line| cosignature::verify(&verifier, &note.text, line).ok());
        let own = ours.max();
        let of_log = |line: &&Signature| self.config.keys.iter().any(|key| line.claims(key));
        let signatures = note.signatures.iter().filter(of_log).cloned().collect();
        Ok(Signed { checkpoint, note: Note { text: note.text.clone(), signatures }, own })
    }

    /// Decides, remembers, and only then gives the cosignature. Blocks on the disk.
    ///
    /// `trusted`: the follower itself asks, on its way to confirm our memory.
    pub(crate) fn decide(&self, request: &AddCheckpoint, key: &SigningKey, now: Time, trusted: bool) -> Decision {
        let mut memory = self.memory();
        let head = match memory.head() {
            Ok(head) => head.cloned(),
            Err(error) => return Decision::Broken(error.to_string()),
        };
        let seen = head.as_ref().and_then(Head::seen);
        let decided = decide_for(&self.config.origin, seen.as_ref(), &self.config.keys, request);
        let (next, signed) = match (decided, self.signed_note(request.checkpoint.clone(), key)) {
            (Ok(next), Ok(signed)) => (next, signed),
            (Err(refusal), Ok(signed)) => return refused(refusal, head, signed),
            (Err(refusal), Err(_)) => return Decision::Refused(refusal),
            // Of two minds is no.
            (Ok(_), Err(why)) => return Decision::Broken(why),
        };
        if let Some(why) = self.reason_to_wait(&signed, next.size, head.as_ref(), trusted) {
            return Decision::NotYet(why);
        }
        let seconds = u64::try_from(now.micros().div_euclid(1_000_000)).unwrap_or(0).max(1);
        // A clock that was set back does not take our word back.
        let at = head.as_ref().map_or(seconds, |head| head.cosigned_at.max(seconds));
        let line = match cosignature::sign(key, &request.checkpoint.text, at) {
            Ok(line) => line,
            Err(error) => return Decision::Broken(error.to_string()),
        };
        let grown_at = head.filter(|head| head.size == next.size).map_or(at, |head| head.grown_at);
        let next = Head {
            v: 1,
            origin: self.config.origin.clone(),
            size: next.size,
            root: next.root.to_string(),
            cosigned_at: at,
            grown_at,
            note: signed.note.to_string(),
            cosignature: line.to_string(),
        };
        match memory.set(next.clone()) {
            Ok(()) => Decision::Cosigned(next),
            Err(error) => Decision::Broken(error.to_string()),
        }
    }

    fn reason_to_wait(&self, signed: &Signed, size: u64, head: Option<&Head>, trusted: bool) -> Option<String> {
        let mut live = self.live();
        if let Some(why) = &live.held {
            return Some(why.clone());
        }
        // Our own cosignature over more than we know: our memory was set back. The follower sorts that out.
        if !trusted && signed.own.is_some() && size > head.map_or(0, |head| head.size) {
            live.confirmed = false;
        }
        (!trusted && !live.confirmed).then(|| "this witness is still comparing its memory with the log".to_owned())
    }
}

fn refused(refusal: Refusal, head: Option<Head>, signed: Signed) -> Decision {
    let forked = |head: &Head| {
        signed.checkpoint.size == head.size && head.root_hash().is_some_and(|root| root != signed.checkpoint.root)
    };
    match head {
        Some(head) if forked(&head) => Decision::Forked(refusal, head, signed),
        _ if refusal.status() == 422 => Decision::Unproven(refusal, signed),
        _ => Decision::Refused(refusal),
    }
}

/// What the client is told of a decision.
pub(crate) fn answer(decision: &Decision) -> Answer {
    match decision {
        Decision::Cosigned(head) => Answer::text(200, &head.cosignature),
        Decision::Refused(refusal) | Decision::Forked(refusal, ..) | Decision::Unproven(refusal, _) => {
            Answer::refusal(refusal)
        }
        Decision::NotYet(why) => Answer::text(503, why.clone()),
        Decision::Broken(_) => Answer::text(500, "this witness cannot remember anything at the moment"),
    }
}

/// Reads the body of a request.
pub(crate) fn read(body: &[u8]) -> Result<(AddCheckpoint, Checkpoint), Answer> {
    let malformed = |why: String| Answer::text(400, why);
    if body.len() > LARGEST_REQUEST {
        return Err(Answer::text(413, "the request is too large"));
    }
    let text = std::str::from_utf8(body).map_err(|error| malformed(error.to_string()))?;
    let request: AddCheckpoint = text.parse().map_err(|error: madang_tlog::Error| malformed(error.to_string()))?;
    let checkpoint = request.checkpoint.text.parse::<Checkpoint>().map_err(|error| malformed(error.to_string()))?;
    Ok((request, checkpoint))
}

/// Runs a decision where it may block, to its end whatever becomes of the one who asks.
pub(crate) async fn decide_apart(
    log: Arc<Log>,
    request: AddCheckpoint,
    key: SigningKey,
    now: Time,
    trusted: bool,
) -> Decision {
    let done = tokio::task::spawn_blocking(move || log.decide(&request, &key, now, trusted)).await;
    done.unwrap_or_else(|error| Decision::Broken(error.to_string()))
}
