//! A text as the symbols that search compares, each with its bytes in the text as it was given: NFD put together, full-width
//! and circled forms narrow, lower case, accents of letters off, characters without a shape left out. [`pieces`] takes the
//! symbols apart into runs of one script. Nothing here knows a word.
//!
//! Symbols are in the order of the text, their bytes begin and end at character boundaries, and two texts that are equal in
//! NFC have the same symbols.

mod pieces;
mod symbols;
#[cfg(test)]
mod tests;

pub(crate) use pieces::{Before, Kind, Piece, pieces, write};
pub(crate) use symbols::{Class, Sym, fold};
