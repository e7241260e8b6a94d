//! The rows of the database against the log: for whoever runs the site, and for an auditor who is let in.

use std::sync::Arc;

use madang_base::{Kind, Result};
use madang_cases::Cases;
use madang_db::Db;
use madang_kernel::blob::Blobs;
use madang_kernel::ledger::{Audit, Audited, Difference};
use madang_kernel::log::Tiles;
use madang_kernel::log_audit::{self, Counts, Feed, Links, Trust};

use crate::ledger::kinds;

/// Every audit of the database, in the order in which they build on one another: each believes what those before it have
/// compared.
#[must_use]
pub fn audits(cases: &Cases) -> Vec<Arc<dyn Audit>> {
    vec![
        Arc::new(Feed::new(kinds())),
        Arc::new(Counts),
        Arc::new(Links),
        Arc::new(madang_identity::audit::Organisations),
        Arc::new(madang_plans::audit::Plans),
        Arc::new(madang_cases::audit::Audit::new(cases.clone())),
    ]
}

/// What [`database`] is asked.
#[derive(Clone, Debug, Default)]
pub struct Order {
    pub trust: Trust,
    /// Also read the bytes of all files.
    pub files: bool,
}

/// How far [`database`] is: the audit's name, and for the log itself how many leaves of how many.
pub type Told<'a> = dyn FnMut(&'static str, Option<(u64, u64)>) + Send + 'a;

/// Holds the log's files against the feed and what was signed, then every row that a leaf speaks of against its leaf.
///
/// The site may run meanwhile: each part is read in one transaction, and what is ahead of the log (it waits for its
/// position or its checkpoint) is compared with what the log will say.
///
/// # Errors
/// Those of the database; `Kind::Unavailable` with code `log.store` or `blob.store`.
pub async fn database(
    db: &Db,
    tiles: &Tiles,
    blobs: &Blobs,
    cases: &Cases,
    order: &Order,
    told: &mut Told<'_>,
) -> Result<Audited> {
    told("log", None);
    let mut audited = log_audit::log(db, tiles, &order.trust, &mut |done, of| told("log", Some((done, of)))).await?;
    for audit in audits(cases) {
        told(audit.name(), None);
        run(db, &audit, &mut audited).await?;
    }
    if order.files {
        told("files", None);
        log_audit::files(db, blobs, &mut audited).await?;
    }
    Ok(audited)
}

/// Runs one audit to its end. Where a row stops it because it cannot be read, that is a difference, and the rest of the
/// audit is left out.
///
/// # Errors
/// Those of the database.
pub async fn run(db: &Db, audit: &Arc<dyn Audit>, audited: &mut Audited) -> Result<()> {
    let mut cursor = Some(String::new());
    while let Some(from) = cursor {
        let (own, place) = (Arc::clone(audit), from.clone());
        let read = db.read(move |tx| {
            let mut part = Audited::default();
            let next = own.check(tx, &place, &mut part)?;
            Ok((part, next))
        });
        let (part, next) = match read.await {
            Err(error) if error.kind() == Kind::Unavailable => return Err(error),
            Err(error) => {
                audited.differs(Difference {
                    by: audit.name(),
                    what: "unreadable".to_owned(),
                    object: String::new(),
                    name: from,
                    expected: "rows that can be read".to_owned(),
                    found: log_audit::unreadable(&error),
                    leaf: None,
                });
                return Ok(());
            }
            Ok(done) => done,
        };
        audited.add(part);
        cursor = next;
    }
    Ok(())
}
