//! The witness: its logs, its key, its book of alarms, and what the outside asks of it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use madang_base::{Rng, Time};
use madang_tlog::leaf_hash;
use madang_tlog::note::{Algorithm, SigningKey};
use madang_tlog::witness::Refusal;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::alarm::{Alarm, AlarmKind, Book, Cause, Notice};
use crate::audit::{self, Audit, Finding, Wrong};
use crate::config::{Config, slug};
use crate::cosigner::{self, Answer, Decision, Live, Log, decide_apart};
use crate::error::{Fault, Result};
use crate::notices::Outbox;
use crate::ports::{Ports, stopped};
use crate::remote::{Remote, Trouble};
use crate::state::{Head, Memory};
use crate::status::{FORMAT, LogStatus, Past, Status};

/// Signed checkpoints with a bad proof that wait to be looked into, of one log.
const SUSPECTS: usize = 4;
/// Seconds between two full readings of a log; a shorter time while something is found altered.
const FULL_AFTER: i64 = 86_400;
const FULL_AGAIN: i64 = 3_600;
/// Hours that pages show.
const PAST: usize = 200;

/// A running witness; clones are the same one.
#[derive(Clone)]
pub struct Witness(Arc<Inner>);

struct Inner {
    config: Config,
    key: SigningKey,
    ports: Ports,
    logs: Vec<Arc<Log>>,
    book: Mutex<Book>,
    outbox: Outbox,
    /// Held as long as the process lives: two witnesses with one memory would contradict each other.
    _lock: File,
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Witness").field("name", &self.0.key.name()).finish_non_exhaustive()
    }
}

/// What a full reading on request found.
#[derive(Clone, Debug)]
pub struct Audited {
    pub origin: String,
    pub size: u64,
    pub findings: Vec<Finding>,
    /// The witness of this folder runs: it was asked to read everything itself, so that its page says the same.
    pub asked: bool,
}

/// A new key for a witness: its text for the key file, and its verifier key.
///
/// # Errors
/// A name that cannot be in a key: empty, with a space or a plus sign.
pub fn new_key(name: &str, rng: &dyn Rng) -> Result<(String, String)> {
    let mut seed = [0; 32];
    rng.fill(&mut seed);
    let key = SigningKey::from_seed(name, Algorithm::Cosignature, seed).map_err(|error| {
        Fault::new("this cannot be the name of a key", name)
            .why(error)
            .advice("take an address that is yours, such as witness.example.org, without spaces and plus signs")
    })?;
    Ok((format!("{key}\n"), key.verifier().to_string()))
}

/// Reads the key file. One that others may read is refused.
///
/// # Errors
/// The file, its mode, or what is in it.
pub fn read_key(path: &Path) -> Result<SigningKey> {
    let fault = |why: String| {
        Fault::new("the key of the witness cannot be used", path.display())
            .why(why)
            .advice("`madang witness init DIR` makes one; its mode must be 0600")
    };
    let mode = fs::metadata(path).map_err(|error| fault(error.to_string()))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(fault(format!("others may read it (mode {:o})", mode & 0o777)));
    }
    let text = fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    let key: SigningKey = text.trim().parse().map_err(|error: madang_tlog::Error| fault(error.to_string()))?;
    if key.algorithm() != Algorithm::Cosignature {
        return Err(fault("it is a key of a log, not of a witness".to_owned()));
    }
    Ok(key)
}

fn lock(data: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(data.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// A log's folder: it stays the same when its short name is changed.
fn folder(data: &Path, origin: &str) -> PathBuf {
    data.join("logs").join(format!("{}-{}", slug(origin), &leaf_hash(origin.as_bytes()).hex()[..8]))
}

impl Witness {
    /// Opens the folder `data`, making it when it is not there.
    ///
    /// # Errors
    /// What the disk refuses, a memory that cannot be read, or another witness that runs there.
    pub fn open(config: Config, data: &Path, ports: Ports) -> Result<Self> {
        let on_disk =
            |error: io::Error| Fault::new("the folder of the witness cannot be used", data.display()).why(error);
        ports.disk.folder(data).map_err(on_disk)?;
        let lock = lock(data).map_err(on_disk)?.ok_or_else(|| {
            Fault::new("another witness runs in this folder", data.display())
                .advice("stop it; two witnesses with one memory would contradict each other")
        })?;
        let key = read_key(&config.key)?;
        let mut logs = Vec::new();
        for log in &config.logs {
            let folder = folder(data, &log.origin);
            ports.disk.folder(&folder.join("evidence")).map_err(on_disk)?;
            let memory = Memory::open(folder.join("state.json"), &log.origin, ports.disk.clone())?;
            let held = match fs::read_to_string(folder.join("held")) {
                Ok(text) => Some(text.trim().to_owned()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(on_disk(error)),
            };
            let audit = fs::read(folder.join("audit.json")).ok().and_then(|text| serde_json::from_slice(&text).ok());
            let live = Live { held, audit, ..Live::default() };
            logs.push(Arc::new(Log::new(log.clone(), folder, memory, live)));
        }
        let book = Mutex::new(Book::open(data.join("alarms.jsonl"), ports.disk.clone())?);
        let outbox = Outbox::open(data.join("outbox"), ports.disk.clone())?;
        Ok(Self(Arc::new(Inner { config, key, ports, logs, book, outbox, _lock: lock })))
    }

    /// Follows, audits and tells until `stop` is true.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        let mut tasks = JoinSet::new();
        for log in &self.0.logs {
            tasks.spawn(self.clone().follow(Arc::clone(log), stop.clone()));
            tasks.spawn(self.clone().audit_again(Arc::clone(log), stop.clone()));
        }
        let (this, stop_telling) = (self.clone(), stop.clone());
        tasks.spawn(async move { this.0.outbox.run(&this.0.ports, stop_telling).await });
        while tasks.join_next().await.is_some() {}
    }

    /// Answers `POST /add-checkpoint`.
    pub async fn add_checkpoint(&self, body: &[u8]) -> Answer {
        let (request, checkpoint) = match cosigner::read(body) {
            Ok(read) => read,
            Err(answer) => return answer,
        };
        let Some(log) = self.0.logs.iter().find(|log| log.config.origin == checkpoint.origin) else {
            let refusal = Refusal::UnknownLog { origin: checkpoint.origin };
            return Answer::text(refusal.status(), refusal.body());
        };
        let now = self.now();
        let decision = decide_apart(Arc::clone(log), request, self.0.key.clone(), now, false).await;
        self.after(log, &decision, now);
        cosigner::answer(&decision)
    }

    /// What follows from a decision beside its answer.
    pub(crate) fn after(&self, log: &Log, decision: &Decision, now: Time) {
        match decision {
            Decision::Cosigned(head) => self.past(log, head),
            Decision::Refused(_) => {}
            Decision::Forked(_, head, signed) => {
                self.forked(log, head, signed, &signed.checkpoint.root, &[], now);
            }
            Decision::Unproven(_, signed) => {
                let mut live = log.live();
                let known = live.suspects.iter().any(|other| other.checkpoint == signed.checkpoint);
                if !known && live.suspects.len() < SUSPECTS {
                    live.suspects.push_back(signed.clone());
                }
            }
            Decision::NotYet(why) => {
                tracing::info!(log = log.config.name, why, "asked to cosign too early");
                if log.live().held.is_none() {
                    log.kick.notify_one();
                }
            }
            Decision::Broken(why) => tracing::error!(log = log.config.name, why, "cannot cosign"),
        }
    }

    /// Notes the first checkpoint of each hour.
    fn past(&self, log: &Log, head: &Head) {
        let path = log.folder.join("history.jsonl");
        let at = Time::from_micros(i64::try_from(head.cosigned_at).unwrap_or(0).saturating_mul(1_000_000));
        let hour = |time: Time| time.micros().div_euclid(3_600_000_000);
        let mut live = log.live();
        if live.past_hour.is_none() {
            live.past_hour = last_lines(&path, 1).first().map(|past: &Past| hour(past.at));
        }
        if live.past_hour == Some(hour(at)) {
            return;
        }
        live.past_hour = Some(hour(at));
        let line = serde_json::to_string(&Past { at, size: head.size, root: head.root.clone() });
        if let Err(error) = line.map_err(io::Error::other).and_then(|line| self.0.ports.disk.append(&path, &line)) {
            tracing::warn!(%error, "the history could not be written");
        }
    }

    /// Reads the log again: what is new as it comes, everything once a day.
    async fn audit_again(self, log: Arc<Log>, mut stop: watch::Receiver<bool>) {
        if !log.config.audit {
            return;
        }
        let pause = log.config.period.max(Duration::from_millis(200));
        loop {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stopped(&mut stop) => return,
            }
            self.audit_turn(&log).await;
        }
    }

    /// One reading, when there is anything to read.
    pub(crate) async fn audit_turn(&self, log: &Log) {
        let Some(head) = log.head() else { return };
        let Some(root) = head.root_hash() else { return };
        let begun = self.now();
        let last = log.live().audit.clone();
        let order = log.folder.join("audit-wanted");
        let wanted = order.exists();
        let full = wanted
            || last.as_ref().is_none_or(|last| {
                let after = if last.findings.is_empty() { FULL_AFTER } else { FULL_AGAIN };
                begun.seconds_since(last.full_at) >= after || last.size > head.size
            });
        let from = if full { 0 } else { last.as_ref().map_or(0, |last| last.size) };
        if !full && from == head.size {
            return;
        }
        if wanted && let Err(error) = self.0.ports.disk.remove(&order) {
            tracing::warn!(%error, "the request to read everything could not be removed");
        }
        let mut findings = match audit::read(&self.remote(log), head.size, &root, from).await {
            Ok(findings) => findings,
            Err(why) => {
                tracing::warn!(log = log.config.name, why, "the reading was broken off");
                return;
            }
        };
        let now = self.now();
        let full_at = if full { begun } else { last.as_ref().map_or(begun, |last| last.full_at) };
        if let Some(last) = last.filter(|_| !full) {
            // What was found altered stays so until all is read again.
            findings.extend(last.findings);
            findings.sort();
            findings.dedup();
        }
        let audit = Audit { size: head.size, at: now, full_at, findings };
        self.audited(log, audit, now);
    }

    fn audited(&self, log: &Log, audit: Audit, now: Time) {
        let written = serde_json::to_vec_pretty(&audit).map_err(io::Error::other);
        let path = log.folder.join("audit.json");
        if let Err(error) = written.and_then(|text| self.0.ports.disk.write(&path, &text)) {
            tracing::warn!(%error, "the result of the reading could not be written down");
        }
        if let Some(first) = audit.findings.first() {
            let mut cause = Cause::default()
                .with("path", &first.path)
                .with("leaf", first.leaf)
                .with("wrong", first.wrong.code())
                .with("findings", audit.findings.len())
                .with("size", audit.size);
            if let Some(index) = first.index {
                cause = cause.with("index", index);
            }
            if !self.is_open(log, AlarmKind::Audit) {
                let all = serde_json::to_string_pretty(&audit).unwrap_or_default();
                cause.evidence = self.evidence(log, "audit", now, &[("findings.json", all)]);
                self.raise(log, AlarmKind::Audit, cause, now);
            }
        } else {
            self.over(log, AlarmKind::Audit, now);
        }
        log.live().audit = Some(audit);
    }

    /// The public face.
    #[must_use]
    pub fn status(&self) -> Status {
        let config = &self.0.config;
        Status {
            format: FORMAT.to_owned(),
            name: self.0.key.name().to_owned(),
            vkey: self.0.key.verifier().to_string(),
            title: config.title.clone(),
            operator: config.operator.clone(),
            contact: config.contact.clone(),
            generated: self.now(),
            logs: self.0.logs.iter().map(|log| self.log_status(log)).collect(),
        }
    }

    fn log_status(&self, log: &Log) -> LogStatus {
        let head = log.head();
        let time = |seconds: u64| Time::from_micros(i64::try_from(seconds).unwrap_or(0).saturating_mul(1_000_000));
        let alarms = self.book().of(&log.config.name);
        let live = log.live();
        LogStatus {
            name: log.config.name.clone(),
            origin: log.config.origin.clone(),
            url: log.config.url.clone(),
            vkeys: log.config.keys.iter().map(ToString::to_string).collect(),
            size: head.as_ref().map(|head| head.size),
            cosigned_at: head.as_ref().map(|head| time(head.cosigned_at)),
            grown_at: head.as_ref().map(|head| time(head.grown_at)),
            root: head.map(|head| head.root),
            checked_at: live.checked_at,
            away_since: live.away_since,
            confirmed: live.confirmed,
            held: live.held.clone(),
            audits: log.config.audit,
            audit: live.audit.as_ref().map(Audit::status),
            alarms,
        }
    }

    /// Findings of the last reading of a log, by its short name.
    #[must_use]
    pub fn findings(&self, name: &str) -> Vec<Finding> {
        self.find(name).and_then(|log| log.live().audit.clone()).map_or_else(Vec::new, |audit| audit.findings)
    }

    /// The newest checkpoint that was cosigned, with the cosignature.
    #[must_use]
    pub fn checkpoint(&self, name: &str) -> Option<String> {
        Some(self.find(name)?.head()?.cosigned())
    }

    /// Hours of cosigning, newest first.
    #[must_use]
    pub fn history(&self, name: &str) -> Vec<Past> {
        self.find(name).map_or_else(Vec::new, |log| last_lines(&log.folder.join("history.jsonl"), PAST))
    }

    /// A file of evidence; only one that an alarm names.
    #[must_use]
    pub fn evidence_file(&self, name: &str, file: &str) -> Option<Vec<u8>> {
        let log = self.find(name)?;
        let named = self.book().of(name).iter().any(|alarm| alarm.evidence.iter().any(|other| other == file));
        if !named || file.contains(['/', '\\']) || file.starts_with('.') {
            return None;
        }
        fs::read(log.folder.join("evidence").join(file)).ok()
    }

    /// How many messages wait to be taken.
    #[must_use]
    pub fn messages_waiting(&self) -> usize {
        self.0.outbox.len()
    }

    /// Sends what is due, once; for a command that ends.
    pub async fn tell_now(&self) {
        self.0.outbox.turn(&self.0.ports).await;
    }

    /// One look at every log, and one reading where readings are on; what [`Witness::run`] does again and again.
    pub async fn turn(&self) {
        for log in &self.0.logs {
            self.look(log).await;
            if log.config.audit {
                self.audit_turn(log).await;
            }
        }
    }

    /// Reads a whole log now, beside a witness that may be running in `data`, and without its key.
    ///
    /// # Errors
    /// A log that is not in the configuration, that does not answer, or that shows no checkpoint of its own.
    pub async fn audit(config: &Config, data: &Path, name: &str, ports: &Ports) -> Result<Audited> {
        let known = config.logs.iter().find(|log| log.name == name || log.origin == name).ok_or_else(|| {
            let names: Vec<_> = config.logs.iter().map(|log| log.name.as_str()).collect();
            Fault::new("there is no such log in the configuration", name)
                .advice(format!("one of: {}", names.join(", ")))
        })?;
        let fault = |why: String| Fault::new("the log cannot be read", &known.url).why(why);
        let folder = folder(data, &known.origin);
        let memory = Memory::open(folder.join("state.json"), &known.origin, ports.disk.clone())?;
        let head = memory.shown().cloned();
        let log = Log::new(known.clone(), folder, memory, Live::default());
        let key = SigningKey::from_seed("audit", Algorithm::Cosignature, [0; 32])
            .map_err(|error| fault(error.to_string()))?;
        let remote = Remote::new(Arc::clone(&ports.fetch), &known.url);
        let mut findings = Vec::new();
        let of_checkpoint = |why: String| Finding {
            leaf: 0,
            path: "checkpoint".to_owned(),
            index: None,
            wrong: Wrong::Checkpoint,
            why,
        };
        let shown = match remote.checkpoint().await {
            Ok(Some(bytes)) => Some(log.signed(&String::from_utf8_lossy(&bytes), &key)),
            Ok(None) => None,
            Err(Trouble::Away(why)) => return Err(fault(why)),
            Err(trouble) => Some(Err(trouble.to_string())),
        };
        let ours = head.as_ref().and_then(Head::seen);
        let target = match (shown, ours) {
            (None, None) => return Err(fault("it has no checkpoint yet".to_owned())),
            (Some(Ok(signed)), Some(ours)) if signed.checkpoint.size < ours.size => {
                findings.push(of_checkpoint(format!(
                    "{} leaves are shown, {} were cosigned",
                    signed.checkpoint.size, ours.size
                )));
                ours
            }
            (Some(Ok(signed)), _) => signed.seen(),
            (Some(Err(why)), Some(ours)) => {
                findings.push(of_checkpoint(why));
                ours
            }
            (None, Some(ours)) => {
                findings.push(of_checkpoint("there is none".to_owned()));
                ours
            }
            (Some(Err(why)), None) => return Err(fault(why)),
        };
        if let Some(ours) = ours.filter(|ours| ours.size <= target.size && findings.is_empty()) {
            match crate::judge::judge(&remote, &ours, &target).await {
                crate::judge::Judgement::Forked { .. } => {
                    findings
                        .push(of_checkpoint(format!("it does not contain what was cosigned at {} leaves", ours.size)));
                }
                crate::judge::Judgement::Away(why) => return Err(fault(why)),
                crate::judge::Judgement::Contains(_) | crate::judge::Judgement::Wrong { .. } => {}
            }
        }
        findings.extend(audit::read(&remote, target.size, &target.root, 0).await.map_err(fault)?);
        let asked = lock(data).is_ok_and(|lock| lock.is_none())
            && ports.disk.write(&log.folder.join("audit-wanted"), b"").is_ok();
        Ok(Audited { origin: known.origin.clone(), size: target.size, findings, asked })
    }

    // What follows is for the other modules.

    fn find(&self, name: &str) -> Option<&Arc<Log>> {
        self.0.logs.iter().find(|log| log.config.name == name)
    }

    #[cfg(test)]
    pub(crate) fn logs(&self) -> &[Arc<Log>] {
        &self.0.logs
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.0.key
    }

    pub(crate) fn now(&self) -> Time {
        self.0.ports.clock.now()
    }

    pub(crate) fn remote(&self, log: &Log) -> Remote {
        Remote::new(Arc::clone(&self.0.ports.fetch), &log.config.url)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_open(&self, log: &Log, kind: AlarmKind) -> bool {
        self.is_open_key(log, kind, "")
    }

    pub(crate) fn is_open_key(&self, log: &Log, kind: AlarmKind, key: &str) -> bool {
        self.book().is_open(&log.config.name, kind, key)
    }

    pub(crate) fn raise(&self, log: &Log, kind: AlarmKind, cause: Cause, now: Time) {
        let raised = self.book().raise(&log.config.name, kind, cause, now);
        if let Some(alarm) = raised {
            tracing::error!(log = log.config.origin, kind = kind.code(), detail = ?alarm.detail, "ALARM");
            self.tell(log, alarm, false);
        }
    }

    /// Ends the alarms of this kind.
    pub(crate) fn over(&self, log: &Log, kind: AlarmKind, now: Time) {
        let ended = self.book().end(&log.config.name, kind, now);
        for alarm in ended {
            tracing::warn!(log = log.config.origin, kind = kind.code(), "the alarm is over");
            self.tell(log, alarm, true);
        }
    }

    fn tell(&self, log: &Log, alarm: Alarm, ended: bool) {
        let config = &self.0.config;
        let page = config.base_url.as_ref().map(|base| {
            let lang = config.languages.first().copied().unwrap_or_default();
            format!("{base}/{}/logs/{}", lang.tag(), log.config.name)
        });
        let notice = Notice { alarm, ended, origin: log.config.origin.clone(), witness: config.title.clone(), page };
        self.0.outbox.tell(config, &self.0.ports, &notice);
    }

    /// Keeps files of evidence; returns their names.
    pub(crate) fn evidence(&self, log: &Log, what: &str, now: Time, files: &[(&str, String)]) -> Vec<String> {
        let mut names = Vec::new();
        for (ending, text) in files {
            let name = format!("{what}-{}-{ending}", now.micros());
            match self.0.ports.disk.write(&log.folder.join("evidence").join(&name), text.as_bytes()) {
                Ok(()) => names.push(name),
                Err(error) => tracing::error!(%error, name, "evidence could not be kept"),
            }
        }
        names
    }

    /// Cosigns nothing of this log any more, also after a start, until a person removes the file `held`.
    pub(crate) fn hold(&self, log: &Log, why: &str, now: Time) {
        if log.live().held.is_some() {
            return;
        }
        if let Err(error) = self.0.ports.disk.write(&log.folder.join("held"), format!("{why}\n").as_bytes()) {
            tracing::error!(%error, "that nothing is cosigned could not be written down");
        }
        log.live().held = Some(why.to_owned());
        let mut detail = BTreeMap::new();
        detail.insert("held".to_owned(), why.to_owned());
        self.raise(log, AlarmKind::OwnState, Cause { detail, key: "held".to_owned(), evidence: Vec::new() }, now);
    }
}

/// The last lines of a file, newest first. Reads at most the last 64 KB.
fn last_lines(path: &Path, most: usize) -> Vec<Past> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let read = || -> io::Result<String> {
        let mut file = File::open(path)?;
        let from = file.metadata()?.len().saturating_sub(64 << 10);
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = read().unwrap_or_default();
    text.lines().rev().filter_map(|line| serde_json::from_str(line).ok()).take(most).collect()
}
