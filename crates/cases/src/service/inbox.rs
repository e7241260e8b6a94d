//! What an agency has to do: its open cases, those that are due first on top.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, ObjectKind, OrganisationId, Owner, Verb, coded};
use serde::Serialize;

use super::{assign, list};
use crate::model::{ApprovalId, CaseId};
use crate::store;
use crate::store::inbox::{Place, Wanted};
use crate::views::{CaseFilter, CasePage, Count};
use crate::{Cases, alike};

coded! {
    /// Whose cases an officer looks at.
    pub enum Whose("case.whose-unknown") {
        Mine = "mine",
        Unassigned = "unassigned",
        All = "all",
        /// Those that another agency handles and this one joined.
        Joint = "joint",
    }
}

coded! {
    /// When something is due.
    pub enum DueWithin("case.due-unknown") {
        /// Today is the last day.
        Today = "today",
        Overdue = "overdue",
        /// The last day is within seven days from today, or over.
        Week = "week",
        Any = "any",
    }
}

/// What of the inbox is looked at. Of `filter` count service, state, phase, words of the title, the days of filing,
/// `after` and `limit`.
#[derive(Clone, Debug)]
pub struct InboxFilter {
    pub organisation: OrganisationId,
    pub whose: Whose,
    pub due: DueWithin,
    pub filter: CaseFilter,
}

/// Numbers beside the tabs; each counts up to [`COUNTED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InboxCounts {
    pub today: i64,
    pub overdue: i64,
    pub unassigned: i64,
    pub mine: i64,
    pub all: i64,
    pub joint: i64,
    /// Prepared steps that wait for a second officer who is not the actor.
    pub waiting_approval: i64,
}

/// A page of the inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    pub page: CasePage,
    /// Who has each case of the page, by its place in it; nobody who left the agency.
    pub assignees: Vec<Option<AccountId>>,
    /// How many open cases of the agency say nearly the same as each case of the page, by its place in it.
    pub alike: Vec<i64>,
    pub counts: InboxCounts,
}

/// How much an officer has in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// None: nobody's.
    pub account: Option<AccountId>,
    pub open: i64,
    pub overdue: i64,
}

/// Counts stop here.
pub const COUNTED: i64 = 1_000;

const LINES: u32 = 30;
const MOST: u32 = 200;
/// Of a case without a clock that runs: after all others.
const NEVER: i64 = i64::MAX;

/// The open cases of an agency, those first that are due first. `after` is the `next` of a page.
///
/// # Errors
/// `case.filter`; those of [`Ctx::require`].
pub fn inbox(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &InboxFilter) -> Result<Inbox> {
    let organisation = filter.organisation;
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let limit = if filter.filter.limit == 0 { LINES } else { filter.filter.limit.min(MOST) };
    let wanted = wanted(ctx, filter);
    let place = place(filter.filter.after.as_deref())?;
    let mut found = store::inbox::page(tx, &wanted, &place, limit + 1)?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let ids: Vec<CaseId> = found.iter().map(|found| found.id).collect();
    let lines = list::lines(tx, ctx, cases, &ids)?;
    let mut assignees = Vec::with_capacity(found.len());
    for one in &found {
        assignees.push(match one.assignee {
            Some(account) if assign::is_officer(tx, cases, organisation, account)? => Some(account),
            _ => None,
        });
    }
    let alike = alike::counts(tx, organisation, &ids)?;
    let counted = store::inbox::count(tx, &wanted, most())?;
    let count = if counted > COUNTED { Count::Over(COUNTED) } else { Count::Exact(counted) };
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.due, last.id));
    let counts = counts(tx, ctx, organisation)?;
    Ok(Inbox { page: CasePage { lines, next, previous: None, count }, assignees, alike, counts })
}

/// The numbers beside the tabs alone.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn counts(tx: &mut Tx, ctx: &Ctx, organisation: OrganisationId) -> Result<InboxCounts> {
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let mut count = |whose: Whose, due: DueWithin| {
        let filter = InboxFilter { organisation, whose, due, filter: CaseFilter::default() };
        Ok::<_, Error>(store::inbox::count(tx, &wanted(ctx, &filter), most())?.min(COUNTED))
    };
    Ok(InboxCounts {
        today: count(Whose::All, DueWithin::Today)?,
        overdue: count(Whose::All, DueWithin::Overdue)?,
        unassigned: count(Whose::Unassigned, DueWithin::Any)?,
        mine: count(Whose::Mine, DueWithin::Any)?,
        all: count(Whose::All, DueWithin::Any)?,
        joint: count(Whose::Joint, DueWithin::Any)?,
        waiting_approval: waiting_count(tx, ctx, organisation)?,
    })
}

fn waiting_count(tx: &mut Tx, ctx: &Ctx, organisation: OrganisationId) -> Result<i64> {
    let waiting = store::approval::waiting(tx, organisation, ctx.account(), most())?;
    Ok(i64::try_from(waiting.len()).unwrap_or(COUNTED).min(COUNTED))
}

/// The prepared steps that the actor may approve, the oldest first, with the numbers of their cases; at most 200.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn waiting(tx: &mut Tx, ctx: &Ctx, organisation: OrganisationId) -> Result<Vec<(ApprovalId, String)>> {
    ctx.require(Verb::Approve, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let mut out = Vec::new();
    for (approval, case) in store::approval::waiting(tx, organisation, ctx.account(), MOST)? {
        out.extend(store::case::number(tx, case)?.map(|number| (approval, number)));
    }
    Ok(out)
}

/// How much everybody of the agency has in hand, the most first; who left the agency counts as nobody.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn workload(tx: &mut Tx, ctx: &Ctx, cases: &Cases, organisation: OrganisationId) -> Result<Vec<Load>> {
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let mut loads: Vec<Load> = Vec::new();
    for (account, open, overdue) in store::inbox::workload(tx, organisation, ctx.now)? {
        let account = match account {
            Some(account) if assign::is_officer(tx, cases, organisation, account)? => Some(account),
            _ => None,
        };
        match loads.iter_mut().find(|load| load.account == account) {
            Some(load) => (load.open, load.overdue) = (load.open + open, load.overdue + overdue),
            None => loads.push(Load { account, open, overdue }),
        }
    }
    Ok(loads)
}

fn most() -> u32 {
    u32::try_from(COUNTED).unwrap_or(u32::MAX) + 1
}

/// The filter in the words of the store. A last day is over at the next midnight in Korea.
fn wanted(ctx: &Ctx, filter: &InboxFilter) -> Wanted {
    let CaseFilter { service, state, phase, words, since, until, .. } = filter.filter.clone();
    let midnight = Time::at_kst_midnight(ctx.now.kst_date());
    let (due_from, due_until) = match filter.due {
        // What runs out in the course of today (hours) or at the end of it (days).
        DueWithin::Today => (ctx.now.micros() + 1, midnight.plus_days(1).micros()),
        DueWithin::Overdue => (i64::MIN, ctx.now.micros()),
        DueWithin::Week => (i64::MIN, midnight.plus_days(8).micros()),
        DueWithin::Any => (i64::MIN, NEVER),
    };
    Wanted {
        organisation: filter.organisation,
        joint: filter.whose == Whose::Joint,
        assignee: match filter.whose {
            Whose::Mine => ctx.account().map(|account| account.to_string()).or_else(|| Some("-".to_owned())),
            Whose::Unassigned => Some(String::new()),
            Whose::All | Whose::Joint => None,
        },
        due_from,
        due_until,
        service,
        state,
        phase: phase.map(|phase| phase.code().to_owned()),
        words: words.map(|words| words.trim().to_lowercase().replace(['%', '_'], "")).filter(|words| !words.is_empty()),
        since: since.map_or(Time::from_micros(i64::MIN), Time::at_kst_midnight),
        until: until.and_then(|day| day.tomorrow().ok()).map_or(Time::from_micros(i64::MAX), Time::at_kst_midnight),
    }
}

fn place(after: Option<&str>) -> Result<Place> {
    let Some(text) = after else { return Ok(Place { due: i64::MIN, id: String::new() }) };
    let bad = || Error::invalid("case.filter");
    let (due, id) = text.split_once('.').ok_or_else(bad)?;
    let id: CaseId = id.parse().map_err(|_| bad())?;
    Ok(Place { due: due.parse().map_err(|_| bad())?, id: id.to_string() })
}
