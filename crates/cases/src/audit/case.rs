//! Cases: the row, its events, and what follows from them.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::ledger::Audited;
use madang_kernel::log_audit::{self, Row, Said};
use madang_kernel::{ObjectKind, Ref};

use super::{BY, PAGE, events, next, store as own};
use crate::context::Cases;
use crate::model::{CaseFile, CaseId};
use crate::{record, store};

pub(super) fn rows(tx: &mut Tx, cases: &Cases, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::cases(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Case, id);
        let name = own::called(tx, id)?;
        let row = Row { by: BY, table: "case_file", object: &object, name: &name };
        let outcome = one(tx, cases, id, &row, audited);
        row.read(outcome, audited)?;
    }
    Ok(next(page, PAGE))
}

fn one(tx: &mut Tx, cases: &Cases, id: &str, row: &Row<'_>, audited: &mut Audited) -> Result<()> {
    let found = id.parse::<CaseId>().and_then(|id| store::case::by_id(tx, id));
    let found = found.and_then(|case| case.ok_or_else(|| Error::internal("a case that is and is not there")));
    let face = match &found {
        Ok(case) => record::case(case),
        Err(error) => Err(Error::internal(log_audit::unreadable(error))),
    };
    row.holds(tx, face, audited)?;
    let said = log_audit::events(tx, row.object)?;
    let rows = events::check(tx, &Row { table: "case_event", ..*row }, id, &said, audited)?;
    if let (Ok(case), Some(rows)) = (&found, rows) {
        events::folded(tx, cases, row, case, &rows, audited)?;
    }
    files(tx, row, &said, found.as_ref().ok(), audited)
}

/// The files of a case are those that its events name, until they were erased.
fn files(tx: &mut Tx, row: &Row<'_>, said: &[Said], case: Option<&CaseFile>, audited: &mut Audited) -> Result<()> {
    let stands = own::files(tx, &row.object.to_string())?;
    // Since an erasure only the files count that it has left.
    let from = said.iter().rposition(|said| said.kind == "case.erased").unwrap_or(0);
    let row = Row { table: "blob_use", ..*row };
    let mut known = Vec::new();
    for said in &said[from..] {
        for digest in said.digests("files") {
            let mut opened = None;
            for (sha256, _) in &stands {
                if log_audit::opens(tx, digest, sha256)? == Some(true) {
                    opened = Some(sha256.clone());
                    break;
                }
            }
            match opened {
                Some(sha256) => known.push(sha256),
                None => audited.differs(row.differs("file", format!("a file of sha256:{digest}"), "none", said.leaf)),
            }
        }
    }
    // Events from before the ledger named files.
    let older = said.iter().any(|said| said.fields.contains_key("no") && !said.fields.contains_key("record"));
    let text = case.map(|case| case.answers.to_json()).unwrap_or_default();
    for (sha256, name) in &stands {
        audited.looked("blob_use");
        if !known.contains(sha256) {
            if older {
                audited.uncovered("blob_use");
            } else {
                audited.differs(row.differs("file", "none", format!("{sha256} {name}"), None));
            }
        } else if text.contains(sha256.as_str()) {
            let quoted = serde_json::to_string(name).map_err(Error::internal)?;
            if !text.contains(&quoted) {
                audited.differs(row.differs("file name", "as in the answers", name, None));
            }
        }
    }
    Ok(())
}

/// Cases that the log knows and that are not there.
pub(super) fn lost(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = log_audit::objects(tx, ObjectKind::Case, after, 200)?;
    for name in &page {
        let Ok(object) = name.parse::<Ref>() else { continue };
        if !own::case_there(tx, &object.id)? {
            Row { by: BY, table: "case_file", object: &object, name: "" }.missing(tx, audited)?;
        }
    }
    Ok(next(page, 200))
}
