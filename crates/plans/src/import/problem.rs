//! What is wrong with a file, where, and what to write instead.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// Where in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Place {
    /// The file as a whole.
    #[default]
    File,
    /// A line and a column of a text file, both from 1; columns count characters.
    Line { line: u32, column: u32 },
    /// A value of a JSON file; the problem's path says which.
    Path,
    /// A cell: the sheet's name, its row from 1 and its column's letters.
    Cell { sheet: String, row: u32, column: String },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File | Self::Path => f.write_str("-"),
            Self::Line { line, column } => write!(f, "{line}:{column}"),
            Self::Cell { sheet, row, column } => write!(f, "{sheet}!{column}{row}"),
        }
    }
}

/// One problem. `key` names the message that says what is wrong (`import-…`); the message `{key}-instead` says what to
/// write; both take `args`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub place: Place,
    /// The value's path: `theme[1].commitment[2].milestone[3].number`; lists count from 1.
    pub path: String,
    pub key: &'static str,
    pub args: BTreeMap<&'static str, String>,
}

impl Problem {
    #[must_use]
    pub fn new(place: Place, path: impl Into<String>, key: &'static str) -> Self {
        Self { place, path: path.into(), key, args: BTreeMap::new() }
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.insert(name, value.to_string());
        self
    }

    /// The key of the message that says what to write instead.
    #[must_use]
    pub fn instead_key(&self) -> String {
        format!("{}-instead", self.key)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.place, self.path, self.key)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}
