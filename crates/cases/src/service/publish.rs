//! Looking at fields before they are public, and taking a public case back.

use std::collections::BTreeSet;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::Publicity;
use madang_kernel::{Ctx, Verb};

use super::act::{self, Happened, Who, begin};
use super::written;
use crate::Cases;
use crate::kinds;
use crate::model::{EventKind, Publication};

/// Says which of the fields that are public after review have been looked at; the others are not public (any more). Gives
/// the new revision.
///
/// # Errors
/// `case.review-field` for a field that needs no review; those of [`Ctx::require`].
pub fn review(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, fields: &[String]) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Publish)?;
    let service = acting.service.clone();
    let after_review =
        |id: &str| service.definition.field(id).is_some_and(|field| field.public == Publicity::AfterReview);
    if let Some(other) = fields.iter().find(|id| !after_review(id)) {
        return Err(Error::invalid("case.review-field").arg("field", other).field(other, "case.review-field"));
    }
    let mut reviewed: BTreeSet<String> = acting.case.reviewed.iter().filter(|id| !after_review(id)).cloned().collect();
    reviewed.extend(fields.iter().cloned());
    if reviewed == acting.case.reviewed {
        return Ok(acting.case.revision);
    }
    acting.case.reviewed = reviewed;
    written::index(tx, &service.definition, &acting.case)?;
    let who = Who::agency(ctx, organisation);
    let happened = Happened::new(EventKind::Reviewed, &kinds::CASE_REVIEWED, &who).about(fields.join(" "));
    acting.record(tx, ctx, cases, happened)
}

/// Takes a public case back, by a recorded decision; that it was there and is gone stays known. Gives the new revision.
///
/// # Errors
/// `case.hide-not` when it is not public; `case.text-missing`; those of [`Ctx::require`].
pub fn hide(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    turn(tx, ctx, cases, number, reason, Publication::Published, Publication::Hidden)
}

/// Makes a case public again that was taken back. Gives the new revision.
///
/// # Errors
/// `case.show-not` when it was not taken back; `case.text-missing`; those of [`Ctx::require`].
pub fn show(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str) -> Result<i64> {
    turn(tx, ctx, cases, number, reason, Publication::Hidden, Publication::Published)
}

fn turn(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    reason: &str,
    from: Publication,
    to: Publication,
) -> Result<i64> {
    let mut acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Publish)?;
    let (kind, word, not) = match to {
        Publication::Published => (EventKind::Published, &kinds::CASE_SHOWN, "case.show-not"),
        Publication::Unpublished | Publication::Hidden => (EventKind::Hidden, &kinds::CASE_HIDDEN, "case.hide-not"),
    };
    if acting.case.publication != from {
        return Err(Error::conflict(not));
    }
    let reason = act::text_of(reason, "reason")?;
    acting.case.publication = to;
    let service = acting.service.clone();
    written::index(tx, &service.definition, &acting.case)?;
    let who = Who::agency(ctx, organisation);
    acting.record(tx, ctx, cases, Happened::new(kind, word, &who).text(&reason))
}
