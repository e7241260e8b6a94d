//! The public holidays of 「관공서의 공휴일에 관한 규정」 as data: Article 2 with the years in which each item stood, Article 3
//! with the years from which each substitutes, and election days of 「공직선거법」 Article 34.
//!
//! Exact from 2014, the first year with substitute holidays. Earlier years follow the same table without them.

use icu_calendar::cal::{Iso, KoreanTraditional};
use icu_calendar::types::Month;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

/// One item of Article 2.
pub(super) struct Item {
    pub on: On,
    pub ko: &'static str,
    pub en: &'static str,
    /// The years in which the item stood.
    pub from: i16,
    pub until: i16,
    pub substitute: Substitute,
}

pub(super) enum On {
    /// Month and day.
    Solar(i8, i8),
    /// Month and day of the Korean lunar calendar.
    Lunar(u8, u8),
    /// The same with the day before and the day after.
    LunarWithEves(u8, u8),
}

/// Article 3: in which case, and from which year, an item gives a substitute holiday.
#[derive(Clone, Copy)]
pub(super) enum Substitute {
    Never,
    /// Paragraph 1, item 2: when it falls on a Sunday.
    Sunday(i16),
    /// Paragraph 1, item 1: when it falls on a Saturday or a Sunday.
    Weekend(i16),
}

impl Substitute {
    /// Whether it does in this year on this weekday. On weekdays (paragraph 1, item 3) another holiday must coincide.
    pub fn applies(self, year: i16, weekday: Weekday) -> bool {
        match self {
            Self::Never => false,
            Self::Sunday(from) => year >= from && weekday != Weekday::Saturday,
            Self::Weekend(from) => year >= from,
        }
    }
}

const ALWAYS: i16 = i16::MIN;
const STANDS: i16 = i16::MAX;

const fn item(on: On, ko: &'static str, en: &'static str, years: (i16, i16), substitute: Substitute) -> Item {
    Item { on, ko, en, from: years.0, until: years.1, substitute }
}

/// The years at the end are those of the first substitute: the decrees of 2013-11-05 (Seollal, Chuseok, Children's Day),
/// 2021-08-04 (the four national days; March 1 had passed), 2023-05-04 (Buddha's Birthday, Christmas), and the amendment of
/// 2026, which made Constitution Day a holiday again and Labor Day one.
pub(super) const ITEMS: &[Item] = &[
    item(On::Solar(1, 1), "신정", "New Year’s Day", (ALWAYS, STANDS), Substitute::Never),
    item(On::LunarWithEves(1, 1), "설날", "Seollal (Lunar New Year)", (1989, STANDS), Substitute::Sunday(2014)),
    item(On::Solar(3, 1), "삼일절", "Independence Movement Day", (ALWAYS, STANDS), Substitute::Weekend(2022)),
    item(On::Lunar(4, 8), "석가탄신일", "Buddha’s Birthday", (1975, 2016), Substitute::Never),
    item(On::Lunar(4, 8), "부처님오신날", "Buddha’s Birthday", (2017, STANDS), Substitute::Weekend(2023)),
    item(On::Solar(5, 1), "노동절", "Labor Day", (2026, STANDS), Substitute::Weekend(2026)),
    item(On::Solar(5, 5), "어린이날", "Children’s Day", (1975, STANDS), Substitute::Weekend(2014)),
    item(On::Solar(6, 6), "현충일", "Memorial Day", (1956, STANDS), Substitute::Never),
    item(On::Solar(7, 17), "제헌절", "Constitution Day", (1949, 2007), Substitute::Never),
    item(On::Solar(7, 17), "제헌절", "Constitution Day", (2026, STANDS), Substitute::Weekend(2026)),
    item(On::Solar(8, 15), "광복절", "Liberation Day", (1949, STANDS), Substitute::Weekend(2021)),
    item(On::LunarWithEves(8, 15), "추석", "Chuseok", (1989, STANDS), Substitute::Sunday(2014)),
    item(On::Solar(10, 3), "개천절", "National Foundation Day", (1949, STANDS), Substitute::Weekend(2021)),
    item(On::Solar(10, 9), "한글날", "Hangul Day", (2013, STANDS), Substitute::Weekend(2021)),
    item(On::Solar(12, 25), "기독탄신일", "Christmas Day", (1949, STANDS), Substitute::Weekend(2023)),
];

/// Days that the Cabinet made holidays (Article 2, item 11), from 2014 on. A site adds later ones in its configuration.
pub(super) const DECREED: &[(Date, &str, &str)] = &[
    (Date::constant(2015, 8, 14), "광복 70주년 임시공휴일", "Temporary holiday for 70 years of liberation"),
    (Date::constant(2016, 5, 6), "임시공휴일", "Temporary holiday"),
    (Date::constant(2017, 10, 2), "임시공휴일", "Temporary holiday"),
    (Date::constant(2020, 8, 17), "임시공휴일", "Temporary holiday"),
    (Date::constant(2023, 10, 2), "임시공휴일", "Temporary holiday"),
    (Date::constant(2024, 10, 1), "국군의 날 임시공휴일", "Temporary holiday for Armed Forces Day"),
    (Date::constant(2025, 1, 27), "임시공휴일", "Temporary holiday"),
];

/// Elections outside the cycle, whose days the Cabinet made holidays.
pub(super) const EARLY_ELECTIONS: &[(Date, &str, &str)] = &[
    (Date::constant(2017, 5, 9), "대통령선거일", "Presidential election"),
    (Date::constant(2025, 6, 3), "대통령선거일", "Presidential election"),
];

/// Elections at the end of a term, 「공직선거법」 Article 34 (1): the first Wednesday from the given day before the term ends.
pub(super) struct Term {
    pub ko: &'static str,
    pub en: &'static str,
    /// The end of the first term of the row, and of its last one.
    ends: (Date, Date),
    years: i16,
    days_before: i32,
}

const fn term(names: (&'static str, &'static str), ends: (Date, Date), years: i16, days_before: i32) -> Term {
    Term { ko: names.0, en: names.1, ends, years, days_before }
}

const PRESIDENT: (&str, &str) = ("대통령선거일", "Presidential election");
const ASSEMBLY: (&str, &str) = ("국회의원선거일", "National Assembly election");
const LOCAL: (&str, &str) = ("지방선거일", "Local elections");

/// The President's term began anew with the early elections of 2017 and 2025, hence the three rows.
pub(super) const TERMS: &[Term] = &[
    term(PRESIDENT, (Date::constant(2008, 2, 24), Date::constant(2013, 2, 24)), 5, 70),
    term(PRESIDENT, (Date::constant(2022, 5, 9), Date::constant(2022, 5, 9)), 5, 70),
    term(PRESIDENT, (Date::constant(2030, 6, 3), Date::MAX), 5, 70),
    term(ASSEMBLY, (Date::constant(2008, 5, 29), Date::MAX), 4, 50),
    term(LOCAL, (Date::constant(2010, 6, 30), Date::MAX), 4, 30),
];

impl Term {
    /// The election day that falls in `year`. `holiday` tells the days of [`ITEMS`]: by Article 34 (2) the election moves
    /// to the next week's Wednesday when it, the day before or the day after is one.
    pub fn election_in(&self, year: i16, holiday: impl Fn(Date) -> bool) -> Option<Date> {
        // The election is at most 70 days before the end of the term, so that is in the same year or the next.
        [year, year.saturating_add(1)].into_iter().find_map(|end_year| {
            let (first, last) = self.ends;
            let end = Date::new(end_year, first.month(), first.day()).ok()?;
            if end < first || end > last || (end_year - first.year()) % self.years != 0 {
                return None;
            }
            let earliest = end.checked_sub(days(self.days_before)).ok()?;
            let mut day = first_wednesday_from(earliest)?;
            while [-1, 0, 1].into_iter().any(|offset| day.checked_add(days(offset)).is_ok_and(&holiday)) {
                day = day.checked_add(days(7)).ok()?;
            }
            (day.year() == year).then_some(day)
        })
    }
}

impl Item {
    /// The days of the item in a year.
    pub fn days_in(&self, year: i16) -> Vec<Date> {
        if year < self.from || year > self.until {
            return Vec::new();
        }
        match self.on {
            On::Solar(month, day) => Date::new(year, month, day).into_iter().collect(),
            On::Lunar(month, day) => lunar(year, month, day).into_iter().collect(),
            On::LunarWithEves(month, day) => lunar(year, month, day).map_or_else(Vec::new, |date| {
                [-1, 0, 1].into_iter().filter_map(|offset| date.checked_add(days(offset)).ok()).collect()
            }),
        }
    }
}

/// A day of a normal month of the Korean lunar calendar (단기력). Tables reach from 1912 to 2102; later years are calculated.
fn lunar(year: i16, month: u8, day: u8) -> Option<Date> {
    let korean = icu_calendar::Date::try_new(i32::from(year).into(), Month::new(month), day, KoreanTraditional::new());
    let iso = korean.ok()?.to_calendar(Iso);
    let fields = (iso.year().extended_year(), iso.month().number(), iso.day_of_month().0);
    Date::new(i16::try_from(fields.0).ok()?, i8::try_from(fields.1).ok()?, i8::try_from(fields.2).ok()?).ok()
}

fn first_wednesday_from(date: Date) -> Option<Date> {
    let ahead = Weekday::Wednesday.since(date.weekday());
    date.checked_add(days(i32::from(ahead))).ok()
}

fn days(n: i32) -> Span {
    n.days()
}
