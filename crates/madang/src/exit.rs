//! How a command ends: its exit code, and a failure that says what is wrong, where, and what to do.

use std::fmt;
use std::process::ExitCode;

use madang_base::{Error, Kind};

use crate::config::ConfigError;

/// Exit codes; `docs/operations.md` lists them. Code 2 (wrong usage) is given by the argument parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Something failed that none of the others names.
    Failed = 1,
    /// Arguments that contradict each other.
    Usage = 2,
    /// The configuration cannot be read or does not fit.
    Configuration = 3,
    /// The database cannot be reached, is of another version, or refuses.
    Database = 4,
    /// A file that was to be read is not in order: an import, a backup.
    Data = 5,
    /// The address to listen on cannot be had.
    Address = 6,
    /// The disk: a folder that cannot be written, a file that cannot be read.
    Files = 7,
}

/// What went wrong, for a person who reads a terminal or a log.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    what: String,
    details: Vec<(&'static str, String)>,
}

/// A result of a command.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(exit: Exit, what: impl fmt::Display) -> Self {
        Self { exit, what: what.to_string(), details: Vec::new() }
    }

    /// The file, address or object.
    #[must_use]
    pub(crate) fn at(self, place: impl fmt::Display) -> Self {
        self.detail("where", place)
    }

    /// What the machine said.
    #[must_use]
    pub(crate) fn why(self, cause: impl fmt::Display) -> Self {
        self.detail("why", cause)
    }

    /// The way out.
    #[must_use]
    pub(crate) fn advice(self, advice: impl fmt::Display) -> Self {
        self.detail("do", advice)
    }

    fn detail(mut self, name: &'static str, text: impl fmt::Display) -> Self {
        self.details.push((name, text.to_string()));
        self
    }

    /// A failure of the kernel or a domain that no command has better words for.
    pub(crate) fn of(error: &Error, message: &str) -> Self {
        let exit = match error.kind() {
            Kind::Invalid | Kind::NotFound | Kind::Conflict | Kind::Gone => Exit::Data,
            Kind::Unavailable => Exit::Database,
            Kind::Unauthenticated | Kind::Forbidden | Kind::RateLimited | Kind::Internal => Exit::Failed,
        };
        let failure = Self::new(exit, message);
        match std::error::Error::source(error) {
            Some(source) => failure.why(source),
            None => failure,
        }
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.exit as u8)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "madang: {}", self.what)?;
        for (name, text) in &self.details {
            for (at, line) in text.lines().enumerate() {
                let label = if at == 0 { format!("{name}:") } else { String::new() };
                write!(f, "\n  {label:6} {line}")?;
            }
        }
        Ok(())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Exit::Configuration, "the configuration is not in order")
            .at(error)
            .advice("mend it there; `madang config check` looks at it again, `madang config example` shows all keys")
    }
}
