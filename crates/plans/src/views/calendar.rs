//! What is due when, and what is late.

use jiff::civil::Date;
use madang_base::{LocalizedText, Result};
use madang_db::Tx;
use serde::Serialize;

use crate::model::{AgencyName, AgencyRole, PeriodView};
use crate::rules::{self, State};
use crate::store;
use crate::store::milestone::DueRow;

/// A period of a milestone with the commitment it belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct Due {
    pub plan: String,
    pub commitment: String,
    pub commitment_number: String,
    pub commitment_name: LocalizedText,
    /// `kr-2021/2.1/3`
    pub milestone: String,
    pub number: String,
    pub title: LocalizedText,
    pub period: PeriodView,
    /// Who leads.
    pub agencies: Vec<AgencyName>,
}

/// Periods that begin or are due from `first` to `last`, by their due day.
///
/// # Errors
/// Those of the database.
pub fn calendar(tx: &mut Tx, plan: Option<&str>, first: Date, last: Date, today: Date) -> Result<Vec<Due>> {
    let rows = store::milestone::between(tx, plan, first, last)?;
    with_leads(tx, &rows, today)
}

/// Periods that are late or were never reported, the longest overdue first.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn late(tx: &mut Tx, plan: &str, today: Date) -> Result<Vec<Due>> {
    super::plan_summary(tx, plan)?;
    let rows = store::milestone::between(tx, Some(plan), Date::constant(1900, 1, 1), today)?;
    let mut late = with_leads(tx, &rows, today)?;
    late.retain(|due| matches!(due.period.state, State::Late | State::NoReport) && due.period.due.is_some());
    late.sort_by_key(|due| due.period.due);
    Ok(late)
}

fn with_leads(tx: &mut Tx, rows: &[DueRow], today: Date) -> Result<Vec<Due>> {
    let mut plans: Vec<&str> = rows.iter().map(|row| row.plan.as_str()).collect();
    plans.sort_unstable();
    plans.dedup();
    let mut agencies = Vec::new();
    for plan in plans {
        agencies.extend(store::commitment::agencies_of_plan(tx, plan)?);
    }
    let leads = |commitment: &str| {
        let own = agencies.iter().filter(|a| a.commitment == commitment && a.role == AgencyRole::Lead);
        own.map(|a| a.agency.clone()).collect()
    };
    Ok(rows.iter().map(|row| Due { agencies: leads(&row.commitment), ..due(row, today) }).collect())
}

pub(super) fn due(row: &DueRow, today: Date) -> Due {
    let p = row.period;
    Due {
        plan: row.plan.clone(),
        commitment: row.commitment.clone(),
        commitment_number: row.commitment_number.clone(),
        commitment_name: row.commitment_name.clone(),
        milestone: row.milestone.clone(),
        number: row.number.clone(),
        title: row.title.clone(),
        period: PeriodView {
            no: p.no,
            start: p.start,
            due: p.due,
            claim: p.claim,
            reported: p.reported,
            state: rules::period_state(p.facts(), row.continues || row.throughout, row.plan_end, today),
        },
        agencies: Vec::new(),
    }
}
