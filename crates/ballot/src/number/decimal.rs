//! A decimal number as it was written: money and points. `100.50` keeps its two places.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The most places after the point that are read.
const PLACES: u8 = 6;
/// No amount is as large as this: 2⁵⁰, about 1.1 · 10¹⁵, in whole units.
const LIMIT: i128 = 1 << 50;

/// `units / 10^places`. Equal only when written with the same number of places; [`Decimal::same`] compares the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i128,
    places: u8,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { units: 0, places: 0 };

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self { units: value as i128, places: 0 }
    }

    /// `units / 10^places`; more than six places are none of a currency's: `None`, as is an amount of 2⁵⁰ and more.
    #[must_use]
    pub fn new(units: i128, places: u8) -> Option<Self> {
        (places <= PLACES && units.unsigned_abs() < LIMIT.unsigned_abs() * 10_u128.pow(u32::from(places)))
            .then_some(Self { units, places })
    }

    /// The number in units of `10^-places` of its own.
    #[must_use]
    pub const fn units(self) -> i128 {
        self.units
    }

    /// How many places stand after the point.
    #[must_use]
    pub const fn places(self) -> u8 {
        self.places
    }

    /// The number in units of `10^-places`; `None` when it has more places than that.
    #[must_use]
    pub fn in_units(self, places: u8) -> Option<i128> {
        let more = places.checked_sub(self.places)?;
        self.units.checked_mul(10_i128.checked_pow(u32::from(more))?)
    }

    /// Whether the values are the same (`1.0` and `1`).
    #[must_use]
    pub fn same(self, other: Self) -> bool {
        self.order(other) == Ordering::Equal
    }

    /// The order of the values.
    #[must_use]
    pub fn order(self, other: Self) -> Ordering {
        let places = self.places.max(other.places);
        self.in_units(places).cmp(&other.in_units(places))
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let units = self.units.unsigned_abs();
        if self.places == 0 {
            return write!(f, "{sign}{units}");
        }
        let one = 10_u128.pow(u32::from(self.places));
        write!(f, "{sign}{}.{:0width$}", units / one, units % one, width = usize::from(self.places))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a text is no [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of at most six places below 2^50")
    }
}

impl std::error::Error for NotDecimal {}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Digits, at most one point or comma before at most six more, a sign in front. No exponents, no separators.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 30 || part.len() > usize::from(PLACES) {
            return Err(NotDecimal);
        }
        if !all_digits(whole) || !all_digits(part) || (part.is_empty() && whole.len() != digits.len()) {
            return Err(NotDecimal);
        }
        let places = u8::try_from(part.len()).map_err(|_| NotDecimal)?;
        let units: i128 = format!("{whole}{part}").parse().map_err(|_| NotDecimal)?;
        Self::new(if negative { -units } else { units }, places).ok_or(NotDecimal)
    }
}
