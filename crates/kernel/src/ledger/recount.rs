//! Counting again: from the leaves alone ([`Recount`]), against what the site says ([`Claims`]); and holding the rows of
//! the database against the log ([`Audit`]).
//!
//! Each engine that counts anything brings one of each. They are listed in `flows::verify`; a test there fails when a
//! [`Kind`](super::Kind) names a recount that is not in the list, so an engine cannot forget it.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;
use serde::Serialize;

/// A leaf as the log holds it.
#[derive(Clone, Copy, Debug)]
pub struct LeafView<'a> {
    /// From 0. The position in the change feed is one more.
    pub index: u64,
    /// `opaque` for what is not public.
    pub kind: &'a str,
    /// The object's reference; empty for what is opaque.
    pub object: &'a str,
    /// Microseconds since 1970 UTC; 0 for what is opaque.
    pub at: i64,
    /// The entry itself: canonical JSON.
    pub json: &'a str,
}

/// A place where what is said or stored is not what the log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Who found it: the name of a recount or an audit, `log`, `tile`, `checkpoint`.
    pub by: &'static str,
    /// What differs: `total`, `day`, `threshold`, `state`, `title`, `row`.
    pub what: String,
    /// Of which object, by its reference; empty when of none.
    pub object: String,
    /// How people know it: a number, a title; empty when there is none.
    pub name: String,
    /// What the log says.
    pub expected: String,
    /// What is claimed or stored.
    pub found: String,
    /// The leaf that says it, if one does.
    pub leaf: Option<u64>,
}

/// What a recount looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recounted {
    pub name: &'static str,
    /// Leaves that it counted.
    pub leaves: u64,
    /// Claims that it compared.
    pub claims: u64,
    /// What was counted, by word: `cases`, `supports`, `thresholds`.
    pub counts: BTreeMap<&'static str, u64>,
}

/// Where a recount keeps what does not fit into memory.
pub trait Spill: Send {
    /// Appends a record of a fixed width to the bucket that `key` falls into.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk refuses.
    fn put(&mut self, key: &[u8], record: &[u8]) -> Result<()>;
    /// The records of each bucket, one bucket after the other, in the order in which they were put; what falls into one
    /// bucket by its key stays together.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk refuses, and what `each` refuses.
    fn drain(&mut self, each: &mut dyn FnMut(&mut Vec<u8>) -> Result<()>) -> Result<()>;
}

/// Counts one engine's events again, from leaves alone, and compares with what the site says. Order of the calls: all
/// claims, then all salts (for auditors), then all leaves by index, then `finish`.
pub trait Recount: Send {
    fn name(&self) -> &'static str;
    /// One line of the claims of this name.
    ///
    /// # Errors
    /// `Kind::Invalid` for a line that is no claim.
    fn claim(&mut self, line: &str) -> Result<()>;
    /// One line of the salts that an auditor was given.
    ///
    /// # Errors
    /// `Kind::Invalid` for a line that is none.
    fn salt(&mut self, line: &str) -> Result<()>;
    /// One leaf, in order.
    ///
    /// # Errors
    /// Those of the spill. A leaf that makes no sense is a difference, not an error.
    fn leaf(&mut self, leaf: &LeafView<'_>) -> Result<()>;
    /// What was counted, with everything that differs, the earliest leaf first.
    ///
    /// # Errors
    /// Those of the spill.
    fn finish(&mut self, found: &mut Vec<Difference>) -> Result<Recounted>;
}

/// What the site says, for the public export.
pub trait Claims: Send + Sync {
    /// The recount that checks them.
    fn name(&self) -> &'static str;
    /// Claims of what began in `month` (`2026-11`, Korean time), each a JSON object in one line, in an order of their own,
    /// after `cursor` (empty: from the first), at most `limit`; with the cursor to go on from. Each holds `position`: the
    /// position of the feed up to which it is complete.
    ///
    /// # Errors
    /// Those of the database.
    fn page(&self, tx: &mut Tx, month: &str, cursor: &str, limit: u32) -> Result<Vec<(String, String)>>;
    /// The months that have any, in order.
    ///
    /// # Errors
    /// Those of the database.
    fn months(&self, tx: &mut Tx) -> Result<Vec<String>>;
}

/// The most differences that are told one by one; more would say nothing new.
const MOST: usize = 1000;

/// What audits looked at, and what they found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audited {
    /// Rows that were held against the log, by table; files by `tile`, `bundle`, `checkpoint`.
    pub rows: BTreeMap<&'static str, u64>,
    /// Rows of which no leaf says what they hold, because they are older than such leaves, by table.
    pub uncovered: BTreeMap<&'static str, u64>,
    /// Digests that nothing opens any more, because what they stand for was erased by an act that is in the log.
    pub erased: u64,
    pub differences: Vec<Difference>,
    /// Further differences, beyond the first thousand.
    pub more: u64,
}

impl Audited {
    /// One more row of `table` was held against the log.
    pub fn looked(&mut self, table: &'static str) {
        *self.rows.entry(table).or_default() += 1;
    }

    /// One more row of `table` that no leaf speaks of.
    pub fn uncovered(&mut self, table: &'static str) {
        *self.uncovered.entry(table).or_default() += 1;
    }

    pub fn differs(&mut self, difference: Difference) {
        if self.differences.len() < MOST {
            self.differences.push(difference);
        } else {
            self.more += 1;
        }
    }

    /// Takes in what another part saw.
    pub fn add(&mut self, part: Self) {
        for (all, more) in [(&mut self.rows, part.rows), (&mut self.uncovered, part.uncovered)] {
            more.into_iter().for_each(|(table, rows)| *all.entry(table).or_default() += rows);
        }
        self.erased += part.erased;
        self.more += part.more;
        part.differences.into_iter().for_each(|difference| self.differs(difference));
    }

    /// Whether everything that was looked at agrees with the log.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }
}

/// What opens commitments of the log, for an auditor; never part of the public export.
pub trait Openers: Send + Sync {
    /// The recount that reads them.
    fn name(&self) -> &'static str;
    /// Salts of the events after `position`, each a JSON object in one line (`digest`, `salt`, `value`), of at most `limit`
    /// events; with the position to go on from, none when there are no more.
    ///
    /// # Errors
    /// Those of the database.
    fn page(&self, tx: &mut Tx, position: u64, limit: u32) -> Result<(Vec<String>, Option<u64>)>;
}

/// Holds the rows of one domain against the log.
pub trait Audit: Send + Sync {
    fn name(&self) -> &'static str;
    /// Checks a part of the rows, from `cursor` on (empty: the beginning), adds what it saw to `audited`, and says where
    /// to go on; none when there is nothing left. A part is read in one transaction.
    ///
    /// # Errors
    /// Those of the database.
    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>>;
}
