//! What pages, feeds, exports and the API read: one function for each, giving plain values. They ask for no permission,
//! because everything here is public; drafts are read through [`crate::service::edit`].
//!
//! Every function that shows a state takes `today`, because states follow from dates (see [`crate::rules`]).

pub mod agency;
pub mod calendar;
pub mod commitment;
pub mod indicator;
pub mod load;
pub mod milestones;
pub mod plan;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{AgencyName, AgencyRole, CommitmentAgency, CommitmentName, PeriodView};
use crate::rules::{self, Facts, Progress, State};
use crate::store::milestone::{FactRow, PeriodRow};

/// A commitment as a card in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentCard {
    #[serde(flatten)]
    pub name: CommitmentName,
    pub leads: Vec<AgencyName>,
    /// Of the commitment's milestones; of a commitment with parts, of theirs.
    pub progress: Progress,
    pub parts: Vec<CommitmentCard>,
}

/// The state of a milestone from its facts.
fn state_of(row: &FactRow, term_end: Date, today: Date) -> State {
    let facts = Facts {
        periods: &row.periods,
        claim: row.claim,
        continues: row.continues,
        throughout: row.throughout,
        recurs: row.recurs,
        term_end,
    };
    rules::state(&facts, today)
}

fn period_view(period: PeriodRow, endless: bool, term_end: Date, today: Date) -> PeriodView {
    PeriodView {
        no: period.no,
        start: period.start,
        due: period.due,
        claim: period.claim,
        reported: period.reported,
        state: rules::period_state(period.facts(), endless, term_end, today),
    }
}

fn leads_of(agencies: &[CommitmentAgency], commitment: &str) -> Vec<AgencyName> {
    let mut leads: Vec<AgencyName> = Vec::new();
    for entry in agencies.iter().filter(|a| a.commitment == commitment && a.role == AgencyRole::Lead) {
        if !leads.iter().any(|l| l.id == entry.agency.id) {
            leads.push(entry.agency.clone());
        }
    }
    leads
}

/// Cards of commitments with their parts in them, in order.
fn cards(
    commitments: Vec<CommitmentName>,
    agencies: &[CommitmentAgency],
    facts: &[FactRow],
    term_end: Date,
    today: Date,
) -> Vec<CommitmentCard> {
    let mut progress: std::collections::BTreeMap<&str, Progress> = std::collections::BTreeMap::new();
    for row in facts {
        progress.entry(&row.commitment).or_default().add(state_of(row, term_end, today));
    }
    let mut cards: Vec<CommitmentCard> = Vec::new();
    for name in commitments {
        let card = CommitmentCard {
            leads: leads_of(agencies, &name.id),
            progress: progress.get(name.id.as_str()).copied().unwrap_or_default(),
            parts: Vec::new(),
            name,
        };
        let parent = card.name.parent.as_deref().and_then(|p| cards.iter_mut().find(|c| c.name.id == p));
        if let Some(parent) = parent {
            parent.progress.add_all(&card.progress);
            for lead in &card.leads {
                if !parent.leads.contains(lead) {
                    parent.leads.push(lead.clone());
                }
            }
            parent.parts.push(card);
        } else {
            cards.push(card);
        }
    }
    cards
}
