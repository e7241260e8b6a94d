//! An agency: what it leads, what is late, how fast it reports.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::Result;
use madang_db::Tx;
use madang_kernel::organisation::{self, Organisation};
use serde::Serialize;

use super::calendar::{Due, due};
use crate::model::{AgencyName, AgencyRole, CommitmentName, News, Round, Update};
use crate::rules::{self, Progress, Speed, State};
use crate::store;

const SHOWN: u32 = 20;

/// An agency in the list of those that lead something.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyLine {
    pub agency: AgencyName,
    pub leads: u32,
    pub joins: u32,
    pub progress: Progress,
    pub speed: Speed,
}

/// A commitment that an agency has a part in.
#[derive(Clone, Debug, Serialize)]
pub struct Involvement {
    pub role: AgencyRole,
    pub commitment: CommitmentName,
    pub state: State,
    pub progress: Progress,
}

/// An agency with everything its page shows.
#[derive(Clone, Debug)]
pub struct AgencyView {
    pub agency: Organisation,
    pub involved: Vec<Involvement>,
    pub progress: Progress,
    pub speed: Speed,
    /// Periods that are late or were never reported, the longest overdue first.
    pub late: Vec<Due>,
    pub updates: Vec<Update>,
    pub news: Vec<News>,
    /// Inspection rounds that wait for its answer.
    pub waiting: Vec<Round>,
}

/// All agencies with a part in any plan: those that lead most first.
///
/// # Errors
/// Those of the database.
pub fn agencies(tx: &mut Tx, today: Date) -> Result<Vec<AgencyLine>> {
    let mut lines: BTreeMap<String, AgencyLine> = BTreeMap::new();
    for plan in store::plan::list(tx)? {
        let mut states: BTreeMap<String, Progress> = BTreeMap::new();
        for facts in store::milestone::facts_of_plan(tx, &plan.id)? {
            let state = super::state_of(&facts, plan.end, today);
            states.entry(facts.commitment).or_default().add(state);
        }
        for part in store::commitment::agencies_of_plan(tx, &plan.id)? {
            let line = lines.entry(part.agency.slug.clone()).or_insert_with(|| AgencyLine {
                agency: part.agency.clone(),
                leads: 0,
                joins: 0,
                progress: Progress::default(),
                speed: Speed::default(),
            });
            match part.role {
                AgencyRole::Lead => {
                    line.leads += 1;
                    line.progress.add_all(&states.get(&part.commitment).copied().unwrap_or_default());
                }
                AgencyRole::Other => line.joins += 1,
            }
        }
    }
    let mut lines: Vec<AgencyLine> = lines.into_values().collect();
    for line in &mut lines {
        if line.leads > 0 {
            line.speed = speed(
                &store::milestone::led_by(tx, line.agency.id)?.iter().map(|r| due(r, today)).collect::<Vec<_>>(),
                today,
            );
        }
    }
    lines.sort_by(|a, b| {
        b.leads.cmp(&a.leads).then_with(|| b.joins.cmp(&a.joins)).then_with(|| a.agency.slug.cmp(&b.agency.slug))
    });
    Ok(lines)
}

fn speed(periods: &[Due], today: Date) -> Speed {
    let pairs: Vec<_> = periods.iter().filter_map(|d| Some((d.period.due?, d.period.reported))).collect();
    rules::speed(&pairs, today)
}

/// An agency by its slug.
///
/// # Errors
/// `Kind::NotFound` when there is no such organisation; those of the database.
pub fn agency(tx: &mut Tx, slug: &str, today: Date) -> Result<AgencyView> {
    let agency = organisation::by_slug(tx, slug)?
        .ok_or_else(|| madang_base::Error::not_found("plan.agency-unknown").arg("value", slug))?;
    let mut progress_of: BTreeMap<String, Progress> = BTreeMap::new();
    let mut ends = BTreeMap::new();
    let roles = store::commitment::of_agency(tx, agency.id)?;
    let mut plans: Vec<&str> = roles.iter().map(|(_, name)| name.plan.as_str()).collect();
    plans.sort_unstable();
    plans.dedup();
    for plan in plans {
        let end = *ends.entry(plan.to_owned()).or_insert(super::plan_summary(tx, plan)?.end);
        for facts in store::milestone::facts_of_plan(tx, plan)? {
            let state = super::state_of(&facts, end, today);
            progress_of.entry(facts.commitment).or_default().add(state);
        }
    }
    let mut total = Progress::default();
    let involved: Vec<Involvement> = roles
        .into_iter()
        .map(|(role, commitment)| {
            let progress = progress_of.get(&commitment.id).copied().unwrap_or_default();
            if role == AgencyRole::Lead {
                total.add_all(&progress);
            }
            Involvement { role, state: super::overall(&progress), progress, commitment }
        })
        .collect();
    let led: Vec<Due> = store::milestone::led_by(tx, agency.id)?.iter().map(|row| due(row, today)).collect();
    let mut late: Vec<Due> = led
        .iter()
        .filter(|d| matches!(d.period.state, State::Late | State::NoReport) && d.period.due.is_some())
        .cloned()
        .collect();
    late.sort_by_key(|due| due.period.due);
    Ok(AgencyView {
        speed: speed(&led, today),
        updates: store::progress::of_agency(tx, agency.id, None, SHOWN)?,
        news: store::news::of_object(tx, &crate::id::agency_ref(agency.id), None, SHOWN)?,
        waiting: store::round::waiting_for(tx, agency.id)?,
        involved,
        progress: total,
        late,
        agency,
    })
}
