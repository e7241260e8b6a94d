//! Inspection rounds.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::OrganisationId;
use serde::Serialize;

use crate::model::{PlanSummary, Round, RoundAnswer, RoundId, RoundState};
use crate::store;

/// A round with the answers of the agencies.
#[derive(Clone, Debug, Serialize)]
pub struct RoundView {
    pub plan: PlanSummary,
    pub round: Round,
    /// Texts of answers are empty for everybody but the lead until the round is published.
    pub answers: Vec<RoundAnswer>,
    pub answered: usize,
}

/// A round that waits for an agency's answer.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    pub agency: OrganisationId,
    pub round: Round,
}

/// The plan's rounds, the latest first, each with how many agencies were asked and how many answered.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn rounds(tx: &mut Tx, plan: &str) -> Result<Vec<(Round, usize, usize)>> {
    super::plan_summary(tx, plan)?;
    let mut lines = Vec::new();
    for round in store::round::of_plan(tx, plan)? {
        let answers = store::round::answers(tx, round.id)?;
        let answered = answers.iter().filter(|a| a.answered_at.is_some()).count();
        lines.push((round, answers.len(), answered));
    }
    Ok(lines)
}

/// A round. `all` shows what the agencies wrote before it is published.
///
/// # Errors
/// `Kind::NotFound` `plan.round-unknown`; those of the database.
pub fn round(tx: &mut Tx, id: RoundId, all: bool) -> Result<RoundView> {
    let round = store::round::get(tx, id)?.ok_or_else(|| Error::not_found("plan.round-unknown"))?;
    let plan = super::plan_summary(tx, &round.plan)?;
    let mut answers = store::round::answers(tx, id)?;
    let answered = answers.iter().filter(|a| a.answered_at.is_some()).count();
    if round.state != RoundState::Published && !all {
        for answer in &mut answers {
            answer.text = madang_base::LocalizedText::default();
        }
    }
    Ok(RoundView { plan, round, answers, answered })
}

/// Open rounds that wait for the answers of these agencies.
///
/// # Errors
/// Those of the database.
pub fn waiting(tx: &mut Tx, organisations: &[OrganisationId]) -> Result<Vec<Waiting>> {
    let mut found = Vec::new();
    for agency in organisations {
        found.extend(
            store::round::waiting_for(tx, *agency)?.into_iter().map(|round| Waiting { agency: *agency, round }),
        );
    }
    Ok(found)
}
