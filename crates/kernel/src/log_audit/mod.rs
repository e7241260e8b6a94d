//! Holds what the database and the file store have of the log against what was signed, and helps the domains to hold
//! their rows against it.
//!
//! The chain, from what cannot be altered unseen to what people read: a checkpoint's signature covers the tree's root;
//! the root covers the leaves; a leaf is an event's row in `change` ([`log`]); a row's columns, salts and counts follow
//! from it ([`Feed`], [`Counts`], [`Links`]); and the events say, by salted digests, what the rows of plans, cases and
//! organisations hold ([`Row::record`]).
//!
//! What this cannot find is a whole log that somebody with the signing key wrote anew from the first leaf on, files and
//! database alike: that is what witnesses are for. Nothing here writes. The site may run meanwhile: what is behind the
//! signed size waits for its signature, and is no difference.
//!
//! Start reading at [`log`].

mod counts;
mod feed;
mod files;
mod head;
mod leaves;
mod links;
mod said;
mod store;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Duration;

use madang_base::Result;
use madang_db::Db;
use madang_tlog::note::VerifierKey;

pub use self::counts::Counts;
pub use self::feed::Feed;
pub use self::files::files;
pub use self::links::Links;
pub use self::said::{
    Covered, Part, RECORD, Row, Said, erased_since, erased_upto, events, last_with, objects, opens, short, soft, step,
    unreadable,
};
use crate::ledger::{Audited, Difference};
use crate::log::Tiles;

/// Whose signatures are believed, and for how long a checkpoint may be on its way.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The log's own keys; when none is given, those that the database lists.
    pub keys: Vec<VerifierKey>,
    /// Witnesses; a cosignature of one that is not here is checked for its form only.
    pub witnesses: Vec<VerifierKey>,
    /// A running site publishes a checkpoint a moment after the database has it: for how long that may take.
    pub patience: Duration,
}

impl Default for Trust {
    /// No keys; a checkpoint may be on its way for three seconds.
    fn default() -> Self {
        Self { keys: Vec::new(), witnesses: Vec::new(), patience: Duration::from_secs(3) }
    }
}

/// Holds the log's own parts against one another: the signed checkpoints, the tree computed from the rows of the feed,
/// the entry bundles and the tiles. `progress` is told how many leaves have been read, of how many.
///
/// # Errors
/// Those of the database and `Kind::Unavailable` with code `log.store`.
pub async fn log(
    db: &Db,
    tiles: &Tiles,
    trust: &Trust,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Audited> {
    let mut audited = Audited::default();
    let Some(head) = head::Head::read(db, tiles, trust, &mut audited).await? else { return Ok(audited) };
    leaves::walk(db, tiles, &head, &mut audited, progress).await?;
    leaves::leftovers(tiles, &head, &mut audited).await?;
    head::cosignatures(db, trust, &mut audited).await?;
    Ok(audited)
}

/// A difference in the log itself; `name` is a file's or a position.
fn differs(
    by: &'static str,
    what: &str,
    name: impl ToString,
    expected: impl ToString,
    found: impl ToString,
    leaf: Option<u64>,
) -> Difference {
    Difference {
        by,
        what: what.to_owned(),
        object: String::new(),
        name: name.to_string(),
        expected: short(&expected.to_string()),
        found: short(&found.to_string()),
        leaf,
    }
}

/// A size or position of the database as a number of leaves.
fn leaves_of(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
