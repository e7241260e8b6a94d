//! Putting cases together that ask for the same, and taking them apart again.
//!
//! Nobody loses a right by it: the author of a merged case is told of everything that is told to followers of the main
//! one, keeps the own number, and may take the case out again. Supports stay where they were given and are not added up.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::links::{self, LinkType};
use madang_kernel::{Ctx, Verb};

use super::act::{self, Acting, Happened, Who, begin};
use super::follow::{self, Reason, Rhythm, Subscriber};
use super::perform::put_into;
use super::{case_by_id, case_of};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseFile, EventKind, Publication};
use crate::store;

/// The state of a merged case, which every service has.
pub const MERGED: &str = "merged";

/// The most cases of one merge.
const MOST: usize = 100;

/// The handling agency puts cases into one that asks for the same. Says how many.
///
/// # Errors
/// `case.merge-self`, `case.merge-service` (of another service), `case.merge-merged` (one has gone into another),
/// `case.merge-many`; `case.closed`; `case.handling-only`; `case.text-missing`; those of [`Ctx::require`].
pub fn merge(tx: &mut Tx, ctx: &Ctx, cases: &Cases, into: &str, from: &[String], reason: &str) -> Result<u64> {
    let mut main = begin(tx, ctx, cases, into, None)?;
    let organisation = main.handler(ctx, Verb::Handle)?;
    main.open()?;
    let reason = act::text_of(reason, "reason")?;
    if from.len() > MOST {
        return Err(Error::invalid("case.merge-many").arg("max", MOST));
    }
    let who = Who::agency(ctx, organisation);
    for number in from {
        let mut other = begin(tx, ctx, cases, number, None)?;
        other.handler(ctx, Verb::Handle)?;
        fits(tx, &main.case, &other.case)?;
        one(tx, ctx, cases, &mut main, &mut other, &who, &reason)?;
    }
    Ok(from.len() as u64)
}

fn fits(tx: &mut Tx, main: &CaseFile, other: &CaseFile) -> Result<()> {
    let refuse = |code: &'static str| Err(Error::conflict(code).arg("number", &other.number));
    if other.id == main.id {
        return refuse("case.merge-self");
    }
    if other.service != main.service {
        return refuse("case.merge-service");
    }
    if other.merged_into.is_some() || !store::party::merged_into(tx, other.id)?.is_empty() {
        return refuse("case.merge-merged");
    }
    if other.closed_at.is_some() {
        return refuse("case.closed");
    }
    Ok(())
}

fn one(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    main: &mut Acting,
    other: &mut Acting,
    who: &Who,
    reason: &str,
) -> Result<()> {
    let public = |case: &CaseFile| case.publication == Publication::Published;
    other.case.merged_into = Some(main.case.id);
    let mut merged = Happened::new(EventKind::Merged, &kinds::CASE_MERGED, who).about(&main.case.number).text(reason);
    merged.public = public(&main.case);
    let service = other.service.clone();
    put_into(tx, ctx, cases, &mut other.case, &service, MERGED, merged)?;
    if public(&main.case) && public(&other.case) {
        let (from, to) = (act::reference(other.case.id), act::reference(main.case.id));
        links::link_add(tx, ctx, &from, LinkType::MergedInto, &to)?;
    }
    if let Some(subscriber) = subscriber(&other.case) {
        let own = Ctx { locale: other.case.locale, ..ctx.clone() };
        follow::put(tx, &own, main.case.id, subscriber, Rhythm::AtOnce, Reason::Merged)?;
    }
    let mut absorbed =
        Happened::new(EventKind::Absorbed, &kinds::CASE_ABSORBED, who).about(&other.case.number).text(reason);
    absorbed.public = public(&other.case);
    main.record(tx, ctx, cases, absorbed)?;
    Ok(())
}

/// The author of a case as somebody to write to.
fn subscriber(case: &CaseFile) -> Option<Subscriber> {
    case.author.map(Subscriber::Account).or_else(|| case.mail.clone().map(Subscriber::Mail))
}

/// Takes a merged case out again, to where it stood: by the handling agency, or by its author, who need not agree to the
/// merging (`code`: without account). Gives the new revision.
///
/// # Errors
/// `case.split-not` when it is not merged; `case.text-missing`; those of [`Ctx::require`].
pub fn split(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str, code: Option<&str>) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    let who = if acting.standing.author {
        acting.author(ctx, Verb::Act)?;
        Who::author(ctx)
    } else {
        Who::agency(ctx, acting.handler(ctx, Verb::Handle)?)
    };
    let Some(main) = acting.case.merged_into.take() else { return Err(Error::conflict("case.split-not")) };
    let reason = act::text_of(reason, "reason")?;
    let events = store::event::of_case(tx, acting.case.id)?;
    let before = events.iter().rev().find(|event| event.kind == EventKind::Merged);
    let before = before.and_then(|event| event.from_state.clone());
    let service = acting.service.clone();
    let state = before.unwrap_or_else(|| service.definition.first_state().id.clone());
    let (mut main, _) = case_by_id(tx, cases, main)?;
    let public = main.publication == Publication::Published;
    let mut happened = Happened::new(EventKind::Split, &kinds::CASE_SPLIT, &who).about(&main.number).text(&reason);
    happened.public = public;
    put_into(tx, ctx, cases, &mut acting.case, &service, &state, happened)?;
    let (from, to) = (act::reference(acting.case.id), act::reference(main.id));
    links::link_remove(tx, ctx, &from, LinkType::MergedInto, &to)?;
    if let Some(subscriber) = subscriber(&acting.case)
        && let Some(follow) = store::follow::find(tx, main.id, &subscriber)?
        && follow.reason == Reason::Merged
    {
        store::follow::delete(tx, follow.id)?;
    }
    let mut happened = Happened::new(EventKind::Split, &kinds::CASE_SPLIT, &who).about(&acting.case.number);
    happened.public = acting.case.publication == Publication::Published;
    act::record(tx, ctx, cases, &mut main, happened)?;
    Ok(acting.case.revision)
}

/// The public cases that went into this one, by number, for its page.
///
/// # Errors
/// `case.unknown`; those of the database.
pub fn merged(tx: &mut Tx, cases: &Cases, number: &str) -> Result<Vec<String>> {
    let (case, _) = case_of(tx, cases, number)?;
    let mut numbers = Vec::new();
    for id in store::party::merged_into(tx, case.id)? {
        let found = store::case::by_id(tx, id)?.filter(|found| found.publication == Publication::Published);
        numbers.extend(found.map(|found| found.number));
    }
    Ok(numbers)
}
