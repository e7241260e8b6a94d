//! What is wrong with a file, line by line.

use std::fmt;

use madang_base::Error;
use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was meant is clear; the election counts as it was read.
    Warning,
    /// Something was left out, or the file is no election.
    Error,
}

/// One thing that is wrong, and where. The message is `error-` and the code with its dots as dashes, with `args`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The first line of the row in the file, from 1; 0 for the file as a whole.
    pub line: u64,
    pub severity: Severity,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    #[must_use]
    pub(crate) fn error(line: u64, code: &'static str) -> Self {
        Self { line, severity: Severity::Error, code, args: Vec::new() }
    }

    #[must_use]
    pub(crate) fn warning(line: u64, code: &'static str) -> Self {
        Self { line, severity: Severity::Warning, code, args: Vec::new() }
    }

    #[must_use]
    pub(crate) fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The problem as the error that the catalogue has a message for; `line` is one of its arguments.
    #[must_use]
    pub fn to_error(&self) -> Error {
        let error = Error::invalid(self.code).arg("line", self.line);
        self.args.iter().fold(error, |error, (name, value)| error.arg(name, value))
    }
}
