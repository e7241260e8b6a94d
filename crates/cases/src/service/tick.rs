//! Clocks that run out, and what follows from it: put on record once for each run, at the moment the time was over.
//!
//! A job looks each minute ([`tick`]); whoever acts on a case has its clocks looked at first ([`catch_up`]). Both take a
//! clock by compare-and-set, so that it runs out once.

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::Moment;
use madang_kernel::Ctx;

use super::act::{self, Happened, Who};
use super::perform::{CHAIN, follow_up};
use super::{case_by_id, clocks};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseFile, CaseId, EventKind};
use crate::{figures, store};

/// The kind of the recurring job, each minute.
pub const TICK: &str = "cases.tick";
/// The kind of the job that computes all open clocks anew: after holidays or definitions changed.
pub const REFOLD: &str = "cases.refold";
/// The kind of the daily job that takes cases out of the hands of those who left their agency.
pub const ASSIGNEES: &str = "cases.assignees";

/// Puts on record which clocks ran out and does what follows, for at most `limit` of them; says how many.
///
/// # Errors
/// Those of the database.
pub fn tick(tx: &mut Tx, ctx: &Ctx, cases: &Cases, limit: u32) -> Result<u64> {
    let mut ran_out = 0;
    for (case, clock, at) in store::clock::ran_out(tx, ctx.now, limit)? {
        ran_out += u64::from(run_out(tx, ctx, cases, case, &clock, at)?);
    }
    Ok(ran_out)
}

/// The same for one case; says whether something happened to it.
pub(crate) fn catch_up(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<bool> {
    let mut moved = false;
    // What follows from one clock may start another that is over as well, after a long standstill of the site.
    for _ in 0..CHAIN {
        let due = store::clock::ran_out_of(tx, case.id, ctx.now)?;
        if due.is_empty() {
            break;
        }
        for (clock, at) in due {
            moved |= run_out(tx, ctx, cases, case.id, &clock, at)?;
        }
    }
    Ok(moved)
}

fn run_out(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: CaseId, clock: &str, at: Time) -> Result<bool> {
    if !store::clock::set_ran_out(tx, case, clock, at)? {
        return Ok(false);
    }
    let (mut case, service) = case_by_id(tx, cases, case)?;
    // It happened when the time was over, not when somebody looked; but never before what is on record already.
    let ctx = Ctx { now: at.max(case.updated_at).min(ctx.now), ..act::system(ctx) };
    let system = Who::system();
    let happened = Happened::new(EventKind::RanOut, &kinds::CASE_RAN_OUT, &system).public().about(clock);
    act::record(tx, &ctx, cases, &mut case, happened)?;
    follow_up(tx, &ctx, cases, &mut case, &service, &Moment::Clock(clock.to_owned()), CHAIN)?;
    Ok(true)
}

/// Computes the clocks of open cases anew from after the case `after`, at most `limit`; gives the last one, or none at
/// the end.
///
/// # Errors
/// Those of the database.
pub fn refold_some(tx: &mut Tx, ctx: &Ctx, cases: &Cases, after: &str, limit: u32) -> Result<Option<String>> {
    let ids = store::clock::cases_running(tx, after, limit)?;
    for id in &ids {
        let (mut case, _) = case_by_id(tx, cases, *id)?;
        let before = store::clock::of_case(tx, *id)?;
        clocks::refold(tx, ctx, cases, &mut case)?;
        // A date that moves is no event: the figures would not notice.
        if before != store::clock::of_case(tx, *id)? {
            figures::store::stale(tx, &id.to_string())?;
        }
    }
    let more = ids.len() == limit as usize;
    Ok(ids.last().filter(|_| more).map(ToString::to_string))
}
