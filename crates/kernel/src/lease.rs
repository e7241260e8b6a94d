//! What only one of several nodes may do at a time.
//!
//! A lease has a holder and an end; the holder prolongs it while it works, and after the end anybody may take it. It keeps
//! nodes from doing work twice; it is not what keeps data right, because a holder may sleep past its end and go on. Whatever
//! is done under a lease needs a fence of its own, such as a compare-and-set.
//!
//! The clocks of nodes may differ and go back. An end further away than twice the lease's time cannot have been set by a
//! clock that is right now, and counts as over.

use std::fmt;

use madang_base::{Result, Rng, Time};
use madang_db::{Tx, params};

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
        Ok(tx.exec(
            "INSERT INTO lease (name, holder, until_at) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
             WHERE lease.holder = excluded.holder OR lease.until_at <= $4 OR lease.until_at > $5",
            params![self.name, &self.holder, until, now, never],
        )? == 1)
    }

    /// Takes it whoever holds it, for work that somebody has asked for by hand.
    ///
    /// # Errors
    /// Those of the database.
    pub fn seize(&self, tx: &mut Tx, now: Time) -> Result<()> {
        tx.exec(
            "INSERT INTO lease (name, holder, until_at) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at",
            params![self.name, &self.holder, now.plus_seconds(self.seconds)],
        )?;
        Ok(())
    }

    /// Gives it back, so that the next need not wait. Nothing when somebody else holds it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_back(&self, tx: &mut Tx) -> Result<()> {
        tx.exec("DELETE FROM lease WHERE name = $1 AND holder = $2", params![self.name, &self.holder])?;
        Ok(())
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

#[cfg(test)]
mod tests;
