//! Supports in a running site: the fold for the sequencer, the jobs, and who a person on paper is.

use std::sync::Arc;

use madang_base::Result;
use madang_cases::Cases;
use madang_cases::support::{Fold, Jobs, Persons};
use madang_db::Tx;
use madang_identity::person;
use madang_kernel::Ctx;
use madang_kernel::sequencer::Folds;

use crate::site::Site;

/// What the site counts of the change feed. Every process that drains the inbox has these.
pub(crate) fn folds(site: &Site, cases: &Cases) -> Folds {
    let (clock, rng, keys) = (Arc::clone(&site.clock), Arc::clone(&site.rng), Arc::clone(&site.keys));
    Arc::new([Arc::new(Fold::new(cases.clone(), clock, rng, keys)) as Arc<_>])
}

/// The handler of the jobs of supports.
pub(crate) fn jobs(site: &Site, cases: &Cases) -> Jobs {
    Jobs {
        db: site.db.clone(),
        cases: cases.clone(),
        clock: Arc::clone(&site.clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
    }
}

/// Identity knows who has a claim.
pub(crate) struct KnownPersons;

impl Persons for KnownPersons {
    fn of_claim(&self, tx: &mut Tx, ctx: &Ctx, space: &str, claim: &str) -> Result<String> {
        person::of_claim(tx, ctx, space, claim)
    }
}
