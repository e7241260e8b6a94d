//! What can be said about a text from the text alone: personal data in it ([`personal`]), the terms that find it
//! ([`analyze`]), what a person typed to find it ([`query`], [`keyboard`]), where that stands in it ([`mark`]), which other
//! text says nearly the same ([`alike`]), and what may stand in a line of it ([`clean`]).
//!
//! Pure: no clock, disk, network or random choice; the same text gives the same answer on every machine, and every
//! function takes time and memory in proportion to the text. No function decides what happens with its answer: that
//! is a rule of the domain that asks. Start reading at [`analyze`] and at [`personal::find`].

pub mod alike;
pub mod analyze;
pub mod clean;
mod fold;
mod jamo;
pub mod keyboard;
pub mod mark;
pub mod personal;
pub mod query;
mod stem;
mod words;

pub use words::{index_terms, overlap, shared, words};
