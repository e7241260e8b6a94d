//! Alterations as somebody makes them who has the database and the disk but not the signing key: for the test and the
//! benchmark that count how many of them [`verify::database`](crate::verify::database) finds and names.
//!
//! An [`Alteration`] is chosen at random from all public records ([`TABLES`]) and the files of the log, and can be undone.
//! What is not chosen, because no leaf commits to it, is not in the lists; the module docs of the audits name it.

mod acts;
mod files;
mod rows;
mod tables;

use std::path::Path;

use madang_kernel::ledger::Difference;

pub use self::acts::on_plan;
pub use self::tables::{TABLES, Table};

/// Whoever runs statements by hand.
pub trait Hand {
    /// Runs statements that give no rows, without foreign keys being looked at.
    ///
    /// # Errors
    /// What the engine says.
    fn run(&mut self, sql: &str) -> Result<(), String>;
    /// The rows of a statement, every value as text.
    ///
    /// # Errors
    /// What the engine says.
    fn rows(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, String>;
}

/// The same numbers from the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % wide).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// What was done, and what has to be named.
#[derive(Clone, Debug)]
pub struct Alteration {
    /// In words: table, way, column.
    pub what: String,
    /// Any of these must be named: an object, a file, a table of the log.
    pub names: Vec<String>,
    undo: Undo,
}

#[derive(Clone, Debug)]
enum Undo {
    Rows(&'static str),
    File { path: std::path::PathBuf, bytes: Vec<u8> },
}

impl Alteration {
    /// Whether one of the differences names what was altered.
    #[must_use]
    pub fn named(&self, found: &[Difference]) -> bool {
        found.iter().any(|difference| {
            self.names.iter().any(|name| {
                difference.object == *name
                    || difference.name == *name
                    || (!name.contains(':') && difference.by != "feed" && difference.what.contains(name.as_str()))
                    || difference.name.starts_with(&format!("{name} "))
            })
        })
    }

    /// Puts back what was there.
    ///
    /// # Errors
    /// What the engine or the disk says.
    pub fn undo(&self, hand: &mut dyn Hand) -> Result<(), String> {
        match &self.undo {
            Undo::Rows(table) => rows::restore(hand, table),
            Undo::File { path, bytes } => std::fs::write(path, bytes).map_err(|error| error.to_string()),
        }
    }
}

/// Of a hundred alterations, how many are of files.
const FILES: usize = 20;

/// Alters one thing at random. None when what was drawn cannot be altered so (a table without two rows to swap).
///
/// `files` is the folder with `checkpoint` and `tile`; `old` an older checkpoint, to put back.
///
/// # Errors
/// What the engine or the disk says.
pub fn alter(dice: &mut Dice, hand: &mut dyn Hand, files: &Path, old: &str) -> Result<Option<Alteration>, String> {
    if dice.below(100) < FILES { files::alter(dice, files, old) } else { rows::alter(dice, hand) }
}
