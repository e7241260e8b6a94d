//! Passing a case on, and handling one together. How long each agency had it is kept.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{Ctx, Verb};

use super::act::{self, Acting, Happened, Who, begin};
use super::approve;
use crate::Cases;
use crate::kinds;
use crate::model::{Delivery, EventKind};
use crate::store;
use crate::store::agency::AgencyRole;

/// The handling agency passes the case to another one, saying why. Gives the new revision.
///
/// # Errors
/// `case.transfer-not` when the service knows no transfer; `case.agency-unknown`, `case.transfer-self`; `case.closed`;
/// `case.handling-only`; `case.text-missing`; those of [`Ctx::require`].
pub fn transfer(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, to: &str, reason: &str) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let from = acting.handler(ctx, Verb::Handle)?;
    acting.open()?;
    if !acting.service.definition.routing.transfer {
        return Err(Error::conflict("case.transfer-not"));
    }
    let target = agency(tx, to)?;
    if target.id == from {
        return Err(Error::invalid("case.transfer-self").field("to", "case.transfer-self"));
    }
    let reason = act::text_of(reason, "reason")?;
    let case = &mut acting.case;
    store::agency::end(tx, case.id, from, ctx.now)?;
    store::agency::end(tx, case.id, target.id, ctx.now)?;
    store::agency::begin(tx, case.id, target.id, AgencyRole::Handling, ctx.now)?;
    approve::drop_all(tx, ctx, case.id)?;
    case.agency = Some(target.id);
    case.assignee = None;
    case.delivery = Delivery::Delivered;
    case.delivered_at = None;
    let who = Who::agency(ctx, from);
    let happened = Happened::new(EventKind::Transferred, &kinds::CASE_TRANSFERRED, &who);
    acting.record(tx, ctx, cases, happened.public().about(target.id).text(&reason))
}

/// The handling agency asks another one to handle the case with it. Gives the new revision.
///
/// # Errors
/// `case.joint-not` when the service knows no joint handling; `case.joint-already`; as [`transfer`].
pub fn invite(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, slug: &str, reason: &str) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let from = acting.handler(ctx, Verb::Handle)?;
    acting.open()?;
    if !acting.service.definition.routing.joint {
        return Err(Error::conflict("case.joint-not"));
    }
    let target = agency(tx, slug)?;
    if store::agency::now(tx, acting.case.id)?.iter().any(|(held, _)| *held == target.id) {
        return Err(Error::conflict("case.joint-already").field("to", "case.joint-already"));
    }
    let reason = act::text_of(reason, "reason")?;
    store::agency::begin(tx, acting.case.id, target.id, AgencyRole::Joint, ctx.now)?;
    let who = Who::agency(ctx, from);
    let happened = Happened::new(EventKind::Joined, &kinds::CASE_JOINED, &who);
    acting.record(tx, ctx, cases, happened.public().about(target.id).text(&reason))
}

/// A joint agency leaves. Gives the new revision.
///
/// # Errors
/// `case.leave-handling` for the handling agency, which can only pass the case on; as [`transfer`].
pub fn leave(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    let mut acting: Acting = begin(tx, ctx, cases, number, None)?;
    let here = acting.officer(ctx, Verb::Handle)?;
    if acting.case.agency == Some(here) {
        return Err(Error::conflict("case.leave-handling"));
    }
    let reason = act::text_of(reason, "reason")?;
    store::agency::end(tx, acting.case.id, here, ctx.now)?;
    let who = Who::agency(ctx, here);
    let happened = Happened::new(EventKind::Left, &kinds::CASE_LEFT, &who);
    acting.record(tx, ctx, cases, happened.public().about(here).text(&reason))
}

/// A public body of this slug.
fn agency(tx: &mut Tx, slug: &str) -> Result<Organisation> {
    let found = organisation::by_slug(tx, slug.trim())?.filter(|found| found.kind == OrganisationKind::Agency);
    found.ok_or_else(|| Error::invalid("case.agency-unknown").field("to", "case.agency-unknown"))
}
