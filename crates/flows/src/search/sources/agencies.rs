//! Public bodies.

use madang_base::{Result, Time};
use madang_cases::AgencyName;
use madang_db::Tx;
use madang_kernel::change::Change;
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{ObjectKind, OrganisationId, Ref};
use madang_search::{Document, Kind, Source};

use crate::search::model::Place;
use crate::search::row::Row;

pub(super) struct Agencies;

impl Source for Agencies {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Agency]
    }

    fn touched(&self, _: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        let touched = change.object.kind == ObjectKind::Organisation;
        Ok(touched.then(|| change.object.clone()).into_iter().collect())
    }

    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(super::documents(rows(tx, ids)?))
    }

    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let mut all = rows_of(organisation::list(tx, Some(OrganisationKind::Agency))?);
        all.retain(|row| after.is_none_or(|after| row.id > *after));
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(super::documents(all))
    }
}

/// A site has hundreds of organisations: they are read at once.
pub(super) fn rows(tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Row>> {
    if !ids.iter().any(|id| id.kind == ObjectKind::Organisation) {
        return Ok(Vec::new());
    }
    let mut all = rows_of(organisation::list(tx, Some(OrganisationKind::Agency))?);
    all.retain(|row| ids.contains(&row.id));
    Ok(all)
}

fn rows_of(all: Vec<Organisation>) -> Vec<Row> {
    let above: std::collections::BTreeMap<_, _> = all.iter().map(|one| (one.id, one.name.clone())).collect();
    let row = |one: Organisation| {
        let place = Place::Agency { slug: one.slug.clone() };
        let parent = one.parent.and_then(|id| above.get(&id)).cloned();
        Row {
            body: Some(one.short.clone()).into_iter().chain(parent).filter(|text| !text.is_empty()).collect(),
            agencies: vec![one.id],
            agency: Some(AgencyName { id: one.id, slug: one.slug.clone(), name: one.name.clone() }),
            ..Row::new(one.reference(), Kind::Agency, one.name, place, made(one.id))
        }
    };
    all.into_iter().map(row).collect()
}

/// When an organisation came to be: its id begins with it.
fn made(id: OrganisationId) -> Time {
    let (seconds, nanos) = id.uuid().get_timestamp().map_or((0, 0), |stamp| stamp.to_unix());
    Time::from_micros(i64::try_from(seconds).unwrap_or(0).saturating_mul(1_000_000) + i64::from(nanos / 1_000))
}
