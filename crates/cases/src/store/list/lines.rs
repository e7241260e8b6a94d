//! The lines of known cases.

use std::collections::BTreeSet;

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, Value};
use madang_form::{Answers, Phase};

use crate::model::{AgencyName, CaseId, CitizenSays, Publication};
use crate::store::{agency_name, from_json};

/// A case as a list shows it, without the words of its definition.
#[derive(Clone, Debug)]
pub(crate) struct LineRow {
    pub id: CaseId,
    pub number: String,
    pub title: String,
    pub service: String,
    pub version: String,
    pub state: String,
    pub phase: Phase,
    pub outcome: Option<String>,
    pub agency: Option<AgencyName>,
    pub filed_at: Time,
    pub due_at: Option<Time>,
    pub supports: Option<i64>,
    pub publication: Publication,
    pub citizen_says: Option<CitizenSays>,
    pub own: Option<madang_kernel::AccountId>,
}

/// Ids of one statement.
const BATCH: usize = 25;

/// The lines of these cases, in the order of the ids.
pub(crate) fn lines(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<LineRow>> {
    let mut out = Vec::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let mut params: Vec<Value> = batch.iter().map(Value::from).collect();
        params.resize(BATCH, Value::Null);
        let rows = tx.rows(
            "SELECT c.id, c.number, c.title, c.service, c.version, c.state, c.phase, c.outcome, c.filed_at, c.due_at,
               c.publication, c.citizen_says, c.author, s.count AS supports,
               o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name
             FROM case_file c LEFT JOIN organisation o ON o.id = c.agency
             LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total'
             WHERE c.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25)",
            &params,
        )?;
        let mut found = rows.iter().map(line).collect::<Result<Vec<_>>>()?;
        for id in batch {
            if let Some(at) = found.iter().position(|line| line.id == *id) {
                out.push(found.swap_remove(at));
            }
        }
    }
    Ok(out)
}

/// A case as an export writes it; answers are not typed yet.
#[derive(Clone, Debug)]
pub(crate) struct ExportedRow {
    pub line: LineRow,
    pub answers: Answers,
    pub reviewed: BTreeSet<String>,
    pub published_at: Option<Time>,
    pub answered_at: Option<Time>,
    pub closed_at: Option<Time>,
}

/// The rows of these cases, in the order of the ids.
pub(crate) fn exported(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<ExportedRow>> {
    let mut out = Vec::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let mut params: Vec<Value> = batch.iter().map(Value::from).collect();
        params.resize(BATCH, Value::Null);
        let rows = tx.rows(
            "SELECT c.id, c.number, c.title, c.service, c.version, c.state, c.phase, c.outcome, c.filed_at, c.due_at,
               c.publication, c.citizen_says, c.author, s.count AS supports, c.answers, c.reviewed, c.published_at,
               c.answered_at, c.closed_at, o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name
             FROM case_file c LEFT JOIN organisation o ON o.id = c.agency
             LEFT JOIN support_count s ON s.case_id = c.id AND s.dimension = 'total'
             WHERE c.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25)",
            &params,
        )?;
        let mut found = rows.iter().map(one).collect::<Result<Vec<_>>>()?;
        for id in batch {
            if let Some(at) = found.iter().position(|row| row.line.id == *id) {
                out.push(found.swap_remove(at));
            }
        }
    }
    Ok(out)
}

fn one(row: &Row) -> Result<ExportedRow> {
    Ok(ExportedRow {
        line: line(row)?,
        answers: from_json(row, "answers")?,
        reviewed: from_json(row, "reviewed")?,
        published_at: row.get("published_at")?,
        answered_at: row.get("answered_at")?,
        closed_at: row.get("closed_at")?,
    })
}

fn line(row: &Row) -> Result<LineRow> {
    let code: String = row.get("phase")?;
    let phase = Phase::ALL.into_iter().find(|phase| phase.code() == code);
    Ok(LineRow {
        id: row.get("id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        service: row.get("service")?,
        version: row.get("version")?,
        state: row.get("state")?,
        phase: phase.ok_or_else(|| Error::internal(format!("no phase {code}")))?,
        outcome: row.get("outcome")?,
        agency: agency_name(row)?,
        filed_at: row.get("filed_at")?,
        due_at: row.get("due_at")?,
        supports: row.get("supports")?,
        publication: row.get("publication")?,
        citizen_says: row.get("citizen_says")?,
        own: row.get("author")?,
    })
}
