//! A fraction of two whole numbers, for prices and effective vote counts.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Serialize, Serializer};

use super::Decimal;

/// An exact fraction in lowest terms. As text `a/b`, or `a` when it is whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    #[must_use]
    pub fn new(value: BigRational) -> Self {
        Self(value)
    }

    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// `numerator / denominator`; zero when the denominator is.
    #[must_use]
    pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        let denominator = denominator.into();
        if denominator.is_zero() { Self::zero() } else { Self(BigRational::new(numerator.into(), denominator)) }
    }

    #[must_use]
    pub fn rational(&self) -> &BigRational {
        &self.0
    }

    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Rounded to this many places, half away from zero: `12.35`.
    #[must_use]
    pub fn rounded(&self, places: u8) -> String {
        let one = BigInt::from(10_u8).pow(u32::from(places));
        let scaled = &self.0 * BigRational::from_integer(one.clone());
        let (numerator, denominator) = (scaled.numer().abs(), scaled.denom());
        let two = BigInt::from(2_u8);
        let units = (numerator * &two + denominator).div_floor(&(denominator * two));
        let sign = if self.0.is_negative() && !units.is_zero() { "-" } else { "" };
        let (whole, part) = units.div_rem(&one);
        if places == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}.{:0>width$}", part.to_string(), width = usize::from(places))
    }

    /// The whole number below or at it.
    #[must_use]
    pub fn floor(&self) -> BigInt {
        self.0.floor().to_integer()
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self::ratio(value.units(), BigInt::from(10_u8).pow(u32::from(value.places())))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.denom().is_one() {
            write!(f, "{}", self.0.numer())
        } else {
            write!(f, "{}/{}", self.0.numer(), self.0.denom())
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
