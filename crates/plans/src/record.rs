//! What is public of a thing after an act, as one text: the salted digest of it stands in the act's event.
//!
//! Whoever has the salts (the audit of the database) makes the same text from the rows again, so a row that was changed
//! beside the program does not go unnoticed. The texts are JSON of structures with a fixed order of fields; agencies stand
//! by their ids, since their names change by acts of their own. What follows from other events is not in them: how far a
//! milestone is, and that a report has been corrected or an assessment replaced.

use jiff::civil::Date;
use madang_base::calendar::PartialDate;
use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::OrganisationId;
use serde::Serialize;

use crate::file;
use crate::model::{AgencyRole, Assessment, CommitmentName, Evidence, RoundId, RoundState, Side, ThemeView, Update};
use crate::rules::{Ambition, Claim, Completion, EarlyResults};
use crate::store;

#[derive(Serialize)]
struct PlanFace {
    head: file::Head,
    name: LocalizedText,
    number: i64,
    start: Date,
    end: Date,
    lead: OrganisationId,
    agencies: Vec<String>,
    themes: Vec<ThemeView>,
}

/// A plan without its commitments and indicators.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn plan(tx: &mut Tx, id: &str) -> Result<String> {
    let row = store::plan::get(tx, id)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", id))?;
    store::json(&PlanFace {
        head: row.head,
        name: row.summary.name,
        number: row.summary.number,
        start: row.summary.start,
        end: row.summary.end,
        lead: row.lead.id,
        agencies: store::plan::agencies(tx, id)?,
        themes: store::plan::themes(tx, id)?,
    })
}

#[derive(Serialize)]
struct CommitmentFace {
    name: CommitmentName,
    retired: Option<Time>,
    content: file::Commitment,
    agencies: Vec<(AgencyRole, OrganisationId, LocalizedText)>,
    milestones: Vec<MilestoneFace>,
}

#[derive(Serialize)]
struct MilestoneFace {
    id: String,
    content: file::Milestone,
    periods: Vec<(i64, Option<Date>, Option<Date>)>,
}

/// A commitment with who leads and joins it, and its milestones with their periods.
///
/// # Errors
/// `plan.commitment-unknown`; those of the database.
pub fn commitment(tx: &mut Tx, id: &str) -> Result<String> {
    let unknown = || Error::not_found("plan.commitment-unknown").arg("value", id);
    let (name, content, retired) = store::commitment::get(tx, id)?.ok_or_else(unknown)?;
    let agencies = store::commitment::agencies(tx, id)?;
    let mut milestones = Vec::new();
    for row in store::milestone::of_commitment(tx, id)? {
        let periods = store::milestone::periods(tx, &row.id)?;
        let periods = periods.iter().map(|period| (period.no, period.start, period.due)).collect();
        milestones.push(MilestoneFace { id: row.id, content: row.content, periods });
    }
    let agencies = agencies.into_iter().map(|a| (a.role, a.agency.id, a.division)).collect();
    store::json(&CommitmentFace { name, retired, content, agencies, milestones })
}

#[derive(Serialize)]
struct IndicatorFace {
    id: String,
    plan: String,
    commitment: Option<String>,
    retired: Option<Time>,
    content: file::Indicator,
    targets: Vec<file::Target>,
    /// Of whom, when, how much, and what is said of it.
    values: Vec<(Option<OrganisationId>, PartialDate, f64, LocalizedText)>,
}

/// An indicator with its targets and the values that stand.
///
/// # Errors
/// `plan.indicator-unknown`; those of the database.
pub fn indicator(tx: &mut Tx, id: &str) -> Result<String> {
    let unknown = || Error::not_found("plan.indicator-unknown").arg("value", id);
    let row = store::indicator::get(tx, id)?.ok_or_else(unknown)?;
    let targets = store::indicator::targets(tx, id)?.into_iter().map(|(_, target)| target).collect();
    let values = store::indicator::values(tx, id)?;
    store::json(&IndicatorFace {
        id: row.id,
        plan: row.plan,
        commitment: row.commitment,
        retired: row.retired_at,
        content: row.content,
        targets,
        values: values.into_iter().map(|v| (v.organisation, v.date, v.value, v.note)).collect(),
    })
}

#[derive(Serialize)]
struct RoundFace<'a> {
    id: RoundId,
    plan: &'a str,
    label: &'a str,
    title: &'a LocalizedText,
    due: Date,
    state: RoundState,
    conclusion: &'a LocalizedText,
    opened_at: Time,
    closed_at: Option<Time>,
    published_at: Option<Time>,
    asked: Vec<OrganisationId>,
    /// Once they are public.
    answers: Vec<(OrganisationId, &'a LocalizedText, Option<Time>)>,
}

/// An inspection round with whom it asks, and with the answers once it is published.
///
/// # Errors
/// `plan.round-unknown`; those of the database.
pub fn round(tx: &mut Tx, id: RoundId) -> Result<String> {
    let unknown = || Error::not_found("plan.round-unknown").arg("value", id);
    let row = store::round::get(tx, id)?.ok_or_else(unknown)?;
    let mut given = store::round::answers(tx, id)?;
    given.sort_by_key(|answer| answer.agency.id);
    let published = row.state == RoundState::Published;
    let answers = given.iter().filter(|_| published).map(|a| (a.agency.id, &a.text, a.answered_at)).collect();
    store::json(&RoundFace {
        id,
        plan: &row.plan,
        label: &row.label,
        title: &row.title,
        due: row.due,
        state: row.state,
        conclusion: &row.conclusion,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        published_at: row.published_at,
        asked: given.iter().map(|answer| answer.agency.id).collect(),
        answers,
    })
}

#[derive(Serialize)]
struct UpdateFace<'a> {
    id: crate::model::UpdateId,
    plan: &'a str,
    commitment: &'a str,
    milestone: Option<&'a str>,
    period: Option<i64>,
    agency: OrganisationId,
    claim: Claim,
    percent: Option<i64>,
    text: &'a LocalizedText,
    delay_reason: &'a str,
    evidence: &'a [Evidence],
    at: Time,
    corrects: Option<crate::model::UpdateId>,
}

/// A progress report with its evidence.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn update(update: &Update) -> Result<String> {
    store::json(&UpdateFace {
        id: update.id,
        plan: &update.plan,
        commitment: &update.commitment,
        milestone: update.milestone.as_deref(),
        period: update.period,
        agency: update.agency.id,
        claim: update.claim,
        percent: update.percent,
        text: &update.text,
        delay_reason: &update.delay_reason,
        evidence: &update.evidence,
        at: update.at,
        corrects: update.corrects,
    })
}

#[derive(Serialize)]
struct AssessmentFace<'a> {
    id: crate::model::AssessmentId,
    plan: &'a str,
    commitment: &'a str,
    side: Side,
    period: &'a str,
    organisation: OrganisationId,
    completion: Completion,
    ambition: Option<Ambition>,
    early_results: Option<EarlyResults>,
    reasons: &'a LocalizedText,
    at: Time,
}

/// An assessment.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn assessment(assessment: &Assessment) -> Result<String> {
    store::json(&AssessmentFace {
        id: assessment.id,
        plan: &assessment.plan,
        commitment: &assessment.commitment,
        side: assessment.side,
        period: &assessment.period,
        organisation: assessment.agency.id,
        completion: assessment.completion,
        ambition: assessment.ambition,
        early_results: assessment.early_results,
        reasons: &assessment.reasons,
        at: assessment.at,
    })
}
