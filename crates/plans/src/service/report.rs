//! An agency reports how far a milestone is, and corrects what it reported.

use jiff::civil::Date;
use madang_base::{Error, Id, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::blob::{self, Upload};
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::links::{LinkType, link_add};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, history};

use super::write::refold;
use super::{Happened, acting_for, announce, audience, commitment_of};
use crate::checks::{self, ReportFacts};
use crate::id;
use crate::model::{AgencyName, CommitmentAgency, CommitmentName, Evidence, EvidenceKind, NewsKind, Update, UpdateId};
use crate::rules::Claim;
use crate::{kinds, record, store};

/// What an agency says.
#[derive(Clone, Debug)]
pub struct ReportInput {
    /// `kr-2021/2.1`
    pub commitment: String,
    /// `kr-2021/2.1/3`; none: about the commitment as a whole, which changes no state.
    pub milestone: Option<String>,
    /// The period it is about, by number; none: all that have begun.
    pub period: Option<i64>,
    pub claim: Claim,
    pub percent: Option<i64>,
    pub text: LocalizedText,
    pub delay_reason: String,
    pub evidence: Vec<Evidence>,
    /// Files that the evidence of kind `file` names by digest.
    pub uploads: Vec<Upload>,
}

/// An officer of a leading or other agency of the commitment reports. States follow by themselves.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.commitment-unknown`, `plan.commitment-retired`, `plan.milestone-unknown`,
/// `plan.milestone-retired`, `plan.period-unknown`; `plan.report-invalid` with its fields.
pub fn report(tx: &mut Tx, ctx: &Ctx, input: &ReportInput) -> Result<Update> {
    file(tx, ctx, input, None)
}

/// The agency that reported corrects it: the new report takes the old one's place, the old one stays readable.
///
/// # Errors
/// As [`report`]; `plan.update-unknown`; `plan.update-corrected` when it has been corrected already;
/// `plan.update-elsewhere` when the correction is about another milestone.
pub fn correct(tx: &mut Tx, ctx: &Ctx, update: UpdateId, input: &ReportInput) -> Result<Update> {
    let old = old_of(tx, ctx, update, input)?;
    file(tx, ctx, input, Some(&old))
}

/// Refuses what [`report`] would refuse, or [`correct`] for a report that is to be corrected; changes nothing. For a
/// page that shows a report before it is published.
///
/// # Errors
/// As those two.
pub fn check(tx: &mut Tx, ctx: &Ctx, corrects: Option<UpdateId>, input: &ReportInput) -> Result<()> {
    let old = match corrects {
        Some(id) => Some(old_of(tx, ctx, id, input)?),
        None => None,
    };
    acting(tx, ctx, input, old.as_ref()).map(|_| ())
}

fn old_of(tx: &mut Tx, ctx: &Ctx, id: UpdateId, input: &ReportInput) -> Result<Update> {
    let old = store::progress::get(tx, id)?.ok_or_else(|| Error::not_found("plan.update-unknown").arg("value", id))?;
    ctx.require(Verb::Edit, ObjectKind::Update, Some(Owner::Organisation(old.agency.id)))?;
    if old.commitment != input.commitment || old.milestone != input.milestone {
        return Err(Error::invalid("plan.update-elsewhere"));
    }
    Ok(old)
}

/// For which agency the actor reports, once everything is in order.
fn acting(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &ReportInput,
    old: Option<&Update>,
) -> Result<(OrganisationId, CommitmentName, Vec<CommitmentAgency>)> {
    let (name, _) = commitment_of(tx, &input.commitment)?;
    let agencies = store::commitment::agencies(tx, &name.id)?;
    let own: Vec<OrganisationId> = match old {
        Some(old) => vec![old.agency.id],
        None => agencies.iter().map(|a| a.agency.id).collect(),
    };
    ctx.require(Verb::Report, ObjectKind::Update, Some(Owner::Organisations(&own)))?;
    let acting = acting_for(ctx, &[Role::Officer, Role::Lead], &own);
    let acting = acting.ok_or_else(|| Error::forbidden("permission.denied"))?;
    let today = ctx.now.kst_date();
    let due = due_day(tx, input, today)?;
    let facts = ReportFacts {
        claim: input.claim,
        percent: input.percent,
        text: &input.text,
        delay_reason: &input.delay_reason,
        evidence: &input.evidence,
        due,
    };
    checks::report(&facts, today)?;
    Ok((acting, name, agencies))
}

fn file(tx: &mut Tx, ctx: &Ctx, input: &ReportInput, old: Option<&Update>) -> Result<Update> {
    let (acting, name, agencies) = acting(tx, ctx, input, old)?;
    let update = Update {
        id: Id::new(ctx.now, ctx.rng()),
        plan: name.plan.clone(),
        commitment: name.id.clone(),
        milestone: input.milestone.clone(),
        period: input.period,
        agency: agency_name(&agencies, old, acting)?,
        account: ctx.account(),
        claim: input.claim,
        percent: input.percent,
        text: input.text.clone(),
        delay_reason: input.delay_reason.trim().to_owned(),
        evidence: input.evidence.clone(),
        at: ctx.now,
        corrects: old.map(|o| o.id),
        corrected_by: None,
    };
    let reference = Ref::new(ObjectKind::Update, update.id);
    attach(tx, ctx, input, &reference)?;
    store::progress::insert(tx, &update)?;
    if let Some(old) = old
        && !store::progress::correct(tx, old.id, update.id)?
    {
        return Err(Error::conflict("plan.update-corrected"));
    }
    keep(tx, ctx, &update, old, &reference)?;
    let kind = if old.is_some() { NewsKind::ProgressCorrected } else { NewsKind::ProgressReported };
    let happened = Happened {
        plan: &update.plan,
        kind,
        object: &reference,
        commitment: Some(&update.commitment),
        milestone: update.milestone.as_deref(),
        organisation: Some(acting),
        detail: update.claim.code(),
    };
    announce(tx, ctx, &happened, &audience(&name, &agencies))?;
    Ok(update)
}

/// The earliest due day of the periods that a report is about.
fn due_day(tx: &mut Tx, input: &ReportInput, today: Date) -> Result<Option<Date>> {
    let Some(milestone) = &input.milestone else { return Ok(None) };
    let unknown = || Error::not_found("plan.milestone-unknown").arg("value", milestone);
    let row = store::milestone::get(tx, milestone)?.filter(|m| m.commitment == input.commitment).ok_or_else(unknown)?;
    if row.retired_at.is_some() {
        return Err(Error::gone("plan.milestone-retired").arg("value", milestone));
    }
    let periods = store::milestone::periods(tx, milestone)?;
    match input.period {
        Some(no) => {
            let period = periods.iter().find(|p| p.no == no);
            let period = period.ok_or_else(|| Error::not_found("plan.period-unknown").arg("value", no))?;
            Ok(period.due)
        }
        None => Ok(periods
            .iter()
            .filter(|p| p.claim != Some(Claim::Completed) && p.start.is_none_or(|s| s <= today))
            .filter_map(|p| p.due)
            .min()),
    }
}

fn agency_name(agencies: &[CommitmentAgency], old: Option<&Update>, id: OrganisationId) -> Result<AgencyName> {
    let listed = agencies.iter().map(|a| &a.agency).chain(old.map(|o| &o.agency)).find(|a| a.id == id);
    listed.cloned().ok_or_else(|| Error::internal("an agency that acts and is not there"))
}

/// Attaches the files, and links the objects that are given as evidence.
fn attach(tx: &mut Tx, ctx: &Ctx, input: &ReportInput, update: &Ref) -> Result<()> {
    for evidence in &input.evidence {
        match evidence.kind {
            EvidenceKind::File => {
                let upload = input.uploads.iter().find(|u| u.blob.sha256 == evidence.target);
                let upload = upload
                    .ok_or_else(|| Error::invalid("plan.report-invalid").field("evidence", "plan.evidence-file"))?;
                blob::attach(tx, ctx, upload, update)?;
            }
            EvidenceKind::Object | EvidenceKind::Dataset | EvidenceKind::Meeting => {
                if let Ok(object) = evidence.target.parse::<Ref>() {
                    link_add(tx, ctx, &object, LinkType::EvidenceOf, update)?;
                }
            }
            EvidenceKind::Link => {}
        }
    }
    Ok(())
}

/// History and ledger of a report, and the claim that it leaves behind.
fn keep(tx: &mut Tx, ctx: &Ctx, update: &Update, old: Option<&Update>, reference: &Ref) -> Result<()> {
    let topic = id::commitment_ref(&update.commitment);
    if let Some(milestone) = &update.milestone {
        let before = store::milestone::get(tx, milestone)?.and_then(|m| m.claim);
        refold(tx, milestone)?;
        let own = id::milestone_ref(milestone);
        let (before, after) = (before.map(|c| c.to_string()), Some(update.claim.to_string()));
        history::record_in(tx, ctx, &own, &topic, "claim", before, after)?;
    }
    let before = old.map(|o| o.text.to_json());
    history::record_in(tx, ctx, reference, &topic, "report", before, Some(update.text.to_json()))?;
    let kind = if old.is_some() { &kinds::UPDATE_CORRECTED } else { &kinds::UPDATE_PUBLISHED };
    let count = i64::try_from(update.evidence.len()).unwrap_or(i64::MAX);
    let files = update.evidence.iter().filter(|e| e.kind == EvidenceKind::File).map(|e| e.target.as_str());
    let event = Event::public(kind, reference.clone())
        .with("commitment", &topic)
        .with("claim", update.claim.code())
        .with("agency", id::agency_ref(update.agency.id))
        .with("evidence", count)
        .with_some("files", Field::files(files)?)
        .with_some("milestone", update.milestone.as_deref().map(id::milestone_ref))
        .with_some("corrects", old.map(|old| Ref::new(ObjectKind::Update, old.id)))
        .with("record", Field::salted(record::update(update)?));
    ledger::append(tx, ctx, event).map(drop)
}
