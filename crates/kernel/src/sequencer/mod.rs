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

use crate::change;
use crate::wake::{self, Stop};

/// Events per transaction.
const BATCH: u32 = 512;
/// The longest time between two looks; waking is a courtesy, this is what must be right.
const POLL: Duration = Duration::from_secs(1);
/// The shortest time between two looks, so that a busy site is drained in batches.
const REST: Duration = Duration::from_millis(20);

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
}

/// The folds of a site. Every process that drains must have all of them.
pub type Folds = Arc<[Arc<dyn Fold>]>;

/// The loop that drains, and the position it has reached.
pub struct Sequencer {
    db: Db,
    folds: Folds,
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
        Self { db, folds, position: watch::Sender::new(0) }
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
            if let Err(error) = self.turn().await {
                tracing::error!(%error, "the sequencer could not drain the inbox");
            }
            wake::pause(REST, &mut stop).await;
            wake::wait(&mut commits, POLL, &mut stop).await;
        }
    }

    /// Drains all there is, then tells the position.
    pub(crate) async fn turn(&self) -> Result<()> {
        if self.db.read(store::inbox_waits).await? {
            while drain_once(&self.db, &self.folds).await? == BATCH as usize {}
        }
        let head = self.db.read(change::head).await?;
        self.position.send_if_modified(|position| std::mem::replace(position, head) != head);
        Ok(())
    }
}

/// Moves up to 512 events from the inbox to the feed in one transaction, and says how many.
///
/// # Errors
/// Those of the database; then nothing has moved.
pub async fn drain_once(db: &Db, folds: &Folds) -> Result<usize> {
    let folds = Arc::clone(folds);
    db.drain(move |tx| drain(tx, &folds, BATCH)).await
}

/// No folds, for tests of what needs none.
#[must_use]
pub fn no_folds() -> Folds {
    Arc::new([])
}

fn drain(tx: &mut Tx, folds: &Folds, limit: u32) -> Result<usize> {
    let size = store::head_lock(tx)?;
    let waiting = store::inbox_take(tx, limit)?;
    let mut counts = BTreeMap::<(&str, &str), (i64, i64)>::new();
    let mut position = size;
    let mut placed = Vec::with_capacity(waiting.len());
    for event in &waiting {
        position += 1;
        change::change_insert(tx, position, event.at, (&event.kind, &event.object), event.public, &event.json)?;
        let count = counts.entry((&event.object, &event.kind)).or_default();
        *count = (count.0 + 1, position);
        placed.push(Placed { position, at: event.at, kind: &event.kind, object: &event.object, json: &event.json });
    }
    for ((object, kind), (more, at)) in counts {
        change::count_add(tx, object, kind, more, at)?;
    }
    if !placed.is_empty() {
        for fold in &**folds {
            fold.fold(tx, &placed)?;
        }
    }
    if position != size && !store::head_move(tx, size, position)? {
        return Err(Error::unavailable("sequencer.fenced"));
    }
    Ok(waiting.len())
}
