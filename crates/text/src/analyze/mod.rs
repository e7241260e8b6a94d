//! The terms that stand for a text in an index: [`words`], [`pairs`] of syllables, [`initials`], and what a person will
//! have [`typed`] so far. A query is taken apart by the same functions.
//!
//! One pass over a text; the text of a [`Token`] is borrowed from a buffer that the next one uses again. Positions never go
//! down, byte ranges begin and end at character boundaries of the text that was given, and texts that are equal in NFC
//! give the same terms.

mod initials;
mod pairs;
mod plain;
#[cfg(test)]
mod tests;
mod token;
mod typed;
mod words;

pub use initials::initials;
pub use pairs::pairs;
pub use plain::Plain;
pub use token::{Stream, Token, VERSION};
pub(crate) use typed::consonants;
pub use typed::{MAX_STROKES, typed, typed_query};
pub use words::words;
