//! One request to one witness, and what is made of its answer.

use madang_base::{Error, Result, Time};
use madang_tlog::cosignature;
use madang_tlog::note::{Note, VerifierKey};
use madang_tlog::witness::{AddCheckpoint, cosignatures, known_size};

use super::{Cosign, Reply, WitnessAddress, store};
use crate::log::sign;
use crate::log::store as log_store;

/// Bytes of an answer: a few signature lines.
const ANSWER: usize = 16 << 10;
/// Answers "I know another size" in a row that are followed.
const CORRECTIONS: u32 = 3;
/// Seconds by which a witness's clock may differ from ours.
const CLOCKS: i64 = 86_400;

/// What is remembered of a witness between two requests.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The size that it has; found out from the database at first.
    size: Option<u64>,
    /// The newest size that it has cosigned for us since the start.
    done: Option<u64>,
}

impl Known {
    /// The newest checkpoint is to be cosigned again.
    pub(super) fn renew(&mut self) {
        self.done = None;
    }
}

impl Cosign {
    /// Has the newest checkpoint cosigned. False when it is already.
    pub(super) async fn ask(&self, witness: &WitnessAddress, known: &mut Known) -> Result<bool> {
        let asked_at = self.clock.now();
        let done = self.try_ask(witness, known).await;
        if let Err(error) = &done {
            let (name, text) = (witness.name.clone(), told(error));
            self.db.write(move |tx| store::failed(tx, &name, &text, asked_at)).await?;
        }
        done
    }

    async fn try_ask(&self, witness: &WitnessAddress, known: &mut Known) -> Result<bool> {
        let mut old = match known.size {
            Some(size) => size,
            None => {
                let name = witness.name.clone();
                self.db.read(move |tx| store::size(tx, &name)).await?
            }
        };
        for _ in 0..=CORRECTIONS {
            let Some(newest) = self.db.read(log_store::checkpoint_newest).await? else { return Ok(false) };
            if known.done == Some(newest.size) {
                return Ok(false);
            }
            if old > newest.size {
                // It has cosigned more than we have: another node is ahead, or our log was set back.
                known.size = None;
                return Err(Error::conflict("witness.ahead").arg("size", old));
            }
            let checkpoint: Note = newest.note.parse().map_err(Error::internal)?;
            let proof = self.log.consistency(old, newest.size).await?;
            let request = AddCheckpoint { old, proof, checkpoint };
            let url = format!("{}/add-checkpoint", witness.url);
            let reply = self.caller.post(&url, request.to_string(), ANSWER, self.pace.limit).await?;
            match reply.status {
                200 => {
                    let (line, at) = cosigned(&reply, &witness.key, &request.checkpoint.text, self.clock.now())?;
                    self.keep(witness, newest.size, line, at).await?;
                    (known.size, known.done) = (Some(newest.size), Some(newest.size));
                    return Ok(true);
                }
                409 => {
                    let size = text(&reply)?;
                    let Some(size) = known_size(size).ok().filter(|size| *size != old) else {
                        // It names no size, or the one that it was asked with: it has cosigned another root there.
                        return Err(Error::conflict("witness.conflict").arg("size", old));
                    };
                    old = size;
                    known.size = Some(size);
                }
                status => return Err(Error::unavailable("witness.status").arg("status", status)),
            }
        }
        Err(Error::conflict("witness.conflict").arg("size", old))
    }

    async fn keep(&self, witness: &WitnessAddress, size: u64, line: String, at: Time) -> Result<()> {
        let (name, now) = (witness.name.clone(), self.clock.now());
        self.db.write(move |tx| store::cosigned(tx, &name, size, &line, at, now)).await?;
        // The stored checkpoint, for those who read the files; the next one overwrites it anyway.
        if self.is_ours()
            && let Err(error) = sign::publish(&self.db, self.log.tiles()).await
        {
            tracing::warn!(%error, "the stored checkpoint has not got a witness's line");
        }
        Ok(())
    }
}

fn unreadable() -> Error {
    Error::unavailable("witness.answer")
}

fn text(reply: &Reply) -> Result<&str> {
    std::str::from_utf8(&reply.body).map_err(|error| unreadable().source(error))
}

/// The line of this witness over this text, and the time that it states.
fn cosigned(reply: &Reply, key: &VerifierKey, checkpoint: &str, now: Time) -> Result<(String, Time)> {
    let lines = text(reply).and_then(|text| cosignatures(text).map_err(|error| unreadable().source(error)))?;
    let verified = lines.iter().filter(|line| line.claims(key)).find_map(|line| {
        let seconds = cosignature::verify(key, checkpoint, line).ok()?;
        Some((line.to_string(), i64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?))
    });
    let (line, seconds) = verified.ok_or_else(|| Error::unavailable("witness.signature"))?;
    let micros = seconds.checked_mul(1_000_000).ok_or_else(|| Error::unavailable("witness.clock"))?;
    let at = Time::from_micros(micros);
    if at > now.plus_seconds(CLOCKS) || at < now.plus_seconds(-CLOCKS) {
        return Err(Error::unavailable("witness.clock"));
    }
    Ok((line, at))
}

/// An error as it stands in the table: its code, and the figure that goes with it.
fn told(error: &Error) -> String {
    match error.args().values().next() {
        Some(detail) => format!("{}: {detail}", error.code()),
        None => error.code().to_owned(),
    }
}
