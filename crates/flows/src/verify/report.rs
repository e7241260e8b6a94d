//! What came of a verification.

use std::collections::BTreeMap;

use madang_kernel::ledger::{Difference, Recounted};
use serde::Serialize;

/// A difference, and the line of the export that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    #[serde(flatten)]
    pub difference: Difference,
    /// `leaves/2026-11.ndjson`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl Found {
    /// Something that concerns no leaf and no object.
    #[must_use]
    pub fn of(by: &'static str, what: &str, expected: impl ToString, found: impl ToString) -> Self {
        let difference = Difference {
            by,
            what: what.to_owned(),
            object: String::new(),
            name: String::new(),
            expected: expected.to_string(),
            found: found.to_string(),
            leaf: None,
        };
        Self { difference, file: None, line: None }
    }

    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    #[must_use]
    pub fn at_line(mut self, file: &str, line: u64) -> Self {
        self.line = Some(line);
        self.in_file(file)
    }
}

/// Whose key signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// The verifier key.
    pub key: String,
    /// Whether the key was given by whoever verifies; else it is the export's own word for itself.
    pub given: bool,
}

/// A witness that cosigned and whose key was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witness {
    pub name: String,
    /// The time it states, RFC 3339.
    pub at: String,
}

/// The whole result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub site: String,
    pub origin: String,
    /// When the export was made, as it says itself.
    pub generated: String,
    /// Leaves under the checkpoint, and its root, base64.
    pub size: u64,
    pub root: String,
    /// None when no key that is known signed.
    pub signer: Option<Signer>,
    /// Witnesses whose keys were given and that cosigned, and how many are asked for.
    pub witnesses: Vec<Witness>,
    pub quorum: usize,
    /// Names that cosigned without their keys having been given: nothing is known of them.
    pub unknown_witnesses: Vec<String>,
    /// Leaves of the older checkpoint that this log was compared with.
    pub since: Option<u64>,
    pub months: u64,
    /// Leaves that were read, and those of them that are opaque.
    pub leaves: u64,
    pub opaque: u64,
    /// Kinds and fields that this program does not know, with how many leaves have them.
    pub unknown_kinds: BTreeMap<String, u64>,
    pub unknown_fields: BTreeMap<String, u64>,
    /// Whether salts were given, so that regions and ages were counted too.
    pub audited: bool,
    pub recounts: Vec<Recounted>,
    /// Claims that no recount of this program knows, by name.
    pub unknown_claims: Vec<String>,
    /// Everything that differs, the first first; at most 1,000.
    pub differences: Vec<Found>,
}

impl Report {
    /// Whether nothing differs.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }
}
