//! Following the change feed: what cases say, and which others say nearly the same.

use std::collections::{BTreeMap, BTreeSet};

use madang_base::Result;
use madang_db::Tx;
use madang_form::{Answer, Definition};
use madang_kernel::change;
use madang_text::alike::{bands, similarity};

use super::{ALIKE, store};
use crate::Cases;
use crate::figures::store::{self as figures, Head, Of};
use crate::model::CaseId;

/// Grows when bands or the comparison change: then all cases are compared anew.
const VERSION: i64 = 1;
/// Positions that are looked at in one turn.
const STRETCH: i64 = 10_000;
/// Pairs of one case, the newest.
const PAIRS: usize = 20;
/// After these a case says something else.
const KINDS: [&str; 4] = ["case.filed", "case.corrected", "case.erased", "case.migrated"];

/// What a turn found, to be written.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    from: Option<Head>,
    to: Head,
    cases: Vec<One>,
    size: usize,
}

impl Found {
    pub(crate) const fn size(&self) -> usize {
        self.size
    }
}

#[derive(Clone, Debug)]
struct One {
    id: String,
    bands: Vec<i64>,
    /// Others and how much they share, the newest first.
    alike: Vec<(String, u32)>,
}

/// What a case says.
struct Said {
    title: String,
    body: String,
    bands: Vec<i64>,
}

/// Compares what there is to compare anew, of at most about `limit` cases; none when there is nothing.
pub(crate) fn find(tx: &mut Tx, cases: &Cases, limit: usize) -> Result<Option<Found>> {
    let from = figures::head(tx, Of::Alike)?;
    let end = change::head(tx)?;
    let begin = Head { position: end, version: VERSION, after: Some(String::new()) };
    let at = from.clone().filter(|head| head.version == VERSION).unwrap_or(begin);
    let mut to = at.clone();
    let (ids, size) = if let Some(after) = &at.after {
        let some = figures::ids_after(tx, after, limit)?;
        to.after = some.last().filter(|_| some.len() == limit).cloned();
        let size = some.len().max(1);
        (some, size)
    } else {
        let mut length = STRETCH.min(end - at.position);
        while length > 1 && touched(tx, at.position, at.position + length)?.len() > limit {
            length /= 8;
        }
        to.position = at.position + length;
        (touched(tx, at.position, to.position)?, usize::try_from(length).unwrap_or(0))
    };
    if size == 0 {
        return Ok(None);
    }
    let said = read(tx, cases, &ids)?;
    let mut own = BTreeMap::<i64, Vec<&String>>::new();
    for (id, said) in &said {
        said.bands.iter().for_each(|band| own.entry(*band).or_default().push(id));
    }
    let mut out = Vec::with_capacity(ids.len());
    for id in &ids {
        let Some(one) = said.get(id) else {
            out.push(One { id: id.clone(), bands: Vec::new(), alike: Vec::new() });
            continue;
        };
        let mut others: BTreeSet<String> = store::candidates(tx, &one.bands)?.into_iter().collect();
        let beside = one.bands.iter().filter_map(|band| own.get(band)).flatten();
        others.extend(beside.map(|other| (*other).clone()));
        others.remove(id);
        let unknown: Vec<String> = others.iter().filter(|other| !said.contains_key(*other)).cloned().collect();
        let theirs = read(tx, cases, &unknown)?;
        let mut alike = Vec::new();
        // Ids grow with time.
        for other in others.iter().rev() {
            let Some(said) = said.get(other).or_else(|| theirs.get(other)) else { continue };
            let share = similarity((&one.title, &one.body), (&said.title, &said.body));
            if share >= ALIKE {
                alike.push((other.clone(), share));
            }
            if alike.len() == PAIRS {
                break;
            }
        }
        out.push(One { id: id.clone(), bands: one.bands.clone(), alike });
    }
    Ok(Some(Found { from, to, cases: out, size }))
}

fn touched(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<String>> {
    let mut ids = BTreeSet::new();
    if upto > position {
        for kind in KINDS {
            let objects = change::objects_of(tx, position, upto, kind, &format!("{kind}!"))?;
            ids.extend(objects.iter().filter_map(|object| object.strip_prefix("case:")).map(str::to_owned));
        }
    }
    Ok(ids.into_iter().collect())
}

/// What cases say that are not erased and say something.
fn read(tx: &mut Tx, cases: &Cases, ids: &[String]) -> Result<BTreeMap<String, Said>> {
    let mut out = BTreeMap::new();
    for chunk in ids.chunks(figures::BATCH) {
        for row in store::texts(tx, chunk)? {
            let version = cases.services.version(tx, &row.version)?;
            let def = &version.definition;
            let body = words(def, &row.answers.typed(def)?);
            let bands = bands(&row.title, &body).into_iter().map(|band| of_service(band, &row.service)).collect();
            out.insert(row.id, Said { title: row.title, body, bands });
        }
    }
    Ok(out)
}

/// Lines and texts that are asked for when filing, but for personal ones and the title.
pub(super) fn words(def: &Definition, answers: &madang_form::Answers) -> String {
    let fields = def.filing_fields().filter(|field| !field.personal && field.id != def.public.title);
    let texts = fields.filter_map(|field| match answers.get(&field.id) {
        Some(Answer::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Only cases of one service are compared: their bands are numbers of their own (FNV-1a of the service's id).
fn of_service(band: i64, service: &str) -> i64 {
    let hash = service
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    band ^ hash.cast_signed()
}

/// Writes what was found; false when another node was there first.
pub(crate) fn write(tx: &mut Tx, found: &Found) -> Result<bool> {
    if !figures::head_move(tx, Of::Alike, found.from.as_ref(), &found.to)? {
        return Ok(false);
    }
    let ids: Vec<String> = found.cases.iter().map(|one| one.id.clone()).collect();
    let mut others: BTreeSet<String> = ids.iter().cloned().collect();
    others.extend(found.cases.iter().flat_map(|one| &one.alike).map(|(other, _)| other.clone()));
    let mut there = BTreeSet::new();
    for chunk in others.into_iter().collect::<Vec<_>>().chunks(figures::BATCH) {
        there.extend(store::not_erased(tx, chunk)?);
    }
    for one in &found.cases {
        store::delete(tx, &one.id)?;
    }
    for one in found.cases.iter().filter(|one| there.contains(&one.id)) {
        store::put_bands(tx, &one.id, &one.bands)?;
        for (other, share) in one.alike.iter().filter(|(other, _)| there.contains(other)) {
            store::put_pair(tx, &one.id, other, *share)?;
            store::put_pair(tx, other, &one.id, *share)?;
        }
    }
    Ok(true)
}

/// Compares cases that were filed or changed since the last turn, at most about `limit`; says how much there was, 0 at the
/// end. In one transaction; the [`Follower`](crate::figures::Follower) takes two.
///
/// # Errors
/// Those of the database.
pub fn turn(tx: &mut Tx, cases: &Cases, limit: usize) -> Result<usize> {
    let Some(found) = find(tx, cases, limit.max(1))? else { return Ok(0) };
    write(tx, &found)?;
    Ok(found.size)
}

/// Forgets what a case said, when it is erased.
pub(crate) fn forget(tx: &mut Tx, case: CaseId) -> Result<()> {
    store::delete(tx, &case.to_string())
}
