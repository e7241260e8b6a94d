//! Milestones in lists: all of a plan with filters, and those that are late or silent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use serde::Serialize;

use super::{leads_of, period_view};
use crate::file::{Milestone, Printed};
use crate::model::{AgencyName, CommitmentAgency, CommitmentName, PeriodView};
use crate::rules::{Claim, Facts, PeriodFacts, Progress, State, state};
use crate::store;
use crate::store::milestone::{MilestoneRow, PeriodRow};

/// A milestone with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneView {
    /// `kr-2021/2.1/3`
    pub id: String,
    pub commitment: String,
    pub content: Milestone,
    pub state: State,
    pub claim: Option<Claim>,
    pub claimed_at: Option<madang_base::Time>,
    pub periods: Vec<PeriodView>,
    /// The next due day from today on.
    pub next_due: Option<Date>,
    pub retired: bool,
}

/// A milestone in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneItem {
    pub id: String,
    pub number: String,
    pub title: LocalizedText,
    pub state: State,
    pub printed: Printed,
    pub continues: bool,
    pub periods: Vec<PeriodView>,
    /// The next due day from today on, else the last one.
    pub due: Option<Date>,
    pub commitment: CommitmentName,
    pub leads: Vec<AgencyName>,
    #[serde(skip)]
    pub(crate) position: i64,
}

/// Which milestones to list; everything that is none is not filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MilestoneFilter {
    pub state: Option<State>,
    /// Slug of an agency that leads or joins the commitment.
    pub agency: Option<String>,
    /// Something of it falls in this year.
    pub year: Option<i16>,
    pub theme: Option<String>,
    /// Number of a commitment; its parts are included.
    pub commitment: Option<String>,
}

/// A page of milestones; `next` is the `after` of the following page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneList {
    pub items: Vec<MilestoneItem>,
    pub next: Option<i64>,
    /// How many fit the filter.
    pub count: u32,
    /// How many fit the filter without its state, by state.
    pub states: Progress,
}

/// The state of a milestone with its periods.
pub(crate) fn view(row: MilestoneRow, periods: &[PeriodRow], term_end: Date, today: Date) -> MilestoneView {
    let throughout = row.content.recurs.as_ref().is_some_and(|r| r.throughout);
    let endless = row.content.continues || throughout;
    let facts: Vec<PeriodFacts> = periods.iter().map(|p| p.facts()).collect();
    let known = Facts {
        periods: &facts,
        claim: row.claim,
        continues: row.content.continues,
        throughout,
        recurs: row.content.recurs.is_some() && !throughout,
        term_end,
    };
    MilestoneView {
        state: state(&known, today),
        periods: periods.iter().map(|p| period_view(*p, endless, term_end, today)).collect(),
        next_due: periods.iter().filter_map(|p| p.due).filter(|due| *due >= today).min(),
        id: row.id,
        commitment: row.commitment,
        content: row.content,
        claim: row.claim,
        claimed_at: row.claimed_at,
        retired: row.retired_at.is_some(),
    }
}

/// One milestone, also a retired one.
///
/// # Errors
/// `plan.milestone-unknown`; those of the database.
pub fn milestone(tx: &mut Tx, id: &str, today: Date) -> Result<MilestoneView> {
    let unknown = || Error::not_found("plan.milestone-unknown").arg("value", id);
    let row = store::milestone::get(tx, id)?.ok_or_else(unknown)?;
    let plan = store::plan::brief(tx, &row.plan)?.ok_or_else(unknown)?;
    let periods = store::milestone::periods(tx, id)?;
    Ok(view(row, &periods, plan.end, today))
}

/// All milestones of the plan with their states, in order.
fn all(tx: &mut Tx, plan: &str, today: Date) -> Result<(Vec<MilestoneItem>, Vec<CommitmentAgency>, Date)> {
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let commitments: BTreeMap<String, CommitmentName> =
        store::commitment::of_plan(tx, plan)?.into_iter().map(|c| (c.id.clone(), c)).collect();
    let agencies = store::commitment::agencies_of_plan(tx, plan)?;
    let mut periods: BTreeMap<String, Vec<PeriodRow>> = BTreeMap::new();
    for (milestone, period) in store::milestone::periods_of_plan(tx, plan)? {
        periods.entry(milestone).or_default().push(period);
    }
    let mut items = Vec::new();
    for row in store::milestone::of_plan(tx, plan)? {
        let Some(commitment) = commitments.get(&row.commitment) else { continue };
        let position = row.position;
        let own = periods.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let last_due = own.iter().filter_map(|p| p.due).max();
        let view = view(row, own, brief.end, today);
        items.push(MilestoneItem {
            id: view.id,
            number: view.content.number,
            title: view.content.title,
            state: view.state,
            printed: view.content.printed,
            continues: view.content.continues,
            due: view.next_due.or(last_due),
            periods: view.periods,
            leads: leads_of(&agencies, &commitment.id),
            commitment: commitment.clone(),
            position,
        });
    }
    Ok((items, agencies, brief.end))
}

fn fits(item: &MilestoneItem, filter: &MilestoneFilter, agencies: &[CommitmentAgency]) -> bool {
    let agency = |slug: &String| {
        agencies.iter().any(|a| a.commitment == item.commitment.id && a.agency.slug == *slug)
    };
    let year = |year: &i16| {
        item.periods.iter().any(|p| {
            p.start.is_none_or(|s| s.year() <= *year)
                && p.due.map_or(item.continues || p.start.is_some_and(|s| s.year() == *year), |d| d.year() >= *year)
        })
    };
    let commitment = |number: &String| {
        let wanted = crate::id::commitment(&item.commitment.plan, number);
        item.commitment.id == wanted || item.commitment.parent.as_ref() == Some(&wanted)
    };
    filter.agency.as_ref().is_none_or(agency)
        && filter.year.as_ref().is_none_or(year)
        && filter.theme.as_ref().is_none_or(|theme| item.commitment.theme == *theme)
        && filter.commitment.as_ref().is_none_or(commitment)
}

/// Milestones of a plan in the order of the document. A plan has some dozens to some hundreds: they are read in five
/// statements and filtered here, because states are not stored.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn milestones(
    tx: &mut Tx,
    plan: &str,
    filter: &MilestoneFilter,
    after: Option<i64>,
    limit: u32,
    today: Date,
) -> Result<MilestoneList> {
    let (items, agencies, _) = all(tx, plan, today)?;
    let mut states = Progress::default();
    let mut fitting = Vec::new();
    for item in items.into_iter().filter(|item| fits(item, filter, &agencies)) {
        states.add(item.state);
        if filter.state.is_none_or(|state| state == item.state) {
            fitting.push(item);
        }
    }
    let count = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
    let mut items: Vec<MilestoneItem> =
        fitting.into_iter().filter(|item| after.is_none_or(|after| item.position > after)).collect();
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|item| item.position);
    Ok(MilestoneList { items, next, count, states })
}

/// Something that is late or silent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LateItem {
    pub milestone: String,
    pub number: String,
    pub title: LocalizedText,
    /// None for a milestone without periods.
    pub period: Option<PeriodView>,
    /// `late` or `no-report`.
    pub state: State,
    /// The due day; without one the plan's last day.
    pub due: Date,
    pub days_over: i64,
    pub commitment: CommitmentName,
    pub leads: Vec<AgencyName>,
}

/// What is late or silent in a plan, the longest overdue first.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn late(tx: &mut Tx, plan: &str, today: Date) -> Result<Vec<LateItem>> {
    let (items, _, term_end) = all(tx, plan, today)?;
    let mut late = Vec::new();
    for item in items {
        let over = |state| matches!(state, State::Late | State::NoReport);
        let mut push = |period: Option<PeriodView>, state: State| {
            let due = period.as_ref().and_then(|p| p.due).unwrap_or(term_end);
            late.push(LateItem {
                milestone: item.id.clone(),
                number: item.number.clone(),
                title: item.title.clone(),
                period,
                state,
                due,
                days_over: i64::from((today - due).get_days()),
                commitment: item.commitment.clone(),
                leads: item.leads.clone(),
            });
        };
        if item.periods.is_empty() && over(item.state) {
            push(None, item.state);
        }
        for period in item.periods.iter().filter(|p| over(p.state)) {
            push(Some(period.clone()), period.state);
        }
    }
    late.sort_by_key(|item| item.due);
    Ok(late)
}
