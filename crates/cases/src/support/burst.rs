//! Supports that came suspiciously close together: marked by a rule, left out only by a recorded decision.
//!
//! The rule looks at whole minutes and at what came over the net. The case's *usual* is what it was given yesterday and
//! today, divided by the minutes that have passed since yesterday began, and at least 1. All in integers.
//!
//! - `network`: one network gave at least 20 within the minute, at least a quarter of all in that minute, and more than
//!   the usual from everywhere.
//! - `minute`: at least 60 within the minute, and at least 20 times the usual.
//!
//! A school or an office shares a network, and a broadcast sends many at once: so a mark changes no count. It is public
//! (never the network), and whoever decides to leave it out gives a public reason; that can be reversed in the same way.

use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger;
use madang_kernel::{Ctx, Verb, job};
use serde_json::json;

use super::act::counted;
use super::{Burst, BurstId, BurstKind, BurstState, batch, store};
use crate::context::Cases;
use crate::kinds;
use crate::model::{CaseId, EventKind};
use crate::service::act::{Happened, Who, record};
use crate::service::case_by_id;

/// The kind of the job that carries a decision out when it is about many.
pub const APPLY: &str = "cases.burst-apply";

const NETWORK_LEAST: i64 = 20;
/// One network gave at least this part of the minute.
const NETWORK_PART: i64 = 4;
const MINUTE_LEAST: i64 = 60;
const MINUTE_TIMES: i64 = 20;
const MINUTE: i64 = 60_000_000;
const DAY_MINUTES: i64 = 24 * 60;
/// How long the network of a support is kept.
pub const NETWORK_DAYS: i64 = 30;
/// Supports that one transaction leaves out or counts again.
const AT_ONCE: u32 = 500;

/// The bursts of the whole minutes from `from` until `until`, marked before or not.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, ctx: &Ctx, from: Time, until: Time) -> Result<Vec<Burst>> {
    let whole = |time: Time, up: i64| Time::from_micros((time.micros() + up) / MINUTE * MINUTE);
    let found = store::minutes(tx, whole(from, MINUTE - 1), whole(until, 0))?;
    let mut bursts = Vec::new();
    let mut rest = found.as_slice();
    while let Some(first) = rest.first() {
        let many = rest.iter().take_while(|m| (m.case, m.minute) == (first.case, first.minute)).count();
        let (minute, after) = rest.split_at(many);
        rest = after;
        for (kind, network, size) in suspicious(minute, |at| usual(tx, first.case, at))? {
            bursts.push(Burst {
                id: Id::new(ctx.now, ctx.rng()),
                case: first.case,
                kind,
                from: Time::from_micros(first.minute * MINUTE),
                until: Time::from_micros((first.minute + 1) * MINUTE),
                size,
                network,
                state: BurstState::Marked,
                decided_at: None,
                decided_by: None,
                reason: String::new(),
                excluded: 0,
            });
        }
    }
    Ok(bursts)
}

/// Marks bursts; how many are new.
///
/// # Errors
/// Those of the database.
pub fn mark(tx: &mut Tx, bursts: &[Burst]) -> Result<u64> {
    bursts.iter().try_fold(0, |marked, burst| Ok(marked + u64::from(store::burst_mark(tx, burst)?)))
}

/// The rule, for the networks of one minute of one case.
fn suspicious(
    minute: &[store::Minute],
    usual: impl FnOnce(Time) -> Result<i64>,
) -> Result<Vec<(BurstKind, Option<String>, i64)>> {
    let total: i64 = minute.iter().map(|network| network.size).sum();
    let largest = minute.iter().map(|network| network.size).max().unwrap_or(0);
    let Some(first) = minute.first().filter(|_| largest >= NETWORK_LEAST || total >= MINUTE_LEAST) else {
        return Ok(Vec::new());
    };
    let usual = usual(Time::from_micros(first.minute * MINUTE))?;
    let mut found = Vec::new();
    for network in minute {
        if network.size >= NETWORK_LEAST && network.size * NETWORK_PART >= total && network.size > usual {
            found.push((BurstKind::Network, Some(network.network.clone()), network.size));
        }
    }
    if total >= MINUTE_LEAST && total >= MINUTE_TIMES * usual {
        found.push((BurstKind::Minute, None, total));
    }
    Ok(found)
}

/// What the case is usually given in a minute, before the minute that begins at `at`.
fn usual(tx: &mut Tx, case: CaseId, at: Time) -> Result<i64> {
    let today = at.kst_date();
    let yesterday = today.yesterday().map_err(Error::internal)?;
    let begun = Time::at_kst_midnight(today);
    let minutes = DAY_MINUTES + (at.micros() - begun.micros()) / MINUTE;
    // Today's count holds the minute itself; what came in it is taken off, so that a burst is not its own measure.
    let within = store::in_minute(tx, case, at, Time::from_micros(at.micros() + MINUTE))?;
    let given = store::on_day(tx, case, &yesterday.to_string())? + store::on_day(tx, case, &today.to_string())?;
    Ok(((given - within) / minutes).max(1))
}

/// A case's bursts, oldest first. Public, except for the network.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, case: CaseId) -> Result<Vec<Burst>> {
    store::bursts(tx, case)
}

/// Decides that a burst is left out of the count (`exclude`), or counts (again). Reason and number are public.
///
/// # Errors
/// `support.burst-unknown`, `support.burst-decided` (it is so already), `support.burst-old` (the networks are forgotten),
/// `support.reason`; those of [`Ctx::require`].
pub fn decide(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: BurstId, exclude: bool, reason: &str) -> Result<()> {
    let burst = store::burst_get(tx, id)?.ok_or_else(|| Error::not_found("support.burst-unknown"))?;
    let organisation = batch::officer(tx, ctx, Verb::Manage, burst.case)?;
    let reason = batch::given_reason(reason)?;
    let state = match (burst.state, exclude) {
        (BurstState::Marked | BurstState::Kept | BurstState::Restored, true) => BurstState::Excluded,
        (BurstState::Marked, false) => BurstState::Kept,
        (BurstState::Excluded, false) => BurstState::Restored,
        (BurstState::Excluded, true) | (BurstState::Kept | BurstState::Restored, false) => {
            return Err(Error::conflict("support.burst-decided"));
        }
    };
    if exclude && ctx.now.seconds_since(burst.from) >= (NETWORK_DAYS - 1) * 86_400 {
        return Err(Error::conflict("support.burst-old").arg("days", NETWORK_DAYS));
    }
    store::burst_decide(tx, id, state, ctx.now, ctx.account(), reason)?;
    let ledger = match state {
        BurstState::Excluded => &kinds::CASE_BURST_EXCLUDED,
        BurstState::Restored => &kinds::CASE_BURST_RESTORED,
        BurstState::Marked | BurstState::Kept => &kinds::CASE_BURST_KEPT,
    };
    let who = organisation.map_or_else(Who::system, |organisation| Who::agency(ctx, organisation));
    let mut happened = Happened::new(EventKind::Excluded, ledger, &who).public().text(reason).about(state);
    happened.body.count = Some(burst.size);
    let (mut case, _) = case_by_id(tx, cases, burst.case)?;
    record(tx, ctx, cases, &mut case, happened)?;
    if apply(tx, ctx, id)? {
        job::enqueue(tx, ctx, APPLY, json!({ "burst": id.to_string() }), None)?;
    }
    Ok(())
}

/// Carries the decision on a burst out for up to 500 supports; true when there are more.
///
/// # Errors
/// `support.burst-unknown`; those of the database.
pub fn apply(tx: &mut Tx, ctx: &Ctx, id: BurstId) -> Result<bool> {
    let burst = store::burst_get(tx, id)?.ok_or_else(|| Error::not_found("support.burst-unknown"))?;
    let mut done = 0;
    let found = if burst.state == BurstState::Excluded {
        let span = (burst.from, burst.until);
        store::in_span(tx, burst.case, span, burst.network.as_deref().unwrap_or(""), AT_ONCE)?
    } else {
        store::excluded_by(tx, id, AT_ONCE)?
    };
    for (hex, at) in &found {
        let (kind, moved) = if burst.state == BurstState::Excluded {
            (&kinds::SUPPORT_EXCLUDED, store::exclude(tx, burst.case, hex, id)?)
        } else {
            (&kinds::SUPPORT_RESTORED, store::restore(tx, burst.case, hex)?)
        };
        if moved {
            ledger::append(tx, ctx, counted(kind, burst.case, batch::bytes(hex)?, *at))?;
            done += 1;
        }
    }
    store::burst_excluded(tx, id, if burst.state == BurstState::Excluded { done } else { -done })?;
    Ok(found.len() >= AT_ONCE as usize)
}
