//! Periods from dates as they are printed.

use jiff::civil::date;

use super::*;
use crate::file::{Next, Previous};

fn term() -> Term {
    Term { start: date(2021, 1, 1), end: date(2023, 12, 31) }
}

fn partial(text: &str) -> Option<PartialDate> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn milestone(printed: &[(&str, &str)], recurs: Option<Recurs>) -> Milestone {
    let periods = printed.iter().map(|(start, end)| Period { start: partial(start), end: partial(end) }).collect();
    Milestone { periods, recurs, ..Milestone::default() }
}

fn shown(spans: &[Span]) -> Vec<String> {
    let day = |d: Option<Date>| d.map_or_else(|| "…".to_owned(), |d| d.to_string());
    spans.iter().map(|s| format!("{} {}", day(s.start), day(s.due))).collect()
}

#[test]
fn printed_periods_reach_from_the_first_to_the_last_day() {
    let spans = periods(&milestone(&[("2021", "2021-Q4"), ("2022-02", "2022-02"), ("2020-09-01", "")], None), term());
    assert_eq!(shown(&spans), ["2021-01-01 2021-12-31", "2022-02-01 2022-02-28", "2020-09-01 …"]);
}

#[test]
fn months_are_written_out_for_every_year_of_the_term() {
    let recurs = Recurs { from: Month::new(7), to: Month::new(9), ..Recurs::default() };
    let spans = periods(&milestone(&[], Some(recurs)), term());
    assert_eq!(shown(&spans), ["2021-07-01 2021-09-30", "2022-07-01 2022-09-30", "2023-07-01 2023-09-30"]);
    let over = Recurs {
        from: Month::new(12),
        from_year: Some(Previous::Previous),
        to: Month::new(3),
        to_year: Some(Next::Next),
        ..Recurs::default()
    };
    let spans = periods(&milestone(&[], Some(over)), term());
    assert_eq!(shown(&spans), ["2020-12-01 2021-03-31", "2021-12-01 2022-03-31", "2022-12-01 2023-03-31"]);
    let halves = Recurs { every: Every::HalfYear, from: Month::new(1), to: Month::new(3), ..Recurs::default() };
    let spans = periods(&milestone(&[], Some(halves)), Term { start: date(2021, 1, 1), end: date(2021, 12, 31) });
    assert_eq!(shown(&spans), ["2021-01-01 2021-03-31", "2021-07-01 2021-09-30"]);
}

#[test]
fn without_months_cycles_follow_the_printed_start() {
    let yearly = Recurs::default();
    let spans = periods(&milestone(&[("2020-09-01", "2023-08-31")], Some(yearly.clone())), term());
    assert_eq!(shown(&spans), ["2020-09-01 2021-08-31", "2021-09-01 2022-08-31", "2022-09-01 2023-08-31"]);
    let half = Recurs { every: Every::HalfYear, ..Recurs::default() };
    let spans = periods(&milestone(&[("2020-09-01", "2021-12-31")], Some(half)), term());
    assert_eq!(shown(&spans), ["2020-09-01 2021-02-28", "2021-03-01 2021-08-31", "2021-09-01 2021-12-31"]);
    let biennial = Recurs { every: Every::TwoYears, first: Some(2022), ..Recurs::default() };
    let spans = periods(&milestone(&[("2022", "")], Some(biennial)), term());
    assert_eq!(shown(&spans), ["2022-01-01 2022-12-31"]);
    let endless = periods(&milestone(&[("2020-08", "")], Some(yearly)), term());
    assert_eq!(endless.len(), 4, "up to the end of the term");
}

#[test]
fn throughout_the_year_has_no_due_day() {
    let recurs = Recurs { throughout: true, ..Recurs::default() };
    assert_eq!(shown(&periods(&milestone(&[], Some(recurs)), term())), ["2021-01-01 …"]);
}

#[test]
fn absurd_terms_end() {
    let long = Term { start: date(1, 1, 1), end: date(9999, 12, 31) };
    let half = Recurs { every: Every::HalfYear, from: Month::new(1), ..Recurs::default() };
    assert!(periods(&milestone(&[], Some(half)), long).len() <= 200);
    assert!(periods(&milestone(&[], Some(Recurs::default())), long).len() <= 200);
}

#[test]
fn day_numbers_come_back() {
    for day_of in [date(2021, 1, 1), date(2024, 2, 29), date(9999, 12, 31)] {
        assert_eq!(day(day_number(day_of)), Some(day_of));
    }
    assert_eq!(day(20_210_230), None);
    assert_eq!(day(-1), None);
}
