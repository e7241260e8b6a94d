//! Exact numbers: decimals as they stand in a file, and fractions as a rule makes them. No float comes in here.

mod decimal;
mod exact;
#[cfg(test)]
mod tests;

pub use decimal::Decimal;
pub use exact::Exact;
