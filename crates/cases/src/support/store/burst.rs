//! Table `support_burst`, and the minutes that bursts are found in.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use super::super::{Burst, BurstId, BurstState};
use crate::model::CaseId;

/// Supports that one network gave a case within a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Minute {
    pub case: CaseId,
    /// Minutes since 1970.
    pub minute: i64,
    pub network: String,
    pub size: i64,
}

/// By case, minute and network, for what was given from `from` and before `until` and counts.
pub(crate) fn minutes(tx: &mut Tx, from: Time, until: Time) -> Result<Vec<Minute>> {
    tx.rows(
        "SELECT case_id, at / 60000000 AS minute, network, COUNT(*) AS size FROM support
         WHERE network IS NOT NULL AND at >= $1 AND at < $2 AND status = 'given'
         GROUP BY case_id, at / 60000000, network ORDER BY case_id, minute, network",
        params![from, until],
    )?
    .iter()
    .map(|row| {
        Ok(Minute {
            case: row.get("case_id")?,
            minute: row.get("minute")?,
            network: row.get("network")?,
            size: row.get("size")?,
        })
    })
    .collect()
}

fn burst(row: &Row) -> Result<Burst> {
    Ok(Burst {
        id: row.get("id")?,
        case: row.get("case_id")?,
        kind: row.get("kind")?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
        size: row.get("size")?,
        network: row.get::<Option<String>>("network")?.filter(|network| !network.is_empty()),
        state: row.get("state")?,
        decided_at: row.get("decided_at")?,
        decided_by: row.get("decided_by")?,
        reason: row.get("reason")?,
        excluded: row.get("excluded")?,
    })
}

/// Marks a burst; false when it is marked already. The network of one from everywhere is the empty text, so that it can be
/// unique.
pub(crate) fn burst_mark(tx: &mut Tx, burst: &Burst) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO support_burst (id, case_id, kind, from_at, until_at, size, network, state, decided_at, decided_by,
           reason, excluded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, '', 0)
         ON CONFLICT (case_id, kind, from_at, network) DO NOTHING",
        params![
            burst.id,
            burst.case,
            burst.kind,
            burst.from,
            burst.until,
            burst.size,
            burst.network.as_deref().unwrap_or(""),
            burst.state
        ],
    )? == 1)
}

pub(crate) fn burst_get(tx: &mut Tx, id: BurstId) -> Result<Option<Burst>> {
    tx.row(
        "SELECT id, case_id, kind, from_at, until_at, size, network, state, decided_at, decided_by, reason, excluded
         FROM support_burst WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(burst)
    .transpose()
}

pub(crate) fn bursts(tx: &mut Tx, case: CaseId) -> Result<Vec<Burst>> {
    tx.rows(
        "SELECT id, case_id, kind, from_at, until_at, size, network, state, decided_at, decided_by, reason, excluded
         FROM support_burst WHERE case_id = $1 ORDER BY from_at, kind, id",
        params![case],
    )?
    .iter()
    .map(burst)
    .collect()
}

pub(crate) fn burst_decide(
    tx: &mut Tx,
    id: BurstId,
    state: BurstState,
    at: Time,
    by: Option<AccountId>,
    reason: &str,
) -> Result<()> {
    tx.exec(
        "UPDATE support_burst SET state = $2, decided_at = $3, decided_by = $4, reason = $5 WHERE id = $1",
        params![id, state, at, by, reason],
    )?;
    Ok(())
}

pub(crate) fn burst_excluded(tx: &mut Tx, id: BurstId, more: i64) -> Result<()> {
    tx.exec("UPDATE support_burst SET excluded = excluded + $2 WHERE id = $1", params![id, more])?;
    Ok(())
}

/// Forgets the networks of bursts before `before`: they can be neither left out nor told apart any more.
pub(crate) fn burst_forget(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(
        "UPDATE support_burst SET network = id WHERE network <> '' AND network <> id AND from_at < $1",
        params![before],
    )
}

/// What counts and came over the net in a span of time.
pub(crate) fn in_minute(tx: &mut Tx, case: CaseId, from: Time, until: Time) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM support
         WHERE network IS NOT NULL AND at >= $2 AND at < $3 AND case_id = $1 AND status = 'given'",
        params![case, from, until],
    )?
    .at(0)
}
