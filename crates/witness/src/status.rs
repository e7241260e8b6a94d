//! What the witness tells the public, for its pages and for `/status.json`.

use madang_base::{LocalizedText, Time};
use serde::{Deserialize, Serialize};

use crate::alarm::{Alarm, time, time_option};
use crate::audit::Finding;

/// The format of `/status.json`.
pub const FORMAT: &str = "madang-witness/1";

/// Everything that is public.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    pub format: String,
    /// The name of the key, as it stands in cosignatures.
    pub name: String,
    pub vkey: String,
    pub title: LocalizedText,
    pub operator: LocalizedText,
    pub contact: String,
    #[serde(with = "time")]
    pub generated: Time,
    pub logs: Vec<LogStatus>,
}

/// One log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LogStatus {
    pub name: String,
    pub origin: String,
    pub url: String,
    pub vkeys: Vec<String>,
    /// Of the checkpoint that was cosigned last; none before the first.
    pub size: Option<u64>,
    pub root: Option<String>,
    #[serde(with = "time_option")]
    pub cosigned_at: Option<Time>,
    /// When a checkpoint of this size was first cosigned.
    #[serde(with = "time_option")]
    pub grown_at: Option<Time>,
    /// The last look at which the log answered.
    #[serde(with = "time_option")]
    pub checked_at: Option<Time>,
    /// Since when it has not.
    #[serde(with = "time_option")]
    pub away_since: Option<Time>,
    /// Our memory agrees with what the log shows.
    pub confirmed: bool,
    /// Why nothing is cosigned until a person has looked.
    pub held: Option<String>,
    /// Whether all entries are read.
    pub audits: bool,
    pub audit: Option<AuditStatus>,
    /// Open ones first, newest first.
    pub alarms: Vec<Alarm>,
}

/// The last reading of all entries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuditStatus {
    /// Everything up to this size was read.
    pub size: u64,
    #[serde(with = "time")]
    pub at: Time,
    /// When all of it was last read anew, not only what was added.
    #[serde(with = "time")]
    pub full_at: Time,
    pub ok: bool,
    /// The first thing that was found altered.
    pub finding: Option<Finding>,
    /// How many were found.
    pub findings: usize,
}

/// One hour of cosigning: the first checkpoint of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    #[serde(with = "time")]
    pub at: Time,
    pub size: u64,
    pub root: String,
}
