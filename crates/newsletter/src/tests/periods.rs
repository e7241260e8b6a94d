//! Weeks and months by the calendar of Korea.

use jiff::civil::date;
use madang_base::Time;

use crate::mailing::next_morning;
use crate::model::Rhythm;
use crate::period::Period;

fn at(day: jiff::civil::Date, hour: i64) -> Time {
    Time::at_kst_midnight(day).plus_seconds(hour * 3600)
}

#[test]
fn the_last_period_is_the_one_that_is_over_in_korea() {
    let month = |time| Period::last_over(Rhythm::Monthly, time).to_string();
    assert_eq!(month(at(date(2026, 11, 1), 0)), "2026-10");
    assert_eq!(month(at(date(2026, 10, 31), 23)), "2026-09");
    assert_eq!(month(at(date(2026, 1, 15), 8)), "2025-12");
    let week = |time| Period::last_over(Rhythm::Weekly, time).to_string();
    assert_eq!(week(at(date(2026, 10, 25), 23)), "2026-W42", "a Sunday: its week goes on");
    assert_eq!(week(at(date(2026, 10, 26), 0)), "2026-W43");
    assert_eq!(week(at(date(2026, 1, 4), 12)), "2025-W52");
    assert_eq!(week(at(date(2027, 1, 4), 1)), "2026-W53");
}

#[test]
fn a_period_has_its_days_and_is_read_as_it_is_written() {
    let week: Period = "2026-W43".parse().unwrap();
    assert_eq!((week.first(), week.last()), (date(2026, 10, 19), date(2026, 10, 25)));
    assert_eq!(week.until_at(), at(date(2026, 10, 26), 0));
    let month: Period = "2026-02".parse().unwrap();
    assert_eq!((month.first(), month.last()), (date(2026, 2, 1), date(2026, 2, 28)));
    for word in ["2026-10", "2026-W01", "2026-W53", "1999-12"] {
        assert_eq!(word.parse::<Period>().unwrap().to_string(), word);
    }
    for wrong in [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-W54",
        "2025-W53",
        "2026-1",
        "26-10",
        "2026-W1",
        "2026-10-01",
        "x-y",
        "２０２６-10",
    ] {
        assert!(wrong.parse::<Period>().is_err(), "{wrong}");
    }
}

#[test]
fn the_next_morning_is_at_least_an_hour_away() {
    assert_eq!(next_morning(at(date(2026, 11, 22), 6)), at(date(2026, 11, 22), 8));
    assert_eq!(next_morning(at(date(2026, 11, 22), 7)), at(date(2026, 11, 22), 8));
    assert_eq!(next_morning(at(date(2026, 11, 22), 7).plus_seconds(1)), at(date(2026, 11, 23), 8));
    assert_eq!(next_morning(at(date(2026, 11, 22), 20)), at(date(2026, 11, 23), 8));
}
