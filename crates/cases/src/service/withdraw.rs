//! Withdrawing a case.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, Verb};

use super::act::{self, Happened, Who, begin};
use super::perform::put_into;
use crate::Cases;
use crate::kinds;
use crate::model::{Done, EventKind};

/// The state of a withdrawn case, which every service has.
pub const WITHDRAWN: &str = "withdrawn";

/// The author withdraws a case that has not ended; the reason is nobody's business but the agency's and may be left out.
///
/// # Errors
/// `case.withdraw-not` when the service does not allow it; `case.closed`; `case.author-only`; those of [`Ctx::require`].
pub fn withdraw(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, reason: &str, code: Option<&str>) -> Result<Done> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    acting.author(ctx, Verb::Withdraw)?;
    acting.open()?;
    let service = acting.service.clone();
    if !service.definition.filing.withdraw {
        return Err(Error::conflict("case.withdraw-not"));
    }
    let reason = act::optional_text(reason, "reason")?;
    let who = Who::author(ctx);
    let happened = Happened::new(EventKind::Withdrawn, &kinds::CASE_WITHDRAWN, &who).text(&reason);
    let receipt = put_into(tx, ctx, cases, &mut acting.case, &service, WITHDRAWN, happened)?;
    Ok(Done { revision: acting.case.revision, receipt: Some(receipt) })
}
