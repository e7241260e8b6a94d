//! From a milestone's dates as the document gives them to periods with days: what is due when.
//!
//! A period's first day is the first day of its start, its due day the last day of its end. What comes again is
//! written out within the plan's term:
//!
//! - with months (`from`, `to`): one period for every year (half-year, second year) of the term;
//! - without months: one after the other from the printed start, up to the printed end or the end of the term;
//! - throughout the year: one period without a due day.
//!
//! A period without a due day has no date by which it must be done; `rules` asks about it at the end of the term.

#[cfg(test)]
mod tests;

use jiff::ToSpan as _;
use jiff::civil::Date;
use madang_base::calendar::PartialDate;

use crate::file::{Every, Milestone, Month, Period, Recurs};

/// A period with days, numbered from 1 in order of their dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: Option<Date>,
    pub due: Option<Date>,
}

/// The term of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub start: Date,
    pub end: Date,
}

impl Term {
    #[must_use]
    pub fn new(start: PartialDate, end: PartialDate) -> Self {
        Self { start: start.first_day(), end: end.last_day() }
    }
}

/// No milestone has more periods than this (a century of half-years).
const MOST: usize = 200;

/// The periods of a milestone within a term.
#[must_use]
pub fn periods(milestone: &Milestone, term: Term) -> Vec<Span> {
    let printed = milestone.periods.iter().map(|p| days(*p));
    let Some(recurs) = &milestone.recurs else { return printed.collect() };
    let bounds: Vec<Span> = if milestone.periods.is_empty() {
        vec![Span { start: Some(term.start), due: None }]
    } else {
        printed.collect()
    };
    let mut spans: Vec<Span> = Vec::new();
    for bound in bounds {
        let start = bound.start.unwrap_or(term.start);
        if recurs.throughout {
            spans.push(Span { start: Some(start), due: bound.due });
        } else if recurs.from.is_some() || recurs.to.is_some() {
            by_month(recurs, start, bound.due.unwrap_or(term.end), &mut spans);
        } else {
            by_cycle(recurs, start, bound.due, term, &mut spans);
        }
    }
    spans.truncate(MOST);
    spans
}

fn days(period: Period) -> Span {
    Span { start: period.start.map(PartialDate::first_day), due: period.end.map(PartialDate::last_day) }
}

fn by_month(recurs: &Recurs, start: Date, end: Date, spans: &mut Vec<Span>) {
    let first_year = recurs.first.unwrap_or(start.year()).max(start.year());
    let step = if recurs.every == Every::TwoYears { 2 } else { 1 };
    let halves: &[i8] = if recurs.every == Every::HalfYear { &[0, 6] } else { &[0] };
    let month = |month: Option<Month>, otherwise: i8| month.map_or(otherwise, Month::number);
    let last = if recurs.every == Every::HalfYear { 6 } else { 12 };
    let mut year = first_year;
    while year <= end.year() && spans.len() < MOST {
        for shift in halves {
            let from_year = year - i16::from(recurs.from_year.is_some());
            let to_year = if recurs.to_year.is_some() { from_year + 1 } else { year };
            let from = shifted(from_year, month(recurs.from, 1), *shift);
            let to = shifted(to_year, month(recurs.to, last), *shift).map(Date::last_of_month);
            if let (Some(from), Some(to)) = (from, to)
                && from <= to
            {
                spans.push(Span { start: Some(from), due: Some(to) });
            }
        }
        year += step;
    }
}

fn shifted(year: i16, month: i8, months: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()?.checked_add(i32::from(months).months()).ok()
}

fn by_cycle(recurs: &Recurs, start: Date, printed_end: Option<Date>, term: Term, spans: &mut Vec<Span>) {
    let end = printed_end.unwrap_or(term.end);
    let (length, step) = match recurs.every {
        Every::HalfYear => (6, 6),
        Every::Year => (12, 12),
        Every::TwoYears => (12, 24),
    };
    let mut from = start;
    if let Some(first) = recurs.first
        && first > from.year()
        && let Ok(date) = Date::new(first, 1, 1)
    {
        from = date;
    }
    while from <= end && spans.len() < MOST {
        let after = |months: i32| from.checked_add(months.months());
        let (Ok(next), Ok(past)) = (after(step), after(length)) else { return };
        let last = past.yesterday().unwrap_or(past);
        spans.push(Span { start: Some(from), due: Some(printed_end.map_or(last, |end| last.min(end))) });
        from = next;
    }
}

/// A date as the database keeps it: `20211231`.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The date of a day number; None when it is none.
#[must_use]
pub fn day(number: i64) -> Option<Date> {
    let part = |n: i64| i8::try_from(n).ok();
    Date::new(i16::try_from(number / 10_000).ok()?, part(number / 100 % 100)?, part(number % 100)?).ok()
}
