//! Plans, commitments with their parts, milestones.

use madang_base::Result;
use madang_cases::AgencyName;
use madang_db::Tx;
use madang_kernel::change::Change;
use madang_kernel::{ObjectKind, Ref};
use madang_plans::views::searched::{self, Searched};
use madang_search::{Document, Kind, Source};

use crate::search::model::Place;
use crate::search::row::Row;

pub(super) struct Plans;

impl Source for Plans {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Plan, Kind::Commitment, Kind::Milestone]
    }

    fn touched(&self, tx: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        searched::touched(tx, &change.object)
    }

    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(super::documents(rows(tx, ids)?))
    }

    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        Ok(searched::page(tx, after, limit)?.into_iter().map(|found| row(found).document()).collect())
    }
}

pub(super) fn rows(tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Row>> {
    Ok(searched::of(tx, ids)?.into_iter().map(row).collect())
}

fn row(found: Searched) -> Row {
    let id = found.id.id.clone();
    let (kind, place) = match found.id.kind {
        ObjectKind::Commitment => (Kind::Commitment, Place::Commitment { id }),
        ObjectKind::Milestone => (Kind::Milestone, Place::Milestone { id }),
        _ => (Kind::Plan, Place::Plan { id }),
    };
    Row {
        body: found.body,
        answer: found.reports,
        agency: found.agency.map(|agency| AgencyName { id: agency.id, slug: agency.slug, name: agency.name }),
        agencies: found.agencies,
        ..Row::new(found.id, kind, found.title, place, found.at)
    }
}
