//! Table `case_agency`: which agency had a case, from when to when.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{OrganisationId, coded};

use crate::model::{AgencyName, CaseId};

coded! {
    /// How an agency has a case.
    pub enum AgencyRole("case.agency-role-unknown") {
        Handling = "handling",
        Joint = "joint",
    }
}

/// One stay of a case with an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldRow {
    pub agency: AgencyName,
    pub role: AgencyRole,
    pub from: Time,
    pub until: Option<Time>,
}

/// The case comes to an agency.
pub(crate) fn begin(tx: &mut Tx, case: CaseId, agency: OrganisationId, role: AgencyRole, at: Time) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO case_agency (case_id, organisation, role, from_at, until_at) VALUES ($1, $2, $3, $4, NULL)
         ON CONFLICT (case_id, organisation, from_at) DO NOTHING",
        params![case, agency, role, at],
    )? == 1)
}

/// The case leaves an agency. False when it is not there.
pub(crate) fn end(tx: &mut Tx, case: CaseId, agency: OrganisationId, at: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE case_agency SET until_at = $3 WHERE case_id = $1 AND organisation = $2 AND until_at IS NULL",
        params![case, agency, at],
    )? >= 1)
}

/// Where the case is now, the handling agency first.
pub(crate) fn now(tx: &mut Tx, case: CaseId) -> Result<Vec<(OrganisationId, AgencyRole)>> {
    tx.rows(
        "SELECT organisation, role FROM case_agency WHERE case_id = $1 AND until_at IS NULL ORDER BY role, from_at",
        params![case],
    )?
    .iter()
    .map(|row| Ok((row.get("organisation")?, row.get("role")?)))
    .collect()
}

/// Every stay, the oldest first.
pub(crate) fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<HeldRow>> {
    tx.rows(
        "SELECT a.role, a.from_at, a.until_at, o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name
         FROM case_agency a JOIN organisation o ON o.id = a.organisation
         WHERE a.case_id = $1 ORDER BY a.from_at, a.role",
        params![case],
    )?
    .iter()
    .map(|row| {
        Ok(HeldRow {
            agency: agency(row)?,
            role: row.get("role")?,
            from: row.get("from_at")?,
            until: row.get("until_at")?,
        })
    })
    .collect()
}

/// The agency of a row that selects `agency_id, agency_slug, agency_name`.
pub(crate) fn agency(row: &Row) -> Result<AgencyName> {
    Ok(AgencyName { id: row.get("agency_id")?, slug: row.get("agency_slug")?, name: row.get("agency_name")? })
}
