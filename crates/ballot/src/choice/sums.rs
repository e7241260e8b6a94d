//! Arithmetic on exact numbers, as counting needs it.

use std::ops::{Add, AddAssign, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use crate::number::Exact;

impl Exact {
    /// More than nothing.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.rational().is_positive()
    }

    /// `self / of`; nothing when there is nothing to divide by.
    #[must_use]
    pub fn fraction_of(&self, of: &Self) -> Self {
        if of.is_zero() { Self::zero() } else { Self::new(self.rational() / of.rational()) }
    }

    /// The whole number, when it is one that fits.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        self.rational().is_integer().then(|| self.rational().numer().to_i64()).flatten()
    }

    /// How many of `parts` parts of `whole` this is, to the nearest: for drawing.
    #[must_use]
    pub fn scaled(&self, whole: &Self, parts: i64) -> i64 {
        let share = self.fraction_of(whole).rational() * BigInt::from(parts);
        share.round().to_integer().to_i64().unwrap_or(0)
    }
}

impl From<u64> for Exact {
    fn from(n: u64) -> Self {
        Self::new(BigRational::from_integer(BigInt::from(n)))
    }
}

impl Add<&Exact> for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        Exact::new(self.rational() + other.rational())
    }
}

impl Sub<&Exact> for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        Exact::new(self.rational() - other.rational())
    }
}

impl Mul<&Exact> for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact::new(self.rational() * other.rational())
    }
}

impl AddAssign<&Exact> for Exact {
    fn add_assign(&mut self, other: &Exact) {
        *self = &*self + other;
    }
}
