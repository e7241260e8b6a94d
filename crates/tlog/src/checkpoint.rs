//! The signed state of a log.

use std::fmt;
use std::str::FromStr;

use crate::lines::{Lines, decimal, is_plain};
use crate::note::{MAX_NOTE, Note};
use crate::{Error, Hash, Result};

/// The text of a checkpoint (c2sp.org/tlog-checkpoint): which log, how many leaves, which root. Prints and parses as
/// the text of a note, each line with its newline. Values set by hand print what does not parse if they do not fit:
/// [`Checkpoint::text`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, the same for ever. Usually its address without the scheme; not empty, no control character.
    pub origin: String,
    /// The tree's leaves.
    pub size: u64,
    /// The tree's root.
    pub root: Hash,
    /// Further lines, none empty. Advised against: nobody can audit them.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// A checkpoint without extension lines.
    pub fn new(origin: impl Into<String>, size: u64, root: Hash) -> Self {
        Self { origin: origin.into(), size, root, extensions: Vec::new() }
    }

    /// The text to sign, if it is one that parses.
    pub fn text(&self) -> Result<String> {
        let text = self.to_string();
        let expected = "lines without control characters, none empty, and a size a log can have";
        let parsed = text.parse().ok().filter(|parsed| parsed == self);
        parsed.map(|_: Self| text).ok_or(Error::Value { what: "checkpoint", expected })
    }

    /// The checkpoint in a note. The note's signatures are not looked at.
    pub fn of(note: &Note) -> Result<Self> {
        note.text.parse()
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.len() > MAX_NOTE {
            return Err(Error::TooLong { what: "checkpoint", limit: MAX_NOTE });
        }
        let mut lines = Lines::new(text);
        let expected = "the log's origin";
        let origin = lines.next(expected)?;
        if origin.is_empty() || !is_plain(origin, false) {
            return Err(lines.refuse(expected));
        }
        let expected = "the number of leaves, without leading zeroes";
        let size = lines.next(expected)?;
        let size = decimal(size).ok_or(lines.refuse(expected))?;
        let expected = "the root hash in base64";
        let root = lines.next(expected)?;
        let root = root.parse().map_err(|_| lines.refuse(expected))?;
        let mut extensions = Vec::new();
        while !lines.is_empty() {
            let expected = "an extension line that is not empty, or the end";
            let line = lines.next(expected)?;
            if line.is_empty() || !is_plain(line, false) {
                return Err(lines.refuse(expected));
            }
            extensions.push(line.to_owned());
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }
}

#[cfg(test)]
mod tests;
