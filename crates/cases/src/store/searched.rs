//! Public cases and what agencies said in them, many at a time, for searches.

use std::collections::{BTreeMap, BTreeSet};

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, Value, params};
use madang_form::Phase;
use madang_form::steps::StepInput;
use madang_kernel::OrganisationId;

use super::{agency_name, from_json};
use crate::model::{AgencyName, CaseId, EventBody, Publication};

/// A case; its answers are not read yet.
#[derive(Clone, Debug)]
pub(crate) struct SearchedRow {
    pub id: CaseId,
    pub number: String,
    pub title: String,
    pub version: String,
    pub state: String,
    pub phase: Phase,
    pub publication: Publication,
    pub agency: Option<AgencyName>,
    pub answers: String,
    pub reviewed: BTreeSet<String>,
    pub filed_at: Time,
    pub answered_at: Option<Time>,
    pub erased_at: Option<Time>,
    pub supports: Option<i64>,
}

/// Ids of one statement.
pub(crate) const BATCH: usize = 100;

fn slots(ids: &[CaseId]) -> Vec<Value> {
    let mut params: Vec<Value> = ids.iter().map(Value::from).collect();
    params.resize(BATCH, Value::Null);
    params
}

/// Ids of public cases after `after`, in their order. The columns stand in expressions, so that no index by publication is
/// taken: the key's own order is what makes the next page cheap.
pub(crate) fn page(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows(
        "SELECT id FROM case_file WHERE id > $1 AND COALESCE(publication, '') = 'published'
           AND COALESCE(erased_at, 0) = 0 AND COALESCE(state, '') <> 'withdrawn' ORDER BY id LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// These cases, public or not, at most [`BATCH`].
pub(crate) fn rows(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<SearchedRow>> {
    tx.rows(
        "SELECT c.id, c.number, c.title, c.version, c.state, c.phase, c.publication, c.answers, c.reviewed, c.filed_at,
           c.answered_at, c.erased_at, s.count AS supports,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name
         FROM case_file c LEFT JOIN organisation o ON o.id = c.agency
         LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total' AND s.value = ''
         WHERE c.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
               $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60,
               $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80,
               $81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100)",
        &slots(ids),
    )?
    .iter()
    .map(searched)
    .collect()
}

/// Which agencies have joined these cases and not left them.
pub(crate) fn joined(tx: &mut Tx, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<OrganisationId>>> {
    let mut out: BTreeMap<CaseId, Vec<OrganisationId>> = BTreeMap::new();
    for row in tx.rows(
        "SELECT case_id, organisation FROM case_agency
         WHERE until_at IS NULL AND role = 'joint' AND case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
               $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60,
               $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80,
               $81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100) ORDER BY case_id, organisation",
        &slots(ids),
    )? {
        out.entry(row.at(0)?).or_default().push(row.at(1)?);
    }
    Ok(out)
}

/// What was given with the steps of these cases that the author did not take, as far as the public reads it, in order.
pub(crate) fn said(tx: &mut Tx, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<StepInput>>> {
    let mut out: BTreeMap<CaseId, Vec<StepInput>> = BTreeMap::new();
    for row in tx.rows(
        "SELECT case_id, body FROM case_event
         WHERE kind = 'step' AND public = 1 AND party <> 'author' AND case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
               $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60,
               $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80,
               $81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100) ORDER BY case_id, no",
        &slots(ids),
    )? {
        let body: EventBody = from_json(&row, "body")?;
        if let Some(input) = body.input {
            out.entry(row.get("case_id")?).or_default().push(input);
        }
    }
    Ok(out)
}

fn searched(row: &Row) -> Result<SearchedRow> {
    let code: String = row.get("phase")?;
    let phase = Phase::ALL.into_iter().find(|phase| phase.code() == code);
    Ok(SearchedRow {
        id: row.get("id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        version: row.get("version")?,
        state: row.get("state")?,
        phase: phase.ok_or_else(|| Error::internal(format!("no phase {code}")))?,
        publication: row.get("publication")?,
        agency: agency_name(row)?,
        answers: row.get("answers")?,
        reviewed: from_json(row, "reviewed")?,
        filed_at: row.get("filed_at")?,
        answered_at: row.get("answered_at")?,
        erased_at: row.get("erased_at")?,
        supports: row.get("supports")?,
    })
}
