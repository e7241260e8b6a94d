//! Civil society assesses a commitment, and the agency assesses itself beside it.

use madang_base::{Error, Id, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field, ReceiptCode};
use madang_kernel::{Actor, Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, history, organisation};

use super::{Happened, acting_for, announce, audience, commitment_of};
use crate::checks::{Wrong, is_assessment_period};
use crate::id;
use crate::model::{AgencyName, AgencyRole, Assessment, CommitmentAgency, NewsKind, Side};
use crate::rules::{Ambition, Completion, EarlyResults};
use crate::{kinds, record, store};

/// What somebody finds.
#[derive(Clone, Debug)]
pub struct AssessInput {
    pub commitment: String,
    pub side: Side,
    /// For which organisation; none: the first for which the actor may.
    pub organisation: Option<OrganisationId>,
    /// `2022`, `2022-H1`, `2022-H2` or `end`.
    pub period: String,
    pub completion: Completion,
    pub ambition: Option<Ambition>,
    pub early_results: Option<EarlyResults>,
    pub reasons: LocalizedText,
}

/// An assessment that was written, and its receipt.
#[derive(Clone, Debug)]
pub struct Assessed {
    pub assessment: Assessment,
    pub receipt: ReceiptCode,
}

/// Writes an assessment. What the organisation said before of the same period is replaced and stays readable.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.commitment-unknown`, `plan.commitment-retired`; `plan.assessment-invalid` with its
/// fields.
pub fn assess(tx: &mut Tx, ctx: &Ctx, input: &AssessInput) -> Result<Assessed> {
    let (name, _) = commitment_of(tx, &input.commitment)?;
    let agencies = store::commitment::agencies(tx, &name.id)?;
    let acting = assessor(ctx, input, &agencies)?;
    ctx.require(Verb::Assess, ObjectKind::Assessment, Some(Owner::Organisation(acting)))?;
    let mut wrong = Wrong::default();
    wrong.text("reasons", &input.reasons);
    if !is_assessment_period(&input.period) {
        wrong.add_arg("period", "plan.assessment-period", "value", &input.period);
    }
    wrong.check("plan.assessment-invalid")?;
    let found = organisation::get(tx, acting)?;
    let assessment = Assessment {
        id: Id::new(ctx.now, ctx.rng()),
        plan: name.plan.clone(),
        commitment: name.id.clone(),
        side: input.side,
        period: input.period.clone(),
        agency: AgencyName { id: found.id, slug: found.slug, name: found.name, short: found.short },
        account: ctx.account(),
        completion: input.completion,
        ambition: input.ambition,
        early_results: input.early_results,
        reasons: input.reasons.clone(),
        at: ctx.now,
        replaced_by: None,
    };
    let standing = store::assessment::of_commitment(tx, &name.id, false)?;
    let before = standing
        .iter()
        .find(|a| a.agency.id == acting && a.side == input.side && a.period == input.period)
        .map(|a| a.completion.to_string());
    store::assessment::insert(tx, &assessment)?;
    store::assessment::replace(tx, &name.id, input.side, acting, &input.period, assessment.id)?;
    let reference = Ref::new(ObjectKind::Assessment, assessment.id);
    let topic = id::commitment_ref(&name.id);
    let after = Some(assessment.completion.to_string());
    history::record_in(tx, ctx, &reference, &topic, "assessment", before, after)?;
    let event = Event::public(&kinds::ASSESSMENT_PUBLISHED, reference.clone())
        .with("commitment", &topic)
        .with("side", input.side.code())
        .with("completion", input.completion.code())
        .with("organisation", id::agency_ref(acting))
        .with("record", Field::salted(record::assessment(&assessment)?));
    let receipt = ledger::append(tx, ctx, event)?;
    let happened = Happened {
        plan: &name.plan,
        kind: NewsKind::Assessed,
        object: &reference,
        commitment: Some(&name.id),
        milestone: None,
        organisation: Some(acting),
        detail: input.completion.code(),
    };
    announce(tx, ctx, &happened, &audience(&name, &agencies))?;
    Ok(Assessed { assessment, receipt })
}

/// The organisation that assesses: a civil-society organisation of the actor's for one side, an agency of the
/// commitment for the other.
fn assessor(ctx: &Ctx, input: &AssessInput, agencies: &[CommitmentAgency]) -> Result<OrganisationId> {
    let refused = || match ctx.actor {
        Actor::Anonymous => Error::unauthenticated("permission.sign-in"),
        Actor::System | Actor::Person(_) => Error::forbidden("permission.denied"),
    };
    let found = match (input.side, &ctx.actor) {
        (Side::Civil, Actor::Person(person)) => {
            person.organisations(Role::CivilSociety).find(|own| input.organisation.is_none_or(|o| o == *own))
        }
        (Side::Civil, Actor::System) => input.organisation,
        (Side::Civil, Actor::Anonymous) => None,
        (Side::Agency, _) => {
            // Those that lead come first: an agency that does both speaks as the leading one.
            let leading = agencies.iter().filter(|a| a.role == AgencyRole::Lead);
            let others = agencies.iter().filter(|a| a.role == AgencyRole::Other);
            let own: Vec<OrganisationId> = leading
                .chain(others)
                .map(|a| a.agency.id)
                .filter(|id| input.organisation.is_none_or(|o| o == *id))
                .collect();
            acting_for(ctx, &[Role::Officer, Role::Lead], &own)
        }
    };
    found.ok_or_else(refused)
}
