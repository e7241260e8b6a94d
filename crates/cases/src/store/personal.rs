//! What personal data needs of all the tables: finding the cases of a person and of a time.

use madang_base::{Result, Time};
use madang_db::{Tx, params};
use madang_kernel::{AccountId, OrganisationId};

use crate::model::CaseId;

/// Cases that an account filed, the newest first.
pub(crate) fn of_author(tx: &mut Tx, author: AccountId) -> Result<Vec<CaseId>> {
    tx.rows("SELECT id FROM case_file WHERE author = $1 ORDER BY filed_at DESC, id DESC", params![author])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// Cases of a service that were closed before, whose personal data is still there, the oldest first.
pub(crate) fn closed_before(tx: &mut Tx, service: &str, before: Time, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows(
        "SELECT id FROM case_file WHERE erased_at IS NULL AND closed_at < $2 AND service = $1
         ORDER BY closed_at, id LIMIT $3",
        params![service, before, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// Numbers of cases that came in through an organisation's clerks in this time from somebody of this name, newest first.
pub(crate) fn by_name(
    tx: &mut Tx,
    organisation: OrganisationId,
    name: &str,
    since: Time,
    until: Time,
) -> Result<Vec<String>> {
    tx.rows(
        "SELECT c.number FROM case_event e JOIN case_file c ON c.id = e.case_id
         WHERE e.at >= $3 AND e.at < $4 AND e.kind = 'filed' AND e.organisation = $1 AND c.author_name = $2
         ORDER BY e.at DESC, c.id LIMIT 50",
        params![organisation, name, since, until],
    )?
    .iter()
    .map(|row| row.get("number"))
    .collect()
}
