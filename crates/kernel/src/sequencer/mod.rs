//! Gives every event of the inbox its position in the change feed, and folds the counts.
//!
//! Any number of nodes may run one: each drain locks the head of the log first and moves it on by compare-and-set, so
//! positions have no gaps and no event gets two. It takes rows out of the inbox instead of following its growing id,
//! because on PostgreSQL a lower id may become visible after a higher one.
//!
//! Invariant: the head's size is the number of rows in `change` and their highest position.

mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Result, Time};
use madang_db::{Db, Tx};
use tokio::sync::watch;

use crate::change::{self, New};
use crate::ledger;
use crate::log::Gate;
use crate::wake::{self, Stop};

/// Events per transaction.
const BATCH: u32 = 1024;
/// So many in one look are a storm: then it is looked less often, and each look has more to do. Each one costs the
/// database's only writer a fixed amount beside what its events cost.
const STORM: usize = 128;
/// The longest time between two looks; waking is a courtesy, this is what must be right.
const POLL: Duration = Duration::from_secs(1);
/// The shortest time between two looks, so that a busy site is drained in batches.
const REST: Duration = Duration::from_millis(20);
/// The same in a storm.
const STORM_REST: Duration = Duration::from_millis(150);

/// An event that has just been given its position.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    pub position: i64,
    pub at: Time,
    pub kind: &'a str,
    /// The object's reference: `case:…`.
    pub object: &'a str,
    /// The canonical JSON of [`ledger::append`](crate::ledger::append).
    pub json: &'a str,
}

/// What a domain counts of the feed, in the step that gives positions: what it writes is right at the last of them.
///
/// It is called with every event once, in the order of positions. It runs while the log's head is locked, so it adds up
/// in memory first and writes a row for each sum, not for each event.
pub trait Fold: Send + Sync {
    /// # Errors
    /// Those of the database; then nothing of the step has happened, and it will be tried again.
    fn fold(&self, tx: &mut Tx, events: &[Placed<'_>]) -> Result<()>;

    /// Called instead of an act when `ledger recover` puts lines of the stored log back into a database that had lost them,
    /// before [`Fold::fold`] sees the same lines: writes what of the act's rows follows from the event alone. The default
    /// writes nothing.
    ///
    /// # Errors
    /// As [`Fold::fold`].
    fn restore(&self, tx: &mut Tx, events: &[Placed<'_>]) -> Result<()> {
        let _ = (tx, events);
        Ok(())
    }
}

/// The folds of a site. Every process that drains must have all of them.
pub type Folds = Arc<[Arc<dyn Fold>]>;

/// The loop that drains, and the position it has reached.
pub struct Sequencer {
    db: Db,
    folds: Folds,
    gate: Gate,
    position: watch::Sender<i64>,
}

impl std::fmt::Debug for Sequencer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sequencer").field("position", &*self.position.borrow()).finish_non_exhaustive()
    }
}

impl Sequencer {
    #[must_use]
    pub fn new(db: Db, folds: Folds) -> Self {
        Self { db, folds, gate: Gate::open(), position: watch::Sender::new(0) }
    }

    /// Drains only while the log is not held, and never a feed that ends below what was published.
    #[must_use]
    pub fn behind(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }

    /// Follows the last position given, here or by another node; readers of the feed wait on it.
    #[must_use]
    pub fn position(&self) -> watch::Receiver<i64> {
        self.position.subscribe()
    }

    /// Drains until `stop`. A failure is logged and tried again; what is in the inbox stays there.
    pub async fn run(&self, mut stop: Stop) {
        let mut commits = self.db.commits();
        while !stop.is_set() {
            let mut rest = REST;
            match self.turn().await {
                Ok(drained) if drained >= STORM => rest = STORM_REST,
                Ok(_) => {}
                // The log itself says that it is held, once.
                Err(error) if error.code() == "log.held" => tracing::debug!(%error, "nothing is drained"),
                Err(error) => tracing::error!(%error, "the sequencer could not drain the inbox"),
            }
            wake::pause(rest, &mut stop).await;
            wake::wait(&mut commits, POLL, &mut stop).await;
        }
    }

    /// Drains all there is, then tells the position. Says how many it drained.
    pub(crate) async fn turn(&self) -> Result<usize> {
        let mut drained = 0;
        if self.db.read(store::inbox_waits).await? {
            loop {
                let floor = i64::try_from(self.gate.pass()?).map_err(Error::internal)?;
                let folds = Arc::clone(&self.folds);
                let more = self.db.drain(move |tx| drain(tx, &folds, BATCH, floor)).await?;
                drained += more;
                // Ids have gaps, so a batch is seldom quite full.
                if more < BATCH as usize / 2 {
                    break;
                }
            }
        }
        let head = self.db.read(change::head).await?;
        self.position.send_if_modified(|position| std::mem::replace(position, head) != head);
        Ok(drained)
    }
}

/// Moves up to 1024 events from the inbox to the feed in one transaction, and says how many; none only when none wait.
///
/// # Errors
/// Those of the database; then nothing has moved.
pub async fn drain_once(db: &Db, folds: &Folds) -> Result<usize> {
    let folds = Arc::clone(folds);
    db.drain(move |tx| drain(tx, &folds, BATCH, 0)).await
}

/// No folds, for tests of what needs none.
#[must_use]
pub fn no_folds() -> Folds {
    Arc::new([])
}

fn drain(tx: &mut Tx, folds: &Folds, limit: u32, floor: i64) -> Result<usize> {
    let size = store::head_lock(tx)?;
    if size < floor {
        // An older database was put under the running program: positions would be given a second time.
        return Err(Error::unavailable("sequencer.behind").arg("size", size).arg("published", floor));
    }
    let waiting = store::inbox_take(tx, i64::from(limit))?;
    let lines: Vec<_> = (size + 1..)
        .zip(&waiting)
        .map(|(position, event)| New {
            position,
            at: event.at,
            kind: &event.kind,
            object: &event.object,
            public: event.public,
            json: &event.json,
            commitment: event.commitment.as_deref(),
        })
        .collect();
    place(tx, folds, size, &lines, false)?;
    Ok(lines.len())
}

/// Puts lines behind the head at `size`, counts and folds them, and moves the head. `again`: they come from the stored log.
pub(crate) fn place(tx: &mut Tx, folds: &Folds, size: i64, lines: &[New<'_>], again: bool) -> Result<()> {
    let Some(last) = lines.last() else { return Ok(()) };
    change::change_insert(tx, lines)?;
    let mut counts = BTreeMap::<(&str, &str), (i64, i64)>::new();
    for line in lines {
        let count = counts.entry((line.object, line.kind)).or_default();
        *count = (count.0 + 1, line.position);
    }
    for ((object, kind), (more, at)) in counts {
        change::count_add(tx, object, kind, more, at)?;
    }
    let placed: Vec<_> = lines
        .iter()
        .map(|line| Placed {
            position: line.position,
            at: line.at,
            kind: line.kind,
            object: line.object,
            json: line.json,
        })
        .collect();
    for fold in &**folds {
        if again {
            fold.restore(tx, &placed)?;
        }
        fold.fold(tx, &placed)?;
    }
    if store::head_move(tx, size, last.position)? { Ok(()) } else { Err(Error::unavailable("sequencer.fenced")) }
}

/// The log's size with its row locked: what places lines begins with it.
pub(crate) fn head_lock(tx: &mut Tx) -> Result<i64> {
    store::head_lock(tx)
}

/// An act that waits for its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its place in the inbox.
    pub id: i64,
    pub kind: String,
    /// The canonical JSON.
    pub json: String,
}

/// What waits of one object, in the order of arrival. For [`Fold::restore`].
///
/// # Errors
/// Those of the database.
pub fn pending(tx: &mut Tx, object: &str) -> Result<Vec<Pending>> {
    let waiting = store::inbox_of(tx, object)?;
    Ok(waiting.into_iter().map(|(id, kind, json)| Pending { id, kind, json }).collect())
}

/// Takes an act out of the inbox that the stored log has already, in one spelling or another. For [`Fold::restore`].
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, id: i64) -> Result<()> {
    store::inbox_drop(tx, id).map(drop)
}

/// The leaves of what waits after `id`, at most `limit`; the leaf of what has no commitment yet is none.
pub(crate) fn waiting_entries(tx: &mut Tx, id: i64, limit: u32) -> Result<Vec<(i64, Option<String>)>> {
    let waiting = store::inbox_after(tx, id, limit)?;
    Ok(waiting
        .into_iter()
        .map(|(id, public, json, commitment)| (id, ledger::entry(public, &json, commitment.as_deref()).ok()))
        .collect())
}
