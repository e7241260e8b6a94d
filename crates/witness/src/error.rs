//! What keeps a witness from starting, in words for the terminal: what, where, what to do.

use std::fmt;

/// A fault with its place and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub what: String,
    pub place: String,
    pub why: String,
    pub advice: String,
}

pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    pub(crate) fn new(what: impl fmt::Display, place: impl fmt::Display) -> Self {
        Self { what: what.to_string(), place: place.to_string(), why: String::new(), advice: String::new() }
    }

    #[must_use]
    pub(crate) fn why(mut self, why: impl fmt::Display) -> Self {
        self.why = why.to_string();
        self
    }

    #[must_use]
    pub(crate) fn advice(mut self, advice: impl fmt::Display) -> Self {
        self.advice = advice.to_string();
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.place)?;
        for part in [&self.why, &self.advice].into_iter().filter(|part| !part.is_empty()) {
            write!(f, " ({part})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
