//! What a person typed into a search field, taken apart: [`parse`]. It never fails, whatever is typed.

mod parse;
mod part;
#[cfg(test)]
mod tests;

pub use parse::{MAX_CHARS, MAX_PARTS, parse};
pub use part::{Parsed, Part, Script};
