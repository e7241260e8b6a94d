//! Steps that need a second officer: prepared, handed in, approved or given back.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::StepInput;
use madang_kernel::{AccountId, Ctx, coded};
use serde::Serialize;

use super::step::Taken;
use crate::Cases;
use crate::model::{ApprovalId, CaseId};

coded! {
    /// Where a prepared step is.
    pub enum ApprovalState("case.approval-state-unknown") {
        /// Only prepared.
        Draft = "draft",
        /// Waits for a second officer.
        Waiting = "waiting",
        Approved = "approved",
        /// Given back with a note; may be changed and handed in again.
        Returned = "returned",
        /// Thrown away by whoever prepared it, or overtaken by another step.
        Dropped = "dropped",
    }
}

/// A prepared step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Approval {
    pub id: ApprovalId,
    pub case: CaseId,
    pub step: String,
    pub state: ApprovalState,
    pub input: StepInput,
    /// Who prepared it.
    pub by: Option<AccountId>,
    pub at: Time,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Time>,
    /// Why it was given back.
    pub note: String,
}

pub fn save_draft(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, step: &str, input: &StepInput) -> Result<ApprovalId> {
    let _ = (tx, ctx, cases, number, step, input);
    Err(Error::internal("not written yet"))
}

pub fn submit(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<()> {
    let _ = (tx, ctx, cases, id);
    Err(Error::internal("not written yet"))
}

pub fn approve(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId, note: &str) -> Result<Taken> {
    let _ = (tx, ctx, cases, id, note);
    Err(Error::internal("not written yet"))
}

pub fn give_back(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId, note: &str) -> Result<()> {
    let _ = (tx, ctx, cases, id, note);
    Err(Error::internal("not written yet"))
}

pub fn discard(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<()> {
    let _ = (tx, ctx, cases, id);
    Err(Error::internal("not written yet"))
}

/// A prepared step, for the officers of its case.
pub fn get(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<Approval> {
    let _ = (tx, ctx, cases, id);
    Err(Error::internal("not written yet"))
}

/// The prepared steps of a case that are not decided, newest first.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Approval>> {
    let _ = (tx, case);
    Ok(Vec::new())
}
