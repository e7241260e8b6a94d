//! The page of an agency: what it leads, what it joins, what is late, how fast it reports.

use jiff::civil::Date;
use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, OrganisationKind};
use serde::Serialize;

use super::milestones::LateItem;
use super::{cards, period_view};
use crate::model::{AgencyName, AgencyRole, CommitmentName, Page, Round, Update, UpdateId};
use crate::rules::{Progress, Speed, State, speed};
use crate::store;
use crate::views::CommitmentCard;

/// Everything on an agency's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgencyPage {
    pub agency: AgencyName,
    pub kind: OrganisationKind,
    pub leads: Vec<CommitmentCard>,
    pub joins: Vec<CommitmentCard>,
    /// Of the milestones of the commitments it leads.
    pub progress: Progress,
    /// What is late or silent among them, the longest overdue first.
    pub late: Vec<LateItem>,
    pub speed: Speed,
    pub updates: Page<Update, UpdateId>,
    /// Inspection rounds that wait for its answer.
    pub rounds: Vec<Round>,
    pub followers: i64,
}

/// An agency in the list of a plan's agencies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgencyItem {
    pub agency: AgencyName,
    /// How many commitments (parts counted, not what they make up) it leads and joins.
    pub leads: u32,
    pub joins: u32,
    pub progress: Progress,
}

const UPDATES: u32 = 10;

/// The page of an agency by its slug.
///
/// # Errors
/// `plan.agency-unknown`; those of the database.
pub fn page(tx: &mut Tx, slug: &str, today: Date) -> Result<AgencyPage> {
    let found = organisation::by_slug(tx, slug)?;
    let found = found.ok_or_else(|| Error::not_found("plan.agency-unknown").arg("value", slug))?;
    let (mut leads, mut joins) = (Vec::new(), Vec::new());
    for (role, name) in store::commitment::of_agency(tx, found.id)? {
        let list: &mut Vec<CommitmentName> = if role == AgencyRole::Lead { &mut leads } else { &mut joins };
        if !list.iter().any(|c| c.id == name.id) {
            list.push(name);
        }
    }
    let mut plans: Vec<String> = leads.iter().chain(&joins).map(|c| c.plan.clone()).collect();
    plans.dedup();
    let (mut lead_cards, mut join_cards, mut progress) = (Vec::new(), Vec::new(), Progress::default());
    for plan in plans {
        let Some(brief) = store::plan::brief(tx, &plan)? else { continue };
        let agencies = store::commitment::agencies_of_plan(tx, &plan)?;
        let facts = store::milestone::facts_of_plan(tx, &plan)?;
        let of_plan = |list: &[CommitmentName]| list.iter().filter(|c| c.plan == plan).cloned().collect::<Vec<_>>();
        for card in cards(of_plan(&leads), &agencies, &facts, brief.end, today) {
            progress.add_all(&card.progress);
            lead_cards.push(card);
        }
        join_cards.extend(cards(of_plan(&joins), &agencies, &facts, brief.end, today));
    }
    let due = store::milestone::led_by(tx, found.id)?;
    let pairs: Vec<(Date, Option<Date>)> =
        due.iter().filter_map(|row| row.period.due.map(|day| (day, row.period.reported))).collect();
    let agency = AgencyName { id: found.id, slug: found.slug, name: found.name, short: found.short };
    let mut late = Vec::new();
    for row in due {
        let period = period_view(row.period, row.continues || row.throughout, row.plan_end, today);
        if !matches!(period.state, State::Late | State::NoReport) {
            continue;
        }
        let day = period.due.unwrap_or(row.plan_end);
        late.push(LateItem {
            milestone: row.milestone,
            number: row.number,
            title: row.title,
            state: period.state,
            period: Some(period),
            due: day,
            days_over: i64::from((today - day).get_days()),
            commitment: CommitmentName {
                id: row.commitment,
                plan: row.plan,
                theme: String::new(),
                parent: None,
                number: row.commitment_number,
                slug: row.commitment_slug,
                name: row.commitment_name,
                summary: LocalizedText::default(),
            },
            leads: vec![agency.clone()],
        });
    }
    late.sort_by_key(|item| item.due);
    let updates = store::progress::of_agency(tx, agency.id, None, UPDATES + 1)?;
    Ok(AgencyPage {
        kind: found.kind,
        leads: lead_cards,
        joins: join_cards,
        progress,
        late,
        speed: speed(&pairs, today),
        updates: Page::cut(updates, UPDATES, |u| u.id),
        rounds: store::round::waiting_for(tx, agency.id)?,
        followers: store::follow::count(tx, &crate::id::agency_ref(agency.id))?,
        agency,
    })
}

/// The agencies of a plan, those that lead most first.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn list(tx: &mut Tx, plan: &str, today: Date) -> Result<Vec<AgencyItem>> {
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let agencies = store::commitment::agencies_of_plan(tx, plan)?;
    let facts = store::milestone::facts_of_plan(tx, plan)?;
    let mut items: Vec<AgencyItem> = Vec::new();
    let mut seen: Vec<(AgencyRole, String, String)> = Vec::new();
    for entry in agencies {
        let key = (entry.role, entry.commitment.clone(), entry.agency.slug.clone());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let at = items.iter().position(|i| i.agency.id == entry.agency.id).unwrap_or_else(|| {
            items.push(AgencyItem { agency: entry.agency.clone(), leads: 0, joins: 0, progress: Progress::default() });
            items.len() - 1
        });
        match entry.role {
            AgencyRole::Other => items[at].joins += 1,
            AgencyRole::Lead => {
                items[at].leads += 1;
                for row in facts.iter().filter(|row| row.commitment == entry.commitment) {
                    items[at].progress.add(super::state_of(row, brief.end, today));
                }
            }
        }
    }
    items.sort_by(|a, b| b.leads.cmp(&a.leads).then_with(|| a.agency.slug.cmp(&b.agency.slug)));
    Ok(items)
}
