//! Holds the rows of plans against the log.
//!
//! Plans, commitments with their milestones, indicators with their values, rounds, reports and assessments are made into
//! the same text as when the act put its digest into the log ([`record`]). What follows from them (how far a milestone
//! is, which report has been corrected) is derived again. News are held against the acts that they tell of. Drafts,
//! follows and answers to a round that is not published are nobody else's business and are not looked at.
//!
//! Not covered: values of indicators that were replaced, the order of commitments within a plan that no import has
//! written since records are made, the readable history, the times of the last change.

mod parts;
mod store;

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::ledger::{Audit, Audited};
use madang_kernel::log_audit::step;

/// The audit of plans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plans;

impl Audit for Plans {
    fn name(&self) -> &'static str {
        "plans"
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        step(
            tx,
            cursor,
            audited,
            &[
                &parts::plans,
                &parts::commitments,
                &parts::milestones,
                &parts::indicators,
                &parts::rounds,
                &parts::updates,
                &parts::assessments,
                &parts::news,
                &parts::lost,
            ],
        )
    }
}
