//! A date that is known to its year, quarter, month or day, as plans print them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Result};

/// How exactly a [`PartialDate`] is known; the finer one sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    Month,
    Quarter,
    Year,
}

/// `2023`, `2023-Q2`, `2023-04` or `2023-04-30`.
///
/// Sorts by its first day; of those that begin on the same day the shortest comes first. Its text sorts by year only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

impl PartialDate {
    /// # Errors
    /// `Kind::Invalid`, `date.partial-format`, when the year is outside 1–9999.
    pub fn year(year: i16) -> Result<Self> {
        Self::new(year, 1, 1, Precision::Year)
    }

    /// # Errors
    /// `Kind::Invalid`, `date.partial-format`, when the quarter is outside 1–4 or the year outside 1–9999.
    pub fn quarter(year: i16, quarter: i8) -> Result<Self> {
        if !(1..=4).contains(&quarter) {
            return Err(format_error(format_args!("{year:04}-Q{quarter}")));
        }
        Self::new(year, quarter * 3 - 2, 1, Precision::Quarter)
    }

    /// # Errors
    /// `Kind::Invalid`, `date.partial-format`, when the month is outside 1–12 or the year outside 1–9999.
    pub fn month(year: i16, month: i8) -> Result<Self> {
        Self::new(year, month, 1, Precision::Month)
    }

    fn new(year: i16, month: i8, day: i8, precision: Precision) -> Result<Self> {
        let invalid = || format_error(format_args!("{year:04}-{month:02}-{day:02}"));
        if year < 1 {
            return Err(invalid());
        }
        Date::new(year, month, day).map(|first| Self { first, precision }).map_err(|_| invalid())
    }

    #[must_use]
    pub const fn precision(self) -> Precision {
        self.precision
    }

    #[must_use]
    pub const fn first_day(self) -> Date {
        self.first
    }

    #[must_use]
    pub fn last_day(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Quarter => {
                let last_month = Date::constant(self.first.year(), self.first.month() + 2, 1);
                last_month.last_of_month()
            }
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// 1–4 when the date is known to its quarter.
    #[must_use]
    pub fn quarter_number(self) -> Option<i8> {
        (self.precision == Precision::Quarter).then(|| (self.first.month() + 2) / 3)
    }

    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        (self.first..=self.last_day()).contains(&date)
    }
}

impl From<Date> for PartialDate {
    fn from(first: Date) -> Self {
        Self { first, precision: Precision::Day }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Quarter => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    /// # Errors
    /// `Kind::Invalid`, `date.partial-format`, with the text as `value`.
    fn from_str(text: &str) -> Result<Self> {
        read(text).ok_or_else(|| format_error(text))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            serde::de::Error::custom(format_args!("'{text}' is no date: write 2023, 2023-Q2, 2023-04 or 2023-04-30"))
        })
    }
}

fn format_error(value: impl fmt::Display) -> Error {
    Error::invalid("date.partial-format").arg("value", value)
}

fn read(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year: i16 = digits(parts.next()?, 4)?;
    let date = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => PartialDate::year(year),
        (Some(second), None, _) => match second.strip_prefix('Q') {
            Some(quarter) => PartialDate::quarter(year, digits(quarter, 1)?),
            None => PartialDate::month(year, digits(second, 2)?),
        },
        (Some(month), Some(day), None) => PartialDate::new(year, digits(month, 2)?, digits(day, 2)?, Precision::Day),
        _ => return None,
    };
    date.ok()
}

/// A number of exactly `length` ASCII digits.
fn digits<N: FromStr>(text: &str, length: usize) -> Option<N> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
