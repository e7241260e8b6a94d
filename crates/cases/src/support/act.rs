//! Giving and taking back.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::Definition;
use madang_kernel::Ctx;

use super::{Given, SupportInput};
use crate::context::Cases;
use crate::model::CaseFile;

/// Gives the actor's support to a case. Giving twice is giving once; giving after taking back counts again. Authors may
/// support their own case: they are persons like others, and their filing is not counted as a signature by itself.
///
/// # Errors
/// `case.unknown`; `support.none` (the service has none), `support.closed` (not in this state), `support.who` (the
/// account does not prove enough), `support.excluded` (left out by a decision); those of [`Ctx::require`].
pub fn give(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _number: &str, _input: &SupportInput) -> Result<Given> {
    Err(Error::internal("support::give is being written"))
}

/// Takes the actor's support back, while it could be given.
///
/// # Errors
/// `support.not-given`; as [`give`].
pub fn withdraw(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _number: &str) -> Result<()> {
    Err(Error::internal("support::withdraw is being written"))
}

/// Since when the actor supports the case; none when not.
///
/// # Errors
/// Those of the database.
pub fn mine(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _case: &CaseFile) -> Result<Option<Time>> {
    Err(Error::internal("support::mine is being written"))
}

/// Whether the actor may give (or take back) now; the error says why not, for the page.
///
/// # Errors
/// As [`give`].
pub fn may(_ctx: &Ctx, _definition: &Definition, _case: &CaseFile) -> Result<()> {
    Err(Error::internal("support::may is being written"))
}
