//! What the site says of a case: one line of `claims/cases/2026-11.ndjson`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A public case as the site shows it, as of `position` of the change feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `case:0198…`, as leaves name it.
    pub case: String,
    /// `PT-2026-7K3F-9Q2X`
    pub number: String,
    pub service: String,
    /// SHA-256 of the definition that it stands on, 64 hexadecimal digits.
    pub version: String,
    pub state: String,
    /// How many support it.
    pub total: i64,
    /// By the day in Korea on which they gave it; without zeros.
    pub days: BTreeMap<String, i64>,
    /// As pages show them: what is hidden is not here. Empty without a breakdown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ages: BTreeMap<String, i64>,
    pub thresholds: Vec<Reached>,
    /// Steps and states, oldest first.
    pub history: Vec<Entry>,
    /// The position of the feed up to which all this is complete.
    pub position: u64,
}

/// A threshold that was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    pub id: String,
    /// The position of the support that reached it, its time in microseconds, and the total then.
    pub position: u64,
    pub at: i64,
    pub count: i64,
}

/// A step, or the entering of a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The number of the event within the case, as leaves say it.
    pub no: u64,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The definition that the case was moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
