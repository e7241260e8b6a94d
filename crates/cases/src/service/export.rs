//! Public cases for exports, by short keyset reads.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;
use crate::views::{CaseFilter, ExportPage};

/// Rows of one read.
pub const ROWS: u32 = 5_000;

/// The rows from `filter.after` on, oldest first, at most [`ROWS`] of them (or `limit`).
///
/// # Errors
/// As [`super::list::public`].
pub fn export(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &CaseFilter, limit: u32) -> Result<ExportPage> {
    let _ = (tx, ctx, cases, filter, limit);
    Err(Error::internal("not written yet"))
}
