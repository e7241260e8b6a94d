//! Public cases for exports, by short keyset reads.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use super::list::{Kind, Place, find, kind, wanted, word};
use crate::Cases;
use crate::store;
use crate::store::list::Seek;
use crate::views::{CaseFilter, ExportPage, ExportRow, Order};

/// Rows of one read.
pub const ROWS: u32 = 2_000;

/// The rows from `filter.after` on, oldest first whatever `filter.order` says, at most [`ROWS`] of them (or `limit`).
/// `next` is the `after` of the read that follows.
///
/// # Errors
/// As [`super::list::public`].
pub fn export(tx: &mut Tx, ctx: &Ctx, cases: &Cases, filter: &CaseFilter, limit: u32) -> Result<ExportPage> {
    let limit = limit.clamp(1, ROWS);
    let order = if filter.overdue { Order::Due } else { Order::Oldest };
    let filter = CaseFilter { order, jump: None, ..filter.clone() };
    if filter.after.as_deref().is_some_and(|after| !after.starts_with('n')) {
        return Err(Error::invalid("case.filter"));
    }
    let Some(wanted) = wanted(tx, cases, &filter, ctx.now)? else {
        return Ok(ExportPage { rows: Vec::new(), next: None });
    };
    let kind: Kind = kind(&filter);
    let place = Place::of(&filter, kind)?;
    let found = find(tx, &wanted, kind, &Seek { key: place.key, id: place.id, down: false, limit })?;
    let ids: Vec<_> = found.iter().map(|found| found.id).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for row in store::list::exported(tx, &ids)? {
        let version = cases.services.version(tx, &row.line.version)?;
        let answers = row.answers.typed(&version.definition)?;
        let answers =
            madang_form::visible::public_answers(&version.definition, &row.line.state, &answers, &row.reviewed);
        rows.push(ExportRow {
            answers,
            line: super::list::line(tx, ctx, cases, row.line)?,
            version,
            reviewed: row.reviewed,
            published_at: row.published_at,
            answered_at: row.answered_at,
            closed_at: row.closed_at,
        });
    }
    let next = found.last().filter(|_| found.len() == limit as usize).map(|last| word('n', last));
    Ok(ExportPage { rows, next })
}
