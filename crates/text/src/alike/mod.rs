//! Texts that say nearly the same. [`bands`] are numbers of which two alike texts share at least one with high probability,
//! so that a table finds candidates by equality; [`similarity`] compares two texts exactly.
//!
//! The numbers are stored: they are the same on every machine and may not change without a migration.

mod minhash;
mod set;
#[cfg(test)]
mod tests;

pub use minhash::{BANDS, bands};
pub use set::similarity;
