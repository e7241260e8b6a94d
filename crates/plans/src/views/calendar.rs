//! What begins and what is due in a span of days: the calendar page and the iCalendar feed.

use jiff::civil::Date;
use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use serde::Serialize;

use super::period_view;
use crate::model::PeriodView;
use crate::store;

/// A period in the calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalendarEntry {
    pub milestone: String,
    pub number: String,
    pub title: LocalizedText,
    pub plan: String,
    pub commitment: String,
    pub commitment_number: String,
    pub commitment_slug: String,
    pub commitment_name: LocalizedText,
    pub period: PeriodView,
    /// Whether its first day falls into the span.
    pub begins: bool,
    /// Whether its due day does.
    pub due: bool,
}

/// Periods that begin or are due in a month, or in a year when `month` is none; of one plan or of all.
///
/// # Errors
/// `plan.month` when there is no such month; those of the database.
pub fn calendar(tx: &mut Tx, plan: Option<&str>, year: i16, month: Option<i8>, today: Date) -> Result<Vec<CalendarEntry>> {
    let first = Date::new(year, month.unwrap_or(1), 1)
        .map_err(|_| Error::invalid("plan.month").arg("year", year).arg("month", month.unwrap_or(1)))?;
    let last = if month.is_some() { first.last_of_month() } else { first.last_of_year() };
    between(tx, plan, first, last, today)
}

/// Periods that begin or are due between two days, both included.
///
/// # Errors
/// Those of the database.
pub fn between(tx: &mut Tx, plan: Option<&str>, first: Date, last: Date, today: Date) -> Result<Vec<CalendarEntry>> {
    let inside = |day: Option<Date>| day.is_some_and(|d| (first..=last).contains(&d));
    Ok(store::milestone::between(tx, plan, first, last)?
        .into_iter()
        .map(|row| {
            let period = period_view(row.period, row.continues || row.throughout, row.plan_end, today);
            CalendarEntry {
                milestone: row.milestone,
                number: row.number,
                title: row.title,
                plan: row.plan,
                commitment: row.commitment,
                commitment_number: row.commitment_number,
                commitment_slug: row.commitment_slug,
                commitment_name: row.commitment_name,
                begins: inside(period.start),
                due: inside(period.due),
                period,
            }
        })
        .collect())
}

/// Every period of a plan with a day of its own, for iCalendar.
///
/// # Errors
/// Those of the database.
pub fn whole(tx: &mut Tx, plan: &str, today: Date) -> Result<Vec<CalendarEntry>> {
    between(tx, Some(plan), Date::constant(1900, 1, 1), Date::constant(2999, 12, 31), today)
}
