//! What may stand in a name, a title or a longer text: [`line`], [`block`], [`deceptive`].
//!
//! A character that has no shape of its own, or that turns the order of others round, can make two different names look
//! the same or a name look like another text. Such characters are left out: controls, formatting characters (among them
//! bidirectional overrides U+202A–202E and isolates U+2066–2069, zero-width characters U+200B–200F, U+2060, U+FEFF, the
//! soft hyphen), invisible letters (the Hangul fillers), characters that Unicode has not assigned, and private ones. The
//! zero-width joiner stays between two emoji, tag characters after the black flag, and one variation selector after the
//! character that it selects a shape of.
//!
//! "Assigned" means: in the version of Unicode that the tables of `unicode-properties` have. Letters of different scripts
//! that look alike (Latin a, Cyrillic а) are not found here.
//!
//! Invariants, which tests hold up: both functions are idempotent, give text in NFC without any character that
//! [`deceptive`] finds, and never more than three times the bytes of the input.

mod rules;
#[cfg(test)]
mod tests;

pub use rules::{block, deceptive, line};
