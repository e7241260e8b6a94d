//! Chance that nobody can steer: what several parties commit to and reveal, a public value, and the numbers made of them.
//!
//! Everything here is specified byte by byte in `docs/draws.md`, so that a stranger can write it again in any language;
//! `verify/draw.py` is such a second writing. Start with [`seed`], then [`random`].

pub mod file;
pub mod random;
pub mod seed;
pub mod words;

pub use file::{Ceremony, Party, Reveal};
pub use random::Stream;
pub use seed::Seed;

#[cfg(test)]
mod tests;
