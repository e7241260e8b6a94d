//! SQL of the leases.

use madang_base::{Result, Time};
use madang_db::{Tx, params};

/// False when somebody else holds it, whose end is neither before nor unbelievably far after now.
pub(super) fn take(tx: &mut Tx, name: &str, holder: &str, until: Time, (now, never): (Time, Time)) -> Result<bool> {
    Ok(tx.exec(
        "INSERT INTO lease (name, holder, until_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
         WHERE lease.holder = excluded.holder OR lease.until_at <= $4 OR lease.until_at > $5",
        params![name, holder, until, now, never],
    )? == 1)
}

pub(super) fn seize(tx: &mut Tx, name: &str, holder: &str, until: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO lease (name, holder, until_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at",
        params![name, holder, until],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, name: &str, holder: &str) -> Result<()> {
    tx.exec("DELETE FROM lease WHERE name = $1 AND holder = $2", params![name, holder])?;
    Ok(())
}
