//! What of each domain is in the index: one source a domain.
//!
//! A source reads things as [`Row`]s; documents, results and suggestions are made of the same reading, so that nothing is
//! found by words that nobody may read.

mod agencies;
mod cases;
mod directory;
mod newsletters;
mod plans;

use std::sync::Arc;

use madang_base::Result;
use madang_cases::Cases;
use madang_db::Tx;
use madang_kernel::Ref;
use madang_search::{Document, Source};

use super::row::Row;
use agencies::Agencies;
use cases::CaseFiles;
use directory::Directory;
use newsletters::Newsletters;
use plans::Plans;

/// All sources of a site.
#[must_use]
pub fn sources(cases: &Cases) -> Arc<[Arc<dyn Source>]> {
    let files: Arc<dyn Source> = Arc::new(CaseFiles(cases.clone()));
    let newsletters = Arc::new(Newsletters(cases.clone()));
    Arc::new([files, Arc::new(Plans), Arc::new(Agencies), Arc::new(Directory), newsletters])
}

/// The public ones of these things, in any order.
pub(super) fn rows(tx: &mut Tx, cases: &Cases, ids: &[Ref]) -> Result<Vec<Row>> {
    let mut out = cases::rows(tx, cases, ids)?;
    out.extend(plans::rows(tx, ids)?);
    out.extend(agencies::rows(tx, ids)?);
    out.extend(directory::rows(tx, ids)?);
    out.extend(newsletters::rows(tx, cases, ids)?);
    Ok(out)
}

fn documents(rows: Vec<Row>) -> Vec<Document> {
    rows.into_iter().map(Row::document).collect()
}
