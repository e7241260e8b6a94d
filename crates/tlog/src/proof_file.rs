//! What a citizen keeps: a file that shows, without asking anyone, that something is in the log.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::lines::{Lines, decimal};
use crate::note::Note;
use crate::{Checkpoint, Error, Hash, Policy, Result, proof};

/// The longest proof file in bytes.
pub const MAX_PROOF_FILE: usize = 2_000_000;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof file (`.tlog-proof`, c2sp.org/tlog-proof@v1). Prints and parses as the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// The application's own bytes. Nothing vouches for them.
    pub extra: Option<Vec<u8>>,
    /// The leaf, from 0.
    pub index: u64,
    /// The inclusion proof.
    pub path: Vec<Hash>,
    /// The log's checkpoint with its signatures and cosignatures.
    pub checkpoint: Note,
}

/// What a verified proof file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The log.
    pub origin: String,
    /// The leaf, from 0.
    pub index: u64,
    /// Leaves of the tree that the log signed.
    pub size: u64,
    /// The root that the log signed.
    pub root: Hash,
    /// The trusted witnesses that cosigned: name, time in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
}

impl ProofFile {
    /// Checks that the leaf with this hash stands at [`ProofFile::index`] of a log of the policy, in a tree that the
    /// log signed and enough of the policy's witnesses cosigned.
    pub fn verify(&self, leaf: &Hash, policy: &Policy) -> Result<Verified> {
        let witnessed = policy.verify(&self.checkpoint)?;
        let Checkpoint { origin, size, root, .. } = witnessed.checkpoint;
        proof::verify_inclusion(leaf, self.index, size, &root, &self.path)?;
        Ok(Verified { origin, index: self.index, size, root, cosigned: witnessed.cosigned })
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", base64::display::Base64Display::new(extra, &STANDARD))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for ProofFile {
    type Err = Error;

    fn from_str(file: &str) -> Result<Self> {
        if file.len() > MAX_PROOF_FILE {
            return Err(Error::TooLong { what: "proof file", limit: MAX_PROOF_FILE });
        }
        let mut lines = Lines::new(file);
        let expected = "`c2sp.org/tlog-proof@v1`";
        if lines.next(expected)? != HEADER {
            return Err(lines.refuse(expected));
        }
        let mut line = lines.next("`extra` or `index`")?;
        let mut extra = None;
        if let Some(text) = line.strip_prefix("extra ") {
            extra = Some(STANDARD.decode(text).map_err(|_| lines.refuse("`extra` and base64"))?);
            line = lines.next("`index`")?;
        }
        let index = line.strip_prefix("index ").and_then(decimal);
        let index = index.ok_or(lines.refuse("`index` and the leaf's number, without leading zeroes"))?;
        let path = lines.hashes(proof::MAX_LENGTH)?;
        let below = lines.taken();
        let checkpoint: Note = lines.rest().parse().map_err(|error: Error| error.below(below))?;
        Checkpoint::of(&checkpoint).map_err(|error| error.below(below))?;
        Ok(Self { extra, index, path, checkpoint })
    }
}

#[cfg(test)]
mod tests;
