//! The verbs: permission, rule, row and event of each in one transaction.

pub mod issue;
pub mod send;
pub mod settings;
pub mod subscribe;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, Owner, Verb};

use crate::model::{Issue, IssueId, Newsletter, NewsletterId};
use crate::store;

/// A newsletter that still comes.
pub(crate) fn current(tx: &mut Tx, id: NewsletterId) -> Result<Newsletter> {
    let unknown = || Error::not_found("newsletter.unknown").arg("value", id);
    let found = store::newsletter::get(tx, id)?.ok_or_else(unknown)?;
    if found.retired_at.is_some() {
        return Err(Error::gone("newsletter.retired"));
    }
    Ok(found)
}

/// An issue and its newsletter, for whoever may do this to it.
pub(crate) fn own(tx: &mut Tx, ctx: &Ctx, id: IssueId, verb: Verb) -> Result<(Newsletter, Issue)> {
    let unknown = || Error::not_found("newsletter.issue-unknown").arg("value", id);
    let issue = store::issue::get(tx, id)?.ok_or_else(unknown)?;
    let newsletter = store::newsletter::get(tx, issue.newsletter)?.ok_or_else(unknown)?;
    ctx.require(verb, ObjectKind::Newsletter, Some(Owner::Organisation(newsletter.organisation)))?;
    if newsletter.retired_at.is_some() {
        return Err(Error::gone("newsletter.retired"));
    }
    Ok((newsletter, issue))
}

/// What two officers who write at the same time are told: the one who comes second.
pub(crate) fn overtaken() -> Error {
    Error::conflict("newsletter.overtaken")
}
