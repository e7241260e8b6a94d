//! Public cases as searches know them: what everybody may read of them now, as texts.
//!
//! Withdrawn and erased cases are not among them, though their numbers still open a page. The reading is made for building
//! an index: a hundred cases take three statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use madang_base::{LocalizedText, Result, Time};
use madang_db::Tx;
use madang_form::steps::StepInput;
use madang_form::{Answer, Answers, Field, FieldKind, Phase, visible};
use madang_kernel::OrganisationId;

use super::written;
use crate::Cases;
use crate::model::{AgencyName, CaseId, Publication};
use crate::registry::ServiceVersion;
use crate::service::withdraw::WITHDRAWN;
use crate::store;
use crate::store::searched::SearchedRow;

/// A public case.
#[derive(Clone, Debug)]
pub struct Searched {
    pub id: CaseId,
    pub number: String,
    pub title: String,
    /// What the author wrote, field by field, the title left out.
    pub body: Vec<String>,
    /// What agencies and declared groups said with their steps.
    pub answer: Vec<String>,
    pub version: Arc<ServiceVersion>,
    pub agency: Option<AgencyName>,
    /// The one that handles it and those that joined it.
    pub agencies: Vec<OrganisationId>,
    /// `서울특별시 종로구`, when the place is public while the case stands in its state.
    pub area: Option<String>,
    pub state: String,
    pub phase: Phase,
    /// Of services that have supports.
    pub supports: Option<i64>,
    pub filed_at: Time,
}

impl Searched {
    /// The name of its state.
    #[must_use]
    pub fn state_name(&self) -> LocalizedText {
        self.version.definition.state(&self.state).map(|state| state.name.clone()).unwrap_or_default()
    }
}

/// Those of these cases that everybody may find now, in the order of the ids.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx, cases: &Cases, ids: &[CaseId]) -> Result<Vec<Searched>> {
    let mut out = Vec::with_capacity(ids.len());
    for batch in ids.chunks(store::searched::BATCH) {
        let mut rows = store::searched::rows(tx, batch)?;
        rows.retain(|row| {
            row.publication == Publication::Published && row.erased_at.is_none() && row.state != WITHDRAWN
        });
        let mut joint = store::searched::joined(tx, batch)?;
        let answered = rows.iter().filter(|row| row.answered_at.is_some()).map(|row| row.id).collect::<Vec<_>>();
        let mut said = if answered.is_empty() { BTreeMap::new() } else { store::searched::said(tx, &answered)? };
        let mut found: BTreeMap<CaseId, Searched> = BTreeMap::new();
        for row in rows {
            let (id, version) = (row.id, cases.services.version(tx, &row.version)?);
            let joint = joint.remove(&id).unwrap_or_default();
            let said = said.remove(&id).unwrap_or_default();
            found.insert(id, one(row, version, joint, said));
        }
        out.extend(batch.iter().filter_map(|id| found.remove(id)));
    }
    Ok(out)
}

/// The first public cases after this one in the order of their ids, from the beginning without one; fewer than `limit` at
/// the end only.
///
/// # Errors
/// Those of the database.
pub fn page(tx: &mut Tx, cases: &Cases, after: Option<CaseId>, limit: u32) -> Result<Vec<Searched>> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let ids = store::searched::page(tx, &after, limit)?;
    of(tx, cases, &ids)
}

fn one(row: SearchedRow, version: Arc<ServiceVersion>, joint: Vec<OrganisationId>, said: Vec<StepInput>) -> Searched {
    let def = &version.definition;
    // What does not fit its definition is not shown anywhere; the case is still found by its title.
    let answers = Answers::from_json(def, &row.answers).unwrap_or_default();
    let public = visible::public_answers(def, &row.state, &answers, &row.reviewed);
    let mut body = Vec::new();
    for field in def.fields.iter().filter(|field| field.id != def.public.title) {
        texts(field, public.get(&field.id), &mut body);
    }
    let mut answer = Vec::new();
    for input in said {
        answer.extend([input.answer, input.reason].into_iter().filter(|text| !text.is_empty()));
        let typed = input.fields.typed(def).unwrap_or_default();
        let shown = visible::public_answers(def, &row.state, &typed, &row.reviewed);
        for (id, given) in &shown.0 {
            if let Some(field) = def.field(id) {
                texts(field, Some(given), &mut answer);
            }
        }
    }
    let handling = row.agency.as_ref().map(|agency| agency.id);
    let agencies = handling.into_iter().chain(joint.into_iter().filter(|id| Some(*id) != handling)).collect();
    Searched {
        id: row.id,
        number: row.number,
        // As lists have it: a definition whose title is hidden is refused.
        title: row.title,
        body,
        answer,
        area: written::area(def, &public),
        supports: def.support.as_ref().map(|_| row.supports.unwrap_or(0)),
        agency: row.agency,
        agencies,
        state: row.state,
        phase: row.phase,
        filed_at: row.filed_at,
        version,
    }
}

/// The texts of an answer: what was written, not what was chosen.
fn texts(field: &Field, answer: Option<&Answer>, out: &mut Vec<String>) {
    let written = |kind: &FieldKind| matches!(kind, FieldKind::Line { .. } | FieldKind::Text { .. });
    match (&field.kind, answer) {
        (kind, Some(Answer::Text(text))) if written(kind) => out.push(text.clone()),
        (FieldKind::Place, Some(Answer::Place(place))) => {
            let text = if place.address.is_empty() { &place.district } else { &place.address };
            out.extend(Some(text.clone()).filter(|text| !text.is_empty()));
        }
        (FieldKind::Table { columns, .. }, Some(Answer::Rows(rows))) => {
            let cells =
                rows.iter().flat_map(|row| columns.iter().filter_map(|column| Some((column, row.get(&column.id)?))));
            for (column, cell) in cells {
                texts(column, Some(cell), out);
            }
        }
        _ => {}
    }
}
