//! The plan's page and the list of plans.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Tx;
use serde::Serialize;

use crate::file::{Counts, Head};
use crate::model::{AgencyName, CommitmentAgency, CommitmentName, News, PlanSummary, ThemeView};
use crate::rules::{Progress, State};
use crate::store;

/// A plan in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PlanCard {
    pub plan: PlanSummary,
    pub head: Head,
    pub counts: Counts,
    pub progress: Progress,
}

/// A plan with its themes and commitments.
#[derive(Clone, Debug, Serialize)]
pub struct PlanView {
    pub plan: PlanSummary,
    pub head: Head,
    pub lead: AgencyName,
    pub counts: Counts,
    pub progress: Progress,
    pub themes: Vec<ThemeProgress>,
    /// What moved lately, newest first.
    pub moved: Vec<News>,
}

/// A theme with the progress of its commitments.
#[derive(Clone, Debug, Serialize)]
pub struct ThemeProgress {
    pub theme: ThemeView,
    pub progress: Progress,
    pub commitments: Vec<CommitmentLine>,
}

/// A commitment or part in the plan's list.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentLine {
    pub commitment: CommitmentName,
    /// Whether its milestones are in its parts, which follow it.
    pub has_parts: bool,
    pub agencies: Vec<CommitmentAgency>,
    pub state: State,
    pub progress: Progress,
    /// The next open due day, or the last one that passed.
    pub next: Option<Date>,
}

/// The plan whose term began last: the one that menus point at.
///
/// # Errors
/// Those of the database.
pub fn in_force(tx: &mut Tx) -> Result<Option<String>> {
    Ok(store::plan::list(tx)?.into_iter().next().map(|plan| plan.id))
}

/// A plan by its names, with the revision that tells whether anything in it has changed.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn plan_summary(tx: &mut Tx, id: &str) -> Result<PlanSummary> {
    store::plan::brief(tx, id)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", id))
}

/// All plans, the latest first.
///
/// # Errors
/// Those of the database.
pub fn plans(tx: &mut Tx, today: Date) -> Result<Vec<PlanCard>> {
    let mut cards = Vec::new();
    for summary in store::plan::list(tx)? {
        let view = plan(tx, &summary.id, today, 0)?;
        cards.push(PlanCard { plan: view.plan, head: view.head, counts: view.counts, progress: view.progress });
    }
    Ok(cards)
}

/// A plan with everything its page shows; `news` is how many items of what moved.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn plan(tx: &mut Tx, id: &str, today: Date, news: u32) -> Result<PlanView> {
    let row = store::plan::get(tx, id)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", id))?;
    let themes = store::plan::themes(tx, id)?;
    let names = store::commitment::of_plan(tx, id)?;
    let mut agencies: BTreeMap<String, Vec<CommitmentAgency>> = BTreeMap::new();
    for agency in store::commitment::agencies_of_plan(tx, id)? {
        agencies.entry(agency.commitment.clone()).or_default().push(agency);
    }
    let mut own: BTreeMap<String, (Progress, Option<Date>)> = BTreeMap::new();
    let mut total = Progress::default();
    for facts in store::milestone::facts_of_plan(tx, id)? {
        let state = super::state_of(&facts, row.summary.end, today);
        total.add(state);
        let entry = own.entry(facts.commitment.clone()).or_default();
        entry.0.add(state);
        let next = super::next_due(&facts, today);
        entry.1 = sooner(entry.1, next, today);
    }
    let counts = counts(&themes, &names, total.total);
    let moved = if news > 0 { store::news::of_plan(tx, id, None, news)? } else { Vec::new() };
    let themes = themes
        .into_iter()
        .map(|theme| {
            let commitments: Vec<CommitmentLine> = names
                .iter()
                .filter(|name| name.theme == theme.id)
                .map(|name| line(name, &names, &agencies, &own, today))
                .collect();
            let mut progress = Progress::default();
            for line in commitments.iter().filter(|line| !line.has_parts) {
                progress.add_all(&line.progress);
            }
            ThemeProgress { theme, progress, commitments }
        })
        .collect();
    Ok(PlanView { plan: row.summary, head: row.head, lead: row.lead, counts, progress: total, themes, moved })
}

/// The nearest day ahead, else the latest that passed.
fn sooner(a: Option<Date>, b: Option<Date>, today: Date) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) if (a >= today) == (b >= today) => Some(if a >= today { a.min(b) } else { a.max(b) }),
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

fn line(
    name: &CommitmentName,
    names: &[CommitmentName],
    agencies: &BTreeMap<String, Vec<CommitmentAgency>>,
    own: &BTreeMap<String, (Progress, Option<Date>)>,
    today: Date,
) -> CommitmentLine {
    let mut progress = Progress::default();
    let mut next = None;
    let mut has_parts = false;
    for part in std::iter::once(name).chain(names.iter().filter(|n| n.parent.as_deref() == Some(name.id.as_str()))) {
        has_parts |= part.id != name.id;
        if let Some((own, due)) = own.get(&part.id) {
            progress.add_all(own);
            next = sooner(next, *due, today);
        }
    }
    CommitmentLine {
        commitment: name.clone(),
        has_parts,
        agencies: agencies.get(&name.id).cloned().unwrap_or_default(),
        state: super::overall(&progress),
        progress,
        next,
    }
}

fn counts(themes: &[ThemeView], names: &[CommitmentName], milestones: u32) -> Counts {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let whole = names.iter().filter(|n| n.parent.is_none()).count();
    let parts = names.len() - whole;
    let split = names.iter().filter(|n| names.iter().any(|p| p.parent.as_deref() == Some(n.id.as_str()))).count();
    Counts {
        themes: size(themes.len()),
        commitments: size(whole),
        parts: size(parts),
        commitments_with_parts: size(whole - split + parts),
        milestones,
    }
}
