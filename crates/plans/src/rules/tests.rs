//! States from plain values.

use jiff::civil::{Date, date};

use super::*;

const TERM_END: Date = Date::constant(2023, 12, 31);

fn period(start: Option<Date>, due: Option<Date>, claim: Option<Claim>) -> PeriodFacts {
    PeriodFacts { start, due, claim }
}

fn once(claim: Option<Claim>) -> [PeriodFacts; 1] {
    [period(Some(date(2021, 1, 1)), Some(date(2021, 10, 31)), claim)]
}

fn of(periods: &[PeriodFacts]) -> Facts<'_> {
    Facts { periods, claim: None, continues: false, throughout: false, recurs: false, term_end: TERM_END }
}

#[test]
fn a_single_period_goes_by_its_days_until_somebody_reports() {
    let silent = once(None);
    for (today, expected) in [
        (date(2020, 12, 31), State::Upcoming),
        (date(2021, 1, 1), State::UnderWay),
        (date(2021, 10, 31), State::UnderWay),
        (date(2021, 11, 1), State::NoReport),
        (date(2030, 1, 1), State::NoReport),
    ] {
        assert_eq!(state(&of(&silent), today), expected, "{today}");
    }
}

#[test]
fn what_is_reported_decides_after_the_due_day() {
    let after = date(2021, 11, 1);
    for (claim, expected) in [
        (Claim::NotStarted, State::Late),
        (Claim::UnderWay, State::Late),
        (Claim::Delayed, State::Late),
        (Claim::Completed, State::Completed),
    ] {
        assert_eq!(state(&of(&once(Some(claim))), after), expected, "{claim}");
    }
    assert_eq!(state(&of(&once(Some(Claim::Delayed))), date(2021, 10, 31)), State::UnderWay, "not late before the day");
    assert_eq!(state(&of(&once(Some(Claim::Completed))), date(2020, 1, 1)), State::Completed, "done early is done");
}

#[test]
fn without_an_end_nothing_is_late_and_silence_to_the_end_of_the_term_is_silence() {
    let open = [period(Some(date(2021, 1, 1)), None, None)];
    let endless = Facts { continues: true, ..of(&open) };
    assert_eq!(state(&endless, date(2022, 1, 1)), State::Continuing);
    assert_eq!(state(&of(&open), date(2022, 1, 1)), State::UnderWay);
    assert_eq!(state(&endless, date(2024, 1, 1)), State::NoReport);
    assert_eq!(state(&of(&open), date(2024, 1, 1)), State::NoReport);
    let told = [period(Some(date(2021, 1, 1)), None, Some(Claim::UnderWay))];
    assert_eq!(state(&Facts { continues: true, ..of(&told) }, date(2024, 1, 1)), State::Continuing);
    assert_eq!(state(&of(&told), date(2024, 1, 1)), State::UnderWay);
}

#[test]
fn what_comes_again_is_judged_by_what_was_due() {
    let years = |first, second, third| {
        [
            period(Some(date(2021, 7, 1)), Some(date(2021, 9, 30)), first),
            period(Some(date(2022, 7, 1)), Some(date(2022, 9, 30)), second),
            period(Some(date(2023, 7, 1)), Some(date(2023, 9, 30)), third),
        ]
    };
    let done = Some(Claim::Completed);
    let winter = date(2022, 12, 1);
    let at = |periods: &[PeriodFacts], today| state(&Facts { recurs: true, ..of(periods) }, today);
    assert_eq!(at(&years(done, done, None), winter), State::Recurring);
    assert_eq!(at(&years(done, None, None), winter), State::NoReport);
    assert_eq!(at(&years(None, Some(Claim::Delayed), None), winter), State::Late, "a delay that is known weighs more");
    assert_eq!(at(&years(done, None, None), date(2022, 8, 1)), State::UnderWay);
    assert_eq!(at(&years(None, None, None), date(2021, 6, 1)), State::Upcoming);
    assert_eq!(at(&years(done, done, done), date(2023, 10, 1)), State::Recurring, "the term is not over");
    assert_eq!(at(&years(done, done, done), date(2024, 1, 1)), State::Completed);
}

#[test]
fn without_any_date_nothing_is_known() {
    assert_eq!(state(&of(&[]), date(2022, 1, 1)), State::NotKnown);
    let told = Facts { claim: Some(Claim::UnderWay), ..of(&[]) };
    assert_eq!(state(&told, date(2022, 1, 1)), State::UnderWay);
    let done = Facts { claim: Some(Claim::Completed), ..of(&[]) };
    assert_eq!(state(&done, date(2022, 1, 1)), State::Completed);
    let endless = Facts { continues: true, ..of(&[]) };
    assert_eq!(state(&endless, date(2022, 1, 1)), State::Continuing);
}

#[test]
fn reports_count_for_their_period_or_for_all_that_have_begun() {
    let report = |period, claim, day| Report { period, claim, day };
    let (start, due) = (Some(date(2022, 1, 1)), Some(date(2022, 6, 30)));
    let early = [report(None, Claim::UnderWay, date(2021, 12, 1))];
    assert_eq!(fold(2, start, due, &early), (None, None), "the period had not begun");
    let during = [report(None, Claim::UnderWay, date(2022, 2, 1)), report(Some(2), Claim::Completed, date(2022, 7, 9))];
    assert_eq!(fold(2, start, due, &during), (Some(Claim::Completed), Some(date(2022, 7, 9))));
    let other = [report(Some(1), Claim::Completed, date(2022, 2, 1))];
    assert_eq!(fold(2, start, due, &other), (None, None));
    let late = [report(Some(2), Claim::Delayed, date(2022, 8, 1)), report(Some(2), Claim::Completed, date(2022, 9, 1))];
    assert_eq!(
        fold(2, start, due, &late),
        (Some(Claim::Completed), Some(date(2022, 8, 1))),
        "the first that came after"
    );
}

#[test]
fn speed_is_the_median_of_days_from_the_end_to_the_report() {
    let due = date(2022, 6, 30);
    let after = |days: i64| Some(due.checked_add(jiff::Span::new().days(days)).unwrap());
    let today = date(2023, 1, 1);
    let found = speed(&[(due, after(10)), (due, after(-5)), (due, after(100)), (due, None)], today);
    assert_eq!((found.due, found.reported, found.on_time), (4, 3, 2));
    assert_eq!(found.median_days, Some(10.0));
    assert_eq!(found.on_time_share, Some(0.5));
    let pair = speed(&[(due, after(10)), (due, after(20))], today);
    assert_eq!(pair.median_days, Some(15.0));
    let fresh = speed(&[(due, None)], date(2022, 7, 10));
    assert_eq!((fresh.due, fresh.median_days, fresh.on_time_share), (0, None, None), "still within the days of grace");
    assert_eq!(speed(&[], today), Speed::default());
}

#[test]
fn falling_short_depends_on_which_way_is_better() {
    use crate::file::Better;
    assert!(falls_short(3.3, 3.4, Better::Higher));
    assert!(!falls_short(3.4, 3.4, Better::Higher));
    assert!(falls_short(5.0, 4.0, Better::Lower));
    assert!(!falls_short(4.0, 4.0, Better::Lower));
}

#[test]
fn progress_counts_each_state_once() {
    let mut progress = Progress::default();
    for state in State::ALL {
        progress.add(*state);
    }
    let all = u32::try_from(State::ALL.len()).unwrap();
    let Progress { upcoming, under_way, late, no_report, completed, continuing, recurring, not_known, total } =
        progress;
    assert_eq!([upcoming, under_way, late, no_report, completed, continuing, recurring, not_known], [1; 8]);
    assert_eq!(total, all);
}
