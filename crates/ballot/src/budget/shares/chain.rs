//! Exact prices of one run of Equal Shares, all over one common denominator.
//!
//! What a voter has left is the endowment minus the prices of what was bought for it, or nothing once it paid its last
//! money. So every amount of a run is a whole combination of the endowment and the prices so far, and a new price is such a
//! combination divided by a number of voters. Keeping all over one denominator that grows with each purchase needs no
//! greatest common divisors of long numbers.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// The endowment and the prices of purchases, as numerators over `denominator`.
#[derive(Clone, Debug)]
pub(in crate::budget) struct Chain {
    denominator: BigInt,
    endowment: BigInt,
    prices: Vec<BigInt>,
}

/// A price that is not bought yet: `numerator / (denominator of the chain × divisor)`.
#[derive(Clone, Debug)]
pub(in crate::budget) struct Price {
    numerator: BigInt,
    pub divisor: i64,
}

/// What voters own together: `whole · endowment − Σ spent[d] · price[d]`.
#[derive(Clone, Debug, Default)]
pub(in crate::budget) struct Purse {
    pub whole: i64,
    pub spent: Vec<i64>,
}

impl Purse {
    pub fn new(purchases: usize) -> Self {
        Self { whole: 0, spent: vec![0; purchases] }
    }
}

impl Chain {
    pub fn new(endowment: &BigRational) -> Self {
        Self { denominator: endowment.denom().clone(), endowment: endowment.numer().clone(), prices: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.prices.len()
    }

    /// A purse as a numerator.
    pub fn value(&self, purse: &Purse) -> BigInt {
        let mut value = &self.endowment * purse.whole;
        for (price, &times) in self.prices.iter().zip(&purse.spent) {
            if times != 0 {
                value -= price * times;
            }
        }
        value
    }

    /// Whether a purse holds at least `cost`.
    pub fn affords(&self, purse: &Purse, cost: i64) -> bool {
        self.value(purse) >= &self.denominator * cost
    }

    /// `(cost − poor) / divisor`, the divisor above zero.
    pub fn price(&self, cost: i64, poor: &BigInt, divisor: i64) -> Price {
        Price { numerator: &self.denominator * cost - poor, divisor }
    }

    /// Adds a price to the purchases and gives its position.
    pub fn buy(&mut self, price: Price) -> usize {
        let divisor = BigInt::from(price.divisor);
        let common = (&price.numerator % &divisor).gcd(&divisor);
        let factor = &divisor / &common;
        self.denominator *= &factor;
        self.endowment *= &factor;
        for price in &mut self.prices {
            *price *= &factor;
        }
        self.prices.push(price.numerator / common);
        self.prices.len() - 1
    }

    /// The order of two prices, each divided by its factor.
    pub fn order(a: &Price, a_factor: i64, b: &Price, b_factor: i64) -> Ordering {
        (&a.numerator * (i128::from(b.divisor) * i128::from(b_factor)))
            .cmp(&(&b.numerator * (i128::from(a.divisor) * i128::from(a_factor))))
    }

    /// Whether `money` (a numerator) is less than `weight` times the price.
    pub fn below(money: &BigInt, price: &Price, weight: i64) -> bool {
        money * price.divisor < &price.numerator * weight
    }

    /// The largest whole number not above `weight` times a price times `2^bits`, and whether that is exact.
    pub fn fixed_price(&self, price: &Price, weight: i64, bits: i32) -> (i64, bool) {
        Self::shifted(&(&price.numerator * weight), &(&self.denominator * price.divisor), bits)
    }

    fn shifted(numerator: &BigInt, denominator: &BigInt, bits: i32) -> (i64, bool) {
        let shift = bits.unsigned_abs();
        let (quotient, rest) = if bits >= 0 {
            (numerator << shift).div_mod_floor(denominator)
        } else {
            numerator.div_mod_floor(&(denominator << shift))
        };
        (quotient.to_i64().unwrap_or(i64::MAX), rest.is_zero())
    }

    /// `amount` (a numerator) times a factor, rounded down.
    pub fn scaled(&self, amount: &BigInt, factor: i64) -> BigInt {
        (amount * factor).div_floor(&self.denominator)
    }

    /// A price times a factor, rounded up.
    pub fn scaled_price(&self, price: &Price, factor: i64) -> BigInt {
        (&price.numerator * factor).div_ceil(&(&self.denominator * price.divisor))
    }

    /// A price times a factor, rounded down.
    pub fn scaled_price_down(&self, price: &Price, factor: i64) -> BigInt {
        (&price.numerator * factor).div_floor(&(&self.denominator * price.divisor))
    }

    /// How often a price goes into an amount, rounded down.
    pub fn times(&self, price: &Price, amount: i128) -> BigInt {
        if price.numerator.is_zero() {
            return BigInt::ZERO;
        }
        (&self.denominator * price.divisor * amount).div_floor(&price.numerator)
    }

    /// The price of a purchase.
    pub fn bought(&self, purchase: usize) -> BigRational {
        BigRational::new(self.prices[purchase].clone(), self.denominator.clone())
    }

    /// A numerator as a fraction.
    pub fn fraction(&self, numerator: BigInt) -> BigRational {
        BigRational::new(numerator, self.denominator.clone())
    }

    /// A price as a fraction.
    pub fn price_fraction(&self, price: &Price) -> BigRational {
        BigRational::new(price.numerator.clone(), &self.denominator * price.divisor)
    }
}
