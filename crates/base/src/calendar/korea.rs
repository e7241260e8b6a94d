//! The Korean calendar of public offices: which days are holidays and why, and counting in business days.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, Weekday};

use super::statute::{DECREED, EARLY_ELECTIONS, ITEMS, On, TERMS};
use crate::LocalizedText;

/// What makes a day a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidayKind {
    /// Named in 「관공서의 공휴일에 관한 규정」 Article 2.
    Statutory,
    /// Stands in for one that fell on a weekend or on another holiday (Article 3).
    Substitute,
    /// An election's day.
    Election,
    /// Decreed by the Cabinet (Article 2, item 11) or configured.
    Temporary,
}

impl HolidayKind {
    /// The word in exports and message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::Substitute => "substitute",
            Self::Election => "election",
            Self::Temporary => "temporary",
        }
    }
}

/// One holiday. A date can carry two: Children's Day and Buddha's Birthday met on 2025-05-05.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub date: Date,
    pub name: LocalizedText,
    pub kind: HolidayKind,
}

/// Why public offices are closed on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayOff {
    Holiday(LocalizedText),
    Saturday,
    Sunday,
}

/// The first and the last year whose holidays are kept once worked out.
const KEPT: (i16, i16) = (1990, 2110);

/// The holidays and business days of Korea's public offices. Cheap to clone.
#[derive(Clone)]
pub struct Calendar(Arc<Inner>);

struct Inner {
    temporary: BTreeMap<Date, LocalizedText>,
    years: Vec<OnceLock<Vec<Holiday>>>,
}

impl Calendar {
    /// The calendar by law, with the temporary holidays and early elections of 2014 to 2025.
    #[must_use]
    pub fn korea() -> Self {
        Self::with(DECREED.iter().map(|&(date, ko, en)| (date, LocalizedText::new(ko, en))).collect())
    }

    fn with(temporary: BTreeMap<Date, LocalizedText>) -> Self {
        let years = (KEPT.0..=KEPT.1).map(|_| OnceLock::new()).collect();
        Self(Arc::new(Inner { temporary, years }))
    }

    /// The same calendar with one more temporary holiday, as a site's configuration names it.
    #[must_use]
    pub fn with_temporary(self, date: Date, name: LocalizedText) -> Self {
        let mut temporary = self.0.temporary.clone();
        temporary.insert(date, name);
        Self::with(temporary)
    }

    /// The holidays of a year by date; weekends are not among them unless a holiday falls on one.
    #[must_use]
    pub fn holidays(&self, year: i16) -> Vec<Holiday> {
        self.year(year).into_owned()
    }

    fn year(&self, year: i16) -> Cow<'_, [Holiday]> {
        let kept = usize::try_from(i32::from(year) - i32::from(KEPT.0)).ok().and_then(|i| self.0.years.get(i));
        match kept {
            Some(cell) => Cow::Borrowed(cell.get_or_init(|| holidays_of(year, &self.0.temporary))),
            None => Cow::Owned(holidays_of(year, &self.0.temporary)),
        }
    }

    /// Why public offices are closed on this day, or nothing on a business day. A holiday's name goes before the weekend.
    #[must_use]
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        if let Some(holiday) = self.year(date.year()).iter().find(|h| h.date == date) {
            return Some(DayOff::Holiday(holiday.name.clone()));
        }
        match date.weekday() {
            Weekday::Saturday => Some(DayOff::Saturday),
            Weekday::Sunday => Some(DayOff::Sunday),
            _ => None,
        }
    }

    /// Neither Saturday nor Sunday nor a holiday.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        !is_weekend(date) && !self.year(date.year()).iter().any(|h| h.date == date)
    }

    /// `date` itself when it is a business day, else the next one: 「민법」 Article 161.
    #[must_use]
    pub fn business_day_from(&self, date: Date) -> Date {
        days_from(date).find(|&day| self.is_business_day(day)).unwrap_or(Date::MAX)
    }

    /// The `n`th business day. With `first_day_counted`, `date` is the first one if it is a business day; without, counting
    /// starts on the day after. `n` = 0 gives `date`.
    #[must_use]
    pub fn add_business_days(&self, date: Date, n: u32, first_day_counted: bool) -> Date {
        let Some(nth) = n.checked_sub(1) else { return date };
        let start = if first_day_counted { date } else { date.tomorrow().unwrap_or(Date::MAX) };
        days_from(start)
            .filter(|&day| self.is_business_day(day))
            .nth(usize::try_from(nth).unwrap_or(usize::MAX))
            .unwrap_or(Date::MAX)
    }

    /// How many business days come after `from`, up to and with `to`; negative when `to` is earlier. It undoes
    /// [`Self::add_business_days`] without the first day.
    #[must_use]
    pub fn business_days_between(&self, from: Date, to: Date) -> i64 {
        let count = |from: Date, to: Date| -> i64 {
            days_from(from)
                .skip(1)
                .take_while(|&day| day <= to)
                .fold(0, |n, day| n + i64::from(self.is_business_day(day)))
        };
        if from <= to { count(from, to) } else { -count(to, from) }
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calendar").field("temporary", &self.0.temporary).finish_non_exhaustive()
    }
}

pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `date` and every later day.
pub(super) fn days_from(date: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(date), |day| day.tomorrow().ok())
}

fn holidays_of(year: i16, temporary: &BTreeMap<Date, LocalizedText>) -> Vec<Holiday> {
    // Each date's items of the law, by their place in the table.
    let mut statutory: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    let mut holidays = Vec::new();
    for (index, item) in ITEMS.iter().enumerate() {
        let days = item.days_in(year);
        for (place, &date) in days.iter().enumerate() {
            statutory.entry(date).or_default().push(index);
            let name = match (&item.on, place) {
                (On::LunarWithEves(..), 0) => (format!("{} 전날", item.ko), format!("Eve of {}", item.en)),
                (On::LunarWithEves(..), 2) => (format!("{} 다음날", item.ko), format!("Day after {}", item.en)),
                _ => (item.ko.to_owned(), item.en.to_owned()),
            };
            holidays.push(Holiday { date, name: LocalizedText::new(name.0, name.1), kind: HolidayKind::Statutory });
        }
    }
    for term in TERMS {
        if let Some(date) = term.election_in(year, |day| statutory.contains_key(&day)) {
            holidays.push(Holiday { date, name: LocalizedText::new(term.ko, term.en), kind: HolidayKind::Election });
        }
    }
    for &(date, ko, en) in EARLY_ELECTIONS.iter().filter(|(date, ..)| date.year() == year) {
        holidays.push(Holiday { date, name: LocalizedText::new(ko, en), kind: HolidayKind::Election });
    }
    for (&date, name) in temporary.iter().filter(|(date, _)| date.year() == year) {
        holidays.push(Holiday { date, name: name.clone(), kind: HolidayKind::Temporary });
    }
    add_substitutes(year, &statutory, &mut holidays);
    holidays.sort_by_key(|h| (h.date, h.kind));
    holidays
}

/// Article 3: the first day after the holiday that is no holiday and no Saturday. Substitutes of two dates that would meet
/// take two days (paragraph 2); two holidays on one date have one between them, as the government applied it to 2025-05-05.
fn add_substitutes(year: i16, statutory: &BTreeMap<Date, Vec<usize>>, holidays: &mut Vec<Holiday>) {
    for (&date, items) in statutory {
        let weekday = date.weekday();
        let cause: Vec<_> =
            items.iter().map(|&i| &ITEMS[i]).filter(|item| item.substitute.applies(year, weekday)).collect();
        let lost = is_weekend(date) || items.len() > 1;
        if cause.is_empty() || !lost {
            continue;
        }
        let free = days_from(date).skip(1).find(|&day| !is_weekend(day) && !holidays.iter().any(|h| h.date == day));
        let Some(day) = free else { continue };
        let ko = cause.iter().map(|item| item.ko).collect::<Vec<_>>().join("·");
        let en = cause.iter().map(|item| item.en).collect::<Vec<_>>().join(" and ");
        let name = LocalizedText::new(format!("대체공휴일({ko})"), format!("Substitute holiday for {en}"));
        holidays.push(Holiday { date: day, name, kind: HolidayKind::Substitute });
    }
}
