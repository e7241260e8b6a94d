//! What every other crate stands on: ids, time, randomness, errors, texts in several languages, the Korean calendar.
//!
//! Nothing here reads a clock, a disk or the network, and nothing knows of HTTP or SQL. Start reading at [`Error`]
//! and [`Time`].

pub mod calendar;
mod error;
mod id;
mod rng;
mod text;
mod time;

pub use error::{Error, FieldError, Kind, Result};
pub use id::Id;
pub use rng::{Rng, SeededRng, SharedRng};
pub use text::{Locale, LocalizedText};
pub use time::{Clock, FixedClock, SharedClock, Time};

#[cfg(test)]
mod tests;
