//! Milestones with their states: one, and the list of a plan's.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Tx;
use serde::Serialize;

use crate::file::Milestone;
use crate::model::{AgencyRole, CommitmentAgency, CommitmentName, PeriodView};
use crate::rules::{self, Claim, State};
use crate::store;
use crate::store::milestone::{FactRow, MilestoneRow, PeriodRow};

/// A milestone with its state.
#[derive(Clone, Debug, Serialize)]
pub struct MilestoneView {
    /// `kr-2021/2.1/3`
    pub id: String,
    pub content: Milestone,
    pub state: State,
    pub claim: Option<Claim>,
    pub periods: Vec<PeriodView>,
    /// The next open due day, or the last one that passed.
    pub next: Option<Date>,
}

/// A milestone in the plan's list.
#[derive(Clone, Debug, Serialize)]
pub struct MilestoneLine {
    pub milestone: MilestoneView,
    pub commitment: CommitmentName,
    pub agencies: Vec<CommitmentAgency>,
    /// How many pieces of evidence the reports that stand give.
    pub evidence: u32,
    /// Its place in the plan, for paging.
    pub position: i64,
}

/// What the list is narrowed by; empty fields do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<State>,
    /// The slug of an agency that leads or joins.
    pub agency: Option<String>,
    /// A year in which it begins, runs or is due.
    pub year: Option<i16>,
    pub theme: Option<String>,
    /// The id of the commitment they belong to.
    pub commitment: Option<String>,
    /// Words that title or commitment contain, in any language.
    pub words: String,
}

/// A page of the list.
#[derive(Clone, Debug, Serialize)]
pub struct Milestones {
    /// How many the filter leaves, on all pages.
    pub total: usize,
    /// The number of the first item of this page, from 1.
    pub from: usize,
    pub items: Vec<MilestoneLine>,
    /// The `after` of the following page.
    pub next: Option<i64>,
    /// The `after` of the page before, when there is one.
    pub previous: Option<i64>,
}

/// A milestone.
///
/// # Errors
/// `Kind::NotFound` `plan.milestone-unknown`; those of the database.
pub fn milestone(tx: &mut Tx, id: &str, today: Date) -> Result<MilestoneView> {
    let unknown = || Error::not_found("plan.milestone-unknown").arg("value", id);
    let row = store::milestone::get(tx, id)?.filter(|row| row.retired_at.is_none()).ok_or_else(unknown)?;
    let plan = super::plan_summary(tx, &row.plan)?;
    let periods = store::milestone::periods(tx, id)?;
    Ok(view(row, periods, plan.end, today))
}

/// The milestones of a commitment, in order.
pub(super) fn of_commitment(tx: &mut Tx, commitment: &str, term_end: Date, today: Date) -> Result<Vec<MilestoneView>> {
    let mut views = Vec::new();
    for row in store::milestone::of_commitment(tx, commitment)? {
        let periods = store::milestone::periods(tx, &row.id)?;
        views.push(view(row, periods, term_end, today));
    }
    Ok(views)
}

pub(super) fn view(row: MilestoneRow, periods: Vec<PeriodRow>, term_end: Date, today: Date) -> MilestoneView {
    let recurs = row.content.recurs.as_ref();
    let facts = FactRow {
        id: row.id.clone(),
        commitment: row.commitment,
        continues: row.content.continues,
        throughout: recurs.is_some_and(|r| r.throughout),
        recurs: recurs.is_some_and(|r| !r.throughout),
        claim: row.claim,
        periods: periods.iter().map(|p| p.facts()).collect(),
    };
    let endless = facts.continues || facts.throughout;
    MilestoneView {
        id: row.id,
        state: super::state_of(&facts, term_end, today),
        next: super::next_due(&facts, today),
        claim: row.claim,
        periods: periods
            .into_iter()
            .map(|p| PeriodView {
                no: p.no,
                start: p.start,
                due: p.due,
                claim: p.claim,
                reported: p.reported,
                state: rules::period_state(p.facts(), endless, term_end, today),
            })
            .collect(),
        content: row.content,
    }
}

/// The plan's milestones that the filter leaves, in the order of the plan, `limit` from after the place `after`.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn milestones(
    tx: &mut Tx,
    plan: &str,
    filter: &Filter,
    after: Option<i64>,
    limit: usize,
    today: Date,
) -> Result<Milestones> {
    let summary = super::plan_summary(tx, plan)?;
    let names: BTreeMap<String, CommitmentName> =
        store::commitment::of_plan(tx, plan)?.into_iter().map(|name| (name.id.clone(), name)).collect();
    let mut agencies: BTreeMap<String, Vec<CommitmentAgency>> = BTreeMap::new();
    for agency in store::commitment::agencies_of_plan(tx, plan)? {
        agencies.entry(agency.commitment.clone()).or_default().push(agency);
    }
    let mut periods: BTreeMap<String, Vec<PeriodRow>> = BTreeMap::new();
    for (milestone, period) in store::milestone::periods_of_plan(tx, plan)? {
        periods.entry(milestone).or_default().push(period);
    }
    let evidence = store::progress::evidence_of_plan(tx, plan)?;
    let mut kept = Vec::new();
    for row in store::milestone::of_plan(tx, plan)? {
        let Some(commitment) = names.get(&row.commitment) else { continue };
        let position = row.position;
        let evidence = evidence.get(&row.id).copied().unwrap_or(0);
        let milestone = view(row.clone(), periods.remove(&row.id).unwrap_or_default(), summary.end, today);
        let agencies = agencies.get(&commitment.id).cloned().unwrap_or_default();
        let line = MilestoneLine { milestone, commitment: commitment.clone(), agencies, evidence, position };
        if passes(&line, filter, summary.end) {
            kept.push(line);
        }
    }
    Ok(cut(kept, after, limit))
}

fn cut(mut kept: Vec<MilestoneLine>, after: Option<i64>, limit: usize) -> Milestones {
    let total = kept.len();
    let start = after.map_or(0, |after| kept.iter().take_while(|line| line.position <= after).count());
    let previous =
        (start > 0).then(|| start.saturating_sub(limit)).map(|at| at.checked_sub(1).map_or(-1, |i| kept[i].position));
    let mut items: Vec<MilestoneLine> = kept.drain(start..).collect();
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|line| line.position);
    Milestones { total, from: start + 1, items, next, previous }
}

fn passes(line: &MilestoneLine, filter: &Filter, term_end: Date) -> bool {
    let m = &line.milestone;
    let year = |year: i16| {
        m.periods.is_empty()
            || m.periods.iter().any(|p| {
                let first = p.start.or(p.due).map_or(i16::MIN, Date::year);
                let last = p.due.unwrap_or(term_end).year();
                (first..=last).contains(&year)
            })
    };
    let words = filter.words.to_lowercase();
    let holds = |word: &str| {
        let texts = m.content.title.iter().chain(line.commitment.name.iter());
        texts.into_iter().any(|(_, text)| text.to_lowercase().contains(word))
    };
    filter.state.is_none_or(|state| state == m.state)
        && filter.agency.as_deref().is_none_or(|slug| line.agencies.iter().any(|a| a.agency.slug == slug))
        && filter.year.is_none_or(year)
        && filter.commitment.as_deref().is_none_or(|id| line.commitment.id == id)
        && filter.theme.as_deref().is_none_or(|theme| line.commitment.theme == theme)
        && words.split_whitespace().all(holds)
}

impl MilestoneLine {
    /// The agencies that lead, in order.
    pub fn leads(&self) -> impl Iterator<Item = &CommitmentAgency> {
        self.agencies.iter().filter(|a| a.role == AgencyRole::Lead)
    }
}
