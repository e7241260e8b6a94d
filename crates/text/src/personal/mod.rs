//! Personal data of people in Korea in free text, before it is published: [`find`] points at it, [`mask`] hides it.
//!
//! Found are shapes, not persons: names, free descriptions and pictures are not found, so "nothing found" does not say
//! that a text may be published. What is found is a question to a human being, never a verdict.
//!
//! * The text is folded first (`fold`): full-width and circled digits, digits in Hangul (팔팔공일공일) or Chinese, letters in
//!   the place of digits (O, l, I, ㅇ), every kind of dash, dot and blank; zero-width characters count as absent. Offsets
//!   always point into the text as it was given.
//! * A number is looked at as digits and the gaps between them (`scan`); the rules for each kind are in `numbers`, `phone`,
//!   `codes`, `address` and `email`.
//! * The check digit of a resident number only raises [`Confidence`]: since October 2020 its last six digits are random
//!   (Enforcement Rule of the Resident Registration Act).
//! * A value that is masked in part (`880101-1******`) is a resident number of confidence `Possible` while its birth date can be
//!   read. Phone numbers masked in part are not found.
//! * Numbers of institutions are left out: 15xx, 16xx, 18xx, 080, and the three-digit ones. A landline number may belong to
//!   an institution all the same; it is found.
//! * A line break or a tab ends a number.
//!
//! Time and memory grow in proportion to the text: each place is looked at within a bounded distance.

mod address;
mod codes;
mod email;
mod finding;
mod fold;
#[cfg(test)]
mod negative_tests;
mod numbers;
mod phone;
mod places;
#[cfg(test)]
mod positive_tests;
mod scan;
#[cfg(test)]
mod tests;

pub use finding::{Confidence, Finding, Kind, find, mask};
