//! How a receipt stands: not known, on its way, or in the log with its proof.

use madang_base::{Result, Time};
use madang_http::Visit;
use madang_kernel::ledger::ReceiptCode;
use madang_kernel::log::{Log, LogState};
use madang_kernel::receipt::{self, Opening, Place};
use madang_tlog::{Hash, ProofFile};

/// How a receipt stands.
#[derive(Debug)]
pub enum Stand {
    Unknown,
    /// Recorded, and not yet under a signed checkpoint.
    Waiting,
    Proven(Box<Proven>),
}

/// A leaf with its proof.
#[derive(Debug)]
pub struct Proven {
    pub index: u64,
    pub opening: Opening,
    pub proof: ProofFile,
    /// Since when it can be proved.
    pub since: Option<Time>,
    /// When the checkpoint of the proof was signed.
    pub signed_at: Option<Time>,
    pub seal: Seal,
}

/// What the signed note of a proof says.
#[derive(Debug)]
pub struct Seal {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// The log of this site; none where there is none.
pub(super) fn log(visit: &Visit) -> Option<Log> {
    visit.app.own::<Log>().ok().cloned()
}

/// Whether the log cannot go on until an operator has mended it.
pub(super) fn held(visit: &Visit) -> bool {
    log(visit).is_some_and(|log| matches!(log.state(), LogState::Held { .. } | LogState::NoKey))
}

/// # Errors
/// Those of the database and the store.
pub(super) async fn of(visit: &Visit, code: &ReceiptCode) -> Result<Stand> {
    let code = *code;
    let read = visit.app.db.read(move |tx| {
        let place = receipt::place(tx, &code)?;
        let Place::Leaf(index) = place else { return Ok((place, None)) };
        Ok((place, Some((index, receipt::opening(tx, index)?, receipt::provable_since(tx, index)?))))
    });
    let (place, found) = read.await?;
    let Some((index, opening, since)) = found else {
        return Ok(if place == Place::Unknown { Stand::Unknown } else { Stand::Waiting });
    };
    let (Some(opening), Some(log)) = (opening, log(visit)) else { return Ok(Stand::Waiting) };
    let Some(proof) = log.proof_file(index).await? else { return Ok(Stand::Waiting) };
    let seal = seal(&proof)?;
    let size = seal.size;
    let signed_at = visit.app.db.read(move |tx| receipt::signed_at(tx, size)).await?;
    Ok(Stand::Proven(Box::new(Proven { index, opening, proof, since, signed_at, seal })))
}

fn seal(proof: &ProofFile) -> Result<Seal> {
    let checkpoint: madang_tlog::Checkpoint =
        proof.checkpoint.text.parse().map_err(|error| madang_base::Error::internal(format!("checkpoint: {error}")))?;
    Ok(Seal { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root })
}
