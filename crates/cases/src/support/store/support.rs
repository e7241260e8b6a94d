//! Table `support`, and of a case what giving needs.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::super::{BatchId, BurstId, Status};
use crate::model::{CaseId, Channel, Publication};

/// What giving needs of a case, in one row.
pub(crate) struct Stand {
    pub id: CaseId,
    pub version: String,
    pub state: String,
    pub publication: Publication,
    pub erased: bool,
    /// The case's key, sealed; none before the first support.
    pub wrapped: Option<Vec<u8>>,
}

fn stand(row: &Row) -> Result<Stand> {
    Ok(Stand {
        id: row.get("id")?,
        version: row.get("version")?,
        state: row.get("state")?,
        publication: row.get("publication")?,
        erased: row.get::<Option<Time>>("erased_at")?.is_some(),
        wrapped: row.get("wrapped")?,
    })
}

pub(crate) fn stand_by_number(tx: &mut Tx, number: &str) -> Result<Option<Stand>> {
    tx.row(
        "SELECT c.id, c.version, c.state, c.publication, c.erased_at, k.wrapped
         FROM case_file c LEFT JOIN case_key k ON k.case_id = c.id WHERE c.number = $1",
        params![number],
    )?
    .as_ref()
    .map(stand)
    .transpose()
}

/// Number and version of a case.
pub(crate) fn about(tx: &mut Tx, case: &str) -> Result<Option<(String, String)>> {
    tx.row("SELECT number, version FROM case_file WHERE id = $1", params![case])?
        .map(|row| Ok((row.at(0)?, row.at(1)?)))
        .transpose()
}

pub(crate) fn key(tx: &mut Tx, case: CaseId) -> Result<Option<Vec<u8>>> {
    tx.row("SELECT wrapped FROM case_key WHERE case_id = $1", params![case])?.map(|row| row.at(0)).transpose()
}

/// False when there is one already.
pub(crate) fn key_insert(tx: &mut Tx, case: CaseId, wrapped: Vec<u8>) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO case_key (case_id, wrapped) VALUES ($1, $2) ON CONFLICT (case_id) DO NOTHING",
        params![case, wrapped],
    )? == 1)
}

pub(crate) fn key_delete(tx: &mut Tx, case: CaseId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM case_key WHERE case_id = $1", params![case])? == 1)
}

/// A support as it is put in.
pub(crate) struct New<'a> {
    pub case: CaseId,
    pub nullifier: &'a str,
    pub at: Time,
    pub channel: Channel,
    pub batch: Option<BatchId>,
    pub region: Option<&'a str>,
    pub age_band: Option<&'a str>,
    pub network: Option<&'a str>,
}

/// False when the person has a row here already.
pub(crate) fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO support (case_id, nullifier, at, status, channel, batch, burst, region, age_band, network)
         VALUES ($1, $2, $3, 'given', $4, $5, NULL, $6, $7, $8) ON CONFLICT (case_id, nullifier) DO NOTHING",
        params![new.case, new.nullifier, new.at, new.channel, new.batch, new.region, new.age_band, new.network],
    )? == 1)
}

/// Gives again what was withdrawn; region and age band stay as first stated. False when it is not withdrawn.
pub(crate) fn again(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE support SET status = 'given', at = $3, channel = $4, batch = $5, network = $6
         WHERE case_id = $1 AND nullifier = $2 AND status = 'withdrawn'",
        params![new.case, new.nullifier, new.at, new.channel, new.batch, new.network],
    )? == 1)
}

/// Takes back what is given; when it had been given.
pub(crate) fn take_back(tx: &mut Tx, case: CaseId, nullifier: &str) -> Result<Option<Time>> {
    tx.row(
        "UPDATE support SET status = 'withdrawn' WHERE case_id = $1 AND nullifier = $2 AND status = 'given' RETURNING at",
        params![case, nullifier],
    )?
    .map(|row| row.at(0))
    .transpose()
}

/// A person's support of a case.
pub(crate) struct Held {
    pub at: Time,
    pub status: Status,
    pub batch: Option<BatchId>,
}

pub(crate) fn held(tx: &mut Tx, case: CaseId, nullifier: &str) -> Result<Option<Held>> {
    tx.row("SELECT at, status, batch FROM support WHERE case_id = $1 AND nullifier = $2", params![case, nullifier])?
        .map(|row| Ok(Held { at: row.get("at")?, status: row.get("status")?, batch: row.get("batch")? }))
        .transpose()
}

/// Those of a batch that count.
pub(crate) fn of_batch(tx: &mut Tx, batch: BatchId) -> Result<Vec<(String, Time)>> {
    tx.rows(
        "SELECT nullifier, at FROM support WHERE batch = $1 AND status = 'given' ORDER BY nullifier",
        params![batch],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .collect()
}

/// Those that count and came in a span of time, from a network or (empty) from any.
pub(crate) fn in_span(
    tx: &mut Tx,
    case: CaseId,
    (from, until): (Time, Time),
    network: &str,
    limit: u32,
) -> Result<Vec<(String, Time)>> {
    tx.rows(
        "SELECT nullifier, at FROM support
         WHERE network IS NOT NULL AND at >= $2 AND at < $3 AND case_id = $1 AND status = 'given'
           AND (CAST($4 AS TEXT) = '' OR network = $4)
         ORDER BY at, nullifier LIMIT $5",
        params![case, from, until, network, limit],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .collect()
}

/// Leaves one out by the decision on a burst. False when it does not count now.
pub(crate) fn exclude(tx: &mut Tx, case: CaseId, nullifier: &str, burst: BurstId) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE support SET status = 'excluded', burst = $3 WHERE case_id = $1 AND nullifier = $2 AND status = 'given'",
        params![case, nullifier, burst],
    )? == 1)
}

/// Those that the decision on a burst left out.
pub(crate) fn excluded_by(tx: &mut Tx, burst: BurstId, limit: u32) -> Result<Vec<(String, Time)>> {
    tx.rows(
        "SELECT nullifier, at FROM support WHERE burst = $1 AND status = 'excluded' ORDER BY nullifier LIMIT $2",
        params![burst, limit],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .collect()
}

/// Counts one again. False when it is not left out.
pub(crate) fn restore(tx: &mut Tx, case: CaseId, nullifier: &str) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE support SET status = 'given', burst = NULL WHERE case_id = $1 AND nullifier = $2 AND status = 'excluded'",
        params![case, nullifier],
    )? == 1)
}

/// Writes a row as the log has it. What a row has besides (region, age band, batch) stays, and is empty in a new one; the
/// way a support came is that of the row that is there.
pub(crate) fn put_back(
    tx: &mut Tx,
    case: CaseId,
    nullifier: &str,
    (status, at, channel): (Status, Time, Channel),
) -> Result<()> {
    tx.exec(
        "INSERT INTO support (case_id, nullifier, at, status, channel, batch, burst, region, age_band, network)
         VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL, NULL, NULL)
         ON CONFLICT (case_id, nullifier) DO UPDATE SET at = excluded.at, status = excluded.status",
        params![case, nullifier, at, status, channel],
    )?;
    Ok(())
}

/// Forgets the networks of supports given before `before`, at most `limit`; how many there were.
pub(crate) fn forget_networks(tx: &mut Tx, before: Time, limit: u32) -> Result<u64> {
    tx.exec(
        "UPDATE support SET network = NULL WHERE (case_id, nullifier) IN
           (SELECT case_id, nullifier FROM support WHERE network IS NOT NULL AND at < $1 ORDER BY at LIMIT $2)",
        params![before, limit],
    )
}

/// A row for the recount.
pub(crate) struct Line {
    pub nullifier: String,
    pub status: Status,
    pub at: Time,
    pub region: Option<String>,
    pub age_band: Option<String>,
}

/// A case's rows in the order of their nullifiers, after one of them.
pub(crate) fn lines(tx: &mut Tx, case: &str, after: &str, limit: u32) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT nullifier, status, at, region, age_band FROM support
         WHERE case_id = $1 AND nullifier > $2 ORDER BY nullifier LIMIT $3",
        params![case, after, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Line {
            nullifier: row.get("nullifier")?,
            status: row.get("status")?,
            at: row.get("at")?,
            region: row.get("region")?,
            age_band: row.get("age_band")?,
        })
    })
    .collect()
}

/// How many nullifiers one statement asks for.
pub(crate) const ASK: usize = 16;

/// A nullifier with the region and the age band that its person stated.
pub(crate) type Stated = (String, Option<String>, Option<String>);

/// Region and age band of up to [`ASK`] supporters; missing ones are asked for with the empty text.
pub(crate) fn stated(tx: &mut Tx, case: &str, n: &[&str; ASK]) -> Result<Vec<Stated>> {
    tx.rows(
        "SELECT nullifier, region, age_band FROM support WHERE case_id = $1 AND nullifier IN
           ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        params![
            case, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]
        ],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))
    .collect()
}
