//! The thread: what a case became, what it is evidence of. A link is a public fact, so only public cases have them.

use std::fmt;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::links::{self, LinkType};
use madang_kernel::{Ctx, ObjectKind, Owner, Ref, Verb, job};
use serde_json::json;

use super::act::{self, Happened, Who, begin};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseId, EventKind, Publication};
use crate::store;

/// The kind of job that carries followers of a case over to the commitment it became; the flows run it.
pub const BECAME: &str = "cases.became";

/// Whether something that is no case is there and public: a port, filled by the flows.
pub trait Targets: Send + Sync + fmt::Debug {
    /// # Errors
    /// Those of the database.
    fn exists(&self, tx: &mut Tx, target: &Ref) -> Result<bool>;
}

/// What cases can be linked to.
const KINDS: [ObjectKind; 6] = [
    ObjectKind::Case,
    ObjectKind::Plan,
    ObjectKind::Commitment,
    ObjectKind::Milestone,
    ObjectKind::Indicator,
    ObjectKind::Service,
];

/// An officer links a public case. False when it was linked so already.
///
/// # Errors
/// `case.link-unknown` when the target is not there or not public, `case.link-private` when the case is not; those of
/// [`Ctx::require`].
pub fn link(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, link_type: LinkType, target: &Ref) -> Result<bool> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Handle)?;
    ctx.require(Verb::Create, ObjectKind::Link, Some(Owner::Organisation(organisation)))?;
    if acting.case.publication != Publication::Published {
        return Err(Error::conflict("case.link-private"));
    }
    let unknown = || Error::invalid("case.link-unknown").field("target", "case.link-unknown");
    let target = resolve(tx, cases, acting.case.id, &target.to_string())?.ok_or_else(unknown)?;
    if !links::link_add(tx, ctx, &act::reference(acting.case.id), link_type, &target)? {
        return Ok(false);
    }
    became(tx, ctx, acting.case.id, link_type, &target)?;
    let who = Who::agency(ctx, organisation);
    let happened = Happened::new(EventKind::Linked, &kinds::CASE_LINKED, &who).public().about(&target);
    acting.record(tx, ctx, cases, happened)?;
    Ok(true)
}

/// Takes a link back. False when there was none.
///
/// # Errors
/// As [`link`].
pub fn unlink(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, link_type: LinkType, target: &Ref) -> Result<bool> {
    let acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Handle)?;
    ctx.require(Verb::Delete, ObjectKind::Link, Some(Owner::Organisation(organisation)))?;
    links::link_remove(tx, ctx, &act::reference(acting.case.id), link_type, target)
}

/// Has the followers of a case follow the commitment that it became.
pub(crate) fn became(tx: &mut Tx, ctx: &Ctx, case: CaseId, link_type: LinkType, target: &Ref) -> Result<()> {
    if link_type == LinkType::Became && target.kind == ObjectKind::Commitment {
        job::enqueue(tx, ctx, BECAME, json!({ "case": case.to_string(), "commitment": target.id }), None)?;
    }
    Ok(())
}

/// What a public case is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub number: String,
    pub title: String,
}

/// What the case is called that a link leads to; none when it is not public or none.
///
/// # Errors
/// Those of the database.
pub fn named(tx: &mut Tx, case: &Ref) -> Result<Option<Named>> {
    let Ok(id) = case.id.parse::<CaseId>() else { return Ok(None) };
    let found = store::case::by_id(tx, id)?.filter(|found| found.publication == Publication::Published);
    Ok(found.map(|found| Named { number: found.number, title: found.title }))
}

/// What a written link means: an address (none), or a thing of this site. A case is named by its number.
///
/// # Errors
/// `case.link-unknown` when it is neither, or not there.
pub(crate) fn resolve(tx: &mut Tx, cases: &Cases, case: CaseId, text: &str) -> Result<Option<Ref>> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(None);
    }
    let unknown = || Error::invalid("case.link-unknown");
    let number = madang_form::number::normalise(text.strip_prefix("case:").unwrap_or(text));
    if let Some(number) = number {
        let found = store::case::by_number(tx, &number)?;
        let found = found.filter(|found| found.publication == Publication::Published && found.id != case);
        return Ok(Some(act::reference(found.ok_or_else(unknown)?.id)));
    }
    let target: Ref = text.parse().map_err(|_| unknown())?;
    let there = match (&cases.targets, target.kind) {
        (_, ObjectKind::Case) => {
            let id: CaseId = target.id.parse().map_err(|_| unknown())?;
            let found = store::case::by_id(tx, id)?;
            id != case && found.is_some_and(|found| found.publication == Publication::Published)
        }
        (_, kind) if !KINDS.contains(&kind) => false,
        (Some(port), _) => port.exists(tx, &target)?,
        (None, _) => true,
    };
    if there { Ok(Some(target)) } else { Err(unknown()) }
}
