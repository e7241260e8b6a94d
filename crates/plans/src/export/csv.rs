//! Tables as CSV (RFC 4180), with a byte-order mark, by which spreadsheet programs know UTF-8.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front: what citizens and officers write
//! must not run on somebody's desk.

use madang_base::{Error, Locale, Result};

use crate::model::AgencyRole;
use crate::views::MilestoneLine;

const MARK: &str = "\u{feff}";

/// The milestones of a list, in a language.
///
/// # Errors
/// `Kind::Internal` when it cannot be written (a defect).
pub fn milestones(lines: &[MilestoneLine], locale: Locale) -> Result<String> {
    let heads = [
        "milestone",
        "commitment",
        "commitment_name",
        "number",
        "title",
        "state",
        "printed_start",
        "printed_end",
        "first_day",
        "due_day",
        "leads",
        "others",
        "evidence",
    ];
    let rows = lines.iter().map(|line| {
        let agencies = |role| {
            let own = line.agencies.iter().filter(|a| a.role == role).map(|a| a.agency.name.get(locale).to_owned());
            own.collect::<Vec<_>>().join("; ")
        };
        let periods = &line.milestone.periods;
        vec![
            line.milestone.id.clone(),
            line.commitment.number.clone(),
            line.commitment.name.get(locale).to_owned(),
            line.milestone.content.number.clone(),
            line.milestone.content.title.get(locale).to_owned(),
            line.milestone.state.to_string(),
            line.milestone.content.printed.start.clone(),
            line.milestone.content.printed.end.clone(),
            periods.iter().filter_map(|p| p.start).min().map(|d| d.to_string()).unwrap_or_default(),
            periods.iter().filter_map(|p| p.due).max().map(|d| d.to_string()).unwrap_or_default(),
            agencies(AgencyRole::Lead),
            agencies(AgencyRole::Other),
            line.evidence.to_string(),
        ]
    });
    table(&heads, rows)
}

/// A table with its heads.
///
/// # Errors
/// `Kind::Internal` when rows are of different length (a defect).
pub fn table<H: AsRef<[u8]>>(heads: &[H], rows: impl Iterator<Item = Vec<String>>) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(heads).map_err(Error::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// A cell that no spreadsheet program takes for a formula. Numbers stay numbers.
#[must_use]
pub fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}
