//! What an agency has to do.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, OrganisationId, coded};
use serde::Serialize;

use crate::Cases;
use crate::views::{CaseFilter, CasePage};

coded! {
    /// Whose cases an officer looks at.
    pub enum Whose("case.whose-unknown") {
        Mine = "mine",
        Unassigned = "unassigned",
        All = "all",
    }
}

coded! {
    /// When something is due.
    pub enum DueWithin("case.due-unknown") {
        Today = "today",
        Overdue = "overdue",
        /// Within seven days, today and what is overdue included.
        Week = "week",
        Any = "any",
    }
}

/// What of the inbox is looked at.
#[derive(Clone, Debug)]
pub struct InboxFilter {
    pub organisation: OrganisationId,
    pub whose: Whose,
    pub due: DueWithin,
    pub filter: CaseFilter,
}

/// Numbers beside the tabs; each counts up to 1,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InboxCounts {
    pub today: i64,
    pub overdue: i64,
    pub unassigned: i64,
    pub mine: i64,
    /// Prepared steps that wait for a second officer who is not the actor.
    pub waiting_approval: i64,
}

/// A page of the inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    pub page: CasePage,
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

pub fn inbox(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &InboxFilter) -> Result<Inbox> {
    let _ = (tx, ctx, cases, filter);
    Err(Error::internal("not written yet"))
}

pub fn workload(tx: &mut Tx, ctx: &Ctx, cases: &Cases, organisation: OrganisationId) -> Result<Vec<Load>> {
    let _ = (tx, ctx, cases, organisation);
    Err(Error::internal("not written yet"))
}
