//! The periods that issues are about: a week (Monday to Sunday) or a month, by the calendar of Korea.
//!
//! A period is named by a word that sorts by time: `2026-10`, `2026-W43` (ISO 8601).

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use madang_base::{Error, Time};

use crate::model::Rhythm;

/// A week or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    Month { year: i16, month: i8 },
    Week { year: i16, week: i8 },
}

impl Period {
    /// The period of this rhythm that the day is in.
    #[must_use]
    pub fn of(rhythm: Rhythm, day: Date) -> Self {
        match rhythm {
            Rhythm::Monthly => Self::Month { year: day.year(), month: day.month() },
            Rhythm::Weekly => {
                let week = day.iso_week_date();
                Self::Week { year: week.year(), week: week.week() }
            }
        }
    }

    /// The newest period of this rhythm that is over.
    #[must_use]
    pub fn last_over(rhythm: Rhythm, now: Time) -> Self {
        let current = Self::of(rhythm, now.kst_date());
        Self::of(rhythm, current.first().yesterday().unwrap_or(Date::MIN))
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        match self {
            Self::Month { year, month } => Date::new(year, month, 1).unwrap_or(Date::MIN),
            Self::Week { year, week } => ISOWeekDate::new(year, week, Weekday::Monday).map_or(Date::MIN, Date::from),
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        match self {
            Self::Month { .. } => self.first().last_of_month(),
            Self::Week { .. } => self.first().checked_add(jiff::Span::new().days(6)).unwrap_or_else(|_| self.first()),
        }
    }

    /// When it begins: midnight in Korea.
    #[must_use]
    pub fn from_at(self) -> Time {
        Time::at_kst_midnight(self.first())
    }

    /// When it is over: the midnight after its last day.
    #[must_use]
    pub fn until_at(self) -> Time {
        Time::at_kst_midnight(self.last()).plus_days(1)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let unknown = || Error::not_found("newsletter.issue-unknown").arg("value", text);
        let (year, rest) = text.split_once('-').ok_or_else(unknown)?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        let (number, week) = rest.strip_prefix('W').map_or((rest, false), |week| (week, true));
        if !digits(year, 4) || !digits(number, 2) {
            return Err(unknown());
        }
        let (year, number): (i16, i8) = (year.parse().map_err(|_| unknown())?, number.parse().map_err(|_| unknown())?);
        if week {
            ISOWeekDate::new(year, number, Weekday::Monday).map_err(|_| unknown())?;
            return Ok(Self::Week { year, week: number });
        }
        Date::new(year, number, 1).map_err(|_| unknown())?;
        Ok(Self::Month { year, month: number })
    }
}
