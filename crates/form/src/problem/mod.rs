//! What is wrong with a definition file, where, and how it is shown.
//!
//! A problem is a code with arguments; its words stand in `locales/*/errors-form.ftl`: `error-form-…` says what is wrong,
//! `help-form-…` what to write instead. [`CODES`] lists all of them.

mod codes;
mod render;

use std::collections::BTreeMap;
use std::fmt;

pub use codes::{CODES, WARNINGS};
use serde::Serialize;

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `form.unknown-key`; one of [`CODES`].
    pub code: &'static str,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant; at least 1.
    pub length: usize,
    /// Where in the definition: `step[2].to`; lists count from 1. Empty: the file as a whole.
    pub path: String,
    /// What the messages fill in.
    pub args: BTreeMap<&'static str, String>,
    /// The line of the file.
    pub source: String,
}

impl Problem {
    /// The key of the message that says what is wrong: `error-form-unknown-key`.
    #[must_use]
    pub fn error_key(&self) -> String {
        format!("error-{}", self.code.replace('.', "-"))
    }

    /// The key of the message that says what to write instead: `help-form-unknown-key`.
    #[must_use]
    pub fn help_key(&self) -> String {
        format!("help-form-{}", self.code.trim_start_matches("form."))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {} {}", self.line, self.column, self.path, self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// All faults of a file, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// The name of the file, as it was given to `load`.
    pub name: String,
    pub list: Vec<Problem>,
}

impl Problems {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// Codes and arguments, a line each: for logs and tests. Readers get [`Problems::render`].
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.list {
            writeln!(f, "{}:{problem}", self.name)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
