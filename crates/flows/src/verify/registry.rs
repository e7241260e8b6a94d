//! All that is counted again and all that is audited. An engine that counts anything adds its line here; a test fails
//! when a [`Kind`](madang_kernel::ledger::Kind) names a recount that is not in the list.

use std::sync::Arc;

use madang_base::Result;
use madang_cases::recount::NewSpill;
use madang_cases::{Cases, claims, recount};
use madang_kernel::ledger::{Claims, Recount};

use super::folder::{Folder, Texts};

/// Every recount, over the definitions of an export; what does not fit into memory goes into spills.
///
/// # Errors
/// Those of the spill.
pub fn recounts(folder: &Arc<dyn Folder>, spill: &NewSpill) -> Result<Vec<Box<dyn Recount>>> {
    let definitions = Arc::new(Texts(Arc::clone(folder)));
    Ok(vec![Box::new(recount::Recount::new(definitions, Arc::clone(spill)))])
}

/// What the site says, for every recount.
#[must_use]
pub fn claims(cases: &Cases) -> Vec<Box<dyn Claims>> {
    vec![Box::new(claims::Claims::new(cases.clone()))]
}
