//! Lists of cases: keyset pages, filters, date jumps.
//!
//! A page's place is the key and id of its first or last case, so that what is filed meanwhile moves nothing.

use madang_base::{Error, Id, Result, Rng, Time};
use madang_db::Tx;
use madang_kernel::{Ctx, organisation};

use crate::Cases;
use crate::model::{CaseId, Publication};
use crate::store;
use crate::store::list::{Found, LineRow, Seek, Wanted};
use crate::views::{CaseFilter, CaseLine, CasePage, Count, Order};

/// Counts stop here.
pub const COUNTED: i64 = 10_000;

/// Lines of a page when nothing is said, and at most.
const LINES: u32 = 30;
const MOST: u32 = 200;
/// Sorts after every id, in every collation.
const AFTER_ALL: &str = "zzzz";

/// Public cases.
///
/// # Errors
/// `case.words` when the filter has words: searches find public cases by their words, not lists; `case.filter` when `after` is no place of a list, when there are more than two values or they come without a service;
/// those of the database.
pub fn public(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &CaseFilter) -> Result<CasePage> {
    let limit = if filter.limit == 0 { LINES } else { filter.limit.min(MOST) };
    let Some(wanted) = wanted(tx, cases, filter, ctx.now)? else {
        return Ok(CasePage { lines: Vec::new(), next: None, previous: None, count: Count::Exact(0) });
    };
    let kind = kind(filter);
    let place = Place::of(filter, kind)?;
    let seek = Seek { key: place.key, id: place.id.clone(), down: place.down(kind), limit: limit + 1 };
    let mut found = find(tx, &wanted, kind, &seek)?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    if place.back {
        found.reverse();
    }
    let lines = lines(tx, ctx, cases, &found.iter().map(|found| found.id).collect::<Vec<_>>())?;
    let (before, behind) = if place.back { (more, true) } else { (!place.first, more) };
    let counted = store::list::count(tx, &wanted, u32::try_from(COUNTED).unwrap_or(u32::MAX) + 1)?;
    Ok(CasePage {
        next: found.last().filter(|_| behind).map(|last| word('n', last)),
        previous: found.first().filter(|_| before).map(|first| word('p', first)),
        lines,
        count: if counted > COUNTED { Count::Over(COUNTED) } else { Count::Exact(counted) },
    })
}

/// What the actor filed or follows, newest first. `after` is the `next` of a page.
///
/// # Errors
/// `permission.sign-in`; `case.filter`; those of the database.
pub fn mine(tx: &mut Tx, ctx: &Ctx, cases: &Cases, after: Option<&str>) -> Result<CasePage> {
    let account = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let before = match after {
        None => AFTER_ALL.to_owned(),
        Some(after) => after.parse::<CaseId>().map_err(|_| Error::invalid("case.filter"))?.to_string(),
    };
    let mut ids = store::list::mine(tx, account, &before, LINES + 1)?;
    let more = ids.len() > LINES as usize;
    ids.truncate(LINES as usize);
    let rows = store::list::lines(tx, &ids)?;
    let visible = rows.into_iter().filter(|row| row.own == Some(account) || row.publication == Publication::Published);
    let lines: Vec<_> = visible.map(|row| line(tx, ctx, cases, row)).collect::<Result<_>>()?;
    let count = Count::Exact(i64::try_from(lines.len()).unwrap_or(i64::MAX));
    Ok(CasePage { lines, next: ids.last().filter(|_| more).map(ToString::to_string), previous: None, count })
}

/// The lines of those of these cases that are public, in the order of the ids.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx, ctx: &Ctx, cases: &Cases, ids: &[CaseId]) -> Result<Vec<CaseLine>> {
    let mut lines = lines(tx, ctx, cases, ids)?;
    lines.retain(|line| line.publication == Publication::Published);
    Ok(lines)
}

/// The lines of known cases, in the order of their ids; whether the reader may see them is the caller's to know.
pub(crate) fn lines(tx: &mut Tx, ctx: &Ctx, cases: &Cases, ids: &[CaseId]) -> Result<Vec<CaseLine>> {
    let rows = store::list::lines(tx, ids)?;
    rows.into_iter().map(|row| line(tx, ctx, cases, row)).collect()
}

pub(super) fn line(tx: &mut Tx, ctx: &Ctx, cases: &Cases, row: LineRow) -> Result<CaseLine> {
    let version = cases.services.version(tx, &row.version)?;
    let definition = &version.definition;
    let state = definition.state(&row.state);
    let outcome = row
        .outcome
        .as_deref()
        .and_then(|id| definition.states.iter().flat_map(|state| &state.outcomes).find(|choice| choice.id == id));
    Ok(CaseLine {
        service_name: definition.name.clone(),
        state_name: state.map(|state| state.name.clone()).unwrap_or_default(),
        outcome_name: outcome.map(|choice| choice.name.clone()),
        supports: definition.support.as_ref().map(|_| row.supports.unwrap_or(0)),
        overdue: row.due_at.is_some_and(|due| due <= ctx.now),
        number: row.number,
        title: row.title,
        service: row.service,
        state: row.state,
        phase: row.phase,
        outcome: row.outcome,
        agency: row.agency,
        filed_at: row.filed_at,
        due_at: row.due_at,
        publication: row.publication,
        citizen_says: row.citizen_says,
    })
}

/// What leads: values lead the orders by filing, dates and supports lead themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page { newest: bool },
    Values { newest: bool },
    Due,
    Supports,
}

/// A list of what is overdue stands in the order of the dates.
pub(super) fn kind(filter: &CaseFilter) -> Kind {
    let newest = filter.order != Order::Oldest;
    match filter.order {
        Order::Due => Kind::Due,
        _ if filter.overdue => Kind::Due,
        Order::Supported => Kind::Supports,
        Order::Newest | Order::Oldest if filter.values.is_empty() => Kind::Page { newest },
        Order::Newest | Order::Oldest => Kind::Values { newest },
    }
}

pub(super) fn find(tx: &mut Tx, wanted: &Wanted, kind: Kind, seek: &Seek) -> Result<Vec<Found>> {
    match kind {
        Kind::Page { .. } => store::list::page(tx, wanted, &seek.clone().within(wanted)),
        Kind::Values { .. } => store::list::valued(tx, wanted, &seek.clone().within(wanted)),
        Kind::Due => store::list::due(tx, wanted, seek),
        Kind::Supports => store::list::supported(tx, wanted, seek),
    }
}

/// The filter in the words of the store; none when nothing can fit it.
pub(super) fn wanted(tx: &mut Tx, cases: &Cases, filter: &CaseFilter, now: Time) -> Result<Option<Wanted>> {
    if filter.words.is_some() {
        return Err(Error::invalid("case.words"));
    }
    if !filter.values.is_empty() && (filter.service.is_none() || filter.values.len() > 2) {
        return Err(Error::invalid("case.filter"));
    }
    let agency = match filter.agency.as_deref() {
        None => None,
        Some(slug) => match organisation::by_slug(tx, slug)? {
            Some(found) => Some(found.id.to_string()),
            None => return Ok(None),
        },
    };
    let mut phase = filter.phase;
    if let (None, Some(service), Some(state)) = (phase, filter.service.as_deref(), filter.state.as_deref()) {
        // A state of the version in force has one phase, and the index knows phases.
        phase = cases.services.current(tx, service).ok().and_then(|v| v.definition.state(state).map(|s| s.phase));
    }
    let day_after = filter.until.and_then(|day| day.tomorrow().ok());
    Ok(Some(Wanted {
        service: filter.service.clone(),
        agency,
        phase: phase.map(madang_form::Phase::code),
        state: filter.state.clone(),
        since: filter.since.map_or(Time::from_micros(i64::MIN), Time::at_kst_midnight),
        until: day_after.map_or(Time::from_micros(i64::MAX), Time::at_kst_midnight),
        values: filter.values.clone(),
        due_before: match (filter.overdue, filter.order) {
            (true, _) => now,
            (false, Order::Due) => Time::from_micros(i64::MAX - 1),
            (false, _) => Time::from_micros(i64::MAX),
        },
    }))
}

/// Where a page starts.
pub(super) struct Place {
    pub key: i64,
    pub id: String,
    /// Towards the beginning of the list.
    back: bool,
    /// The list's beginning.
    first: bool,
}

impl Place {
    pub(super) fn of(filter: &CaseFilter, kind: Kind) -> Result<Self> {
        let down = kind.down();
        let Some(after) = filter.after.as_deref() else {
            return Ok(match filter.jump.filter(|_| kind.dated()) {
                None if down => Self { key: i64::MAX, id: AFTER_ALL.to_owned(), back: false, first: true },
                None => Self { key: i64::MIN, id: String::new(), back: false, first: true },
                Some(day) => {
                    let from = if down { day.tomorrow().unwrap_or(day) } else { day };
                    let at = Time::at_kst_midnight(from);
                    let id: CaseId = Id::new(at, &Zeros);
                    Self { key: at.micros(), id: id.to_string(), back: false, first: false }
                }
            });
        };
        let bad = || Error::invalid("case.filter");
        let (way, rest) = after.split_at_checked(1).ok_or_else(bad)?;
        let (key, id) = rest.split_once('.').ok_or_else(bad)?;
        let id: CaseId = id.parse().map_err(|_| bad())?;
        let back = match way {
            "n" => false,
            "p" => true,
            _ => return Err(bad()),
        };
        Ok(Self { key: key.parse().map_err(|_| bad())?, id: id.to_string(), back, first: false })
    }

    fn down(&self, kind: Kind) -> bool {
        kind.down() != self.back
    }
}

impl Kind {
    /// Whether the list goes from large keys to small ones.
    const fn down(self) -> bool {
        match self {
            Self::Page { newest } | Self::Values { newest } => newest,
            Self::Due => false,
            Self::Supports => true,
        }
    }

    /// Whether the keys are times of filing, so that a list can be entered at a day.
    const fn dated(self) -> bool {
        matches!(self, Self::Page { .. } | Self::Values { .. })
    }
}

/// What a page's link carries.
pub(super) fn word(way: char, found: &Found) -> String {
    format!("{way}{}.{}", found.key, found.id)
}

/// For the smallest id of an instant.
struct Zeros;

impl Rng for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}
