//! Reading plans: bytes in one of three formats become a [`PlanFile`], or all the reasons why they cannot.
//!
//! `toml`, `json` and `xlsx` are first turned into one tree with places ([`node`]), which [`check`] reads. What would
//! change in the database is in [`diff`]. Start at [`read`].

pub mod check;
pub mod diff;
pub mod node;
mod problem;
mod reader;
#[cfg(test)]
mod tests;
pub mod xlsx;

pub use diff::{Diff, diff};
pub use problem::{MESSAGES, Place, Problem};

use crate::file::PlanFile;

/// Formats a plan can be read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Toml,
    Json,
    Xlsx,
}

impl Format {
    /// The format by a file's name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// Reads and checks a plan.
///
/// # Errors
/// Every problem found, in the order of the file.
pub fn read(bytes: &[u8], format: Format) -> Result<PlanFile, Vec<Problem>> {
    if bytes.len() > LARGEST {
        let limit = (LARGEST / 1024 / 1024).to_string();
        return Err(vec![Problem::new(Place::File, "", "import-too-large").arg("limit", limit)]);
    }
    let node = match format {
        Format::Toml => node::from_toml(&utf8(bytes)?)?,
        Format::Json => node::from_json(utf8(bytes)?.as_bytes())?,
        Format::Xlsx => xlsx::read(bytes)?,
    };
    check::plan(&node).map_err(|mut problems| {
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems
    })
}

fn utf8(bytes: &[u8]) -> Result<String, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let place = Place::Line { line: u32::try_from(line).unwrap_or(u32::MAX), column: 1 };
        vec![Problem::new(place, "", "import-utf8")]
    })
}
