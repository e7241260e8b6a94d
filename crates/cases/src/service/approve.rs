//! Steps that need a second officer: prepared, handed in, approved or given back.
//!
//! Whoever prepared a step never approves it. The timeline has both: who handed in, and who took the step by approving.

use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use madang_form::{Definition, Step, StepInput};
use madang_kernel::{AccountId, Ctx, OrganisationId, Verb, coded};
use serde::Serialize;

use super::act::{self, Acting, Happened, Who, begin};
use super::perform::{CHAIN, perform};
use super::step::{Taken, checked, party_for, step_of};
use crate::Cases;
use crate::kinds;
use crate::model::{ApprovalId, CaseFile, CaseId, EventKind};
use crate::store;

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
    /// For which agency; the second officer is of the same.
    pub organisation: OrganisationId,
    pub at: Time,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Time>,
    /// What the second officer said to it.
    pub note: String,
}

impl Approval {
    /// Whether it can still be changed by whoever prepared it.
    const fn open(&self) -> bool {
        matches!(self.state, ApprovalState::Draft | ApprovalState::Returned)
    }
}

/// Keeps what an officer has written for a step so far, whatever is missing in it; one per case, step and agency. Whoever
/// saves it last is the one who prepared it.
///
/// # Errors
/// `case.unknown`, `case.step-unknown`; `case.approval-waiting` when it waits for a second officer; those of
/// [`Ctx::require`].
pub fn save_draft(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    step: &str,
    input: &StepInput,
) -> Result<ApprovalId> {
    let acting = begin(tx, ctx, cases, number, None)?;
    let organisation = acting.officer(ctx, Verb::Handle)?;
    let step = step_of(&acting.service.definition, step)?;
    put(tx, ctx, &acting.case, organisation, step, input, ApprovalState::Draft)
}

/// Hands in a draft, for a second officer to look at.
///
/// # Errors
/// `case.approval-unknown`; `case.approval-decided`; `case.approval-own` when somebody else prepared it; those of
/// [`super::step::take`].
pub fn submit(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<()> {
    let (approval, mut acting) = load(tx, ctx, cases, id)?;
    acting.officer(ctx, Verb::Handle)?;
    if !approval.open() {
        return Err(decided(&approval));
    }
    if approval.by != ctx.account() {
        return Err(Error::forbidden("case.approval-own"));
    }
    let service = acting.service.clone();
    let step = step_of(&service.definition, &approval.step)?;
    party_for(tx, ctx, cases, &acting, step)?;
    let input = checked(tx, ctx, cases, &acting, step, approval.input, &[])?;
    hand_in(tx, ctx, cases, &mut acting, step, &input)?;
    Ok(())
}

/// The second officer agrees: the step happens.
///
/// # Errors
/// `case.approval-unknown`; `case.approval-decided`; `case.approval-same` for whoever prepared it;
/// `case.approval-agency` for another agency's officer; those of [`super::step::take`].
pub fn approve(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId, note: &str) -> Result<Taken> {
    let (mut approval, mut acting) = second(tx, ctx, cases, id)?;
    let service = acting.service.clone();
    let step = step_of(&service.definition, &approval.step)?;
    party_for(tx, ctx, cases, &acting, step)?;
    let input = checked(tx, ctx, cases, &acting, step, approval.input.clone(), &[])?;
    approval.note = act::optional_text(note, "note")?;
    decide(tx, ctx, &mut approval, ApprovalState::Approved)?;
    let who = Who::agency(ctx, approval.organisation);
    let receipt = perform(tx, ctx, cases, &mut acting.case, &service, step, &input, &who, CHAIN)?;
    Ok(Taken::Done { state: acting.case.state, revision: acting.case.revision, receipt })
}

/// The second officer gives it back, saying why.
///
/// # Errors
/// As [`approve`]; `case.text-missing` without a note.
pub fn give_back(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId, note: &str) -> Result<()> {
    let (mut approval, mut acting) = second(tx, ctx, cases, id)?;
    approval.note = act::text_of(note, "note")?;
    decide(tx, ctx, &mut approval, ApprovalState::Returned)?;
    let who = Who::agency(ctx, approval.organisation);
    let happened =
        Happened::new(EventKind::Returned, &kinds::CASE_RETURNED, &who).about(&approval.step).text(&approval.note);
    act::record(tx, ctx, cases, &mut acting.case, happened)?;
    Ok(())
}

/// Whoever prepared it throws it away, also while it waits.
///
/// # Errors
/// `case.approval-unknown`; `case.approval-decided`; `case.approval-own`.
pub fn discard(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<()> {
    let (mut approval, acting) = load(tx, ctx, cases, id)?;
    acting.officer(ctx, Verb::Handle)?;
    if !approval.open() && approval.state != ApprovalState::Waiting {
        return Err(decided(&approval));
    }
    if approval.by != ctx.account() {
        return Err(Error::forbidden("case.approval-own"));
    }
    decide(tx, ctx, &mut approval, ApprovalState::Dropped)
}

/// A prepared step, for the officers of its case.
///
/// # Errors
/// `case.approval-unknown`; those of [`Ctx::require`].
pub fn get(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<Approval> {
    let (approval, acting) = load(tx, ctx, cases, id)?;
    acting.officer(ctx, Verb::Handle)?;
    Ok(approval)
}

/// The prepared steps of a case that are not decided, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Approval>> {
    store::approval::open(tx, case)
}

/// Makes a step wait for a second officer.
pub(crate) fn hand_in(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    acting: &mut Acting,
    step: &Step,
    input: &StepInput,
) -> Result<ApprovalId> {
    let organisation = acting.officer(ctx, Verb::Handle)?;
    let id = put(tx, ctx, &acting.case, organisation, step, input, ApprovalState::Waiting)?;
    let who = Who::agency(ctx, organisation);
    let happened = Happened::new(EventKind::Submitted, &kinds::CASE_SUBMITTED, &who).about(&step.id);
    act::record(tx, ctx, cases, &mut acting.case, happened)?;
    Ok(id)
}

/// What was prepared for the step taken just now, and for steps that are not open any more, is overtaken.
pub(crate) fn overtaken(tx: &mut Tx, ctx: &Ctx, case: &CaseFile, def: &Definition, taken: Option<&str>) -> Result<()> {
    for mut approval in store::approval::open(tx, case.id)? {
        let open = def.step(&approval.step).is_some_and(|step| step.from.contains(&case.state));
        if !open || taken == Some(approval.step.as_str()) {
            decide(tx, ctx, &mut approval, ApprovalState::Dropped)?;
        }
    }
    Ok(())
}

/// Nothing that was prepared goes on: the case goes to another agency.
pub(crate) fn drop_all(tx: &mut Tx, ctx: &Ctx, case: CaseId) -> Result<()> {
    for mut approval in store::approval::open(tx, case)? {
        decide(tx, ctx, &mut approval, ApprovalState::Dropped)?;
    }
    Ok(())
}

fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    case: &CaseFile,
    organisation: OrganisationId,
    step: &Step,
    input: &StepInput,
    state: ApprovalState,
) -> Result<ApprovalId> {
    let known = store::approval::open(tx, case.id)?
        .into_iter()
        .find(|known| known.step == step.id && known.organisation == organisation);
    let fresh = Approval {
        id: known.as_ref().map_or_else(|| Id::new(ctx.now, ctx.rng()), |known| known.id),
        case: case.id,
        step: step.id.clone(),
        state,
        input: input.clone(),
        by: ctx.account(),
        organisation,
        at: ctx.now,
        decided_by: None,
        decided_at: None,
        note: known.as_ref().map(|known| known.note.clone()).unwrap_or_default(),
    };
    match known {
        Some(known) if !known.open() => return Err(Error::conflict("case.approval-waiting").arg("step", &step.id)),
        Some(known) if !store::approval::update(tx, &fresh, known.state)? => return Err(decided(&known)),
        Some(_) => {}
        None => store::approval::insert(tx, &fresh)?,
    }
    Ok(fresh.id)
}

fn decide(tx: &mut Tx, ctx: &Ctx, approval: &mut Approval, state: ApprovalState) -> Result<()> {
    let before = approval.state;
    approval.state = state;
    approval.decided_by = ctx.account();
    approval.decided_at = Some(ctx.now);
    if store::approval::update(tx, approval, before)? { Ok(()) } else { Err(decided(approval)) }
}

fn decided(approval: &Approval) -> Error {
    Error::conflict("case.approval-decided").arg("state", approval.state)
}

fn load(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<(Approval, Acting)> {
    let unknown = || Error::not_found("case.approval-unknown").arg("value", id);
    let approval = store::approval::get(tx, id)?.ok_or_else(unknown)?;
    let number = store::case::number(tx, approval.case)?.ok_or_else(unknown)?;
    let acting = begin(tx, ctx, cases, &number, None).map_err(|_| unknown())?;
    // What the clocks brought about just now may have overtaken it.
    let mut approval = store::approval::get(tx, id)?.ok_or_else(unknown)?;
    approval.input = approval.input.typed(&acting.service.definition)?;
    Ok((approval, acting))
}

/// The approval and its case, when the actor may be the second officer.
fn second(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: ApprovalId) -> Result<(Approval, Acting)> {
    let (approval, acting) = load(tx, ctx, cases, id)?;
    let here = acting.officer(ctx, Verb::Approve)?;
    if approval.state != ApprovalState::Waiting {
        return Err(decided(&approval));
    }
    if ctx.account().is_none() || approval.by == ctx.account() {
        return Err(Error::forbidden("case.approval-same"));
    }
    if here != approval.organisation {
        return Err(Error::forbidden("case.approval-agency"));
    }
    Ok((approval, acting))
}
