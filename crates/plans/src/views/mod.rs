//! What pages, feeds and the API show: each function reads what one page needs, in few statements, and derives states
//! and progress with [`rules`](crate::rules). Plain values out; no words in a language, no address.
//!
//! `today` is the date in Korea; it decides what is late. Start reading at [`plan`] and [`commitment`].

mod agency;
mod calendar;
mod commitment;
mod indicator;
pub mod load;
mod milestone;
mod plan;
mod round;
pub mod searched;

pub use agency::{AgencyLine, AgencyView, Involvement, agencies, agency};
pub use calendar::{Due, calendar, late};
pub use commitment::{CommitmentView, Next, commitment, commitment_id};
pub use indicator::{AgencyValue, IndicatorLine, IndicatorView, Point, Standing, indicator, indicators};
pub use milestone::{Filter, MilestoneLine, MilestoneView, Milestones, milestone, milestones};
pub use plan::{CommitmentLine, PlanCard, PlanView, ThemeProgress, in_force, plan, plan_summary, plans};
pub use round::{RoundView, Waiting, round, rounds, waiting};

use jiff::civil::Date;
use madang_base::Result;
use madang_db::Tx;
use madang_kernel::Ref;

use crate::model::{News, NewsId, Page, Update};
use crate::rules::{self, Progress, State};
use crate::store;
use crate::store::milestone::FactRow;

/// News for one object, newest first.
///
/// # Errors
/// Those of the database.
pub fn news(tx: &mut Tx, object: &Ref, before: Option<NewsId>, limit: u32) -> Result<Page<News, NewsId>> {
    Ok(Page::cut(store::news::of_object(tx, object, before, limit.saturating_add(1))?, limit, |n| n.id))
}

/// A published report, by its id; none when there is none.
///
/// # Errors
/// Those of the database.
pub fn update(tx: &mut Tx, id: &str) -> Result<Option<Update>> {
    match id.parse() {
        Ok(id) => store::progress::get(tx, id),
        Err(_) => Ok(None),
    }
}

/// Reports on a commitment and its milestones that stand, newest first, at most fifty.
///
/// # Errors
/// Those of the database.
pub fn updates(tx: &mut Tx, commitment: &str) -> Result<Vec<Update>> {
    let mut updates = store::progress::of_commitment(tx, commitment, None, 50)?;
    updates.retain(|update| update.corrected_by.is_none());
    Ok(updates)
}

/// How many people follow an object.
///
/// # Errors
/// Those of the database.
pub fn followers(tx: &mut Tx, object: &Ref) -> Result<i64> {
    store::follow::count(tx, object)
}

fn state_of(facts: &FactRow, term_end: Date, today: Date) -> State {
    let facts = rules::Facts {
        periods: &facts.periods,
        claim: facts.claim,
        continues: facts.continues,
        throughout: facts.throughout,
        recurs: facts.recurs,
        term_end,
    };
    rules::state(&facts, today)
}

/// The next due day that is not settled, from today on; for a milestone that is late, the day it was due.
fn next_due(facts: &FactRow, today: Date) -> Option<Date> {
    let open = || facts.periods.iter().filter(|p| p.claim != Some(rules::Claim::Completed)).filter_map(|p| p.due);
    open().filter(|due| *due >= today).min().or_else(|| open().max())
}

/// The state of a commitment: the most pressing among its milestones.
#[must_use]
pub fn overall(progress: &Progress) -> State {
    let order = [
        (progress.late, State::Late),
        (progress.no_report, State::NoReport),
        (progress.under_way, State::UnderWay),
        (progress.continuing, State::Continuing),
        (progress.recurring, State::Recurring),
        (progress.upcoming, State::Upcoming),
        (progress.completed, State::Completed),
    ];
    order.into_iter().find(|(count, _)| *count > 0).map_or(State::NotKnown, |(_, state)| state)
}
