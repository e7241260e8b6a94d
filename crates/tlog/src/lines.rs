//! Reading a text line by line, strictly: every line ends with a newline, and every refusal says which line it was.

use crate::{Error, Hash, MAX_SIZE, Result};

/// A text whose lines are taken from the top.
pub(crate) struct Lines<'a> {
    rest: &'a str,
    taken: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text, taken: 0 }
    }

    /// The next line without its newline.
    pub(crate) fn next(&mut self, expected: &'static str) -> Result<&'a str> {
        let (line, rest) = self.rest.split_once('\n').ok_or(Error::Line { line: self.taken + 1, expected })?;
        self.rest = rest;
        self.taken += 1;
        Ok(line)
    }

    /// The refusal of the line last taken.
    pub(crate) fn refuse(&self, expected: &'static str) -> Error {
        Error::Line { line: self.taken.max(1), expected }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many lines were taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    /// What has not been taken.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Hashes, one a line, and the empty line after them; not more than `most`.
    pub(crate) fn hashes(&mut self, most: usize) -> Result<Vec<Hash>> {
        let expected = "a hash in base64 or the empty line before the checkpoint";
        let mut hashes = Vec::new();
        loop {
            let line = self.next(expected)?;
            if line.is_empty() {
                return Ok(hashes);
            }
            if hashes.len() == most {
                return Err(self.refuse("the empty line before the checkpoint: a proof has at most 63 hashes"));
            }
            hashes.push(line.parse().map_err(|_| self.refuse(expected))?);
        }
    }
}

/// A number as the formats write it: decimal digits without a leading zero, at most [`MAX_SIZE`].
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let canonical = !text.is_empty()
        && text.len() <= 19
        && text.bytes().all(|digit| digit.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|number| canonical && *number <= MAX_SIZE)
}

/// Whether the text has no control character of ASCII; `newlines` may be among them.
pub(crate) fn is_plain(text: &str, newlines: bool) -> bool {
    text.bytes().all(|byte| byte >= 0x20 || (newlines && byte == b'\n'))
}
