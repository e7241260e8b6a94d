//! The figures as they are shown, read from the sums: whole months by the rows of months, the days at both ends by those
//! of days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use madang_base::{LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Verb};

use super::model::{Asked, Counts, Dashboard, Line, Month, Rating, Spread, Stage};
use super::rules::{ALL, Measure, NONE, day, word};
use super::store::{self, Of};
use super::sums::Sums;
use crate::Cases;
use crate::support::suppress::suppress;

/// Areas with fewer cases are not shown.
const SMALLEST: u32 = 5;
/// Nothing was filed before.
const FIRST: Date = date(2000, 1, 1);
/// Nothing will have been filed after, as far as figures go.
const LAST: Date = date(2199, 12, 31);

/// The figures of what is asked. Anyone may read them.
///
/// # Errors
/// `service.unknown`; those of [`Ctx::require`] and the database.
pub fn dashboard(tx: &mut Tx, ctx: &Ctx, cases: &Cases, asked: &Asked) -> Result<Dashboard> {
    ctx.require(Verb::Read, ObjectKind::Service, None)?;
    if let Some(service) = &asked.service {
        cases.services.current(tx, service)?;
    }
    let head = store::head(tx, Of::Figures)?;
    let ranges = ranges(asked.since, asked.until);
    let agency = asked.agency.map_or_else(|| ALL.to_owned(), |id| id.to_string());
    let service = asked.service.as_deref().unwrap_or(ALL);
    let mut read = Read { position: head.as_ref().map_or(0, |head| head.position), ..Read::default() };
    read.complete = head.is_some_and(|head| head.after.is_none());
    for (from, to) in &ranges {
        for (period, sums) in store::range(tx, &agency, service, *from, *to)? {
            read.sums.add_all(&sums);
            let month = if period > 999_999 { period / 100 } else { period };
            read.months.entry(month).or_default().add_all(&sums);
        }
    }
    if asked.agency.is_none() {
        for (from, to) in &ranges {
            store::agencies(tx, service, *from, *to, &mut read.agencies)?;
        }
    }
    if asked.service.is_none() {
        for version in cases.services.list(tx)? {
            let mut sums = Sums::default();
            for (from, to) in &ranges {
                store::lines(tx, &agency, &version.definition.id, *from, *to, &mut sums)?;
            }
            read.services.insert(version.definition.id.clone(), sums);
        }
    }
    shown(tx, cases, asked, &read)
}

/// Sums, from wherever they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub position: i64,
    pub complete: bool,
    pub sums: Sums,
    /// By month like 202603.
    pub months: BTreeMap<i64, Sums>,
    pub agencies: BTreeMap<String, Sums>,
    pub services: BTreeMap<String, Sums>,
}

/// Periods from … to that make up the days, both ends included.
fn ranges(since: Date, until: Date) -> Vec<(i64, i64)> {
    let (since, until) = (since.max(FIRST), until.min(LAST));
    if until < since {
        return Vec::new();
    }
    let month = |date: Date| day(date) / 100;
    let (starts, ends) = (since == since.first_of_month(), until == until.last_of_month());
    if month(since) == month(until) && !(starts && ends) {
        return vec![(day(since), day(until))];
    }
    let mut out = Vec::with_capacity(3);
    let mut first = since.first_of_month();
    if !starts {
        out.push((day(since), day(since.last_of_month())));
        first = next(first);
    }
    let last = if ends { until } else { until.first_of_month().yesterday().unwrap_or(until) };
    if first <= last {
        out.push((month(first), month(last)));
    }
    if !ends {
        out.push((day(until.first_of_month()), day(until)));
    }
    out
}

fn next(month: Date) -> Date {
    month.checked_add(1.month()).unwrap_or(LAST)
}

/// The sums in the words of pages.
pub(super) fn shown(tx: &mut Tx, cases: &Cases, asked: &Asked, read: &Read) -> Result<Dashboard> {
    Ok(Dashboard {
        position: read.position,
        complete: read.complete,
        counts: counts(&read.sums),
        days: spread(&read.sums),
        grounds: grounds(tx, cases, asked, &read.sums)?,
        satisfaction: rating(&read.sums),
        funnel: funnel(tx, cases, asked, &read.sums)?,
        trend: trend(&read.months),
        areas: areas(asked, &read.sums),
        services: services(tx, cases, asked, read)?,
        agencies: agencies(tx, asked, read)?,
    })
}

fn counts(sums: &Sums) -> Counts {
    let of = |word| sums.get(Measure::Count, word);
    Counts {
        received: of(word::RECEIVED),
        open: of(word::OPEN),
        answered: of(word::ANSWERED),
        in_time: of(word::IN_TIME),
        late: of(word::LATE),
        undated: of(word::UNDATED),
        overdue: of(word::OVERDUE),
        refused: of(word::REFUSED),
        withdrawn: of(word::WITHDRAWN),
        merged: of(word::MERGED),
        reopened: of(word::REOPENED),
        transferred_away: of(word::TRANSFERRED),
    }
}

fn spread(sums: &Sums) -> Spread {
    let mut days: Vec<(i64, i64)> =
        sums.of(Measure::Days).filter_map(|(days, count)| Some((days.parse().ok()?, count))).collect();
    days.sort_unstable();
    let n: i64 = days.iter().map(|(_, count)| count).sum();
    let at = |percent: i64| {
        let mut wanted = (n * percent + 99) / 100;
        days.iter().find_map(|(days, count)| {
            wanted -= count;
            (wanted <= 0).then_some(*days)
        })
    };
    let at = |percent| at(percent).unwrap_or(0);
    Spread { n, p10: at(10), p25: at(25), median: at(50), p75: at(75), p90: at(90) }
}

fn rating(sums: &Sums) -> Rating {
    let counts = [1, 2, 3, 4, 5].map(|stars: i64| sums.get(Measure::Stars, &stars.to_string()));
    let n: i64 = counts.iter().sum();
    let sum: i64 = counts.iter().zip(1..).map(|(count, stars)| count * stars).sum();
    #[expect(clippy::cast_precision_loss, reason = "a mean of far fewer than 2^52 ratings")]
    let mean = (n > 0).then(|| sum as f64 / n as f64);
    Rating { counts, n, mean }
}

fn grounds(tx: &mut Tx, cases: &Cases, asked: &Asked, sums: &Sums) -> Result<Vec<(String, LocalizedText, i64)>> {
    let mut out = Vec::new();
    for (value, count) in sums.of(Measure::Ground) {
        let (service, ground) = value.split_once('/').unwrap_or(("", value));
        let version = cases.services.current(tx, service).ok();
        let name = version.and_then(|version| version.definition.ground(ground).map(|ground| ground.name.clone()));
        let name = name.unwrap_or_else(|| LocalizedText::new(ground, ground));
        let id = if asked.service.is_some() { ground } else { value };
        out.push((id.to_owned(), name, count));
    }
    out.sort_by(|a, b| (-a.2, &a.0).cmp(&(-b.2, &b.0)));
    Ok(out)
}

fn funnel(tx: &mut Tx, cases: &Cases, asked: &Asked, sums: &Sums) -> Result<Vec<Stage>> {
    let Some(service) = &asked.service else { return Ok(Vec::new()) };
    let version = cases.services.current(tx, service)?;
    let definition = &version.definition;
    let stage = |id: &String| {
        let state = definition.state(id)?;
        Some(Stage { id: id.clone(), name: state.name.clone(), count: sums.get(Measure::State, id) })
    };
    Ok(definition.public.funnel.iter().filter_map(stage).collect())
}

/// The months from the first to the last with a case; those between without one are there, too.
fn trend(months: &BTreeMap<i64, Sums>) -> Vec<Month> {
    let of = |month: &i64| {
        let (year, month) = (i16::try_from(month / 100).ok()?, i8::try_from(month % 100).ok()?);
        Date::new(year, month, 1).ok()
    };
    let any = |sums: &Sums| sums.get(Measure::Count, word::RECEIVED) > 0;
    let mut with = months.iter().filter(|(_, sums)| any(sums)).filter_map(|(month, _)| of(month));
    let Some(first) = with.next() else { return Vec::new() };
    let last = with.next_back().unwrap_or(first);
    let mut out = Vec::new();
    let mut month = first;
    while month <= last {
        let none = Sums::default();
        let counts = counts(months.get(&(day(month) / 100)).unwrap_or(&none));
        let Counts { received, answered, in_time, overdue, .. } = counts;
        out.push(Month { month, received, answered, in_time, overdue });
        month = next(month);
    }
    out
}

/// The first levels, or what is inside one. What is inside a level that is not shown is not shown either.
fn areas(asked: &Asked, sums: &Sums) -> Vec<(String, Option<i64>)> {
    let first = |area: &str| area.split(' ').next().unwrap_or_default().to_owned();
    let mut levels = BTreeMap::<String, i64>::new();
    for (area, count) in sums.of(Measure::Area) {
        *levels.entry(first(area)).or_default() += count;
    }
    let levels = suppress(&levels.into_iter().collect::<Vec<_>>(), SMALLEST);
    let Some(within) = &asked.area else { return levels };
    let known = levels.iter().any(|(area, count)| area == within && count.is_some());
    let inside: Vec<(String, i64)> = sums
        .of(Measure::Area)
        .filter(|(area, _)| first(area) == *within)
        .map(|(area, count)| (area.to_owned(), count))
        .collect();
    let shown = suppress(&inside, SMALLEST);
    if known { shown } else { shown.into_iter().map(|(area, _)| (area, None)).collect() }
}

fn median(sums: &Sums) -> Option<i64> {
    let spread = spread(sums);
    (spread.n > 0).then_some(spread.median)
}

fn services(tx: &mut Tx, cases: &Cases, asked: &Asked, read: &Read) -> Result<Vec<Line>> {
    if asked.service.is_some() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for version in cases.services.list(tx)? {
        let definition = &version.definition;
        let Some(sums) = read.services.get(&definition.id) else { continue };
        let counts = counts(sums);
        if counts == Counts::default() {
            continue;
        }
        let (id, slug, name) = (definition.id.clone(), definition.id.clone(), definition.name.clone());
        out.push(Line { id, slug, name, counts, median: median(sums) });
    }
    sort(&mut out);
    Ok(out)
}

fn agencies(tx: &mut Tx, asked: &Asked, read: &Read) -> Result<Vec<Line>> {
    if asked.agency.is_some() || read.agencies.is_empty() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    let mut known = BTreeMap::new();
    let mut left: BTreeSet<&String> = read.agencies.keys().filter(|id| *id != NONE).collect();
    for found in organisation::list(tx, Some(OrganisationKind::Agency))? {
        left.remove(&found.id.to_string());
        known.insert(found.id.to_string(), found);
    }
    // One that is of another kind today.
    for id in left {
        if let Ok(id) = id.parse::<OrganisationId>()
            && let Ok(found) = organisation::get(tx, id)
        {
            known.insert(id.to_string(), found);
        }
    }
    for (id, sums) in &read.agencies {
        let (Some(found), counts) = (known.get(id), counts(sums)) else { continue };
        if counts != Counts::default() {
            let (slug, name) = (found.slug.clone(), found.name.clone());
            out.push(Line { id: id.clone(), slug, name, counts, median: median(sums) });
        }
    }
    sort(&mut out);
    Ok(out)
}

fn sort(lines: &mut [Line]) {
    lines.sort_by(|a, b| (-a.counts.received, &a.slug).cmp(&(-b.counts.received, &b.slug)));
}
