//! SQL of the job queue.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

use super::{Filter, Job, JobId, JobState, LOCK_SECONDS, MAX_ATTEMPTS};

pub(super) fn insert(tx: &mut Tx, job: &Job) -> Result<()> {
    tx.exec(
        "INSERT INTO job (id, kind, payload, state, attempts, run_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![job.id, &job.kind, &job.payload, job.state, job.attempts, job.run_at, job.created_at, job.updated_at],
    )?;
    Ok(())
}

/// Whether a worker has anything to do: a due job, or a lock that has ended.
pub(super) fn due(tx: &mut Tx, now: Time) -> Result<bool> {
    let queued = tx.row("SELECT id FROM job WHERE state = 'queued' AND run_at <= $1 LIMIT 1", params![now])?;
    if queued.is_some() {
        return Ok(true);
    }
    let stale = tx.row("SELECT id FROM job WHERE state = 'running' AND locked_until < $1 LIMIT 1", params![now])?;
    Ok(stale.is_some())
}

/// Takes up to `limit` due jobs, oldest first. On PostgreSQL rows that another worker is taking are passed over.
pub(super) fn claim(tx: &mut Tx, now: Time, limit: u32) -> Result<Vec<Job>> {
    let rows = tx.rows(
        "WITH due AS MATERIALIZED (
           SELECT id FROM job WHERE state = 'queued' AND run_at <= $1 ORDER BY run_at, id LIMIT $3 {SKIP_LOCKED})
         UPDATE job SET state = 'running', attempts = attempts + 1, locked_until = $2, updated_at = $1
         WHERE id IN (SELECT id FROM due) AND state = 'queued'
         RETURNING id, kind, payload, state, attempts, run_at, locked_until, last_error, created_at, updated_at",
        params![now, now.plus_seconds(LOCK_SECONDS), limit],
    )?;
    let mut jobs = rows.iter().map(job).collect::<Result<Vec<_>>>()?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs)
}

/// Puts back what a dead worker had claimed, and fails what has been tried often enough.
pub(super) fn recover(tx: &mut Tx, now: Time) -> Result<u64> {
    tx.exec(
        "UPDATE job SET state = CASE WHEN attempts >= $2 THEN 'failed' ELSE 'queued' END,
                        last_error = 'the worker did not return', locked_until = NULL, run_at = $1, updated_at = $1
         WHERE state = 'running' AND locked_until < $1",
        params![now, MAX_ATTEMPTS],
    )
}

/// Renews the lock; false when the job is no longer this attempt's.
pub(super) fn renew(tx: &mut Tx, job: JobId, attempts: i64, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE job SET locked_until = $3 WHERE id = $1 AND attempts = $2 AND state = 'running'",
        params![job, attempts, now.plus_seconds(LOCK_SECONDS)],
    )? == 1)
}

/// Ends an attempt; does nothing when the job is no longer this attempt's.
pub(super) fn end(
    tx: &mut Tx,
    (job, attempts): (JobId, i64),
    state: JobState,
    error: Option<&str>,
    run_at: Time,
    now: Time,
) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE job SET state = $3, last_error = $4, run_at = $5, locked_until = NULL, updated_at = $6
         WHERE id = $1 AND attempts = $2 AND state = 'running'",
        params![job, attempts, state, error, run_at, now],
    )? == 1)
}

/// Gives an unfinished attempt back without counting it: the program stops.
pub(super) fn give_back(tx: &mut Tx, job: JobId, attempts: i64, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE job SET state = 'queued', attempts = attempts - 1, run_at = $3, locked_until = NULL, updated_at = $3
         WHERE id = $1 AND attempts = $2 AND state = 'running'",
        params![job, attempts, now],
    )? == 1)
}

pub(super) fn requeue(tx: &mut Tx, id: JobId, now: Time) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE job SET state = 'queued', attempts = 0, run_at = $2, locked_until = NULL, updated_at = $2
         WHERE id = $1 AND state IN ('failed', 'queued')",
        params![id, now],
    )? == 1)
}

pub(super) fn delete(tx: &mut Tx, id: JobId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM job WHERE id = $1 AND state <> 'running'", params![id])? == 1)
}

pub(super) fn by_id(tx: &mut Tx, id: JobId) -> Result<Option<Job>> {
    tx.row(
        "SELECT id, kind, payload, state, attempts, run_at, locked_until, last_error, created_at, updated_at
         FROM job WHERE id = $1",
        params![id],
    )?
    .as_ref()
    .map(job)
    .transpose()
}

pub(super) fn list(tx: &mut Tx, filter: &Filter, limit: u32) -> Result<Vec<Job>> {
    tx.rows(
        "SELECT id, kind, payload, state, attempts, run_at, locked_until, last_error, created_at, updated_at
         FROM job
         WHERE (CAST($1 AS TEXT) IS NULL OR state = $1)
           AND (CAST($2 AS TEXT) IS NULL OR kind = $2)
           AND (CAST($3 AS TEXT) IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4",
        params![filter.state, filter.kind.as_deref(), filter.before, limit],
    )?
    .iter()
    .map(job)
    .collect()
}

pub(super) fn totals(tx: &mut Tx) -> Result<Vec<(JobState, i64)>> {
    tx.rows("SELECT state, COUNT(*) AS n FROM job GROUP BY state ORDER BY state", params![])?
        .iter()
        .map(|row| Ok((row.get("state")?, row.get("n")?)))
        .collect()
}

pub(super) fn purge(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(
        "DELETE FROM job WHERE id IN (
           SELECT id FROM job WHERE state = 'done' AND updated_at < $1 ORDER BY run_at, id LIMIT 1000)",
        params![before],
    )
}

/// Whether a job of this kind waits or runs.
pub(super) fn pending(tx: &mut Tx, kind: &str) -> Result<bool> {
    let row = tx.row("SELECT id FROM job WHERE kind = $1 AND state IN ('queued', 'running') LIMIT 1", params![kind])?;
    Ok(row.is_some())
}

pub(super) fn schedule_insert(tx: &mut Tx, kind: &str, next: Time) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO job_schedule (kind, next_at) VALUES ($1, $2) ON CONFLICT (kind) DO NOTHING",
        params![kind, next],
    )? == 1)
}

pub(super) fn schedule_next(tx: &mut Tx, kind: &str) -> Result<Option<Time>> {
    tx.row("SELECT next_at FROM job_schedule WHERE kind = $1", params![kind])?.map(|row| row.at(0)).transpose()
}

/// False when another node was first.
pub(super) fn schedule_move(tx: &mut Tx, kind: &str, from: Time, to: Time) -> Result<bool> {
    Ok(tx.exec("UPDATE job_schedule SET next_at = $3 WHERE kind = $1 AND next_at = $2", params![kind, from, to])? == 1)
}

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        run_at: row.get("run_at")?,
        locked_until: row.get("locked_until")?,
        last_error: row.get("last_error")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
