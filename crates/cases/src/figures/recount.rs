//! The same figures from the cases themselves, by plain SQL and another way of counting: for tests, and for whoever checks
//! a site.

use std::collections::BTreeMap;

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::Phase;
use madang_kernel::{Ctx, ObjectKind, Verb};

use super::dashboard::{Read, shown};
use super::model::{Asked, Dashboard};
use super::rules::{Measure, days, word};
use super::store::recount::{self as sql, Event, Part};
use super::store::{self, Of};
use super::sums::Sums;
use super::turn;
use crate::Cases;

/// What [`dashboard`](super::dashboard) must show, counted from `case_file`, `case_event` and `case_clock`; slow. Right when
/// the figures have come to the end of the change feed.
///
/// # Errors
/// As [`dashboard`](super::dashboard).
pub fn recount(tx: &mut Tx, ctx: &Ctx, cases: &Cases, asked: &Asked) -> Result<Dashboard> {
    ctx.require(Verb::Read, ObjectKind::Service, None)?;
    if let Some(service) = &asked.service {
        cases.services.current(tx, service)?;
    }
    let head = store::head(tx, Of::Figures)?;
    let day_after = asked.until.tomorrow().ok();
    let part = Part {
        service: asked.service.clone(),
        agency: asked.agency.map(|id| id.to_string()),
        from: Time::at_kst_midnight(asked.since),
        until: day_after.map_or(Time::from_micros(i64::MAX), Time::at_kst_midnight),
    };
    let mut read = Read { position: head.as_ref().map_or(0, |head| head.position), ..Read::default() };
    read.complete = head.is_some_and(|head| head.after.is_none());
    read.sums = count(tx, cases, &part)?;
    for month in sql::months(tx, &part)? {
        let first =
            jiff::civil::Date::new(i16::try_from(month / 100).unwrap_or(1), i8::try_from(month % 100).unwrap_or(1), 1)
                .unwrap_or(asked.since);
        let next = first.last_of_month().tomorrow().unwrap_or(first);
        let within = Part {
            from: part.from.max(Time::at_kst_midnight(first)),
            until: part.until.min(Time::at_kst_midnight(next)),
            ..part.clone()
        };
        read.months.insert(month, count(tx, cases, &within)?);
    }
    if asked.agency.is_none() {
        for agency in sql::agencies(tx)? {
            let within = Part { agency: Some(agency.clone()), ..part.clone() };
            read.agencies.insert(agency, count(tx, cases, &within)?);
        }
    }
    if asked.service.is_none() {
        for version in cases.services.list(tx)? {
            let service = version.definition.id.clone();
            let within = Part { service: Some(service.clone()), ..part.clone() };
            read.services.insert(service, count(tx, cases, &within)?);
        }
    }
    shown(tx, cases, asked, &read)
}

fn count(tx: &mut Tx, cases: &Cases, part: &Part) -> Result<Sums> {
    let mut sums = Sums::default();
    let plain = sql::plain(tx, part)?;
    for (word, count) in [
        (word::RECEIVED, plain.received),
        (word::OPEN, plain.open),
        (word::WITHDRAWN, plain.withdrawn),
        (word::MERGED, plain.merged),
        (word::TRANSFERRED, sql::transferred(tx, part)?),
    ] {
        sums.add(Measure::Count, word, count);
    }
    for (stars, count) in sql::stars(tx, part)? {
        sums.add(Measure::Stars, &stars.to_string(), count);
    }
    for (area, count) in sql::areas(tx, part)? {
        sums.add(Measure::Area, &area, count);
    }
    if part.service.is_some() {
        for (state, count) in sql::states(tx, part)? {
            sums.add(Measure::State, &state, count);
        }
    }
    let decided = decided(tx, cases, part)?;
    for (_, count) in decided.overdue(tx, part)? {
        sums.add(Measure::Count, word::OVERDUE, count);
    }
    decided.add(&mut sums);
    Ok(sums)
}

/// Cases with their answers.
#[derive(Debug, Default)]
struct Decided {
    cases: Vec<One>,
    /// Clocks for answers by version.
    clocks: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default)]
struct One {
    answered: Option<i64>,
    late: bool,
    dated: bool,
    refused: Vec<String>,
    is_refused: bool,
    reopened: bool,
}

fn decided(tx: &mut Tx, cases: &Cases, part: &Part) -> Result<Decided> {
    let mut out = Decided::default();
    for (version, service) in sql::versions(tx, part)? {
        let means = turn::means_of(tx, cases, &service, &version)?;
        out.clocks.insert(version.clone(), means.clocks.iter().cloned().collect());
        let phase = |state: &Option<String>| state.as_ref().and_then(|state| means.phases.get(state)).copied();
        let works = |phase: Option<Phase>| {
            phase.is_some_and(|phase| !matches!(phase, Phase::Answered | Phase::Refused | Phase::Closed))
        };
        let mut dated = Vec::new();
        for clock in &means.clocks {
            dated.extend(sql::with_clock(tx, part, &version, clock)?);
        }
        let mut by_case = BTreeMap::<String, (Time, Vec<Event>)>::new();
        for (case, filed_at, event) in sql::events(tx, part, &version)? {
            by_case.entry(case).or_insert_with(|| (filed_at, Vec::new())).1.push(event);
        }
        for (case, (filed_at, events)) in by_case {
            let mut one = One { dated: dated.contains(&case), ..One::default() };
            for event in &events {
                if event.kind == "ran-out" {
                    one.late |= one.answered.is_none() && means.clocks.iter().any(|clock| event.about(clock));
                    continue;
                }
                let to = phase(&event.to_state);
                if one.is_refused && works(to) {
                    (one.is_refused, one.refused) = (false, Vec::new());
                }
                if event.kind != "step" {
                    continue;
                }
                if one.answered.is_some()
                    && works(to)
                    && phase(&event.from_state).is_some_and(|from| !works(Some(from)))
                {
                    one.reopened = true;
                }
                let answers = matches!(to, Some(Phase::Answered | Phase::Refused)) && event.party != "author";
                if answers && event.from_state != event.to_state {
                    one.answered = one.answered.or_else(|| Some(days(filed_at, event.at)));
                    one.is_refused = to == Some(Phase::Refused);
                    one.refused.clear();
                    if one.is_refused {
                        one.refused = event.grounds()?.into_iter().map(|id| format!("{service}/{id}")).collect();
                    }
                }
            }
            one.late &= one.answered.is_some();
            out.cases.push(one);
        }
    }
    Ok(out)
}

impl Decided {
    fn overdue(&self, tx: &mut Tx, part: &Part) -> Result<Vec<(String, i64)>> {
        let mut out = Vec::new();
        for (version, clocks) in &self.clocks {
            // A case with two such clocks is one case.
            let mut seen = std::collections::BTreeSet::new();
            for clock in clocks {
                let cases = sql::over(tx, part, version, clock)?;
                let new = cases.into_iter().filter(|case| seen.insert(case.clone())).count();
                out.push((clock.clone(), i64::try_from(new).unwrap_or(i64::MAX)));
            }
        }
        Ok(out)
    }

    fn add(&self, sums: &mut Sums) {
        for one in &self.cases {
            if one.is_refused {
                sums.add(Measure::Count, word::REFUSED, 1);
                let mut grounds = one.refused.clone();
                grounds.sort();
                grounds.dedup();
                grounds.iter().for_each(|ground| sums.add(Measure::Ground, ground, 1));
            }
            let Some(days) = one.answered else { continue };
            sums.add(Measure::Days, &days.to_string(), 1);
            sums.add(Measure::Count, word::ANSWERED, 1);
            let kind = match (one.late, one.dated) {
                (true, _) => word::LATE,
                (false, true) => word::IN_TIME,
                (false, false) => word::UNDATED,
            };
            sums.add(Measure::Count, kind, 1);
            if one.reopened {
                sums.add(Measure::Count, word::REOPENED, 1);
            }
        }
    }
}

/// How many cases one step of [`differences`] looks at.
const STEP: usize = 1_000;
/// Differences that are named; there may be more.
const NAMED: usize = 100;

/// Up to which position of the change feed the figures are complete; none while they are counted for the first time.
///
/// # Errors
/// Those of the database.
pub fn position(tx: &mut Tx) -> Result<Option<i64>> {
    Ok(store::head(tx, Of::Figures)?.filter(|head| head.after.is_none()).map(|head| head.position))
}

/// Where facts differ from the cases, or sums from facts, in words for an operator: `case ID`, or agency, service and
/// period. Empty when all is right. Only what was counted already is looked at: right when the figures have come to the end
/// of the change feed.
///
/// # Errors
/// Those of the database.
pub fn differences(tx: &mut Tx, cases: &Cases) -> Result<Vec<String>> {
    let mut out = Vec::new();
    let mut months = BTreeMap::new();
    let mut after = String::new();
    loop {
        let ids = store::ids_after(tx, &after, STEP)?;
        let Some(last) = ids.last() else { break };
        last.clone_into(&mut after);
        for chunk in ids.chunks(store::BATCH) {
            let (now, counted) = (turn::count(tx, cases, chunk)?, store::counted(tx, chunk)?);
            for (id, now) in &now {
                if now.as_ref() != counted.get(id) && out.len() < NAMED {
                    out.push(format!("case {id}"));
                }
            }
            for counted in counted.values() {
                let mut sums = BTreeMap::new();
                turn::add(&mut sums, counted, 1);
                for (place, more) in sums.into_iter().filter(|((_, _, period), _)| *period <= 999_999) {
                    months.entry(place).or_insert_with(Sums::default).add_all(&more);
                }
            }
        }
    }
    for (agency, service) in sql::pairs(tx)? {
        let mut days = BTreeMap::<i64, Sums>::new();
        let mut found = BTreeMap::<i64, Sums>::new();
        for (period, sums) in store::range(tx, &agency, &service, 0, i64::MAX)? {
            if period > 999_999 {
                days.entry(period / 100).or_default().add_all(&sums);
            } else {
                found.insert(period, sums);
            }
        }
        let mut periods: Vec<i64> = days.keys().chain(found.keys()).copied().collect();
        periods.sort_unstable();
        periods.dedup();
        let none = Sums::default();
        for period in periods {
            let sums = found.get(&period).unwrap_or(&none);
            let counted = months.remove(&(agency.clone(), service.clone(), period)).unwrap_or_default();
            if (*sums != counted || days.get(&period).unwrap_or(&none) != sums) && out.len() < NAMED {
                out.push(format!("agency {agency}, service {service}, {period}"));
            }
        }
    }
    for ((agency, service, period), _) in months.into_iter().filter(|(_, sums)| !sums.is_empty()) {
        if out.len() < NAMED {
            out.push(format!("agency {agency}, service {service}, {period}"));
        }
    }
    Ok(out)
}
