//! The few figures that stand on other pages.

use madang_base::Result;
use madang_cases::figures::{self, Asked, Counts, Stage};
use madang_http::Visit;
use madang_kernel::OrganisationId;

use super::super::services::cases;
use super::range::{Choice, chosen};

/// Counts and funnel of everything that was ever filed.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub counts: Counts,
    /// Of a service only.
    pub funnel: Vec<Stage>,
}

/// # Errors
/// Those of the database.
pub(crate) async fn of_service(visit: &Visit, service: &str) -> Result<Brief> {
    read(visit, Some(service.to_owned()), None).await
}

/// # Errors
/// Those of the database.
pub(crate) async fn of_agency(visit: &Visit, agency: OrganisationId) -> Result<Brief> {
    read(visit, None, Some(agency)).await
}

async fn read(visit: &Visit, service: Option<String>, agency: Option<OrganisationId>) -> Result<Brief> {
    let range = chosen(Choice::All, visit.ctx.now.kst_date());
    let asked = Asked { service, agency, since: range.since, until: range.until, area: None };
    let (there, ctx) = (cases(visit)?, visit.ctx.clone());
    let board = visit.app.db.read(move |tx| figures::dashboard(tx, &ctx, &there, &asked)).await?;
    Ok(Brief { counts: board.counts, funnel: board.funnel })
}
