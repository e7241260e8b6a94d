//! Whom a verifier trusts: logs, and how many of which witnesses must have seen a checkpoint.

mod text;

use std::collections::BTreeSet;

use crate::note::{Algorithm, Note, VerifierKey};
use crate::{Checkpoint, Error, Result, cosignature};

/// A policy: a checkpoint is believed when one of `logs` signed it and `quorum` of `witnesses` cosigned it.
///
/// Prints and parses as c2sp.org/tlog-policy, of which it takes what says "k of these witnesses"; groups of groups are
/// refused. Comments, addresses and names of that file are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Keys of logs. A key's name is the origin of its log.
    pub logs: Vec<VerifierKey>,
    /// Keys of witnesses.
    pub witnesses: Vec<VerifierKey>,
    /// How many different witnesses must have cosigned; 0 asks for none.
    pub quorum: usize,
}

/// A checkpoint that a policy believes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witnessed {
    /// What the log signed.
    pub checkpoint: Checkpoint,
    /// Which of the policy's logs signed, by place.
    pub log: usize,
    /// The policy's witnesses that cosigned: name, time in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
}

impl Policy {
    /// Checks a signed checkpoint. Signatures of unknown keys are ignored; a wrong one of a known key refuses it.
    pub fn verify(&self, note: &Note) -> Result<Witnessed> {
        let checkpoint = Checkpoint::of(note)?;
        let signed = note.verify(&self.logs)?;
        let log = signed.iter().find(|place| self.logs[**place].name() == checkpoint.origin);
        let Some(log) = log.copied() else {
            let expected = signed.first().map(|place| self.logs[*place].name().to_owned()).unwrap_or_default();
            return Err(Error::Origin { expected, found: checkpoint.origin });
        };
        let mut cosigned = Vec::new();
        let mut seen = BTreeSet::new();
        for key in self.witnesses.iter().filter(|key| key.algorithm() == Algorithm::Cosignature) {
            let mut latest = None;
            for (line, signature) in note.signatures.iter().enumerate().filter(|(_, line)| line.claims(key)) {
                let time = cosignature::verify(key, &note.text, signature)
                    .map_err(|_| Error::Signature { name: key.name().to_owned(), place: line + 1 })?;
                latest = latest.max(Some(time));
            }
            // One witness with two names is still one witness.
            if let Some(time) = latest.filter(|_| seen.insert(key.public())) {
                cosigned.push((key.name().to_owned(), time));
            }
        }
        if cosigned.len() < self.quorum {
            return Err(Error::Quorum { needed: self.quorum, found: cosigned.len() });
        }
        Ok(Witnessed { checkpoint, log, cosigned })
    }
}

#[cfg(test)]
mod tests;
