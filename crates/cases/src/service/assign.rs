//! Who of the agency has a case in hand.

use std::fmt;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, OrganisationId};

use crate::Cases;

/// Who the officers of an organisation are: a port, filled where accounts are.
pub trait Officers: Send + Sync + fmt::Debug {
    /// Account and name of each officer, in the order of the names.
    ///
    /// # Errors
    /// Those of the database.
    fn of(&self, tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AccountId, String)>>;
}

pub fn assign(tx: &mut Tx, ctx: &Ctx, cases: &Cases, numbers: &[String], to: Option<AccountId>) -> Result<u64> {
    let _ = (tx, ctx, cases, numbers, to);
    Err(Error::internal("not written yet"))
}

pub fn officers(tx: &mut Tx, ctx: &Ctx, cases: &Cases, organisation: OrganisationId) -> Result<Vec<(AccountId, String)>> {
    let _ = (tx, ctx, cases, organisation);
    Err(Error::internal("not written yet"))
}
