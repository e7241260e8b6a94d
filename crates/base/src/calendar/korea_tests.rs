use jiff::civil::{Date, Weekday, date};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::{Calendar, DayOff, HolidayKind, Why};
use crate::{Locale, LocalizedText};

fn substitutes(year: i16) -> Vec<(Date, String)> {
    let calendar = Calendar::korea();
    let found = calendar.holidays(year).into_iter().filter(|h| h.kind == HolidayKind::Substitute);
    found.map(|h| (h.date, h.name.get(Locale::Ko).to_owned())).collect()
}

#[test]
fn substitutes_follow_the_decree_of_their_year() {
    // Chuseok's eve on a Sunday and Children's Day on a weekend substitute from 2014; national days not before 2021.
    assert_eq!(substitutes(2014), [(date(2014, 9, 10), "대체공휴일(추석)".into())]);
    assert_eq!(substitutes(2015), [(date(2015, 9, 29), "대체공휴일(추석)".into())]);
    assert_eq!(substitutes(2020), [(date(2020, 1, 27), "대체공휴일(설날)".into())]);
    // From 2021-08-04: Liberation Day on a Sunday, but not Christmas on a Saturday, which waits for 2023.
    let days_2021: Vec<_> = substitutes(2021).into_iter().map(|(day, _)| day).collect();
    assert_eq!(days_2021, [date(2021, 8, 16), date(2021, 10, 4), date(2021, 10, 11)]);
    // Memorial Day and New Year's Day never substitute.
    assert!(substitutes(2021).iter().all(|(day, _)| day.month() != 6));
    assert!(Calendar::korea().is_business_day(date(2023, 1, 2)));
}

#[test]
fn two_holidays_on_one_weekday_share_a_substitute() {
    assert_eq!(substitutes(2025)[1], (date(2025, 5, 6), "대체공휴일(부처님오신날·어린이날)".into()));
    assert_eq!(substitutes(2028), [(date(2028, 10, 5), "대체공휴일(추석·개천절)".into())]);
}

fn october_substitutes(year: i16) -> Vec<Date> {
    substitutes(year).into_iter().map(|(day, _)| day).filter(|day| day.month() == 10).collect()
}

#[test]
fn substitutes_that_would_meet_take_two_days() {
    // 2036-10-03, a Friday, is National Foundation Day and Chuseok's eve; Chuseok's last day is a Sunday.
    assert_eq!(october_substitutes(2036), [date(2036, 10, 6), date(2036, 10, 7)]);
    // In 2039 Chuseok's Sunday and National Foundation Day on Chuseok's Monday each give a day, one after the other.
    assert_eq!(october_substitutes(2039), [date(2039, 10, 4), date(2039, 10, 5), date(2039, 10, 10)]);
}

#[test]
fn two_holidays_on_one_weekend_day_share_a_substitute_too() {
    // 2066-10-03 is a Sunday, Chuseok's day and National Foundation Day.
    assert_eq!(october_substitutes(2066), [date(2066, 10, 5), date(2066, 10, 11)]);
}

#[test]
fn a_substitute_never_falls_on_a_saturday() {
    for year in 2014..=2100 {
        for (day, name) in substitutes(year) {
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day} {name}");
        }
    }
}

#[test]
fn elections_keep_away_from_holidays() {
    let elections = |year| -> Vec<Date> {
        let calendar = Calendar::korea();
        calendar.holidays(year).into_iter().filter(|h| h.kind == HolidayKind::Election).map(|h| h.date).collect()
    };
    // The day after March 1, hence a week later; Memorial Day itself in 2018, the day before it in 2030.
    assert_eq!(elections(2022), [date(2022, 3, 9), date(2022, 6, 1)]);
    assert_eq!(elections(2018), [date(2018, 6, 13)]);
    assert_eq!(elections(2030), [date(2030, 3, 27), date(2030, 6, 12)]);
    // The election of 2027 fell away with the early one of 2025.
    assert_eq!(elections(2025), [date(2025, 6, 3)]);
    assert_eq!(elections(2027), Vec::<Date>::new());
    assert_eq!(elections(2012), [date(2012, 4, 11), date(2012, 12, 19)]);
}

#[test]
fn constitution_day_was_away_from_2008_to_2025() {
    let calendar = Calendar::korea();
    let holiday = |year| calendar.holidays(year).iter().any(|h| h.date == date(year, 7, 17));
    let years: Vec<_> = (2005..=2028).filter(|&year| holiday(year)).collect();
    assert_eq!(years, [2005, 2006, 2007, 2026, 2027, 2028]);
}

#[test]
fn a_configured_holiday_counts_and_pushes_substitutes() {
    let name = LocalizedText::new("임시공휴일", "Temporary holiday");
    let calendar = Calendar::korea();
    assert!(calendar.is_business_day(date(2027, 2, 9)) != calendar.is_business_day(date(2027, 2, 10)));
    let changed = calendar.clone().with_temporary(date(2027, 2, 9), name.clone());
    assert!(!changed.is_business_day(date(2027, 2, 9)) && !changed.is_business_day(date(2027, 2, 10)));
    assert_eq!(changed.day_off(date(2027, 2, 9)), Some(DayOff::Holiday(name)));
    assert!(calendar.is_business_day(date(2027, 2, 10)), "the calendar it was made from is unchanged");
}

#[test]
fn a_day_off_names_its_reason() {
    let calendar = Calendar::korea();
    let name = |day| match calendar.day_off(day) {
        Some(DayOff::Holiday(name)) => format!("{} / {}", name.get(Locale::Ko), name.get(Locale::En)),
        other => format!("{other:?}"),
    };
    assert_eq!(name(date(2026, 2, 16)), "설날 전날 / Eve of Seollal (Lunar New Year)");
    assert_eq!(name(date(2026, 6, 3)), "지방선거일 / Local elections");
    assert_eq!(name(date(2026, 8, 15)), "광복절 / Liberation Day");
    assert_eq!(name(date(2026, 6, 13)), "Some(Saturday)");
    assert_eq!(name(date(2026, 6, 14)), "Some(Sunday)");
    assert_eq!(name(date(2026, 6, 15)), "None");
}

#[test]
fn counts_business_days() {
    let calendar = Calendar::korea();
    let monday = date(2026, 6, 8);
    assert_eq!(calendar.add_business_days(monday, 10, true), date(2026, 6, 19));
    assert_eq!(calendar.add_business_days(monday, 10, false), date(2026, 6, 22));
    assert_eq!(calendar.add_business_days(monday, 0, true), monday);
    assert_eq!(calendar.business_days_between(monday, date(2026, 6, 22)), 10);
    assert_eq!(calendar.business_days_between(date(2026, 6, 22), monday), -10);
    // Filed on the Saturday before Seollal: the first day is the Thursday after it.
    assert_eq!(calendar.add_business_days(date(2026, 2, 14), 1, true), date(2026, 2, 19));
    assert_eq!(calendar.business_day_from(date(2026, 2, 14)), date(2026, 2, 19));
    assert_eq!(calendar.add_business_days(Date::MAX, 5, false), Date::MAX);
}

#[test]
fn explains_every_day() {
    let calendar = Calendar::korea();
    let due = calendar.explain(date(2026, 6, 1), 3, false);
    let steps: Vec<_> = due.steps.iter().map(|s| (s.date.day(), s.why.clone())).collect();
    let election = DayOff::Holiday(LocalizedText::new("지방선거일", "Local elections"));
    let expected =
        [(1, Why::FirstDay), (2, Why::Counted(1)), (3, Why::Off(election)), (4, Why::Counted(2)), (5, Why::Counted(3))];
    assert_eq!(steps, expected);
    assert_eq!((due.date, due.overdue_from), (Some(date(2026, 6, 5)), Some(date(2026, 6, 6).at(0, 0, 0, 0))));
    assert_eq!(calendar.explain(date(2026, 6, 6), 0, true).date, Some(date(2026, 6, 6)));
}

#[test]
fn years_outside_the_tables_do_not_panic() {
    let calendar = Calendar::korea();
    for year in [-9999, -1, 1, 1700, 2103, 2500, 9999] {
        assert!(calendar.holidays(year).len() < 40, "{year}");
    }
}

proptest! {
    #[test]
    fn counting_forth_and_back_agrees(days in 0i32..7000, n in 1u32..60, first in any::<bool>()) {
        let calendar = Calendar::korea();
        let from = date(2014, 1, 1).saturating_add(jiff::Span::new().days(days));
        let to = calendar.add_business_days(from, n, first);
        prop_assert!(calendar.is_business_day(to));
        prop_assert_eq!(calendar.explain(from, n, first).date, Some(to));
        let own = i64::from(first && calendar.is_business_day(from));
        prop_assert_eq!(calendar.business_days_between(from, to), i64::from(n) - own);
        prop_assert_eq!(calendar.business_days_between(to, from), own - i64::from(n));
    }
}
