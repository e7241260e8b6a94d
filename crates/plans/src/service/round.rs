//! Inspection rounds: the lead ministry opens one, agencies answer, it is closed and published.

use jiff::civil::Date;
use madang_base::{Error, Id, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field, ReceiptCode};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, history};

use super::{Happened, acting_for, announce, plan_of};
use crate::checks::{Wrong, is_assessment_period};
use crate::id;
use crate::model::{AgencyRole, NewsKind, Round, RoundAnswer, RoundId, RoundState};
use crate::{kinds, record, store};

fn reference(round: RoundId) -> Ref {
    Ref::new(ObjectKind::Round, round)
}

fn round_of(tx: &mut Tx, id: RoundId) -> Result<Round> {
    store::round::get(tx, id)?.ok_or_else(|| Error::not_found("plan.round-unknown").arg("value", id))
}

/// Opens a round and asks every agency that leads a commitment. `label` is `2022-H1` and the like, once in a plan.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.unknown`; `plan.round-invalid` with its fields; `plan.round-exists`.
pub fn open(tx: &mut Tx, ctx: &Ctx, plan: &str, label: &str, title: &LocalizedText, due: Date) -> Result<Round> {
    ctx.require(Verb::Open, ObjectKind::Round, None)?;
    let row = plan_of(tx, plan)?;
    let mut wrong = Wrong::default();
    wrong.text("title", title);
    if !is_assessment_period(label) {
        wrong.add_arg("label", "plan.assessment-period", "value", &label);
    }
    if due < ctx.now.kst_date() {
        wrong.add("due", "plan.round-due");
    }
    wrong.check("plan.round-invalid")?;
    let round = Round {
        id: Id::new(ctx.now, ctx.rng()),
        plan: plan.to_owned(),
        label: label.to_owned(),
        title: title.clone(),
        due,
        state: RoundState::Open,
        conclusion: LocalizedText::default(),
        opened_at: ctx.now,
        closed_at: None,
        published_at: None,
    };
    if !store::round::insert(tx, &round)? {
        return Err(Error::conflict("plan.round-exists").arg("value", label));
    }
    let agencies = store::commitment::agencies_of_plan(tx, plan)?;
    let mut objects = vec![id::plan_ref(plan)];
    for agency in agencies.iter().filter(|a| a.role == AgencyRole::Lead) {
        if store::round::ask(tx, round.id, agency.agency.id)? {
            objects.push(id::agency_ref(agency.agency.id));
        }
    }
    let own = reference(round.id);
    history::record_in(tx, ctx, &own, &id::plan_ref(plan), "round", None, Some(RoundState::Open.to_string()))?;
    let asked = i64::try_from(objects.len() - 1).unwrap_or(i64::MAX);
    let event = Event::public(&kinds::ROUND_OPENED, own.clone())
        .with("plan", id::plan_ref(plan))
        .with("due", due)
        .with("asked", asked)
        .with("record", Field::salted(record::round(tx, round.id)?));
    ledger::append(tx, ctx, event)?;
    told(tx, ctx, &round, NewsKind::RoundOpened, row.lead.id, &objects)?;
    Ok(round)
}

/// An officer of an agency that was asked answers, or changes the answer while the round is open; gives the receipt.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.round-unknown`; `plan.round-closed`; `plan.round-invalid` with its fields.
pub fn answer(tx: &mut Tx, ctx: &Ctx, round: RoundId, text: &LocalizedText) -> Result<ReceiptCode> {
    let row = round_of(tx, round)?;
    let asked = store::round::answers(tx, round)?;
    let owners: Vec<OrganisationId> = asked.iter().map(|a| a.agency.id).collect();
    ctx.require(Verb::Answer, ObjectKind::Round, Some(Owner::Organisations(&owners)))?;
    if row.state != RoundState::Open {
        return Err(Error::conflict("plan.round-closed").arg("value", &row.label));
    }
    let mut wrong = Wrong::default();
    wrong.text("text", text);
    wrong.check("plan.round-invalid")?;
    let acting = acting_for(ctx, &[Role::Officer, Role::Lead], &owners);
    let acting = acting.ok_or_else(|| Error::forbidden("permission.denied"))?;
    let old = asked.iter().find(|a| a.agency.id == acting).filter(|a| a.answered_at.is_some());
    let before = old.map(|a| a.text.to_json());
    if !store::round::answer(tx, round, acting, text, ctx.account(), ctx.now)? {
        return Err(Error::forbidden("permission.denied"));
    }
    let own = reference(round);
    history::record_in(tx, ctx, &own, &id::plan_ref(&row.plan), "answer", before, Some(text.to_json()))?;
    // Not public until the round is published.
    let event = Event::private(&kinds::ROUND_ANSWERED, own)
        .with("agency", id::agency_ref(acting))
        .with("text", Field::salted(text.to_json()));
    ledger::append(tx, ctx, event)
}

/// Closes a round: no further answers.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.round-unknown`; `plan.round-closed` when it is not open.
pub fn close(tx: &mut Tx, ctx: &Ctx, round: RoundId) -> Result<()> {
    ctx.require(Verb::Close, ObjectKind::Round, None)?;
    let row = round_of(tx, round)?;
    if !store::round::close(tx, round, ctx.now)? {
        return Err(Error::conflict("plan.round-closed").arg("value", &row.label));
    }
    changed(tx, ctx, &row, RoundState::Closed)?;
    store::plan::bump(tx, &row.plan, ctx.now)?;
    let event = Event::public(&kinds::ROUND_CLOSED, reference(round))
        .with("plan", id::plan_ref(&row.plan))
        .with("record", Field::salted(record::round(tx, round)?));
    ledger::append(tx, ctx, event).map(drop)
}

/// Publishes a closed round with its answers, and with who did not answer.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.round-unknown`; `plan.round-not-closed`; `plan.round-invalid` with its fields.
pub fn publish(tx: &mut Tx, ctx: &Ctx, round: RoundId, conclusion: &LocalizedText) -> Result<()> {
    ctx.require(Verb::Publish, ObjectKind::Round, None)?;
    let row = round_of(tx, round)?;
    let mut wrong = Wrong::default();
    wrong.text("conclusion", conclusion);
    wrong.check("plan.round-invalid")?;
    if !store::round::publish(tx, round, conclusion, ctx.now)? {
        return Err(Error::conflict("plan.round-not-closed").arg("value", &row.label));
    }
    changed(tx, ctx, &row, RoundState::Published)?;
    let answers = store::round::answers(tx, round)?;
    let answered = answers.iter().filter(|a| a.answered_at.is_some()).count();
    let event = Event::public(&kinds::ROUND_PUBLISHED, reference(round))
        .with("plan", id::plan_ref(&row.plan))
        .with("asked", i64::try_from(answers.len()).unwrap_or(i64::MAX))
        .with("answered", i64::try_from(answered).unwrap_or(i64::MAX))
        .with("conclusion", Field::salted(conclusion.to_json()))
        .with("record", Field::salted(record::round(tx, round)?));
    ledger::append(tx, ctx, event)?;
    let lead = plan_of(tx, &row.plan)?.lead.id;
    let mut objects = vec![id::plan_ref(&row.plan)];
    objects.extend(answers.iter().map(|a| id::agency_ref(a.agency.id)));
    told(tx, ctx, &row, NewsKind::RoundPublished, lead, &objects)
}

fn changed(tx: &mut Tx, ctx: &Ctx, round: &Round, to: RoundState) -> Result<()> {
    let (before, after) = (Some(round.state.to_string()), Some(to.to_string()));
    history::record_in(tx, ctx, &reference(round.id), &id::plan_ref(&round.plan), "round", before, after)
}

fn told(tx: &mut Tx, ctx: &Ctx, round: &Round, kind: NewsKind, lead: OrganisationId, objects: &[Ref]) -> Result<()> {
    let happened = Happened {
        plan: &round.plan,
        kind,
        object: &reference(round.id),
        commitment: None,
        milestone: None,
        organisation: Some(lead),
        detail: &round.label,
    };
    announce(tx, ctx, &happened, objects)?;
    Ok(())
}

/// What the actor's own agency has answered so far, to go on from; none when it was not asked.
///
/// # Errors
/// `plan.round-unknown`; those of the database.
pub fn own_answer(tx: &mut Tx, ctx: &Ctx, round: RoundId) -> Result<Option<RoundAnswer>> {
    round_of(tx, round)?;
    let may = |answer: &RoundAnswer| {
        let owner = Owner::Organisation(answer.agency.id);
        ctx.account().is_some() && ctx.may(Verb::Answer, ObjectKind::Round, Some(owner))
    };
    Ok(store::round::answers(tx, round)?.into_iter().find(may))
}
