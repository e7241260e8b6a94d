//! Whether a witness cosigns.

use crate::note::VerifierKey;
use crate::{Checkpoint, Error, Hash, empty_root, proof};

use super::AddCheckpoint;

/// What a witness remembers of a log: the largest tree it has cosigned.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its leaves.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

/// Why a witness does not cosign. [`Refusal::status`] is the status of HTTP that the protocol has for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The witness does not follow this log: 404.
    #[error("this witness does not follow the log {origin}")]
    UnknownLog {
        /// The checkpoint's origin.
        origin: String,
    },
    /// No known key of the log signed, or a signature that claims to be by one is wrong: 403.
    #[error("the checkpoint is not signed by the log: {0}")]
    NotSigned(Error),
    /// The request is not one: 400. An old size above the checkpoint's counts as that.
    #[error("the request is malformed: {0}")]
    Malformed(#[from] Error),
    /// The old size is not the size that the witness cosigned last: 409, with that size as the answer's body.
    #[error("the witness knows this log at {size} leaves")]
    Conflict {
        /// Leaves of the tree that the witness cosigned last; 0 if none.
        size: u64,
    },
    /// The log signed another root for a size that the witness has cosigned: the log forked. 409 in the protocol.
    #[error("the log forked: at {size} leaves it had the root {known} and now signs {found}")]
    Forked {
        /// The leaves.
        size: u64,
        /// The root that the witness cosigned.
        known: Hash,
        /// The root that the log signs now.
        found: Hash,
    },
    /// The proof does not show that the tree grew from the known one: 422. The log forked, or the proof is wrong.
    #[error("the new tree is not shown to be a continuation of the known one: {0}")]
    Inconsistent(Error),
}

impl Refusal {
    /// The status of the answer (c2sp.org/tlog-witness, add-checkpoint).
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::NotSigned(_) => 403,
            Self::UnknownLog { .. } => 404,
            Self::Conflict { .. } | Self::Forked { .. } => 409,
            Self::Inconsistent(_) => 422,
        }
    }

    /// The body of the answer: for [`Refusal::Conflict`] the size that the witness knows, else the reason; a line.
    pub fn body(&self) -> String {
        match self {
            Self::Conflict { size } => format!("{size}\n"),
            other => format!("{other}\n"),
        }
    }

    /// The answer's `Content-Type`. A log that gets 409 with a size tries again from there; a fork is not a size.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Conflict { .. } => "text/x.tlog.size",
            _ => "text/plain; charset=utf-8",
        }
    }
}

/// Decides whether to cosign. `seen` is what the witness cosigned last for the log that the checkpoint names;
/// `keys` are the keys of all logs it follows, of which those count whose name is the checkpoint's origin.
///
/// Returns what the witness must store before it answers.
pub fn decide(seen: Option<&Seen>, keys: &[VerifierKey], request: &AddCheckpoint) -> Result<Seen, Refusal> {
    let origin = request.origin();
    let keys: Vec<VerifierKey> = keys.iter().filter(|key| key.name() == origin).cloned().collect();
    if keys.is_empty() {
        return Err(Refusal::UnknownLog { origin: origin.to_owned() });
    }
    decide_for(origin, seen, &keys, request)
}

/// As [`decide`], for the log with this origin, whose keys may have other names.
pub fn decide_for(
    origin: &str,
    seen: Option<&Seen>,
    keys: &[VerifierKey],
    request: &AddCheckpoint,
) -> Result<Seen, Refusal> {
    let checkpoint = Checkpoint::of(&request.checkpoint)?;
    if checkpoint.origin != origin {
        return Err(Refusal::UnknownLog { origin: checkpoint.origin });
    }
    request.checkpoint.verify(keys).map_err(Refusal::NotSigned)?;
    if request.old > checkpoint.size {
        return Err(Error::Shrunk { old: request.old, new: checkpoint.size }.into());
    }
    let known = seen.copied().unwrap_or(Seen { size: 0, root: empty_root() });
    if request.old != known.size {
        return Err(Refusal::Conflict { size: known.size });
    }
    if checkpoint.size == 0 && checkpoint.root != empty_root() {
        let error = Error::Root { expected: checkpoint.root, found: empty_root() };
        return Err(Refusal::Inconsistent(error));
    }
    if checkpoint.size == known.size && checkpoint.root != known.root {
        return Err(Refusal::Forked { size: known.size, known: known.root, found: checkpoint.root });
    }
    proof::verify_consistency(known.size, &known.root, checkpoint.size, &checkpoint.root, &request.proof)
        .map_err(Refusal::Inconsistent)?;
    Ok(Seen { size: checkpoint.size, root: checkpoint.root })
}
