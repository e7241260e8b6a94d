//! Supports that came suspiciously close together: marked by a rule, left out only by a recorded decision.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use super::{Burst, BurstId};
use crate::context::Cases;
use crate::model::CaseId;

/// A case's bursts, oldest first. Public, except for the network.
///
/// # Errors
/// Those of the database.
pub fn list(_tx: &mut Tx, _case: CaseId) -> Result<Vec<Burst>> {
    Err(Error::internal("burst::list is being written"))
}

/// Decides that a burst is left out of the count (`exclude`), or counts (again). Reason and number are public.
///
/// # Errors
/// `support.burst-unknown`, `support.burst-decided`, `support.reason`; those of [`Ctx::require`].
pub fn decide(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _id: BurstId, _exclude: bool, _reason: &str) -> Result<()> {
    Err(Error::internal("burst::decide is being written"))
}
