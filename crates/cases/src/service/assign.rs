//! Who of the agency has a case in hand.

use std::fmt;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, ObjectKind, OrganisationId, Owner, Verb};

use super::act::{Happened, Who, begin};
use crate::Cases;
use crate::kinds;
use crate::model::EventKind;
use crate::store;

/// Who the officers of an organisation are: a port, filled where accounts are.
pub trait Officers: Send + Sync + fmt::Debug {
    /// Account and name of each officer, in the order of the names.
    ///
    /// # Errors
    /// Those of the database.
    fn of(&self, tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AccountId, String)>>;
}

/// Gives cases to an officer of the agency, or to nobody. Says how many changed hands.
///
/// # Errors
/// `case.unknown`; `case.assignee` when the account is no officer of the agency; those of [`Ctx::require`].
pub fn assign(tx: &mut Tx, ctx: &Ctx, cases: &Cases, numbers: &[String], to: Option<AccountId>) -> Result<u64> {
    let mut changed = 0;
    for number in numbers {
        let mut acting = begin(tx, ctx, cases, number, None)?;
        let organisation = acting.handler(ctx, Verb::Handle)?;
        if let Some(to) = to
            && !is_officer(tx, cases, organisation, to)?
        {
            return Err(Error::invalid("case.assignee").field("to", "case.assignee"));
        }
        if acting.case.assignee == to {
            continue;
        }
        acting.case.assignee = to;
        let who = Who::agency(ctx, organisation);
        let about = to.map(|to| to.to_string()).unwrap_or_default();
        acting.record(tx, ctx, cases, Happened::new(EventKind::Assigned, &kinds::CASE_ASSIGNED, &who).about(about))?;
        changed += 1;
    }
    Ok(changed)
}

/// The officers of an agency with their names, for those who work there.
///
/// # Errors
/// Those of [`Ctx::require`] and the port.
pub fn officers(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    organisation: OrganisationId,
) -> Result<Vec<(AccountId, String)>> {
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    cases.officers.as_ref().map_or_else(|| Ok(Vec::new()), |port| port.of(tx, organisation))
}

/// Whether an account works for an agency; yes where nobody can tell.
pub(crate) fn is_officer(tx: &mut Tx, cases: &Cases, organisation: OrganisationId, account: AccountId) -> Result<bool> {
    match &cases.officers {
        Some(port) => Ok(port.of(tx, organisation)?.iter().any(|(officer, _)| *officer == account)),
        None => Ok(true),
    }
}

/// Takes cases out of the hands of those who work for the agency no more; says of how many people. The daily job calls it.
///
/// # Errors
/// Those of the database and the port.
pub fn sweep(tx: &mut Tx, cases: &Cases) -> Result<u64> {
    let mut gone = 0;
    for (organisation, account) in store::inbox::assignees(tx)? {
        if !is_officer(tx, cases, organisation, account)? {
            store::inbox::unassign(tx, organisation, account)?;
            gone += 1;
        }
    }
    Ok(gone)
}
