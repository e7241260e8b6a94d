//! Public cases with what agencies answered.

use madang_base::{LocalizedText, Result};
use madang_cases::service::searched::{self, Searched};
use madang_cases::{CaseId, Cases};
use madang_db::Tx;
use madang_kernel::change::Change;
use madang_kernel::{ObjectKind, Ref};
use madang_search::{Document, Kind, Source};

use crate::search::model::Place;
use crate::search::row::{Row, plain};

/// Acts on a case after which it reads as before.
const SILENT: &[&str] = &[
    "case.followed",
    "case.unfollowed",
    "case.assigned",
    "case.submitted",
    "case.returned",
    "case.rated",
    "case.linked",
    // Each of a hundred thousand signatures would write the same text again; counts come with the next act.
    "support.given",
    "support.withdrawn",
    "support.excluded",
    "support.restored",
];

pub(super) struct CaseFiles(pub Cases);

impl Source for CaseFiles {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Case]
    }

    fn touched(&self, _: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        let touched = change.object.kind == ObjectKind::Case && !SILENT.contains(&change.kind.as_str());
        Ok(touched.then(|| change.object.clone()).into_iter().collect())
    }

    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(super::documents(rows(tx, &self.0, ids)?))
    }

    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let after = after.and_then(|after| after.id.parse::<CaseId>().ok());
        let found = searched::page(tx, &self.0, after, limit)?;
        Ok(found.into_iter().map(|case| row(case).document()).collect())
    }
}

pub(super) fn rows(tx: &mut Tx, cases: &Cases, ids: &[Ref]) -> Result<Vec<Row>> {
    let ids = ids.iter().filter(|id| id.kind == ObjectKind::Case).filter_map(|id| id.id.parse().ok());
    let ids: Vec<CaseId> = ids.collect();
    Ok(searched::of(tx, cases, &ids)?.into_iter().map(row).collect())
}

fn row(case: Searched) -> Row {
    let service = (case.version.definition.id.clone(), case.version.definition.name.clone());
    let state = (case.state.clone(), case.state_name());
    let texts = |texts: Vec<String>| texts.into_iter().map(plain).collect::<Vec<LocalizedText>>();
    let id = Ref::new(ObjectKind::Case, case.id);
    Row {
        body: texts(case.body),
        answer: texts(case.answer),
        agency: case.agency,
        agencies: case.agencies,
        service: Some(service),
        state: Some(state),
        phase: Some(case.phase),
        supports: case.supports,
        area: case.area,
        ..Row::new(id, Kind::Case, plain(case.title), Place::Case { number: case.number }, case.filed_at)
    }
}
