//! What pages show of a case's supports.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use super::SupportView;
use crate::context::Cases;
use crate::model::CaseFile;

/// What everybody may see of a case's supports; none when its service has no support.
///
/// # Errors
/// Those of the database.
pub fn view(_tx: &mut Tx, _ctx: &Ctx, _cases: &Cases, _case: &CaseFile) -> Result<Option<SupportView>> {
    Err(Error::internal("support::view is being written"))
}
