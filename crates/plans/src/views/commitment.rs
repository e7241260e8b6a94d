//! The page of a commitment.

use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use serde::Serialize;

use super::indicator::{IndicatorCard, of_commitment};
use super::milestones::{MilestoneView, view};
use super::{CommitmentCard, cards};
use crate::file::Commitment;
use crate::model::{
    Assessment, CommitmentAgency, CommitmentName, Page, PlanSummary, Side, ThemeView, Update, UpdateId,
};
use crate::rules::Progress;
use crate::store;

/// Everything on a commitment's page, but its history ([`madang_kernel::history::history_of`]) and thread
/// ([`madang_kernel::links::thread`]), which every object has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentPage {
    pub plan: PlanSummary,
    pub theme: Option<ThemeView>,
    pub name: CommitmentName,
    /// Texts, legal basis, budget, figures; milestones and parts are empty here.
    pub content: Commitment,
    /// When it left the plan.
    pub retired_at: Option<Time>,
    pub agencies: Vec<CommitmentAgency>,
    pub parent: Option<CommitmentName>,
    pub parts: Vec<CommitmentCard>,
    /// The one before and the one after it in the plan.
    pub previous: Option<CommitmentName>,
    pub next: Option<CommitmentName>,
    pub milestones: Vec<MilestoneView>,
    /// Of its milestones, or of its parts'.
    pub progress: Progress,
    pub updates: Page<Update, UpdateId>,
    /// What stands, newest first.
    pub civil_assessments: Vec<Assessment>,
    pub agency_assessments: Vec<Assessment>,
    pub indicators: Vec<IndicatorCard>,
    pub followers: i64,
}

/// How many updates the page shows at first.
const UPDATES: u32 = 20;

/// The page by number (`2.1`) or slug, also of a retired commitment.
///
/// # Errors
/// `plan.unknown`, `plan.commitment-unknown`; those of the database.
pub fn page(tx: &mut Tx, plan: &str, number_or_slug: &str, today: Date) -> Result<CommitmentPage> {
    let unknown = || Error::not_found("plan.commitment-unknown").arg("value", number_or_slug);
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let id = match store::commitment::by_slug(tx, plan, number_or_slug)? {
        Some(id) => id,
        None => crate::id::commitment(plan, number_or_slug),
    };
    let (name, content, retired_at) = store::commitment::get(tx, &id)?.ok_or_else(unknown)?;
    let theme = store::plan::themes(tx, plan)?.into_iter().find(|t| t.id == name.theme);
    let all = store::commitment::of_plan(tx, plan)?;
    let agencies = store::commitment::agencies_of_plan(tx, plan)?;
    let facts = store::milestone::facts_of_plan(tx, plan)?;
    let parent = name.parent.as_ref().and_then(|p| all.iter().find(|c| c.id == *p)).cloned();
    // Neighbours are those that have milestones of their own: a commitment with parts is read through its parts.
    let at = all.iter().position(|c| c.id == id);
    let previous = at.and_then(|at| all[..at].last()).cloned();
    let next = at.and_then(|at| all.get(at + 1)).cloned();
    let own = all.into_iter().filter(|c| c.id == id || c.parent.as_ref() == Some(&id)).collect();
    let card = cards(own, &agencies, &facts, brief.end, today).into_iter().find(|c| c.name.id == id);
    let (parts, progress) = card.map(|c| (c.parts, c.progress)).unwrap_or_default();

    let mut milestones = Vec::new();
    for row in store::milestone::of_commitment(tx, &id)? {
        let periods = store::milestone::periods(tx, &row.id)?;
        milestones.push(view(row, &periods, brief.end, today));
    }
    let updates = updates(tx, &id, None, UPDATES)?;
    let assessments = store::assessment::of_commitment(tx, &id, false)?;
    let (civil_assessments, agency_assessments) = assessments.into_iter().partition(|a| a.side == Side::Civil);
    let indicators = of_commitment(tx, plan, &id)?;
    let followers = store::follow::count(tx, &crate::id::commitment_ref(&id))?;
    let agencies = store::commitment::agencies(tx, &id)?;
    Ok(CommitmentPage {
        plan: brief,
        theme,
        name,
        content,
        retired_at,
        agencies,
        parent,
        parts,
        previous,
        next,
        milestones,
        progress,
        updates,
        civil_assessments,
        agency_assessments,
        indicators,
        followers,
    })
}

/// Reports on a commitment and its milestones, newest first.
///
/// # Errors
/// Those of the database.
pub fn updates(tx: &mut Tx, id: &str, before: Option<UpdateId>, limit: u32) -> Result<Page<Update, UpdateId>> {
    let items = store::progress::of_commitment(tx, id, before, limit.saturating_add(1))?;
    Ok(Page::cut(items, limit, |u| u.id))
}

/// One report.
///
/// # Errors
/// `plan.update-unknown`; those of the database.
pub fn update(tx: &mut Tx, id: UpdateId) -> Result<Update> {
    store::progress::get(tx, id)?.ok_or_else(|| Error::not_found("plan.update-unknown").arg("value", id))
}

/// Every assessment of a commitment, the replaced ones too, newest first.
///
/// # Errors
/// Those of the database.
pub fn assessments(tx: &mut Tx, id: &str) -> Result<Vec<Assessment>> {
    store::assessment::of_commitment(tx, id, true)
}

/// What stands of all commitments of a plan, newest first.
///
/// # Errors
/// Those of the database.
pub fn plan_assessments(tx: &mut Tx, plan: &str) -> Result<Vec<Assessment>> {
    store::assessment::of_plan(tx, plan)
}
