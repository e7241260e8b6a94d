//! Table `case_term`, which programs before this one kept words of public cases in. Nothing reads it; rows of a case go when
//! the case is written, hidden or erased.

use madang_base::Result;
use madang_db::{Tx, params};

use crate::model::CaseId;

pub(crate) fn delete_all(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.exec("DELETE FROM case_term WHERE case_id = $1", params![case])?;
    Ok(())
}
