//! What can be said about a text from the text alone: personal data in it ([`personal`]), the words it shares with
//! another ([`words()`], [`overlap`]), and what may stand in a line of it ([`clean`]).
//!
//! Pure: no clock, disk, network or random choice; the same text gives the same answer on every machine, and every
//! function takes time and memory in proportion to the text. No function decides what happens with its answer: that
//! is a rule of the domain that asks. Start reading at [`personal::find`].

pub mod clean;
pub mod personal;
mod words;

pub use words::{index_terms, overlap, shared, words};
