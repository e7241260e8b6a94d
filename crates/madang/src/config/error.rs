//! What is wrong with the configuration, and where.

use std::fmt;

use super::values::Source;

/// One complaint, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn at(source: &Source, text: impl fmt::Display) -> Self {
        Self(format!("{source}: {text}"))
    }

    /// A value that does not fit its key.
    pub(crate) fn value(source: &Source, key: &str, what: &str) -> Self {
        Self::at(source, format_args!("{key}: {what}"))
    }

    /// A name that nobody knows, with the one that may be meant.
    pub(crate) fn unknown(source: &Source, what: &str, name: &str, near: Option<&str>) -> Self {
        let hint = near.map_or_else(
            || "`madang config example` lists all keys".to_owned(),
            |near| format!("did you mean {near:?}?"),
        );
        Self::at(source, format_args!("unknown {what} {name:?}; {hint}"))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
