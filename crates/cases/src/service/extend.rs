//! Extending a clock, as often as its definition allows; beyond that only with the author's consent.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::timeline::may_extend;
use madang_kernel::Ctx;

use super::act::{self, Happened, begin};
use super::step::{standing_as, who};
use crate::Cases;
use crate::kinds;
use crate::model::EventKind;

/// Extends a clock that runs, saying why; the author is told. `consent`: the author agreed, which is put on record. Gives
/// the new revision.
///
/// # Errors
/// `case.clock-unknown`; `case.extend-not` when it does not run, has no extension or all are used up; `case.extend-who`;
/// `case.text-missing`; those of [`Ctx::require`].
pub fn extend(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    clock: &str,
    reason: &str,
    consent: bool,
) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let service = acting.service.clone();
    let unknown = || Error::not_found("case.clock-unknown").arg("value", clock);
    let clock = service.definition.clock(clock).ok_or_else(unknown)?;
    let not = || Error::conflict("case.extend-not").arg("clock", &clock.id);
    let extension = clock.extension.as_ref().ok_or_else(not)?;
    let party = standing_as(ctx, &acting, &extension.by);
    let Some(party) = party else { return Err(Error::forbidden("case.extend-who").arg("clock", &clock.id)) };
    let who = who(ctx, &acting, &party)?;
    let run = act::runs(tx, ctx, cases, &acting.case)?.into_iter().find(|run| run.clock == clock.id);
    if !run.is_some_and(|run| may_extend(&service.definition, clock, &run, consent)) {
        return Err(not());
    }
    let reason = act::text_of(reason, "reason")?;
    let mut happened =
        Happened::new(EventKind::Extended, &kinds::CASE_EXTENDED, &who).public().about(&clock.id).text(&reason);
    happened.body.consent = consent;
    acting.record(tx, ctx, cases, happened)
}
