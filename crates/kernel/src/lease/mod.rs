//! What only one of several nodes may do at a time.
//!
//! A lease has a holder and an end; the holder prolongs it while it works, and after the end anybody may take it. It keeps
//! nodes from doing work twice; it is not what keeps data right, because a holder may sleep past its end and go on. Whatever
//! is done under a lease needs a fence of its own, such as a compare-and-set.
//!
//! The clocks of nodes may differ and go back. An end further away than twice the lease's time cannot have been set by a
//! clock that is right now, and counts as over.

mod store;
#[cfg(test)]
mod tests;

use std::fmt;

use madang_base::{Result, Rng, Time};
use madang_db::Tx;

/// One node's way to a lease: its name, the node's random token and for how long it is taken.
#[derive(Clone)]
pub struct Lease {
    name: &'static str,
    holder: String,
    seconds: i64,
}

impl Lease {
    /// `seconds`: for how long each taking holds.
    #[must_use]
    pub fn new(name: &'static str, rng: &dyn Rng, seconds: i64) -> Self {
        Self { name, holder: rng.token(), seconds }
    }

    /// Takes or prolongs it. False when somebody else holds it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take(&self, tx: &mut Tx, now: Time) -> Result<bool> {
        let (until, never) = (now.plus_seconds(self.seconds), now.plus_seconds(2 * self.seconds));
        store::take(tx, self.name, &self.holder, until, (now, never))
    }

    /// Takes it whoever holds it, for work that somebody has asked for by hand.
    ///
    /// # Errors
    /// Those of the database.
    pub fn seize(&self, tx: &mut Tx, now: Time) -> Result<()> {
        store::seize(tx, self.name, &self.holder, now.plus_seconds(self.seconds))
    }

    /// Gives it back, so that the next need not wait. Nothing when somebody else holds it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_back(&self, tx: &mut Tx) -> Result<()> {
        store::delete(tx, self.name, &self.holder)
    }

    /// For how long each taking holds, in seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.seconds
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("name", &self.name).field("seconds", &self.seconds).finish_non_exhaustive()
    }
}
