//! The counts that pages poll and listen to, in memory: one reader of the change feed for all of them.
//!
//! A count is loaded when somebody asks for the first time, and again whenever its case has had a change. Ten thousand
//! requests a second for one count are answered without a query, and a thousand listeners cost one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use madang_base::{Error, Result};
use madang_db::{Db, Tx};
use madang_kernel::change;
use madang_kernel::wake::Stop;
use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use super::store;
use crate::context::Cases;
use crate::model::Publication;

/// Counts kept at the most; those that nobody listens to make room.
const MOST_COUNTS: usize = 20_000;
/// People who listen at the same time.
pub const MOST_LISTENERS: usize = 2000;
/// The shortest time between two looks: a count that runs is told five times a second.
const REST: Duration = Duration::from_millis(200);

/// A count as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub number: String,
    pub count: i64,
    pub position: i64,
    /// The whole answer.
    pub json: String,
    /// An entity tag without its quotation marks, made of the position.
    pub tag: String,
}

#[derive(Serialize)]
struct Wire<'a> {
    number: &'a str,
    count: i64,
    position: i64,
    /// The leaf of the log at `position`; none before the first.
    leaf: Option<i64>,
    log: LogLinks,
    open: bool,
    thresholds: Vec<serde_json::Value>,
}

/// Where what was counted can be looked at and counted again.
#[derive(Serialize)]
struct LogLinks {
    checkpoint: &'static str,
    export: &'static str,
    records: String,
}

struct Entry {
    case: String,
    sender: watch::Sender<Arc<Snapshot>>,
}

struct Inner {
    entries: RwLock<HashMap<String, Entry>>,
    listeners: AtomicUsize,
    /// How far the feed has been followed; negative while nobody follows it.
    seen: AtomicI64,
    closed: watch::Sender<bool>,
}

/// All counts in memory. Clones share them.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("listeners", &self.0.listeners.load(Ordering::Relaxed)).finish_non_exhaustive()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(Inner {
            entries: RwLock::default(),
            listeners: AtomicUsize::new(0),
            seen: AtomicI64::new(-1),
            closed: watch::Sender::new(false),
        }))
    }
}

impl Live {
    fn known(&self, number: &str) -> Option<Arc<Snapshot>> {
        let entries = self.0.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.get(number).map(|entry| Arc::clone(&entry.sender.borrow()))
    }

    /// The count of a public case.
    ///
    /// # Errors
    /// `case.unknown`, also for cases that are not public or whose service has no support.
    pub async fn get(&self, db: &Db, cases: &Cases, number: &str) -> Result<Arc<Snapshot>> {
        if self.0.seen.load(Ordering::SeqCst) >= 0
            && let Some(known) = self.known(number)
        {
            return Ok(known);
        }
        let unknown = || Error::not_found("case.unknown").arg("value", number);
        let normal = madang_form::number::normalise(number).ok_or_else(unknown)?;
        loop {
            let (cases, wanted) = (cases.clone(), normal.clone());
            let (head, found) = db.read(move |tx| Ok((change::head(tx)?, load(tx, &cases, &wanted)?))).await?;
            let (case, snapshot) = found.ok_or_else(unknown)?;
            let snapshot = Arc::new(snapshot);
            self.keep(&normal, case, &snapshot);
            // Whoever follows the feed may have passed between the reading and the keeping.
            if self.0.seen.load(Ordering::SeqCst) <= head {
                return Ok(snapshot);
            }
        }
    }

    fn keep(&self, number: &str, case: String, snapshot: &Arc<Snapshot>) {
        let mut entries = self.0.entries.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(number) {
            newer(&entry.sender, snapshot);
            return;
        }
        if entries.len() >= MOST_COUNTS {
            entries.retain(|_, entry| entry.sender.receiver_count() > 0);
        }
        entries.insert(number.to_owned(), Entry { case, sender: watch::Sender::new(Arc::clone(snapshot)) });
    }

    /// Listens to the count of a public case.
    ///
    /// # Errors
    /// `support.listeners` when too many listen already; as [`Live::get`].
    pub async fn listen(&self, db: &Db, cases: &Cases, number: &str) -> Result<Listener> {
        let slot = Slot::take(&self.0).ok_or_else(|| Error::unavailable("support.listeners"))?;
        let snapshot = self.get(db, cases, number).await?;
        let counts = {
            let entries = self.0.entries.read().unwrap_or_else(PoisonError::into_inner);
            entries.get(&snapshot.number).map(|entry| entry.sender.subscribe())
        };
        let mut counts = counts.ok_or_else(|| Error::unavailable("support.listeners"))?;
        counts.mark_changed();
        Ok(Listener { counts, closed: self.0.closed.subscribe(), _slot: slot })
    }

    /// Follows the change feed until `stop`, then lets all listeners go.
    pub async fn run(&self, db: Db, cases: Cases, mut position: watch::Receiver<i64>, mut stop: Stop) {
        let mut last = *position.borrow_and_update();
        self.0.seen.store(last, Ordering::SeqCst);
        loop {
            tokio::select! {
                changed = position.changed() => if changed.is_err() { break },
                () = stop.set() => break,
            }
            let upto = *position.borrow_and_update();
            self.0.seen.store(upto, Ordering::SeqCst);
            match self.refresh(&db, &cases, last, upto).await {
                Ok(()) => last = upto,
                Err(error) => tracing::warn!(%error, "counts could not be brought up to date"),
            }
            tokio::select! {
                () = tokio::time::sleep(REST) => {}
                () = stop.set() => break,
            }
        }
        self.0.seen.store(-1, Ordering::SeqCst);
        self.0.closed.send_replace(true);
    }

    async fn refresh(&self, db: &Db, cases: &Cases, last: i64, upto: i64) -> Result<()> {
        let mut wanted: HashMap<String, String> = {
            let entries = self.0.entries.read().unwrap_or_else(PoisonError::into_inner);
            entries.iter().map(|(number, entry)| (entry.case.clone(), number.clone())).collect()
        };
        if wanted.is_empty() || upto <= last {
            return Ok(());
        }
        let touched = db.read(move |tx| change::objects(tx, last, upto)).await?;
        let touched: Vec<String> =
            touched.iter().filter_map(|object| wanted.remove(object.strip_prefix("case:")?)).collect();
        for chunk in touched.chunks(100) {
            let (cases, numbers) = (cases.clone(), chunk.to_vec());
            let loaded = db
                .read(move |tx| numbers.iter().map(|number| load(tx, &cases, number)).collect::<Result<Vec<_>>>())
                .await?;
            let mut entries = self.0.entries.write().unwrap_or_else(PoisonError::into_inner);
            for (number, found) in chunk.iter().zip(loaded) {
                match (entries.get(number), found) {
                    (Some(entry), Some((_, snapshot))) => newer(&entry.sender, &Arc::new(snapshot)),
                    // No longer public: whoever listens is let go.
                    (Some(_), None) => drop(entries.remove(number)),
                    (None, _) => {}
                }
            }
        }
        Ok(())
    }
}

/// Replaces a count unless it is a newer one.
fn newer(sender: &watch::Sender<Arc<Snapshot>>, snapshot: &Arc<Snapshot>) {
    sender.send_if_modified(|held| {
        let newer = snapshot.position >= held.position && **held != **snapshot;
        if newer {
            *held = Arc::clone(snapshot);
        }
        newer
    });
}

fn load(tx: &mut Tx, cases: &Cases, number: &str) -> Result<Option<(String, Snapshot)>> {
    let Some(stand) = store::stand_by_number(tx, number)? else { return Ok(None) };
    let version = cases.services.version(tx, &stand.version)?;
    let Some(support) = version.definition.support.as_ref().filter(|_| stand.publication == Publication::Published)
    else {
        return Ok(None);
    };
    let case = stand.id.to_string();
    let (count, position) = store::total(tx, &case)?.unwrap_or((0, 0));
    let reached = store::reached(tx, &case)?;
    let open = support.states.contains(&stand.state);
    let thresholds = version.definition.thresholds.iter().map(|threshold| {
        let when = reached.iter().find(|reached| reached.threshold == threshold.id);
        json!({
            "id": threshold.id,
            "count": threshold.count,
            "reached_at": when.map(|when| when.at.rfc3339()),
            "position": when.map(|when| when.position),
            "leaf": when.map(|when| when.position - 1),
        })
    });
    let log = LogLinks {
        checkpoint: "/log/checkpoint",
        export: "/log/export/manifest.json",
        records: format!("/ko/log/objects/case:{case}"),
    };
    let leaf = (position > 0).then(|| position - 1);
    let wire = Wire { number, count, position, leaf, log, open, thresholds: thresholds.collect() };
    let json = serde_json::to_string(&wire).map_err(Error::internal)?;
    let tag = format!("{position}-{}", if open { "open" } else { "shut" });
    Ok(Some((case, Snapshot { number: number.to_owned(), count, position, json, tag })))
}

/// One of the places for listeners, given back when dropped.
struct Slot(Arc<Inner>);

impl Slot {
    fn take(inner: &Arc<Inner>) -> Option<Self> {
        let before = inner.listeners.fetch_add(1, Ordering::SeqCst);
        // Made first, so that a place that was taken in vain is given back.
        let slot = Self(Arc::clone(inner));
        (before < MOST_LISTENERS).then_some(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.listeners.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Somebody who listens.
pub struct Listener {
    counts: watch::Receiver<Arc<Snapshot>>,
    closed: watch::Receiver<bool>,
    _slot: Slot,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").finish_non_exhaustive()
    }
}

impl Listener {
    /// The count now for the first call, then whenever it has changed; none when there will be no more.
    pub async fn next(&mut self) -> Option<Arc<Snapshot>> {
        tokio::select! {
            biased;
            _ = self.closed.wait_for(|closed| *closed) => None,
            changed = self.counts.changed() => {
                changed.ok()?;
                Some(Arc::clone(&self.counts.borrow_and_update()))
            }
        }
    }
}
