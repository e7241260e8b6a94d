//! Definitions: put in, opened and shut, cases moved to a new version.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::Problems;
use madang_kernel::Ctx;

use crate::Cases;
use crate::registry::Origin;

/// What came of putting a definition in.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    pub service: String,
    pub digest: String,
    /// False: it was in force already.
    pub changed: bool,
    pub warnings: Problems,
}

/// Puts in what the program brings: services that are not there, and newer texts of those that the operator has not
/// replaced. Called at start. Says how many were put in.
///
/// # Errors
/// `service.invalid` when a shipped definition is none; those of the database.
pub fn install(tx: &mut Tx, ctx: &Ctx, cases: &Cases) -> Result<u64> {
    let _ = (tx, ctx, cases);
    Err(Error::internal("not written yet"))
}

/// Puts in a definition of the operator; `name` is the file's, for messages.
///
/// # Errors
/// `service.invalid` with the first problem as argument; those of [`Ctx::require`] and the database.
pub fn apply(tx: &mut Tx, ctx: &Ctx, cases: &Cases, name: &str, text: &str) -> Result<Applied> {
    put(tx, ctx, cases, name, text, Origin::Operator)
}

fn put(tx: &mut Tx, ctx: &Ctx, cases: &Cases, name: &str, text: &str, origin: Origin) -> Result<Applied> {
    let _ = (tx, ctx, cases, name, text, origin);
    Err(Error::internal("not written yet"))
}

/// Lets new cases in.
///
/// # Errors
/// `service.unknown`; those of [`Ctx::require`].
pub fn open(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str) -> Result<()> {
    let _ = (tx, ctx, cases, id);
    Err(Error::internal("not written yet"))
}

/// Lets no new cases in; those that are there go on.
///
/// # Errors
/// As [`open`].
pub fn shut(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str) -> Result<()> {
    let _ = (tx, ctx, cases, id);
    Err(Error::internal("not written yet"))
}

/// Moves the cases of a version to the one in force; says how many. `states` maps states that the new version lacks.
///
/// # Errors
/// `service.migrate-state` when a case stands in a state that the new version lacks and `states` does not map;
/// `service.unknown`; those of [`Ctx::require`].
pub fn migrate(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    service: &str,
    from_digest: &str,
    states: &BTreeMap<String, String>,
) -> Result<u64> {
    let _ = (tx, ctx, cases, service, from_digest, states);
    Err(Error::internal("not written yet"))
}

/// How many cases that are not closed stand on which version, the one in force first.
///
/// # Errors
/// Those of the database.
pub fn open_cases_by_version(tx: &mut Tx, service: &str) -> Result<Vec<(String, i64)>> {
    let _ = (tx, service);
    Err(Error::internal("not written yet"))
}
