//! SQL of witnesses.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

use crate::log::store::{signed, unsigned};

/// The size that a witness cosigned last, 0 before the first.
pub(super) fn size(tx: &mut Tx, witness: &str) -> Result<u64> {
    let row = tx.row("SELECT size FROM log_witness WHERE witness = $1", params![witness])?;
    row.map_or(Ok(0), |row| unsigned(row.get("size")?))
}

/// A witness has cosigned.
pub(super) fn cosigned(tx: &mut Tx, witness: &str, size: u64, line: &str, at: Time, now: Time) -> Result<()> {
    let size = signed(size)?;
    tx.exec(
        "INSERT INTO log_cosignature (size, witness, at, line) VALUES ($1, $2, $3, $4)
         ON CONFLICT (size, witness) DO UPDATE SET at = excluded.at, line = excluded.line",
        params![size, witness, at, line],
    )?;
    tx.exec(
        "INSERT INTO log_witness (witness, size, cosigned_at, asked_at, error) VALUES ($1, $2, $3, $4, NULL)
         ON CONFLICT (witness) DO UPDATE SET size = excluded.size, cosigned_at = excluded.cosigned_at,
           asked_at = excluded.asked_at, error = NULL",
        params![witness, size, at, now],
    )?;
    Ok(())
}

/// A witness has not.
pub(super) fn failed(tx: &mut Tx, witness: &str, error: &str, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO log_witness (witness, size, asked_at, error) VALUES ($1, 0, $2, $3)
         ON CONFLICT (witness) DO UPDATE SET asked_at = excluded.asked_at, error = excluded.error",
        params![witness, now, error],
    )?;
    Ok(())
}

/// What a witness says that it has read.
pub(super) fn audited(tx: &mut Tx, witness: &str, size: u64, at: Time, audit: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO log_witness (witness, size, audited_size, audited_at, audit) VALUES ($1, 0, $2, $3, $4)
         ON CONFLICT (witness) DO UPDATE SET audited_size = excluded.audited_size,
           audited_at = excluded.audited_at, audit = excluded.audit",
        params![witness, signed(size)?, at, audit],
    )?;
    Ok(())
}
