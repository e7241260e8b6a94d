//! Which agencies are late with what: public, without the content of what is not.

use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::organisation;
use serde::Serialize;

use crate::Cases;
use crate::model::AgencyName;
use crate::store;

/// Lines of a page.
const LINES: u32 = 50;
const DAY: i64 = 24 * 3600;

/// An agency's clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyOverdue {
    pub agency: AgencyName,
    /// Clocks that have not stopped, the overdue ones included.
    pub running: i64,
    pub overdue: i64,
    /// Days since the one that is late for longest ran out; 0 when none is.
    pub longest_days: i64,
}

/// A case that is late. Number and title only of public ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverdueLine {
    pub number: Option<String>,
    pub title: Option<String>,
    pub service: String,
    pub service_name: LocalizedText,
    pub clock: String,
    pub clock_name: LocalizedText,
    pub overdue_from: Time,
    /// Days begun since it ran out: 1 on the first day.
    pub days: i64,
}

/// Those first that are late for longest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverduePage {
    pub agency: AgencyName,
    pub lines: Vec<OverdueLine>,
    /// What to give as `after` for the page that follows.
    pub next: Option<String>,
}

/// Every agency with a clock that runs, the one with most overdue first.
///
/// # Errors
/// Those of the database.
pub fn agencies(tx: &mut Tx, now: Time) -> Result<Vec<AgencyOverdue>> {
    let rows = store::overdue::by_agency(tx, now)?;
    Ok(rows
        .into_iter()
        .map(|row| AgencyOverdue {
            agency: row.agency,
            running: row.running,
            overdue: row.overdue,
            longest_days: row.first.map_or(0, |first| days(first, now)),
        })
        .collect())
}

/// What an agency is late with.
///
/// # Errors
/// `case.agency-unknown`; `case.filter` when `after` is no place of the list; those of the database.
pub fn cases(tx: &mut Tx, cases: &Cases, now: Time, agency: &str, after: Option<&str>) -> Result<OverduePage> {
    let unknown = || Error::not_found("case.agency-unknown").arg("value", agency);
    let organisation = organisation::by_slug(tx, agency)?.ok_or_else(unknown)?;
    let after = match after {
        None => (Time::from_micros(i64::MIN), "", ""),
        Some(text) => place(text).ok_or_else(|| Error::invalid("case.filter"))?,
    };
    let mut rows = store::overdue::of_agency(tx, organisation.id, now, after, LINES + 1)?;
    let more = rows.len() > LINES as usize;
    rows.truncate(LINES as usize);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| format!("{}.{}.{}", row.overdue_from.micros(), row.case, row.clock));
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let version = cases.services.version(tx, &row.version)?;
        let clock = version.definition.clock(&row.clock);
        lines.push(OverdueLine {
            number: Some(row.number).filter(|_| row.public),
            title: Some(row.title).filter(|_| row.public),
            service_name: version.definition.name.clone(),
            clock_name: clock.map(|clock| clock.name.clone()).unwrap_or_default(),
            service: row.service,
            clock: row.clock,
            overdue_from: row.overdue_from,
            days: days(row.overdue_from, now),
        });
    }
    let agency = AgencyName { id: organisation.id, slug: organisation.slug, name: organisation.name };
    Ok(OverduePage { agency, lines, next })
}

fn days(since: Time, now: Time) -> i64 {
    now.seconds_since(since).max(0) / DAY + 1
}

fn place(text: &str) -> Option<(Time, &str, &str)> {
    let mut parts = text.splitn(3, '.');
    let at = parts.next()?.parse().ok()?;
    Some((Time::from_micros(at), parts.next()?, parts.next()?))
}
