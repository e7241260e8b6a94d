//! The counts, folded from the change feed in the step that gives positions.
//!
//! Invariants, at every position: the counts of a dimension add up to the total (where the service has a breakdown); a
//! threshold is on record once, at the first position at which the running total reached it, and stays when supporters
//! leave. A batch of events costs a few statements a case, however many events it has.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use madang_base::{Error, Result, SharedClock, SharedRng, Time};
use madang_db::Tx;
use madang_kernel::sequencer::{self, Placed};
use madang_kernel::{Ctx, Keys, job};
use serde::Deserialize;
use serde_json::json;

use super::act::{EXCLUDED, GIVEN, RESTORED, WITHDRAWN};
use super::{Dimension, store};
use crate::context::Cases;

/// The kind of the job that tells the case of a threshold.
pub const THRESHOLD: &str = "cases.threshold";

/// What an event does to the count; none for all other kinds.
pub(crate) fn step(kind: &str) -> Option<i64> {
    match kind {
        GIVEN | RESTORED => Some(1),
        WITHDRAWN | EXCLUDED => Some(-1),
        _ => None,
    }
}

/// Of an event's JSON, what counting needs.
#[derive(Deserialize)]
pub(crate) struct Leaf<'a> {
    #[serde(borrow)]
    fields: Fields<'a>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    who: &'a str,
    day: &'a str,
}

/// A change of the count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move<'a> {
    pub position: i64,
    pub at: Time,
    pub by: i64,
    pub nullifier: &'a str,
    pub day: &'a str,
}

impl<'a> Move<'a> {
    /// # Errors
    /// `Kind::Internal` for an event that this program did not write.
    pub(crate) fn read(position: i64, at: Time, by: i64, json: &'a str) -> Result<Self> {
        let leaf: Leaf<'a> = serde_json::from_str(json).map_err(Error::internal)?;
        let nullifier = leaf.fields.who.strip_prefix("nullifier:").unwrap_or(leaf.fields.who);
        Ok(Self { position, at, by, nullifier, day: leaf.fields.day })
    }
}

/// The fold of supports, for the sequencer.
pub struct Fold {
    cases: Cases,
    clock: SharedClock,
    rng: SharedRng,
    keys: Arc<Keys>,
}

impl std::fmt::Debug for Fold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fold").finish_non_exhaustive()
    }
}

impl Fold {
    #[must_use]
    pub fn new(cases: Cases, clock: SharedClock, rng: SharedRng, keys: Arc<Keys>) -> Self {
        Self { cases, clock, rng, keys }
    }

    fn case(&self, tx: &mut Tx, case: &str, moves: &[Move<'_>]) -> Result<()> {
        let Some((_, version)) = store::about(tx, case)? else { return Ok(()) };
        let version = self.cases.services.version(tx, &version)?;
        let breakdown = version.definition.support.as_ref().is_some_and(|support| support.breakdown);
        let before = store::total(tx, case)?.map_or(0, |(count, _)| count);
        let mut sums = BTreeMap::<(Dimension, &str), i64>::new();
        let stated = if breakdown { stated(tx, case, moves)? } else { HashMap::new() };
        let mut running = before;
        let mut open: Vec<_> = version.definition.thresholds.iter().collect();
        for change in moves {
            running += change.by;
            *sums.entry((Dimension::Total, "")).or_default() += change.by;
            *sums.entry((Dimension::Day, change.day)).or_default() += change.by;
            if breakdown {
                let (region, age) = stated.get(change.nullifier).map_or(("", ""), |(r, a)| (r.as_str(), a.as_str()));
                *sums.entry((Dimension::Region, region)).or_default() += change.by;
                *sums.entry((Dimension::Age, age)).or_default() += change.by;
            }
            let mut still = Vec::new();
            for threshold in open {
                if running < threshold.count {
                    still.push(threshold);
                    continue;
                }
                let (at, position) = (change.at, change.position);
                let reached = store::Reached { threshold: threshold.id.clone(), at, position, count: running };
                if store::reach(tx, case, &reached)? {
                    self.tell(tx, case, &threshold.id)?;
                }
            }
            open = still;
        }
        let position = moves.last().map_or(0, |change| change.position);
        for ((dimension, value), more) in sums {
            if more != 0 || dimension == Dimension::Total {
                store::add(tx, case, dimension, value, more, position)?;
            }
        }
        Ok(())
    }

    fn tell(&self, tx: &mut Tx, case: &str, threshold: &str) -> Result<()> {
        let ctx = Ctx::system(self.clock.now(), Arc::clone(&self.rng), Arc::clone(&self.keys));
        job::enqueue(tx, &ctx, THRESHOLD, json!({ "case": case, "threshold": threshold }), None).map(drop)
    }
}

/// What the supporters in `moves` have stated. Their rows are there: event and row are written together.
fn stated(tx: &mut Tx, case: &str, moves: &[Move<'_>]) -> Result<HashMap<String, (String, String)>> {
    let mut found = HashMap::with_capacity(moves.len());
    for chunk in moves.chunks(store::ASK) {
        let mut asked = [""; store::ASK];
        for (slot, change) in asked.iter_mut().zip(chunk) {
            *slot = change.nullifier;
        }
        for (nullifier, region, age) in store::stated(tx, case, &asked)? {
            found.insert(nullifier, (region.unwrap_or_default(), age.unwrap_or_default()));
        }
    }
    Ok(found)
}

impl sequencer::Fold for Fold {
    fn fold(&self, tx: &mut Tx, events: &[Placed<'_>]) -> Result<()> {
        let mut cases = BTreeMap::<&str, Vec<Move<'_>>>::new();
        for event in events {
            let (Some(by), Some(case)) = (step(event.kind), event.object.strip_prefix("case:")) else { continue };
            cases.entry(case).or_default().push(Move::read(event.position, event.at, by, event.json)?);
        }
        cases.iter().try_for_each(|(case, moves)| self.case(tx, case, moves))
    }

    fn restore(&self, tx: &mut Tx, events: &[Placed<'_>]) -> Result<()> {
        super::restore::restore(tx, events)
    }
}
