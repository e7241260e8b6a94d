//! SQL of tables `case_band` and `case_alike`.

use madang_base::Result;
use madang_db::{Row, Tx, Value, params};
use madang_form::Answers;
use madang_kernel::OrganisationId;

use crate::figures::store::BATCH;
use crate::model::CaseId;
use crate::store::from_json;

/// What is compared of a case; answers are not typed yet.
#[derive(Clone, Debug)]
pub(crate) struct TextRow {
    pub id: String,
    pub service: String,
    pub version: String,
    pub title: String,
    pub answers: Answers,
}

fn places(ids: &[String]) -> Vec<Value> {
    let mut params: Vec<Value> = ids.iter().map(Value::from).collect();
    params.resize(BATCH, Value::Null);
    params
}

/// Of at most [`BATCH`] cases those that are not erased.
pub(crate) fn texts(tx: &mut Tx, ids: &[String]) -> Result<Vec<TextRow>> {
    let rows = tx.rows(
        "SELECT id, service, version, title, answers FROM case_file
         WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25) AND erased_at IS NULL",
        &places(ids),
    )?;
    let text = |row: &Row| {
        Ok(TextRow {
            id: row.get("id")?,
            service: row.get("service")?,
            version: row.get("version")?,
            title: row.get("title")?,
            answers: from_json(row, "answers")?,
        })
    };
    rows.iter().map(text).collect()
}

pub(crate) fn not_erased(tx: &mut Tx, ids: &[String]) -> Result<Vec<String>> {
    tx.rows(
        "SELECT id FROM case_file
         WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25) AND erased_at IS NULL",
        &places(ids),
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}

/// Bands of one statement.
const BANDS: usize = 16;

/// The newest cases of each band.
pub(crate) fn candidates(tx: &mut Tx, bands: &[i64]) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for chunk in bands.chunks(BANDS) {
        let mut params: Vec<Value> = chunk.iter().map(|band| Value::from(*band)).collect();
        params.resize(BANDS, Value::Null);
        let rows = tx.rows(
            "SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $1 ORDER BY case_id DESC LIMIT 20) b1
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $2 ORDER BY case_id DESC LIMIT 20) b2
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $3 ORDER BY case_id DESC LIMIT 20) b3
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $4 ORDER BY case_id DESC LIMIT 20) b4
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $5 ORDER BY case_id DESC LIMIT 20) b5
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $6 ORDER BY case_id DESC LIMIT 20) b6
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $7 ORDER BY case_id DESC LIMIT 20) b7
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $8 ORDER BY case_id DESC LIMIT 20) b8
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $9 ORDER BY case_id DESC LIMIT 20) b9
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $10 ORDER BY case_id DESC LIMIT 20) b10
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $11 ORDER BY case_id DESC LIMIT 20) b11
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $12 ORDER BY case_id DESC LIMIT 20) b12
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $13 ORDER BY case_id DESC LIMIT 20) b13
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $14 ORDER BY case_id DESC LIMIT 20) b14
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $15 ORDER BY case_id DESC LIMIT 20) b15
             UNION SELECT case_id FROM (SELECT case_id FROM case_band WHERE band = $16 ORDER BY case_id DESC LIMIT 20) b16",
            &params,
        )?;
        for row in rows {
            out.push(row.get("case_id")?);
        }
    }
    Ok(out)
}

/// Forgets what a case says and to whom it is alike.
pub(crate) fn delete(tx: &mut Tx, case: &str) -> Result<()> {
    tx.exec("DELETE FROM case_band WHERE case_id = $1", params![case])?;
    tx.exec("DELETE FROM case_alike WHERE case_id = $1", params![case])?;
    tx.exec("DELETE FROM case_alike WHERE other = $1", params![case])?;
    Ok(())
}

pub(crate) fn put_bands(tx: &mut Tx, case: &str, bands: &[i64]) -> Result<()> {
    let (many, few) = bands.as_chunks::<BANDS>();
    for chunk in many {
        let mut params: Vec<Value> = vec![case.into()];
        params.extend(chunk.iter().map(|band| Value::from(*band)));
        tx.exec(
            "INSERT INTO case_band (case_id, band) VALUES ($1, $2), ($1, $3), ($1, $4), ($1, $5), ($1, $6), ($1, $7), ($1, $8),
               ($1, $9), ($1, $10), ($1, $11), ($1, $12), ($1, $13), ($1, $14), ($1, $15), ($1, $16), ($1, $17)
             ON CONFLICT (band, case_id) DO NOTHING",
            &params,
        )?;
    }
    debug_assert!(few.is_empty(), "the text crate gives {BANDS} bands or none");
    Ok(())
}

pub(crate) fn put_pair(tx: &mut Tx, case: &str, other: &str, per_mille: u32) -> Result<()> {
    tx.exec(
        "INSERT INTO case_alike (case_id, other, per_mille) VALUES ($1, $2, $3)
         ON CONFLICT (case_id, other) DO UPDATE SET per_mille = excluded.per_mille",
        params![case, other, per_mille],
    )?;
    Ok(())
}

/// Pairs of open cases of an agency, each once, the newest first.
pub(crate) fn open_pairs(tx: &mut Tx, agency: OrganisationId, limit: u32) -> Result<Vec<(CaseId, CaseId, u32)>> {
    tx.rows(
        "SELECT a.case_id, a.other, a.per_mille FROM case_file c
         JOIN case_alike a ON a.case_id = c.id AND a.other < a.case_id
         JOIN case_file o ON o.id = a.other
         WHERE c.agency = $1 AND c.closed_at IS NULL AND o.agency = $1 AND o.closed_at IS NULL
         ORDER BY a.case_id DESC, a.other DESC LIMIT $2",
        params![agency, limit],
    )?
    .iter()
    .map(|row| Ok((row.get("case_id")?, row.get("other")?, row.get("per_mille")?)))
    .collect()
}

/// How many open cases of the agency are alike to each of at most [`BATCH`] cases; none is left out.
pub(crate) fn counts(tx: &mut Tx, agency: OrganisationId, cases: &[CaseId]) -> Result<Vec<(CaseId, i64)>> {
    let mut params: Vec<Value> = cases.iter().map(Value::from).collect();
    params.resize(BATCH, Value::Null);
    params.push(agency.into());
    tx.rows(
        "SELECT a.case_id, COUNT(*) AS n FROM case_alike a JOIN case_file o ON o.id = a.other
         WHERE a.case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           $22, $23, $24, $25) AND o.agency = $26 AND o.closed_at IS NULL
         GROUP BY a.case_id",
        &params,
    )?
    .iter()
    .map(|row| Ok((row.get("case_id")?, row.get("n")?)))
    .collect()
}
