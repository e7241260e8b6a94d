//! Alarms: what is wrong with a log, since when, and with what evidence. Each is raised once, and its end is noted.
//!
//! The book is a file of lines that is only added to; the witness's page, `/status.json` and the mails are made of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use madang_base::{LocalizedText, Time};
use serde::{Deserialize, Serialize};

use crate::durable::Disk;
use crate::error::{Fault, Result};

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlarmKind {
    /// Two checkpoints, both signed by the log, of which neither contains the other. It never ends by itself.
    Fork,
    /// The log shows an older checkpoint than it did.
    Rollback,
    /// No new checkpoint for longer than the configuration allows.
    Stall,
    /// The log does not answer.
    Unreachable,
    /// What stands at `/checkpoint` is not a checkpoint of this log under one of its keys.
    BadSignature,
    /// Tiles that the signed checkpoint does not cover.
    WrongTile,
    /// Reading all entries again found something altered.
    Audit,
    /// This witness had forgotten what it cosigned: its own files were set back.
    OwnState,
}

impl AlarmKind {
    pub const ALL: [Self; 8] = [
        Self::Fork,
        Self::Rollback,
        Self::Stall,
        Self::Unreachable,
        Self::BadSignature,
        Self::WrongTile,
        Self::Audit,
        Self::OwnState,
    ];

    /// The word in JSON, message keys and file names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::Rollback => "rollback",
            Self::Stall => "stall",
            Self::Unreachable => "unreachable",
            Self::BadSignature => "bad-signature",
            Self::WrongTile => "wrong-tile",
            Self::Audit => "audit",
            Self::OwnState => "own-state",
        }
    }
}

/// One alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    pub id: String,
    /// The log's short name.
    pub log: String,
    pub kind: AlarmKind,
    /// Tells alarms of one kind apart that stand beside each other; empty for most kinds.
    #[serde(default)]
    pub key: String,
    #[serde(with = "time")]
    pub raised_at: Time,
    #[serde(with = "time_option", default)]
    pub ended_at: Option<Time>,
    /// Figures and names: sizes, roots, paths, reasons.
    #[serde(default)]
    pub detail: BTreeMap<String, String>,
    /// Files of evidence, below the log's folder `evidence`.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What people are told.
#[derive(Clone, Debug)]
pub struct Notice {
    pub alarm: Alarm,
    /// It is over.
    pub ended: bool,
    pub origin: String,
    pub witness: LocalizedText,
    /// The address of the witness's page of this log, when it is known.
    pub page: Option<String>,
}

/// What an alarm is raised with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cause {
    pub(crate) key: String,
    pub(crate) detail: BTreeMap<String, String>,
    pub(crate) evidence: Vec<String>,
}

impl Cause {
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.detail.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Alarms that are kept in memory beside the open ones.
const KEPT: usize = 2000;

#[derive(Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Line {
    Raised(Alarm),
    Ended {
        id: String,
        #[serde(with = "time")]
        at: Time,
    },
}

/// All alarms of all logs, oldest first.
#[derive(Debug)]
pub(crate) struct Book {
    path: PathBuf,
    disk: Disk,
    alarms: Vec<Alarm>,
}

impl Book {
    pub(crate) fn open(path: PathBuf, disk: Disk) -> Result<Self> {
        let mut book = Self { path, disk, alarms: Vec::new() };
        let text = match fs::read_to_string(&book.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Fault::new("the book of alarms cannot be read", book.path.display()).why(error)),
        };
        for line in text.lines() {
            match serde_json::from_str(line) {
                Ok(Line::Raised(alarm)) => book.alarms.push(alarm),
                Ok(Line::Ended { id, at }) => {
                    if let Some(alarm) = book.alarms.iter_mut().find(|alarm| alarm.id == id) {
                        alarm.ended_at = Some(at);
                    }
                }
                Err(error) => tracing::warn!(%error, "a line of the book of alarms is broken and passed over"),
            }
        }
        book.trim();
        Ok(book)
    }

    fn trim(&mut self) {
        let mut over = self.alarms.len().saturating_sub(KEPT);
        self.alarms.retain(|alarm| {
            let drop = over > 0 && alarm.ended_at.is_some();
            over -= usize::from(drop);
            !drop
        });
    }

    pub(crate) fn is_open(&self, log: &str, kind: AlarmKind, key: &str) -> bool {
        self.alarms.iter().any(|a| a.log == log && a.kind == kind && a.key == key && a.ended_at.is_none())
    }

    /// The alarm, when it is a new one. Files that cannot be written do not keep it back.
    pub(crate) fn raise(&mut self, log: &str, kind: AlarmKind, cause: Cause, now: Time) -> Option<Alarm> {
        if self.is_open(log, kind, &cause.key) {
            return None;
        }
        let mut at = now.micros();
        let mut id = format!("{at}-{}", kind.code());
        while self.alarms.iter().any(|alarm| alarm.id == id) {
            at += 1;
            id = format!("{at}-{}", kind.code());
        }
        let Cause { key, detail, evidence } = cause;
        let alarm = Alarm { id, log: log.to_owned(), kind, key, raised_at: now, ended_at: None, detail, evidence };
        self.note(&Line::Raised(alarm.clone()));
        self.alarms.push(alarm.clone());
        self.trim();
        Some(alarm)
    }

    /// Ends all open alarms of this kind; returns them.
    pub(crate) fn end(&mut self, log: &str, kind: AlarmKind, now: Time) -> Vec<Alarm> {
        let mut ended = Vec::new();
        for alarm in self.alarms.iter_mut().filter(|a| a.log == log && a.kind == kind && a.ended_at.is_none()) {
            alarm.ended_at = Some(now);
            ended.push(alarm.clone());
        }
        for alarm in &ended {
            self.note(&Line::Ended { id: alarm.id.clone(), at: now });
        }
        ended
    }

    fn note(&self, line: &Line) {
        let written = serde_json::to_string(line).map_err(std::io::Error::other);
        if let Err(error) = written.and_then(|text| self.disk.append(&self.path, &text)) {
            tracing::error!(%error, path = %self.path.display(), "an alarm could not be written down");
        }
    }

    /// Newest first; those that are open before those that are over.
    pub(crate) fn of(&self, log: &str) -> Vec<Alarm> {
        let mut found: Vec<Alarm> = self.alarms.iter().rev().filter(|alarm| alarm.log == log).cloned().collect();
        found.sort_by_key(|alarm| alarm.ended_at.is_some());
        found
    }
}

/// RFC 3339 in UTC.
pub(crate) mod time {
    use madang_base::Time;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(time: &Time, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&time.rfc3339())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        Time::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// The same for what may be missing.
pub(crate) mod time_option {
    use madang_base::Time;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(time: &Option<Time>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&time.rfc3339()),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Time>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| Time::parse(&text).map_err(serde::de::Error::custom))
            .transpose()
    }
}
