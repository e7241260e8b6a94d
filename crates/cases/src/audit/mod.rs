//! Holds the rows of services, cases and supports against the log.
//!
//! A case's row and each of its events are made into the same text as when the act put its digest into the log
//! ([`record`](crate::record)); questions, stays with agencies and clocks follow from the events. A definition is its
//! digest, and the log says which one is in force. Supports are counted again ([`support::verify`](crate::support::verify)),
//! and each row is held against the event that gave it. The files of a case are those that its events name.
//!
//! Not looked at, because it is nobody else's business: notes, drafts, follows, approvals, assignments, who a supporter's
//! network is. Not covered: up to which position a count is complete (it depends on how the feed was drained), marks of
//! bursts on which nobody has decided, the words that lists and searches are made of, whether the agency has opened a
//! case.

mod case;
mod events;
mod service;
mod store;
mod support;

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::ledger::{self, Audited};
use madang_kernel::log_audit::step;

use crate::context::Cases;

/// The name of this audit.
const BY: &str = "cases";

/// Cases of one read.
const PAGE: u32 = 20;

/// The audit of services, cases and supports.
#[derive(Clone)]
pub struct Audit {
    cases: Cases,
}

impl std::fmt::Debug for Audit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Audit").finish_non_exhaustive()
    }
}

impl Audit {
    #[must_use]
    pub fn new(cases: Cases) -> Self {
        Self { cases }
    }
}

impl ledger::Audit for Audit {
    fn name(&self) -> &'static str {
        BY
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        step(
            tx,
            cursor,
            audited,
            &[
                &service::versions,
                &service::services,
                &service::lost,
                &|tx, after, audited| case::rows(tx, &self.cases, after, audited),
                &case::lost,
                &|tx, after, audited| support::counts(tx, &self.cases, after, audited),
                &support::rows,
                &support::batches,
                &support::bursts,
            ],
        )
    }
}

/// Where the next part begins: after the last of a full page.
fn next(page: Vec<String>, limit: u32) -> Option<String> {
    if page.len() == limit as usize { page.into_iter().next_back() } else { None }
}
