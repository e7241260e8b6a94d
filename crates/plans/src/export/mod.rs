//! A plan as files: TOML and JSON as the format has them, a workbook, and tables as CSV. Everything but CSV can be
//! imported again unchanged.

pub mod csv;
mod help;
#[cfg(test)]
mod tests;
mod toml;
mod xlsx;

pub use toml::to_toml;
pub use xlsx::{template, to_xlsx};

use madang_base::{Error, Result};

use crate::file::PlanFile;

/// The plan as indented JSON.
///
/// # Errors
/// `Kind::Internal` when a value cannot be written (a defect).
pub fn to_json(file: &PlanFile) -> Result<String> {
    serde_json::to_string_pretty(file).map(|text| text + "\n").map_err(Error::internal)
}
