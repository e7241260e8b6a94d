//! What the conversation is about: `summary.csv`, two columns without a head.

use std::io::Read;

use super::problem::Problems;
use super::table::Table;

/// The topic out of `summary.csv`; everything else there can be counted from the votes.
///
/// # Errors
/// `opinion.not-utf-8`, `opinion.file-empty`, `opinion.unreadable`. Rows of other shapes are passed over.
pub fn topic(input: impl Read) -> Result<Option<String>, Problems> {
    let mut table = Table::open(input)?;
    let mut topic = first(table.columns());
    table.rows(|row, _| {
        if topic.is_none() && row.field(0) == b"topic" {
            topic = Some(String::from_utf8_lossy(row.field(1)).into_owned());
        }
    });
    Ok(topic.filter(|topic| !topic.trim().is_empty()))
}

/// The topic is on the first line as a rule, where other files have their head.
fn first(columns: &[String]) -> Option<String> {
    match columns {
        [name, value, ..] if name == "topic" => Some(value.clone()),
        _ => None,
    }
}
