//! Settings as they were said, and by whom: the layers default → file → environment → flags, the last one wins.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ConfigError;
use super::schema::{self, Key, List};

/// Who said a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Default,
    File { path: Arc<Path>, line: usize, column: usize },
    Environment(String),
    Flag(&'static str),
}

impl Source {
    /// The word for it in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File { .. } => "file",
            Self::Environment(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }

    /// Relative paths are relative to this folder: that of the file, or the working folder.
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => path.parent(),
            _ => None,
        }
    }

    pub(crate) fn resolve(&self, path: &str) -> PathBuf {
        self.folder().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
            Self::Environment(name) => write!(f, "environment variable {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value in the environment's notation (lists separated by commas) with its source.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) source: Source,
    /// The file that held the value, when it was given as `KEY_file`.
    pub(crate) secret_file: Option<PathBuf>,
}

/// One group of settings: those outside lists, or one table of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    said: BTreeMap<&'static str, Said>,
}

impl Group {
    /// Every default of `keys`.
    pub(crate) fn defaults(keys: &'static [Key]) -> Self {
        let said = keys
            .iter()
            .filter_map(|key| {
                let text = key.default?.to_owned();
                Some((key.path, Said { text, source: Source::Default, secret_file: None }))
            })
            .collect();
        Self { said }
    }

    /// Another default than the usual one.
    pub(crate) fn set_default(&mut self, path: &str, text: &str) {
        if let Some(said) = self.said.get_mut(path) {
            text.clone_into(&mut said.text);
        }
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Said> {
        self.said.get(path)
    }

    /// Takes a value, after a look at its shape. A later layer takes the place of an earlier one.
    pub(crate) fn set(&mut self, key: &'static Key, text: String, source: Source) -> Result<(), ConfigError> {
        if let Err(wanted) = key.shape.check(&text) {
            let shown = if key.secret { "the value".into() } else { format!("{text:?}") };
            return Err(ConfigError::value(&source, key.path, &format!("{shown} is not {wanted}")));
        }
        self.once(key, &source)?;
        self.said.insert(key.path, Said { text, source, secret_file: None });
        Ok(())
    }

    /// Takes a secret from the file at `path`: its content without the white space around it.
    pub(crate) fn set_from_file(&mut self, key: &'static Key, path: &str, source: Source) -> Result<(), ConfigError> {
        let file = source.resolve(path);
        let text = std::fs::read_to_string(&file).map_err(|error| {
            ConfigError::value(
                &source,
                &format!("{}_file", key.path),
                &format!("cannot read {}: {error}", file.display()),
            )
        })?;
        let text = text.trim().to_owned();
        if text.is_empty() {
            let what = format!("{} is empty", file.display());
            return Err(ConfigError::value(&source, &format!("{}_file", key.path), &what));
        }
        self.once(key, &source)?;
        self.said.insert(key.path, Said { text, source, secret_file: Some(file) });
        Ok(())
    }

    /// `KEY` and `KEY_file` in one layer contradict each other.
    fn once(&self, key: &Key, source: &Source) -> Result<(), ConfigError> {
        match self.said.get(key.path) {
            Some(earlier) if earlier.source.kind() == source.kind() => {
                let what = format!("{0} and {0}_file are both given; the other is at {1}", key.path, earlier.source);
                Err(ConfigError::value(source, key.path, &what))
            }
            _ => Ok(()),
        }
    }
}

/// All groups.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    pub(crate) main: Group,
    /// The tables of each list of [`schema::LISTS`], in its order.
    lists: Vec<Vec<Group>>,
}

impl Values {
    pub(crate) fn defaults() -> Self {
        Self { main: Group::defaults(schema::KEYS), lists: schema::LISTS.iter().map(|_| Vec::new()).collect() }
    }

    /// Each list with its tables.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&'static List, &[Group])> {
        schema::LISTS.iter().zip(self.lists.iter().map(Vec::as_slice))
    }

    pub(crate) fn lists_mut(&mut self) -> impl Iterator<Item = (&'static List, &mut Vec<Group>)> {
        schema::LISTS.iter().zip(&mut self.lists)
    }

    /// The tables of the list of this name.
    pub(crate) fn list(&self, name: &str) -> &[Group] {
        self.lists().find(|(list, _)| list.name == name).map_or(&[], |(_, groups)| groups)
    }
}
