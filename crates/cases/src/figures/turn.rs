//! Following the change feed: facts are computed in a read, what differs is put into the sums in one short write.
//!
//! A case that changes between the two has a change of its own in the feed and is computed again. Whoever moves
//! `figure_head` first wins: what another node computed from the same place is thrown away.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::change;

use super::rules::{self, Counted, Means};
use super::store::{self, Head, Of, Place};
use super::sums::Sums;
use crate::Cases;

/// Positions that are looked at in one turn: most of a busy feed are supports, which are counted elsewhere.
const STRETCH: i64 = 10_000;

/// What a turn found, to be written.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    from: Option<Head>,
    to: Head,
    /// None: the case is not there.
    cases: BTreeMap<String, Option<Counted>>,
    /// The last of the notes that were read.
    stale: i64,
    /// How much there was to do.
    size: usize,
}

/// Computes what there is to count anew, of at most `limit` cases; none when there is nothing.
pub(crate) fn find(tx: &mut Tx, cases: &Cases, limit: usize) -> Result<Option<Found>> {
    let from = store::head(tx, Of::Figures)?;
    let end = change::head(tx)?;
    let version = rules::VERSION;
    let begin = Head { position: end, version, after: Some(String::new()) };
    let at = from.clone().filter(|head| head.version == version).unwrap_or(begin);
    let (mut to, ids, mut stale) = (at.clone(), BTreeSet::new(), 0);
    let mut ids: BTreeSet<String> = ids;
    let mut size = 0;
    if let Some(after) = &at.after {
        let some = store::ids_after(tx, after, limit)?;
        to.after = some.last().filter(|_| some.len() == limit).cloned();
        size = some.len().max(1);
        ids.extend(some);
    } else {
        let upto = stretch(tx, at.position, end, limit)?;
        size += usize::try_from(upto - at.position).unwrap_or(0);
        ids.extend(touched(tx, at.position, upto)?);
        to.position = upto;
        let (last, some) = store::stale_some(tx, limit)?;
        stale = last;
        size += some.len();
        ids.extend(some);
    }
    if size == 0 {
        return Ok(None);
    }
    let ids: Vec<String> = ids.into_iter().collect();
    Ok(Some(Found { from, to, cases: count(tx, cases, &ids)?, stale, size }))
}

/// How far a turn goes, so that it has about `limit` cases.
fn stretch(tx: &mut Tx, position: i64, end: i64, limit: usize) -> Result<i64> {
    let mut length = STRETCH.min(end - position);
    while length > 1 && touched(tx, position, position + length)?.len() > limit {
        length /= 8;
    }
    Ok(position + length)
}

/// Cases with an act; supports are none.
fn touched(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<String>> {
    if upto <= position {
        return Ok(Vec::new());
    }
    let objects = change::objects_of(tx, position, upto, "case.", "case/")?;
    Ok(objects.iter().filter_map(|object| object.strip_prefix("case:")).map(str::to_owned).collect())
}

/// What these cases count as now, by their rows.
pub(crate) fn count(tx: &mut Tx, cases: &Cases, ids: &[String]) -> Result<BTreeMap<String, Option<Counted>>> {
    let mut out: BTreeMap<String, Option<Counted>> = ids.iter().map(|id| (id.clone(), None)).collect();
    let mut means = HashMap::<String, Means>::new();
    for chunk in ids.chunks(store::BATCH) {
        let rows = store::cases(tx, chunk)?;
        let (mut events, mut clocks) = (store::events(tx, chunk)?, store::clocks(tx, chunk)?);
        for row in rows {
            if !means.contains_key(&row.version) {
                means.insert(row.version.clone(), means_of(tx, cases, &row.service, &row.version)?);
            }
            let Some(means) = means.get(&row.version) else { continue };
            let events = events.remove(&row.id).unwrap_or_default();
            let clocks = clocks.remove(&row.id).unwrap_or_default();
            let facts = rules::facts(&row, &events, &clocks, means);
            out.insert(row.id.clone(), Some(Counted::of(&row, facts)));
        }
    }
    Ok(out)
}

/// What the words of a version's cases mean. A state that the version has not is as the first version that had it says,
/// so that a newer version changes nothing of what was.
pub(crate) fn means_of(tx: &mut Tx, cases: &Cases, service: &str, version: &str) -> Result<Means> {
    let own = cases.services.version(tx, version)?;
    let mut all = vec![own];
    for (digest, _) in crate::store::service::versions(tx, service)?.into_iter().rev() {
        if digest != version {
            all.push(cases.services.version(tx, &digest)?);
        }
    }
    Ok(Means::of(&all.iter().map(|version| &version.definition).collect::<Vec<_>>()))
}

/// Writes what was found; false when another node was there first.
pub(crate) fn write(tx: &mut Tx, found: &Found) -> Result<bool> {
    if !store::head_move(tx, Of::Figures, found.from.as_ref(), &found.to)? {
        return Ok(false);
    }
    let mut more = BTreeMap::<Place, Sums>::new();
    let mut changed = Vec::new();
    let ids: Vec<String> = found.cases.keys().cloned().collect();
    for chunk in ids.chunks(store::BATCH) {
        let before = store::counted(tx, chunk)?;
        for id in chunk {
            let (old, new) = (before.get(id), found.cases.get(id).and_then(Option::as_ref));
            if old == new {
                continue;
            }
            old.into_iter().for_each(|old| add(&mut more, old, -1));
            if let Some(new) = new {
                add(&mut more, new, 1);
                changed.push((id, new));
            }
        }
    }
    more.retain(|_, sums| !sums.is_empty());
    let places: Vec<&Place> = more.keys().collect();
    let mut sums = store::sums(tx, &places)?;
    for (place, more) in &more {
        sums.entry(place.clone()).or_default().add_all(more);
    }
    store::put_sums(tx, &sums.iter().collect::<Vec<_>>())?;
    store::put_counted(tx, &changed)?;
    if found.stale > 0 {
        store::stale_done(tx, found.stale)?;
    }
    Ok(true)
}

/// Adds what a case counts as to its day and its month.
pub(crate) fn add(sums: &mut BTreeMap<Place, Sums>, counted: &Counted, sign: i64) {
    for fact in &counted.facts {
        for (agency, service, measure, value) in counted.places(fact) {
            for period in [counted.day, counted.day / 100] {
                let place = (agency.to_owned(), service.to_owned(), period);
                sums.entry(place).or_default().add(measure, value, sign);
            }
        }
    }
}

/// Counts what changed since the last turn, at most about `limit` cases; says how much there was, 0 at the end. In one
/// transaction; the [`Follower`](super::Follower) takes two.
///
/// # Errors
/// Those of the database.
pub fn turn(tx: &mut Tx, cases: &Cases, limit: usize) -> Result<usize> {
    let Some(found) = find(tx, cases, limit.max(1))? else { return Ok(0) };
    write(tx, &found)?;
    Ok(found.size)
}

impl Found {
    pub(crate) const fn size(&self) -> usize {
        self.size
    }
}
