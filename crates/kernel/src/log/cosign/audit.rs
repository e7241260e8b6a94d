//! What a witness says that it has read and found, from its `/status.json`.
//!
//! It is its word, not signed; the pages say whose word it is.

use std::time::Duration;

use madang_base::{Error, Result, Time};
use serde::Deserialize;

use super::{Cosign, WitnessAddress, store};
use crate::wake::{Stop, pause};

/// Bytes of a status.
const STATUS: usize = 1 << 20;
/// Letters of a finding that are kept.
const FINDING: usize = 500;

#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    logs: Vec<OfLog>,
}

#[derive(Deserialize)]
struct OfLog {
    origin: String,
    #[serde(default)]
    audit: Option<Audit>,
}

#[derive(Deserialize)]
struct Audit {
    size: u64,
    at: String,
    ok: bool,
    #[serde(default)]
    finding: Option<serde_json::Value>,
}

impl Cosign {
    pub(super) async fn read_audits(self, witness: WitnessAddress, mut stop: Stop) {
        // Soon after the start for the first time, so that a page has something to show.
        pause(self.pace.audits.min(Duration::from_secs(15)), &mut stop).await;
        while !stop.is_set() {
            if self.is_ours()
                && let Err(error) = self.read_audit(&witness).await
            {
                tracing::debug!(witness = witness.name, %error, "what a witness has read is not known");
            }
            pause(self.pace.audits, &mut stop).await;
        }
    }

    /// Reads it once. False when the witness says nothing of this log.
    pub(super) async fn read_audit(&self, witness: &WitnessAddress) -> Result<bool> {
        let Some(published) = self.log.published().await? else { return Ok(false) };
        let url = format!("{}/status.json", witness.url);
        let reply = self.caller.get(&url, STATUS, self.pace.limit).await?;
        if reply.status != 200 {
            return Err(Error::unavailable("witness.status").arg("status", reply.status));
        }
        let unreadable = |error| Error::unavailable("witness.answer").source(error);
        let status: Status = serde_json::from_slice(&reply.body).map_err(unreadable)?;
        let of_log = status.logs.into_iter().find(|log| log.origin == published.origin);
        let Some(audit) = of_log.and_then(|log| log.audit) else { return Ok(false) };
        let at = Time::parse(&audit.at)?;
        let text = match audit.finding {
            _ if audit.ok => "ok".to_owned(),
            Some(finding) => finding.to_string().chars().filter(|c| !c.is_control()).take(FINDING).collect(),
            None => "found".to_owned(),
        };
        let (name, size) = (witness.name.clone(), audit.size);
        self.db.write(move |tx| store::audited(tx, &name, size, at, &text)).await?;
        Ok(true)
    }
}
