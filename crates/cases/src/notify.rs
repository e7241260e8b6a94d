//! Notices: who is told of an event by mail.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;
use crate::model::CaseFile;

/// The kind of job that writes to everybody whom an event concerns.
pub const NOTIFY: &str = "cases.notify";
/// The kind of the recurring job that writes weekly digests.
pub const DIGEST: &str = "cases.digest";

/// Has the people told whom an event concerns, in the event's own transaction.
///
/// # Errors
/// Those of the database.
pub fn announce(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile, event_no: i64) -> Result<()> {
    let _ = (tx, ctx, cases, case, event_no);
    Err(Error::internal("not written yet"))
}
