//! `manifest.json`: what an export holds. It is written last, so that a folder with one is whole.

use madang_base::{Error, Result, Time};
use serde::{Deserialize, Serialize};

/// The word for the format; a change that older programs would misread changes the number.
pub const FORMAT: &str = "madang-export/1";

/// The largest manifest that is read, in bytes.
pub const MAX_MANIFEST: usize = 64 << 20;

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    /// The site's address.
    pub site: String,
    /// The log's name, which stands in its checkpoints.
    pub origin: String,
    /// Verifier keys of the log, the one that signs now last.
    pub keys: Vec<String>,
    /// When this was written, RFC 3339.
    pub generated: String,
    /// Leaves under the checkpoint.
    pub size: u64,
    /// How many leaves there are once what has happened until now is among them.
    pub settled: u64,
    pub months: Vec<Month>,
    pub claims: Vec<Part>,
    #[serde(default)]
    pub openings: Vec<Part>,
    /// Digests of the services' definitions that were ever in force.
    pub services: Vec<String>,
}

/// The leaves that were first under a checkpoint signed in a month, Korean time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// `2026-11`
    pub month: String,
    /// The first leaf's index.
    pub first: u64,
    /// The index after the last one's.
    pub end: u64,
    /// The root of the tree of `end` leaves, base64.
    pub root: String,
    /// Roots on the way, as they were signed: size, root. They tell where something differs.
    #[serde(default)]
    pub marks: Vec<(u64, String)>,
}

/// A file of claims or of openings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Whose claims; empty for openings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub month: String,
    /// Lines of the file; none while nobody has counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
}

impl Manifest {
    /// Reads and checks a manifest.
    ///
    /// # Errors
    /// `export.manifest` with line and reason; `export.format` when it is of another format.
    pub fn read(text: &str) -> Result<Self> {
        let wrong = |line: usize, why: &dyn std::fmt::Display| {
            Error::invalid("export.manifest").arg("line", line).arg("why", why)
        };
        #[derive(Deserialize)]
        struct Formatted {
            format: String,
        }
        let formatted: Formatted = serde_json::from_str(text).map_err(|error| wrong(error.line(), &error))?;
        if formatted.format != FORMAT {
            return Err(Error::invalid("export.format").arg("found", formatted.format).arg("known", FORMAT));
        }
        let manifest: Self = serde_json::from_str(text).map_err(|error| wrong(error.line(), &error))?;
        manifest.fault().map_or(Ok(()), |fault| Err(wrong(0, &fault)))?;
        Ok(manifest)
    }

    /// # Errors
    /// `Kind::Internal` when it cannot be written.
    pub fn write(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(Error::internal)
    }

    fn fault(&self) -> Option<String> {
        let mut end = 0;
        let mut before = "";
        for month in &self.months {
            if !is_month(&month.month) || month.month.as_str() <= before {
                return Some(format!("months: {} is no month or not after the one before", month.month));
            }
            if month.first != end || month.end <= month.first {
                return Some(format!("months: {} does not go on where the one before ends", month.month));
            }
            let mut sizes = month.marks.iter().map(|(size, _)| *size);
            if sizes.any(|size| size <= month.first || size > month.end) || !month.marks.is_sorted_by_key(|m| m.0) {
                return Some(format!("months: marks of {} are not in it or not in order", month.month));
            }
            (end, before) = (month.end, &month.month);
        }
        if end != self.size {
            return Some(format!("months: they end at {end}, the log has {}", self.size));
        }
        if let Some(part) = self.claims.iter().chain(&self.openings).find(|part| !is_month(&part.month)) {
            return Some(format!("{} is no month", part.month));
        }
        if let Some(part) = self.claims.iter().find(|part| !is_name(&part.name)) {
            return Some(format!("{} is no name of claims", part.name));
        }
        let digest = self.services.iter().find(|digest| !is_digest(digest));
        digest.map(|digest| format!("{digest} is no digest of a definition"))
    }

    /// The month that a leaf stands in, and its line there, from 1.
    #[must_use]
    pub fn line_of(&self, leaf: u64) -> Option<(&Month, u64)> {
        let month = self.months.iter().find(|month| (month.first..month.end).contains(&leaf))?;
        Some((month, leaf - month.first + 1))
    }
}

impl Month {
    /// `leaves/2026-11.ndjson`
    #[must_use]
    pub fn file(&self) -> String {
        leaves_file(&self.month)
    }
}

/// The file of a month's leaves.
#[must_use]
pub fn leaves_file(month: &str) -> String {
    format!("leaves/{month}.ndjson")
}

/// The file of a month's claims.
#[must_use]
pub fn claims_file(name: &str, month: &str) -> String {
    format!("claims/{name}/{month}.ndjson")
}

/// The file of a month's openings.
#[must_use]
pub fn openings_file(month: &str) -> String {
    format!("openings/{month}.ndjson")
}

/// The file of a definition.
#[must_use]
pub fn service_file(digest: &str) -> String {
    format!("services/{digest}.toml")
}

/// Whether a text is a month as files are named by it: nothing else may become part of a path.
#[must_use]
pub fn is_month(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7
        && bytes[4] == b'-'
        && bytes.iter().enumerate().all(|(at, byte)| at == 4 || byte.is_ascii_digit())
        && ("01"..="12").contains(&&text[5..])
}

/// Whether a text is a name of claims.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Whether a text is 64 hexadecimal digits.
#[must_use]
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The month of an instant in Korea.
#[must_use]
pub fn month_of(time: Time) -> String {
    let date = time.kst_date();
    format!("{:04}-{:02}", date.year(), date.month())
}
