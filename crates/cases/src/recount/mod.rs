//! Petitions, proposals and all other cases counted again from the leaves of the log alone.
//!
//! What is counted: supports (each person once in a case), totals and days, the thresholds at their exact leaves, the
//! states and the steps that led to them. Regions and age bands only for an auditor who holds the salts. The leaves are
//! read once, in order; what is kept in memory grows with the number of cases, not with that of supports: who has given
//! already is sorted out on the disk ([`Spill`](madang_kernel::ledger::Spill)).
//!
//! What it does not know: cases that are not public (their leaves are opaque), and what happened to a case before it was
//! public or while it was taken back.
//!
//! Start reading at [`Recount`]; what a claim says is in [`claim`].

mod book;
pub mod claim;
mod counting;
mod history;
mod stated;
mod tally;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use madang_base::Result;
use madang_kernel::ledger::Spill;

pub use self::counting::Recount;

/// The name of this recount, of its claims and of their folder.
pub const NAME: &str = "cases";

/// The texts of services' definitions by their digest.
pub trait Definitions: Send + Sync {
    /// The text; none when it is not there. Whether it is the right one is looked at here.
    ///
    /// # Errors
    /// Those of the disk.
    fn text(&self, digest: &str) -> Result<Option<String>>;
}

/// Makes the places where a recount keeps what does not fit into memory.
pub type NewSpill = Arc<dyn Fn() -> Result<Box<dyn Spill>> + Send + Sync>;
