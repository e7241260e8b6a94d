//! The verbs, one function each: permission, rule, store, history, ledger, notice, all in the transaction that is
//! handed in.
//!
//! Permission is asked first and decided by the kernel's table. Every verb ends in [`announce`], which writes the news
//! item that pages, feeds and mails are made of.

pub mod assess;
pub mod edit;
pub mod follow;
pub mod import;
pub mod indicator;
pub mod report;
pub mod round;
mod write;

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::{Actor, Ctx, OrganisationId, Ref, Role, job};
use serde_json::json;

use crate::model::{CommitmentAgency, CommitmentName, NewsId, NewsKind};
use crate::notify;
use crate::store;
use crate::store::news::NewNews;
use crate::store::plan::PlanRow;

/// What [`announce`] is told.
pub(crate) struct Happened<'a> {
    pub plan: &'a str,
    pub kind: NewsKind,
    pub object: &'a Ref,
    pub commitment: Option<&'a str>,
    pub milestone: Option<&'a str>,
    pub organisation: Option<OrganisationId>,
    pub detail: &'a str,
}

/// Counts the change, writes the news item and enqueues the notices to followers of any of `objects`.
pub(crate) fn announce(tx: &mut Tx, ctx: &Ctx, happened: &Happened<'_>, objects: &[Ref]) -> Result<NewsId> {
    let id: NewsId = Id::new(ctx.now, ctx.rng());
    let Happened { plan, kind, object, commitment, milestone, organisation, detail } = *happened;
    let news = NewNews { id, plan, kind, object, commitment, milestone, organisation, detail, at: ctx.now };
    store::news::insert(tx, &news)?;
    for object in objects {
        store::news::insert_object(tx, id, object)?;
    }
    store::plan::bump(tx, plan, ctx.now)?;
    job::enqueue(tx, ctx, notify::NOTIFY, json!({ "news": id.to_string() }), None)?;
    Ok(id)
}

/// What a change in a commitment is shown under: the plan, the commitment, the commitment it is part of, its agencies.
pub(crate) fn audience(commitment: &CommitmentName, agencies: &[CommitmentAgency]) -> Vec<Ref> {
    let mut objects = vec![crate::id::plan_ref(&commitment.plan), crate::id::commitment_ref(&commitment.id)];
    objects.extend(commitment.parent.as_deref().map(crate::id::commitment_ref));
    for agency in agencies {
        let reference = crate::id::agency_ref(agency.agency.id);
        if !objects.contains(&reference) {
            objects.push(reference);
        }
    }
    objects
}

pub(crate) fn plan_of(tx: &mut Tx, plan: &str) -> Result<PlanRow> {
    store::plan::get(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))
}

/// A commitment that is not retired.
pub(crate) fn commitment_of(tx: &mut Tx, id: &str) -> Result<(CommitmentName, crate::file::Commitment)> {
    let unknown = || Error::not_found("plan.commitment-unknown").arg("value", id);
    match store::commitment::get(tx, id)?.ok_or_else(unknown)? {
        (name, content, None) => Ok((name, content)),
        (_, _, Some(_)) => Err(Error::gone("plan.commitment-retired").arg("value", id)),
    }
}

/// For which of `organisations` the actor acts in one of `roles`; the system acts for the first.
pub(crate) fn acting_for(ctx: &Ctx, roles: &[Role], organisations: &[OrganisationId]) -> Option<OrganisationId> {
    match &ctx.actor {
        Actor::System => organisations.first().copied(),
        Actor::Anonymous => None,
        Actor::Person(person) => organisations
            .iter()
            .copied()
            .find(|own| person.grants.iter().any(|g| roles.contains(&g.role) && g.organisation == Some(*own))),
    }
}
