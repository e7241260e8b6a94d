//! SQL of the figures: tables `case_fact`, `case_figure`, `figure_head` and `case_stale`, and what facts are made of.
//!
//! Many rows are read and written by one statement of a fixed number of places; those that are left over stay empty.

pub(crate) mod recount;

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::{Row, Tx, Value, params};
use madang_form::Phase;

use super::rules::{CaseRow, ClockRow, Counted, EventRow};
use super::sums::Sums;
use crate::model::{EventBody, EventKind};

/// Ids of one statement.
pub(crate) const BATCH: usize = 25;
/// Rows that one statement writes.
const ROWS: usize = 16;

/// A follower of the feed, by its row in `figure_head`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Figures = 1,
    Alike = 2,
}

/// How far a follower is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub position: i64,
    pub version: i64,
    /// While all cases are gone through: the last one.
    pub after: Option<String>,
}

pub(crate) fn head(tx: &mut Tx, of: Of) -> Result<Option<Head>> {
    let row = tx.row("SELECT position, version, after FROM figure_head WHERE id = $1", params![of as i32])?;
    let head =
        |row: Row| Ok(Head { position: row.get("position")?, version: row.get("version")?, after: row.get("after")? });
    row.map(head).transpose()
}

/// Moves a head that stands where it was read; false when another node has moved it.
pub(crate) fn head_move(tx: &mut Tx, of: Of, from: Option<&Head>, to: &Head) -> Result<bool> {
    let Some(from) = from else {
        return Ok(tx.exec(
            "INSERT INTO figure_head (id, position, version, after) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
            params![of as i32, to.position, to.version, to.after.as_deref()],
        )? == 1);
    };
    Ok(tx.exec(
        "UPDATE figure_head SET position = $2, version = $3, after = $4
         WHERE id = $1 AND position = $5 AND version = $6 AND COALESCE(after, '-') = COALESCE(CAST($7 AS TEXT), '-')",
        params![
            of as i32,
            to.position,
            to.version,
            to.after.as_deref(),
            from.position,
            from.version,
            from.after.as_deref()
        ],
    )? == 1)
}

/// Notes that a case has to be counted anew though nothing happened to it.
pub(crate) fn stale(tx: &mut Tx, case: &str) -> Result<()> {
    tx.exec("INSERT INTO case_stale (case_id) VALUES ($1)", params![case])?;
    Ok(())
}

/// Notes of [`stale`], the oldest first: the last one's number, and the cases.
pub(crate) fn stale_some(tx: &mut Tx, limit: usize) -> Result<(i64, Vec<String>)> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = tx.rows("SELECT id, case_id FROM case_stale ORDER BY id LIMIT $1", params![limit])?;
    let last = rows.last().map_or(Ok(0), |row| row.get("id"))?;
    Ok((last, rows.iter().map(|row| row.get("case_id")).collect::<Result<_>>()?))
}

pub(crate) fn stale_done(tx: &mut Tx, upto: i64) -> Result<()> {
    tx.exec("DELETE FROM case_stale WHERE id <= $1", params![upto])?;
    Ok(())
}

/// Ids of cases after one, in their order.
pub(crate) fn ids_after(tx: &mut Tx, after: &str, limit: usize) -> Result<Vec<String>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.rows("SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT $2", params![after, limit])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

fn places(ids: &[String]) -> Vec<Value> {
    let mut params: Vec<Value> = ids.iter().map(Value::from).collect();
    params.resize(BATCH, Value::Null);
    params
}

/// At most [`BATCH`] cases.
pub(crate) fn cases(tx: &mut Tx, ids: &[String]) -> Result<Vec<CaseRow>> {
    let rows = tx.rows(
        "SELECT id, service, version, state, phase, agency, satisfaction, area, filed_at, closed_at FROM case_file
         WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25)",
        &places(ids),
    )?;
    rows.iter().map(case).collect()
}

fn case(row: &Row) -> Result<CaseRow> {
    let code: String = row.get("phase")?;
    let phase = Phase::ALL.into_iter().find(|phase| phase.code() == code);
    Ok(CaseRow {
        id: row.get("id")?,
        service: row.get("service")?,
        version: row.get("version")?,
        state: row.get("state")?,
        phase: phase.ok_or_else(|| Error::internal(format!("no phase {code}")))?,
        agency: row.get::<Option<String>>("agency")?.unwrap_or_default(),
        satisfaction: row.get("satisfaction")?,
        area: row.get("area")?,
        filed_at: row.get("filed_at")?,
        closed: row.get::<Option<i64>>("closed_at")?.is_some(),
    })
}

/// The events of at most [`BATCH`] cases, those of each in their order.
pub(crate) fn events(tx: &mut Tx, ids: &[String]) -> Result<BTreeMap<String, Vec<EventRow>>> {
    let rows = tx.rows(
        "SELECT case_id, at, kind, from_state, to_state, party, organisation,
           CASE WHEN kind = 'ran-out' OR (kind = 'step' AND to_state IS NOT NULL) THEN body ELSE '' END AS body
         FROM case_event
         WHERE case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           $22, $23, $24, $25)
         ORDER BY case_id, no",
        &places(ids),
    )?;
    let mut out = BTreeMap::<String, Vec<EventRow>>::new();
    for row in rows {
        out.entry(row.get("case_id")?).or_default().push(event(&row)?);
    }
    Ok(out)
}

fn event(row: &Row) -> Result<EventRow> {
    let body: String = row.get("body")?;
    let body: EventBody =
        if body.is_empty() { EventBody::default() } else { serde_json::from_str(&body).map_err(Error::internal)? };
    let kind: EventKind = row.get("kind")?;
    Ok(EventRow {
        at: row.get("at")?,
        kind,
        from_state: row.get("from_state")?,
        to_state: row.get("to_state")?,
        by_author: row.get::<String>("party")? == "author",
        organisation: row.get("organisation")?,
        about: body.about,
        grounds: body.input.map(|input| input.grounds).unwrap_or_default(),
    })
}

/// The clocks of at most [`BATCH`] cases.
pub(crate) fn clocks(tx: &mut Tx, ids: &[String]) -> Result<BTreeMap<String, Vec<ClockRow>>> {
    let rows = tx.rows(
        "SELECT case_id, clock, CASE WHEN stopped_at IS NULL THEN 1 ELSE 0 END AS running,
           CASE WHEN ran_out_at = overdue_from THEN 1 ELSE 0 END AS ran_out
         FROM case_clock
         WHERE case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           $22, $23, $24, $25)
         ORDER BY case_id, clock",
        &places(ids),
    )?;
    let mut out = BTreeMap::<String, Vec<ClockRow>>::new();
    for row in rows {
        let clock = ClockRow { clock: row.get("clock")?, running: row.get("running")?, ran_out: row.get("ran_out")? };
        out.entry(row.get("case_id")?).or_default().push(clock);
    }
    Ok(out)
}

/// What at most [`BATCH`] cases were last counted as.
pub(crate) fn counted(tx: &mut Tx, ids: &[String]) -> Result<BTreeMap<String, Counted>> {
    let rows = tx.rows(
        "SELECT case_id, service, agency, day, facts FROM case_fact
         WHERE case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           $22, $23, $24, $25)",
        &places(ids),
    )?;
    let one = |row: &Row| {
        let facts = Counted::parse(&row.get::<String>("facts")?)?;
        let counted = Counted { service: row.get("service")?, agency: row.get("agency")?, day: row.get("day")?, facts };
        Ok((row.get("case_id")?, counted))
    };
    rows.iter().map(one).collect()
}

/// Writes what cases count as now.
pub(crate) fn put_counted(tx: &mut Tx, cases: &[(&String, &Counted)]) -> Result<()> {
    let values = |(id, counted): &(&String, &Counted)| -> [Value; 5] {
        [(*id).into(), (&counted.service).into(), (&counted.agency).into(), counted.day.into(), counted.text().into()]
    };
    let (many, few) = cases.as_chunks::<ROWS>();
    for chunk in many {
        tx.exec(
            "INSERT INTO case_fact (case_id, service, agency, day, facts) VALUES
               ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10), ($11, $12, $13, $14, $15), ($16, $17, $18, $19, $20),
               ($21, $22, $23, $24, $25), ($26, $27, $28, $29, $30), ($31, $32, $33, $34, $35), ($36, $37, $38, $39, $40),
               ($41, $42, $43, $44, $45), ($46, $47, $48, $49, $50), ($51, $52, $53, $54, $55), ($56, $57, $58, $59, $60),
               ($61, $62, $63, $64, $65), ($66, $67, $68, $69, $70), ($71, $72, $73, $74, $75), ($76, $77, $78, $79, $80)
             ON CONFLICT (case_id) DO UPDATE SET service = excluded.service, agency = excluded.agency,
               day = excluded.day, facts = excluded.facts",
            &chunk.iter().flat_map(values).collect::<Vec<_>>(),
        )?;
    }
    for one in few {
        tx.exec(
            "INSERT INTO case_fact (case_id, service, agency, day, facts) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (case_id) DO UPDATE SET service = excluded.service, agency = excluded.agency,
               day = excluded.day, facts = excluded.facts",
            &values(one),
        )?;
    }
    Ok(())
}

/// Where a sum stands: agency, service, period.
pub(crate) type Place = (String, String, i64);

/// The sums at these places; those that are not there are left out.
pub(crate) fn sums(tx: &mut Tx, places: &[&Place]) -> Result<BTreeMap<Place, Sums>> {
    let mut out = BTreeMap::new();
    for chunk in places.chunks(ROWS) {
        let mut params: Vec<Value> = chunk
            .iter()
            .flat_map(|(agency, service, period)| [agency.into(), service.into(), (*period).into()])
            .collect();
        while params.len() < ROWS * 3 {
            params.extend([Value::Null, Value::Null, Value::Null]);
        }
        let rows = tx.rows(
            "SELECT agency, service, period, counts, others FROM case_figure
             WHERE (agency = $1 AND service = $2 AND period = $3) OR (agency = $4 AND service = $5 AND period = $6)
               OR (agency = $7 AND service = $8 AND period = $9) OR (agency = $10 AND service = $11 AND period = $12)
               OR (agency = $13 AND service = $14 AND period = $15) OR (agency = $16 AND service = $17 AND period = $18)
               OR (agency = $19 AND service = $20 AND period = $21) OR (agency = $22 AND service = $23 AND period = $24)
               OR (agency = $25 AND service = $26 AND period = $27) OR (agency = $28 AND service = $29 AND period = $30)
               OR (agency = $31 AND service = $32 AND period = $33) OR (agency = $34 AND service = $35 AND period = $36)
               OR (agency = $37 AND service = $38 AND period = $39) OR (agency = $40 AND service = $41 AND period = $42)
               OR (agency = $43 AND service = $44 AND period = $45) OR (agency = $46 AND service = $47 AND period = $48)",
            &params,
        )?;
        for row in rows {
            let mut sums = Sums::default();
            sums.read(&row.get::<String>("counts")?)?;
            sums.read(&row.get::<String>("others")?)?;
            out.insert((row.get("agency")?, row.get("service")?, row.get("period")?), sums);
        }
    }
    Ok(out)
}

/// Writes sums.
pub(crate) fn put_sums(tx: &mut Tx, sums: &[(&Place, &Sums)]) -> Result<()> {
    let values = |((agency, service, period), sums): &(&Place, &Sums)| -> [Value; 5] {
        let (counts, others) = sums.columns();
        [agency.into(), service.into(), (*period).into(), counts.into(), others.into()]
    };
    let (many, few) = sums.as_chunks::<ROWS>();
    for chunk in many {
        tx.exec(
            "INSERT INTO case_figure (agency, service, period, counts, others) VALUES
               ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10), ($11, $12, $13, $14, $15), ($16, $17, $18, $19, $20),
               ($21, $22, $23, $24, $25), ($26, $27, $28, $29, $30), ($31, $32, $33, $34, $35), ($36, $37, $38, $39, $40),
               ($41, $42, $43, $44, $45), ($46, $47, $48, $49, $50), ($51, $52, $53, $54, $55), ($56, $57, $58, $59, $60),
               ($61, $62, $63, $64, $65), ($66, $67, $68, $69, $70), ($71, $72, $73, $74, $75), ($76, $77, $78, $79, $80)
             ON CONFLICT (agency, service, period) DO UPDATE SET counts = excluded.counts, others = excluded.others",
            &chunk.iter().flat_map(values).collect::<Vec<_>>(),
        )?;
    }
    for one in few {
        tx.exec(
            "INSERT INTO case_figure (agency, service, period, counts, others) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (agency, service, period) DO UPDATE SET counts = excluded.counts, others = excluded.others",
            &values(one),
        )?;
    }
    Ok(())
}

/// The sums of an agency and a service from one period to another (both days or both months), by period.
pub(crate) fn range(tx: &mut Tx, agency: &str, service: &str, from: i64, to: i64) -> Result<Vec<(i64, Sums)>> {
    let rows = tx.rows(
        "SELECT period, counts, others FROM case_figure
         WHERE agency = $1 AND service = $2 AND period >= $3 AND period <= $4 ORDER BY period",
        params![agency, service, from, to],
    )?;
    let one = |row: &Row| {
        let mut sums = Sums::default();
        sums.read(&row.get::<String>("counts")?)?;
        sums.read(&row.get::<String>("others")?)?;
        Ok((row.get("period")?, sums))
    };
    rows.iter().map(one).collect()
}

/// Adds counts and days alone of all agencies with a service, by agency.
pub(crate) fn agencies(
    tx: &mut Tx,
    service: &str,
    from: i64,
    to: i64,
    into: &mut BTreeMap<String, Sums>,
) -> Result<()> {
    let rows = tx.rows(
        "SELECT agency, counts FROM case_figure
         WHERE service = $1 AND period >= $2 AND period <= $3 AND agency <> '*' ORDER BY period, agency",
        params![service, from, to],
    )?;
    for row in rows {
        into.entry(row.get("agency")?).or_default().read(&row.get::<String>("counts")?)?;
    }
    Ok(())
}

/// Adds counts and days alone of a service with an agency.
pub(crate) fn lines(tx: &mut Tx, agency: &str, service: &str, from: i64, to: i64, into: &mut Sums) -> Result<()> {
    let rows = tx.rows(
        "SELECT counts FROM case_figure
         WHERE agency = $1 AND service = $2 AND period >= $3 AND period <= $4 ORDER BY period",
        params![agency, service, from, to],
    )?;
    rows.iter().try_for_each(|row| into.read(&row.get::<String>("counts")?))
}
