//! Which days are asked for: a choice that moves along with the calendar, or two days as they were typed.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use madang_base::{Error, FieldError, Result};
use madang_kernel::coded;

use crate::page::query_value;

coded! {
    /// Ranges that need no typing.
    pub enum Choice("figures.range-unknown") {
        /// This month and the eleven before it.
        Twelve = "12-months",
        Year = "this-year",
        LastMonth = "last-month",
        All = "all",
    }
}

/// Where everything begins.
const FIRST: Date = date(2000, 1, 1);
/// Older and later years are taken for slips of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// The days of filing that are counted, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub since: Date,
    pub until: Date,
    /// None where days were typed.
    pub choice: Option<Choice>,
    /// Days after today were asked for and left out.
    pub cut: bool,
}

/// The days of a choice as seen from `today`.
#[must_use]
pub fn chosen(choice: Choice, today: Date) -> Range {
    let (since, until) = match choice {
        Choice::Twelve => (today.first_of_month().saturating_sub(11.months()), today),
        Choice::Year => (today.first_of_year(), today),
        Choice::LastMonth => {
            let last = today.first_of_month().saturating_sub(1.day());
            (last.first_of_month(), last)
        }
        Choice::All => (FIRST, today),
    };
    Range { since, until, choice: Some(choice), cut: false }
}

/// What the address asks for: `since` and `until`, or `range`, or the last twelve months.
///
/// # Errors
/// `Kind::Invalid` `figures.range` with the fields `since` and `until`, each with what is wrong with it.
pub fn read(query: &str, today: Date) -> Result<Range> {
    let typed =
        |name: &str| query_value(query, name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (since, until) = (typed("since"), typed("until"));
    if since.is_none() && until.is_none() {
        let Some(word) = typed("range") else { return Ok(chosen(Choice::Twelve, today)) };
        let choice = word.parse().map_err(|_| wrong(vec![problem("since", "figures.range-unknown", &word)]))?;
        return Ok(chosen(choice, today));
    }
    let mut problems = Vec::new();
    let mut day = |name: &str, text: Option<&String>, otherwise: Date| match text.map(|text| (text, parse(text))) {
        None => otherwise,
        Some((_, Some(day))) => day,
        Some((text, None)) => {
            problems.push(problem(name, "figures.day", text));
            otherwise
        }
    };
    let from = day("since", since.as_ref(), FIRST);
    let to = day("until", until.as_ref(), today);
    if problems.is_empty() {
        if from > today {
            problems.push(problem("since", "figures.day-future", since.as_deref().unwrap_or_default()));
        } else if to < from {
            problems.push(problem("until", "figures.days-order", until.as_deref().unwrap_or_default()));
        }
    }
    if problems.is_empty() {
        Ok(Range { since: from, until: to.min(today), choice: None, cut: to > today })
    } else {
        Err(wrong(problems))
    }
}

fn wrong(problems: Vec<FieldError>) -> Error {
    problems.into_iter().fold(Error::invalid("figures.range"), Error::field_error)
}

fn problem(field: &str, code: &'static str, value: &str) -> FieldError {
    let shown: String = value.chars().take(40).collect();
    FieldError { field: field.to_owned(), code, args: [("value", shown)].into() }
}

/// A day as people write it: `2026-03-01`, `2026.3.1.`, `2026/3/1`, `20260301`, `2026년 3월 1일`.
fn parse(text: &str) -> Option<Date> {
    let mut numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if text.chars().any(|c| c.is_alphabetic() && !"년월일".contains(c)) || text.chars().count() > 20 {
        return None;
    }
    if let [only] = numbers[..]
        && only.len() == 8
    {
        numbers = vec![&only[..4], &only[4..6], &only[6..]];
    }
    let [year, month, day] = numbers[..] else { return None };
    let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (year.len() == 4 && YEARS.contains(&day.year())).then_some(day)
}

/// A range as the parameters of an address, for links and downloads.
#[must_use]
pub fn pairs(range: &Range) -> Vec<(String, String)> {
    match range.choice {
        Some(Choice::Twelve) => Vec::new(),
        Some(choice) => vec![("range".into(), choice.code().into())],
        None => vec![("since".into(), range.since.to_string()), ("until".into(), range.until.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn codes(query: &str) -> Vec<(String, &'static str)> {
        let error = read(query, TODAY).unwrap_err();
        assert_eq!(error.code(), "figures.range");
        error.fields().iter().map(|field| (field.field.clone(), field.code)).collect()
    }

    #[test]
    fn choices_move_with_the_calendar() {
        let days = |query: &str| {
            let range = read(query, TODAY).unwrap();
            (range.since.to_string(), range.until.to_string())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(days(""), pair("2025-12-01", "2026-11-22"));
        assert_eq!(days("range=this-year"), pair("2026-01-01", "2026-11-22"));
        assert_eq!(days("range=last-month"), pair("2026-10-01", "2026-10-31"));
        assert_eq!(days("range=all"), pair("2000-01-01", "2026-11-22"));
        assert_eq!(chosen(Choice::LastMonth, date(2026, 1, 31)).until, date(2025, 12, 31));
        for choice in Choice::ALL {
            let range = chosen(*choice, TODAY);
            let query = serde_urlencoded::to_string(pairs(&range)).unwrap();
            assert_eq!(read(&query, TODAY).unwrap(), range, "{query}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2026-03-01", "2026.3.1.", "2026/03/01", "20260301", "2026년 3월 1일", " 2026-03-01 "] {
            let query = serde_urlencoded::to_string([("since", text)]).unwrap();
            assert_eq!(read(&query, TODAY).unwrap().since, date(2026, 3, 1), "{text}");
        }
        let open = read("until=2026-03-01", TODAY).unwrap();
        assert_eq!((open.since, open.until, open.choice), (FIRST, date(2026, 3, 1), None));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        assert_eq!(
            codes("since=morgen&until=2026-02-30"),
            [("since".into(), "figures.day"), ("until".into(), "figures.day"),]
        );
        assert_eq!(codes("since=2026-03-02&until=2026-03-01"), [("until".into(), "figures.days-order")]);
        assert_eq!(codes("since=2027-01-01&until=2028-01-01"), [("since".into(), "figures.day-future")]);
        assert_eq!(codes("range=forever"), [("since".into(), "figures.range-unknown")]);
        assert_eq!(codes("since=1026-03-02"), [("since".into(), "figures.day")]);
        assert_eq!(codes("since=%EF%BC%91"), [("since".into(), "figures.day")]);
        let long = format!("since={}", "9".repeat(10_000));
        assert_eq!(codes(&long), [("since".into(), "figures.day")]);
    }

    #[test]
    fn the_future_is_left_out_and_said() {
        let range = read("since=2026-11-01&until=2030-01-01", TODAY).unwrap();
        assert_eq!((range.until, range.cut), (TODAY, true));
    }
}
