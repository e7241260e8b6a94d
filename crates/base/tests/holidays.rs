//! The calendar against the dates that the Python package `holidays` 0.109 gives for 2015–2035 (`script/holiday-facts`
//! renews the file). There is no known difference; one that appears needs its legal basis written beside it here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use madang_base::calendar::{Calendar, HolidayKind};

const FACTS: &str = include_str!("data/kr-holidays-2015-2035.csv");

/// The package's holidays by date; its three marks tell the kind.
fn facts() -> BTreeMap<Date, BTreeSet<HolidayKind>> {
    let mut facts: BTreeMap<Date, BTreeSet<HolidayKind>> = BTreeMap::new();
    for line in FACTS.lines().skip(1) {
        let (date, name) = line.split_once(',').expect("date,name");
        let kind = match name {
            _ if name.ends_with("대체 휴일") => HolidayKind::Substitute,
            _ if name.contains("선거일") => HolidayKind::Election,
            "임시공휴일" | "국군의 날" => HolidayKind::Temporary,
            _ => HolidayKind::Statutory,
        };
        facts.entry(date.parse().expect("a date")).or_default().insert(kind);
    }
    facts
}

#[test]
fn every_holiday_of_2015_to_2035_and_no_other() {
    let calendar = Calendar::korea();
    let facts = facts();
    assert!(facts.len() > 350, "the file of facts is cut short: {} dates", facts.len());
    for year in 2015..=2035 {
        let mut ours: BTreeMap<Date, BTreeSet<HolidayKind>> = BTreeMap::new();
        for holiday in calendar.holidays(year) {
            assert_eq!(holiday.date.year(), year);
            ours.entry(holiday.date).or_default().insert(holiday.kind);
        }
        let theirs: BTreeMap<_, _> =
            facts.iter().filter(|(date, _)| date.year() == year).map(|(date, kinds)| (*date, kinds.clone())).collect();
        assert_eq!(ours, theirs, "{year}");
    }
}
