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

/// Every message of the import: what is wrong, and what to write instead.
pub const MESSAGES: [(&str, &str); 43] = [
    ("import-toml", "import-toml-instead"),
    ("import-json", "import-json-instead"),
    ("import-xlsx", "import-xlsx-instead"),
    ("import-utf8", "import-utf8-instead"),
    ("import-too-large", "import-too-large-instead"),
    ("import-empty-file", "import-empty-file-instead"),
    ("import-format", "import-format-instead"),
    ("import-unknown-key", "import-unknown-key-instead"),
    ("import-missing", "import-missing-instead"),
    ("import-empty", "import-empty-instead"),
    ("import-not-a-table", "import-not-a-table-instead"),
    ("import-not-a-list", "import-not-a-list-instead"),
    ("import-not-a-text", "import-not-a-text-instead"),
    ("import-too-long", "import-too-long-instead"),
    ("import-control-character", "import-control-character-instead"),
    ("import-languages", "import-languages-instead"),
    ("import-language-missing", "import-language-missing-instead"),
    ("import-language-unknown", "import-language-unknown-instead"),
    ("import-not-an-integer", "import-not-an-integer-instead"),
    ("import-not-a-number", "import-not-a-number-instead"),
    ("import-not-a-boolean", "import-not-a-boolean-instead"),
    ("import-date", "import-date-instead"),
    ("import-month", "import-month-instead"),
    ("import-year", "import-year-instead"),
    ("import-choice", "import-choice-instead"),
    ("import-id", "import-id-instead"),
    ("import-numbering", "import-numbering-instead"),
    ("import-currency", "import-currency-instead"),
    ("import-period-empty", "import-period-empty-instead"),
    ("import-period-order", "import-period-order-instead"),
    ("import-duplicate", "import-duplicate-instead"),
    ("import-agency-unknown", "import-agency-unknown-instead"),
    ("import-commitment-unknown", "import-commitment-unknown-instead"),
    ("import-indicator-unknown", "import-indicator-unknown-instead"),
    ("import-part-in-part", "import-part-in-part-instead"),
    ("import-milestones-in-parts", "import-milestones-in-parts-instead"),
    ("import-sheet-missing", "import-sheet-missing-instead"),
    ("import-sheet-name", "import-sheet-name-instead"),
    ("import-sheet-keys", "import-sheet-keys-instead"),
    ("import-sheet-too-large", "import-sheet-too-large-instead"),
    ("import-row-detached", "import-row-detached-instead"),
    ("import-row-detached-empty", "import-row-detached-empty-instead"),
    ("import-line", "import-line-instead"),
];

/// One problem. `key` names the message that says what is wrong; [`Problem::instead_key`] the one that says what to
/// write. Both take `args`.
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
    pub fn instead_key(&self) -> &'static str {
        MESSAGES.iter().find(|(key, _)| *key == self.key).map_or(self.key, |(_, instead)| *instead)
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
