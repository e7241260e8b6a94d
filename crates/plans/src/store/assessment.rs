//! Table `assessment`.

use madang_base::Result;
use madang_db::{Row, Tx, params};
use madang_kernel::OrganisationId;

use super::agency;
use crate::model::{Assessment, AssessmentId, Side};

pub(crate) fn insert(tx: &mut Tx, assessment: &Assessment) -> Result<()> {
    tx.exec(
        "INSERT INTO assessment (id, plan, commitment, side, period, organisation, account, completion, ambition,
           early_results, reasons, at, replaced_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)",
        params![
            assessment.id,
            &assessment.plan,
            &assessment.commitment,
            assessment.side,
            &assessment.period,
            assessment.agency.id,
            assessment.account,
            assessment.completion,
            assessment.ambition,
            assessment.early_results,
            &assessment.reasons,
            assessment.at
        ],
    )?;
    Ok(())
}

/// Marks what the organisation said before of the same commitment and period as replaced by `by`.
pub(crate) fn replace(
    tx: &mut Tx,
    commitment: &str,
    side: Side,
    organisation: OrganisationId,
    period: &str,
    by: AssessmentId,
) -> Result<u64> {
    tx.exec(
        "UPDATE assessment SET replaced_by = $5 WHERE commitment = $1 AND side = $2 AND organisation = $3
           AND period = $4 AND replaced_by IS NULL AND id <> $5",
        params![commitment, side, organisation, period, by],
    )
}

/// What stands of a commitment, newest first; `all` brings the replaced ones too.
pub(crate) fn of_commitment(tx: &mut Tx, commitment: &str, all: bool) -> Result<Vec<Assessment>> {
    tx.rows(
        "SELECT a.id, a.plan, a.commitment, a.side, a.period, a.account, a.completion, a.ambition, a.early_results,
           a.reasons, a.at, a.replaced_by,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM assessment a JOIN organisation o ON o.id = a.organisation
         WHERE a.commitment = $1 AND (CAST($2 AS BIGINT) = 1 OR a.replaced_by IS NULL) ORDER BY a.id DESC",
        params![commitment, all],
    )?
    .iter()
    .map(assessment)
    .collect()
}

/// An assessment by its id, as it stands in addresses and references.
pub(crate) fn get(tx: &mut Tx, id: &str) -> Result<Option<Assessment>> {
    tx.row(
        "SELECT a.id, a.plan, a.commitment, a.side, a.period, a.account, a.completion, a.ambition, a.early_results,
           a.reasons, a.at, a.replaced_by,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM assessment a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1",
        params![id],
    )?
    .as_ref()
    .map(assessment)
    .transpose()
}

fn assessment(row: &Row) -> Result<Assessment> {
    Ok(Assessment {
        id: row.get("id")?,
        plan: row.get("plan")?,
        commitment: row.get("commitment")?,
        side: row.get("side")?,
        period: row.get("period")?,
        agency: agency(row)?,
        account: row.get("account")?,
        completion: row.get("completion")?,
        ambition: row.get("ambition")?,
        early_results: row.get("early_results")?,
        reasons: row.get("reasons")?,
        at: row.get("at")?,
        replaced_by: row.get("replaced_by")?,
    })
}
