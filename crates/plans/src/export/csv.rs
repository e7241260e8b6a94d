//! Tables as CSV (RFC 4180), with a byte-order mark, by which spreadsheet programs know UTF-8.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front: what citizens and officers write
//! must not run on somebody's desk.

use madang_base::{Error, Locale, Result};

use crate::model::AgencyRole;
use crate::views::{AgencyLine, Due, IndicatorView, MilestoneLine};

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
    write(&heads, rows)
}

/// Periods: what is due when, or what is late.
///
/// # Errors
/// `Kind::Internal` when it cannot be written (a defect).
pub fn due(periods: &[Due], locale: Locale) -> Result<String> {
    let heads =
        ["milestone", "commitment", "commitment_name", "number", "title", "first_day", "due_day", "state", "leads"];
    let rows = periods.iter().map(|due| {
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        vec![
            due.milestone.clone(),
            due.commitment_number.clone(),
            due.commitment_name.get(locale).to_owned(),
            due.number.clone(),
            due.title.get(locale).to_owned(),
            day(due.period.start),
            day(due.period.due),
            due.period.state.to_string(),
            due.agencies.iter().map(|a| a.name.get(locale)).collect::<Vec<_>>().join("; "),
        ]
    });
    write(&heads, rows)
}

/// The agencies and how fast they report.
///
/// # Errors
/// `Kind::Internal` when it cannot be written (a defect).
pub fn agencies(lines: &[AgencyLine], locale: Locale) -> Result<String> {
    let heads = [
        "agency",
        "name",
        "leads",
        "joins",
        "milestones",
        "completed",
        "late",
        "no_report",
        "due_periods",
        "reported_periods",
        "median_days",
        "on_time_share",
    ];
    let rows = lines.iter().map(|line| {
        let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        vec![
            line.agency.slug.clone(),
            line.agency.name.get(locale).to_owned(),
            line.leads.to_string(),
            line.joins.to_string(),
            line.progress.total.to_string(),
            line.progress.completed.to_string(),
            line.progress.late.to_string(),
            line.progress.no_report.to_string(),
            line.speed.due.to_string(),
            line.speed.reported.to_string(),
            number(line.speed.median_days),
            number(line.speed.on_time_share),
        ]
    });
    write(&heads, rows)
}

/// An indicator's targets and values.
///
/// # Errors
/// `Kind::Internal` when it cannot be written (a defect).
pub fn indicator(view: &IndicatorView, locale: Locale) -> Result<String> {
    let heads = ["indicator", "kind", "agency", "date", "value", "unit", "note"];
    let unit = view.line.content.unit.get(locale);
    let row = |kind: &str, agency: &str, point: &crate::views::Point| {
        let note = point.note.get(locale).to_owned();
        let (date, value) = (point.date.to_string(), point.value.to_string());
        vec![view.line.id.clone(), kind.to_owned(), agency.to_owned(), date, value, unit.to_owned(), note]
    };
    let mut rows: Vec<Vec<String>> = view.targets.iter().map(|p| row("target", "", p)).collect();
    rows.extend(view.values.iter().map(|p| row("value", "", p)));
    rows.extend(view.agencies.iter().map(|a| row("value", &a.agency.slug, &a.latest)));
    write(&heads, rows.into_iter())
}

fn write(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<String> {
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
