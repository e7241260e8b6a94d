//! Looking for oneself: what the log shows everybody is fetched, compared with what was cosigned, and cosigned in turn.

use std::sync::Arc;
use std::time::Duration;

use madang_base::Time;
use madang_tlog::Hash;
use madang_tlog::note::Note;
use madang_tlog::witness::{AddCheckpoint, Seen};
use tokio::sync::watch;

use crate::alarm::{AlarmKind, Cause};
use crate::cosigner::{Decision, Log, Signed, decide_apart};
use crate::judge::{Judgement, judge};
use crate::ports::stopped;
use crate::remote::{Remote, Trouble};
use crate::state::Head;
use crate::witness::Witness;

/// Looks in a row at an older checkpoint until that is a rollback: one may come from a cache or another node.
const OLDER: u32 = 2;

impl Witness {
    /// Looks at one log again and again.
    pub(crate) async fn follow(self, log: Arc<Log>, mut stop: watch::Receiver<bool>) {
        loop {
            self.look(&log).await;
            let period = self.pause_of(&log);
            tokio::select! {
                () = tokio::time::sleep(period) => {}
                () = log.kick.notified() => tokio::time::sleep(Duration::from_millis(200)).await,
                () = stopped(&mut stop) => return,
            }
        }
    }

    /// The period, a tenth more or less, so that many witnesses do not ask at once.
    fn pause_of(&self, log: &Log) -> Duration {
        let period =
            if log.live().confirmed { log.config.period } else { log.config.period.min(Duration::from_secs(1)) };
        let [random] = self.ports().rng.bytes::<1>();
        period.mul_f64(0.9 + f64::from(random) / 1280.0)
    }

    /// One look.
    pub(crate) async fn look(&self, log: &Arc<Log>) {
        let remote = self.remote(log);
        let before = log.head().map_or(0, |head| head.size);
        let answer = remote.checkpoint().await;
        let now = self.now();
        let bytes = match answer {
            Err(Trouble::Away(why)) => return self.away(log, &why, now),
            Err(trouble) => return self.unsigned(log, &trouble.to_string(), &[], now),
            Ok(None) if before == 0 => {
                // Nothing has been published yet, and nothing was cosigned.
                log.live().confirmed = true;
                return self.there(log, now);
            }
            Ok(None) => return self.away(log, "checkpoint: there is none", now),
            Ok(Some(bytes)) => bytes,
        };
        let text = String::from_utf8_lossy(&bytes);
        let signed = match log.signed(&text, self.key()) {
            Ok(signed) => signed,
            Err(why) => return self.unsigned(log, &why, &bytes, now),
        };
        self.over(log, AlarmKind::BadSignature, now);
        self.compare(log, &remote, signed, before, now).await;
        let suspects: Vec<Signed> = log.live().suspects.drain(..).collect();
        for suspect in suspects {
            self.suspect(log, &remote, &suspect, now).await;
        }
        self.stalled(log, now);
    }

    async fn compare(&self, log: &Arc<Log>, remote: &Remote, signed: Signed, before: u64, now: Time) {
        let Some(head) = log.head() else { return self.first(log, signed, now).await };
        let (Some(ours), theirs) = (head.seen(), signed.seen()) else { return };
        if theirs.size < ours.size {
            return self.older(log, remote, &head, &signed, before, now).await;
        }
        log.live().older = 0;
        let ahead = theirs.size > ours.size;
        if ahead && signed.own.is_some() {
            self.set_back(log, ours.size, theirs.size, now);
        }
        let mut judgement = judge(remote, &ours, &theirs).await;
        if matches!(judgement, Judgement::Wrong { .. }) {
            // The log may have been in the middle of writing.
            tokio::time::sleep(Duration::from_millis(500).min(log.config.period)).await;
            judgement = judge(remote, &ours, &theirs).await;
        }
        match judgement {
            Judgement::Contains(proof) => {
                self.there(log, now);
                self.over(log, AlarmKind::Rollback, now);
                self.over(log, AlarmKind::WrongTile, now);
                if ahead {
                    self.advance(log, ours.size, proof, signed.note, now).await;
                }
                self.confirm(log, now);
            }
            Judgement::Forked { root_there, proof } => {
                self.there(log, now);
                self.forked(log, &head, &signed, &root_there, &proof, now);
                if signed.own.is_some() {
                    self.hold(
                        log,
                        "the log shows a checkpoint with this witness's own cosignature that does not \
                                    contain what this witness remembers",
                        now,
                    );
                }
            }
            Judgement::Wrong { path, why } => {
                self.there(log, now);
                let cause = Cause::default().with("path", path).with("why", why).with("size", theirs.size);
                self.raise(log, AlarmKind::WrongTile, cause, now);
            }
            Judgement::Away(why) => self.away(log, &why, now),
        }
    }

    /// The first checkpoint that this witness sees of a log.
    async fn first(&self, log: &Arc<Log>, signed: Signed, now: Time) {
        self.there(log, now);
        if signed.own.is_some() {
            self.set_back(log, 0, signed.checkpoint.size, now);
        }
        self.advance(log, 0, Vec::new(), signed.note, now).await;
        self.confirm(log, now);
    }

    async fn advance(&self, log: &Arc<Log>, old: u64, proof: Vec<Hash>, checkpoint: Note, now: Time) {
        let request = AddCheckpoint { old, proof, checkpoint };
        let decision = decide_apart(Arc::clone(log), request, self.key().clone(), now, true).await;
        self.after(log, &decision, now);
        // A request that came in between moved our head: the next look sees to it.
        if !matches!(decision, Decision::Cosigned(_) | Decision::Refused(_)) {
            tracing::warn!(log = log.config.name, ?decision, "a checkpoint that was found sound was not taken");
        }
    }

    /// Our memory agrees with what the log shows.
    fn confirm(&self, log: &Log, now: Time) {
        let held = {
            let mut live = log.live();
            live.confirmed = true;
            live.held.is_some()
        };
        if !held {
            self.over(log, AlarmKind::OwnState, now);
        }
    }

    fn set_back(&self, log: &Log, known: u64, cosigned: u64, now: Time) {
        log.live().confirmed = false;
        let cause = Cause::default().with("known", known).with("cosigned", cosigned);
        self.raise(log, AlarmKind::OwnState, cause, now);
    }

    /// The log shows less than it did: an old answer of a cache at first, then a rollback; a fork when it is not even the
    /// beginning of what was cosigned.
    async fn older(&self, log: &Arc<Log>, remote: &Remote, head: &Head, signed: &Signed, before: u64, now: Time) {
        self.there(log, now);
        let (Some(ours), theirs) = (head.seen(), signed.seen()) else { return };
        if theirs.size >= before {
            // A request overtook this look.
            return;
        }
        if let Judgement::Forked { root_there, proof } = judge(remote, &theirs, &ours).await {
            return self.forked(log, head, signed, &root_there, &proof, now);
        }
        let looks = {
            let mut live = log.live();
            live.older += 1;
            live.older
        };
        if looks < OLDER || self.is_open(log, AlarmKind::Rollback) {
            return;
        }
        let evidence = self.evidence(
            log,
            "rollback",
            now,
            &[("cosigned.checkpoint", head.cosigned()), ("shown.checkpoint", signed.note.to_string())],
        );
        let cause = Cause { evidence, ..Cause::default() }.with("seen", ours.size).with("shown", theirs.size);
        self.raise(log, AlarmKind::Rollback, cause, now);
    }

    /// Two checkpoints of the log that do not agree: the evidence of both sides is kept.
    pub(crate) fn forked(&self, log: &Log, head: &Head, signed: &Signed, there: &Hash, proof: &[Hash], now: Time) {
        let theirs = &signed.checkpoint;
        let key = format!("{} {}", theirs.size, theirs.root);
        if self.is_open_key(log, AlarmKind::Fork, &key) {
            return;
        }
        let proof: Vec<String> = proof.iter().map(ToString::to_string).collect();
        let (smaller, larger) = (head.size.min(theirs.size), head.size.max(theirs.size));
        let explained = serde_json::json!({
            "origin": log.config.origin, "cosigned": {"size": head.size, "root": head.root},
            "shown": {"size": theirs.size, "root": theirs.root.to_string()},
            "root_of_smaller_size_in_larger_tree": there.to_string(),
            "consistency_proof": {"from": smaller, "to": larger, "hashes": proof},
        });
        let evidence = self.evidence(
            log,
            "fork",
            now,
            &[
                ("cosigned.checkpoint", head.cosigned()),
                ("shown.checkpoint", signed.note.to_string()),
                ("proof.json", format!("{explained:#}\n")),
            ],
        );
        let cause = Cause { key, evidence, ..Cause::default() }
            .with("seen", head.size)
            .with("shown", theirs.size)
            .with("seen_root", &head.root)
            .with("shown_root", theirs.root);
        self.raise(log, AlarmKind::Fork, cause, now);
    }

    /// A signed checkpoint came with a proof that does not hold. Is the log lying, or only whoever sent it?
    async fn suspect(&self, log: &Arc<Log>, remote: &Remote, suspect: &Signed, now: Time) {
        let Some(head) = log.head() else { return };
        let (Some(ours), theirs) = (head.seen(), suspect.seen()) else { return };
        let (older, newer): (Seen, Seen) = if ours.size <= theirs.size { (ours, theirs) } else { (theirs, ours) };
        if let Judgement::Forked { root_there, proof } = judge(remote, &older, &newer).await {
            self.forked(log, &head, suspect, &root_there, &proof, now);
        }
    }

    fn unsigned(&self, log: &Log, why: &str, bytes: &[u8], now: Time) {
        self.there(log, now);
        if self.is_open(log, AlarmKind::BadSignature) {
            return;
        }
        let shown = String::from_utf8_lossy(bytes).into_owned();
        let evidence = if bytes.is_empty() {
            Vec::new()
        } else {
            self.evidence(log, "bad-signature", now, &[("shown.checkpoint", shown)])
        };
        self.raise(log, AlarmKind::BadSignature, Cause { evidence, ..Cause::default() }.with("why", why), now);
    }

    /// The log answered.
    fn there(&self, log: &Log, now: Time) {
        {
            let mut live = log.live();
            live.checked_at = Some(now);
            live.away_since = None;
        }
        self.over(log, AlarmKind::Unreachable, now);
    }

    fn away(&self, log: &Log, why: &str, now: Time) {
        let since = {
            let mut live = log.live();
            why.clone_into(&mut live.away_why);
            *live.away_since.get_or_insert(now)
        };
        let seconds = i64::try_from(log.config.unreachable.as_secs()).unwrap_or(i64::MAX);
        if now.seconds_since(since) >= seconds {
            let cause = Cause::default().with("since", since.rfc3339()).with("why", why);
            self.raise(log, AlarmKind::Unreachable, cause, now);
        }
    }

    fn stalled(&self, log: &Log, now: Time) {
        let (Some(limit), Some(head)) = (log.config.stall, log.head()) else { return };
        let quiet = u64::try_from(now.micros() / 1_000_000).unwrap_or(0).saturating_sub(head.grown_at);
        if quiet >= limit.as_secs() {
            let since = Time::from_micros(i64::try_from(head.grown_at).unwrap_or(0).saturating_mul(1_000_000));
            let cause = Cause::default().with("since", since.rfc3339()).with("size", head.size);
            self.raise(log, AlarmKind::Stall, cause, now);
        } else {
            self.over(log, AlarmKind::Stall, now);
        }
    }
}
