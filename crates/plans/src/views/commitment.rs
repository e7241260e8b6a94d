//! The commitment's page.

use jiff::civil::Date;
use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use serde::Serialize;

use super::indicator::{IndicatorLine, of_commitment as indicators_of};
use super::milestone::{MilestoneView, of_commitment};
use crate::file::Commitment;
use crate::model::{Assessment, CommitmentAgency, CommitmentName, News, PlanSummary, ThemeView, Update};
use crate::rules::{Progress, State};
use crate::store;

/// How many reports and news items the page shows.
const SHOWN: u32 = 50;

/// A commitment with everything its page shows.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentView {
    pub plan: PlanSummary,
    pub theme: Option<ThemeView>,
    pub name: CommitmentName,
    pub content: Commitment,
    pub parent: Option<CommitmentName>,
    pub parts: Vec<(CommitmentName, State, Progress)>,
    pub agencies: Vec<CommitmentAgency>,
    pub state: State,
    pub progress: Progress,
    pub next: Option<Next>,
    pub milestones: Vec<MilestoneView>,
    /// Newest first, corrected ones too.
    pub updates: Vec<Update>,
    /// Those that stand, newest first.
    pub assessments: Vec<Assessment>,
    pub indicators: Vec<IndicatorLine>,
    pub news: Vec<News>,
}

/// The milestone that is due next, or was due last.
#[derive(Clone, Debug, Serialize)]
pub struct Next {
    pub number: String,
    pub title: LocalizedText,
    pub date: Date,
}

/// The id of the plan's commitment with this number or slug.
///
/// # Errors
/// `Kind::NotFound` `plan.commitment-unknown`; those of the database.
pub fn commitment_id(tx: &mut Tx, plan: &str, word: &str) -> Result<String> {
    let id = crate::id::commitment(plan, word);
    if store::commitment::get(tx, &id)?.is_some() {
        return Ok(id);
    }
    store::commitment::by_slug(tx, plan, word)?
        .ok_or_else(|| Error::not_found("plan.commitment-unknown").arg("value", word))
}

/// A commitment.
///
/// # Errors
/// `Kind::NotFound` `plan.commitment-unknown`; `Kind::Gone` `plan.commitment-retired`; those of the database.
pub fn commitment(tx: &mut Tx, id: &str, today: Date) -> Result<CommitmentView> {
    let unknown = || Error::not_found("plan.commitment-unknown").arg("value", id);
    let (name, content, retired) = store::commitment::get(tx, id)?.ok_or_else(unknown)?;
    if retired.is_some() {
        return Err(Error::gone("plan.commitment-retired").arg("value", id));
    }
    let plan = super::plan_summary(tx, &name.plan)?;
    let theme = store::plan::themes(tx, &name.plan)?.into_iter().find(|theme| theme.id == name.theme);
    let names = store::commitment::of_plan(tx, &name.plan)?;
    let parent = names.iter().find(|n| Some(&n.id) == name.parent.as_ref()).cloned();
    let milestones = of_commitment(tx, id, plan.end, today)?;
    let mut progress = Progress::default();
    for milestone in &milestones {
        progress.add(milestone.state);
    }
    let mut parts = Vec::new();
    let mut candidates: Vec<Next> = milestones.iter().filter_map(next_of).collect();
    for part in names.into_iter().filter(|n| n.parent.as_deref() == Some(id)) {
        let mut own = Progress::default();
        for milestone in of_commitment(tx, &part.id, plan.end, today)? {
            own.add(milestone.state);
            candidates.extend(next_of(&milestone));
        }
        progress.add_all(&own);
        parts.push((part, super::overall(&own), own));
    }
    let ahead = candidates.iter().filter(|n| n.date >= today).min_by_key(|n| n.date);
    let next = ahead.or_else(|| candidates.iter().max_by_key(|n| n.date)).cloned();
    Ok(CommitmentView {
        agencies: store::commitment::agencies(tx, id)?,
        updates: store::progress::of_commitment(tx, id, None, SHOWN)?,
        assessments: store::assessment::of_commitment(tx, id, false)?,
        indicators: indicators_of(tx, &plan.id, id, today)?,
        news: store::news::of_object(tx, &crate::id::commitment_ref(id), None, SHOWN)?,
        state: super::overall(&progress),
        plan,
        theme,
        name,
        content,
        parent,
        parts,
        progress,
        next,
        milestones,
    })
}

fn next_of(milestone: &MilestoneView) -> Option<Next> {
    let open = !matches!(milestone.state, State::Completed);
    let date = milestone.next.filter(|_| open)?;
    Some(Next { number: milestone.content.number.clone(), title: milestone.content.title.clone(), date })
}
