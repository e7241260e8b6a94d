//! What is wrong with a file: line, column, what, and what to write instead.

use madang_base::Error;

/// So many problems of a file are kept; of the others there is only the count.
pub const MOST_PROBLEMS: usize = 100;

/// One fault of a file.
#[derive(Debug)]
pub struct Problem {
    /// The line on which the row begins, from 1; none when it is about the whole file.
    pub line: Option<u64>,
    /// The field within the row, from 1.
    pub column: Option<u64>,
    /// Code and arguments of the message.
    pub error: Error,
}

impl Problem {
    pub(super) fn whole(error: Error) -> Self {
        Self { line: None, column: None, error }
    }
}

/// What is wrong with one file, in the order of its lines; never empty when it is given as an error.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Problem>,
    more: u64,
}

impl Problems {
    pub(super) fn one(error: Error) -> Self {
        Self { found: vec![Problem::whole(error)], more: 0 }
    }

    pub(super) fn push(&mut self, line: u64, column: Option<usize>, error: Error) {
        if self.found.len() < MOST_PROBLEMS {
            let column = column.and_then(|at| u64::try_from(at).ok()).map(|at| at + 1);
            self.found.push(Problem { line: Some(line), column, error });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// The first [`MOST_PROBLEMS`].
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.found.iter()
    }

    /// How many there are beyond those that [`Self::iter`] gives.
    #[must_use]
    pub fn more(&self) -> u64 {
        self.more
    }

    /// How many there are in all.
    #[must_use]
    pub fn len(&self) -> u64 {
        u64::try_from(self.found.len()).unwrap_or(u64::MAX).saturating_add(self.more)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
