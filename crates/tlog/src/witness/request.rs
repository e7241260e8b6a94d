//! What goes over the wire between a log and a witness.

use std::fmt;
use std::str::FromStr;

use crate::lines::{Lines, decimal};
use crate::note::{MAX_NOTE, MAX_SIGNATURES, Note, Signature};
use crate::{Checkpoint, Error, Hash, Result, proof};

/// The longest request body in bytes.
pub const MAX_REQUEST: usize = 2_000_000;

/// The body of `POST …/add-checkpoint`. Prints and parses as that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last, as the log believes; 0 if none.
    pub old: u64,
    /// The consistency proof from that size, at most 63 hashes; none from 0.
    pub proof: Vec<Hash>,
    /// The checkpoint to cosign, with the log's signature.
    pub checkpoint: Note,
}

impl AddCheckpoint {
    /// The log that the checkpoint names. Nothing is verified: it says only which keys to look up.
    pub fn origin(&self) -> &str {
        self.checkpoint.text.split('\n').next().unwrap_or_default()
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for AddCheckpoint {
    type Err = Error;

    fn from_str(body: &str) -> Result<Self> {
        if body.len() > MAX_REQUEST {
            return Err(Error::TooLong { what: "request", limit: MAX_REQUEST });
        }
        let mut lines = Lines::new(body);
        let expected = "`old` and a size, without leading zeroes";
        let old = lines.next(expected)?;
        let old = old.strip_prefix("old ").and_then(decimal).ok_or(lines.refuse(expected))?;
        let proof = lines.hashes(proof::MAX_LENGTH)?;
        let below = lines.taken();
        let checkpoint: Note = lines.rest().parse().map_err(|error: Error| error.below(below))?;
        Checkpoint::of(&checkpoint).map_err(|error| error.below(below))?;
        Ok(Self { old, proof, checkpoint })
    }
}

/// Reads a witness's answer (status 200): one or more signature lines. None of them is verified.
pub fn cosignatures(body: &str) -> Result<Vec<Signature>> {
    if body.len() > MAX_NOTE {
        return Err(Error::TooLong { what: "answer of a witness", limit: MAX_NOTE });
    }
    let mut lines = Lines::new(body);
    let mut signatures = Vec::new();
    while signatures.is_empty() || !lines.is_empty() {
        let line = lines.next("a signature line: em dash, space, name, space, base64, newline")?;
        if signatures.len() == MAX_SIGNATURES {
            return Err(lines.refuse("the end: an answer has at most 100 signatures"));
        }
        signatures.push(line.parse().map_err(|error: Error| error.below(lines.taken() - 1))?);
    }
    Ok(signatures)
}

/// Writes a witness's answer (status 200).
pub fn cosignatures_text(signatures: &[Signature]) -> String {
    signatures.iter().map(|signature| format!("{signature}\n")).collect()
}

/// Reads the size in a witness's answer of status 409 (`text/x.tlog.size`): what it cosigned last.
pub fn known_size(body: &str) -> Result<u64> {
    let expected = "the size that the witness knows, and a newline";
    body.strip_suffix('\n').and_then(decimal).ok_or(Error::Line { line: 1, expected })
}
