//! The verbs, one function each: permission, rule, store, events, clocks, ledger, notice, all in the transaction that is
//! handed in.

pub(crate) mod act;
pub mod apply;
pub mod approve;
pub mod ask;
pub mod assign;
pub mod clocks;
pub mod correct;
pub mod draft;
pub mod export;
pub mod extend;
pub mod file;
pub mod follow;
pub mod inbox;
pub mod link;
pub mod list;
pub mod lookup;
pub mod merge;
pub mod note;
pub mod overdue;
pub mod parties;
pub(crate) mod perform;
pub mod personal;
pub mod publish;
pub mod published;
pub mod rate;
pub mod receipt;
pub(crate) mod route;
pub mod searched;
pub(crate) mod show;
pub mod step;
pub mod tick;
pub mod transfer;
pub mod withdraw;
pub(crate) mod written;

use std::sync::Arc;

use madang_base::{Error, Result};
use madang_db::Tx;

use crate::Cases;
use crate::model::{CaseFile, CaseId};
use crate::registry::ServiceVersion;
use crate::store;

/// The case of this number with its definition, its answers typed by it. Decides nothing: whoever asks must find out
/// whether the actor may know of it, and answer `case.unknown` when not.
pub(crate) fn case_of(tx: &mut Tx, cases: &Cases, number: &str) -> Result<(CaseFile, Arc<ServiceVersion>)> {
    let unknown = || Error::not_found("case.unknown").arg("value", number);
    let normal = madang_form::number::normalise(number).ok_or_else(unknown)?;
    let case = store::case::by_number(tx, &normal)?.ok_or_else(unknown)?;
    typed(tx, cases, case)
}

/// The same by id.
pub(crate) fn case_by_id(tx: &mut Tx, cases: &Cases, id: CaseId) -> Result<(CaseFile, Arc<ServiceVersion>)> {
    let case = store::case::by_id(tx, id)?.ok_or_else(|| Error::not_found("case.unknown").arg("value", id))?;
    typed(tx, cases, case)
}

fn typed(tx: &mut Tx, cases: &Cases, mut case: CaseFile) -> Result<(CaseFile, Arc<ServiceVersion>)> {
    let version = cases.services.version(tx, &case.version)?;
    case.answers = case.answers.typed(&version.definition)?;
    Ok((case, version))
}
