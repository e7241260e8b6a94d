//! The table of checkpoints stays small: of long ago one a day is enough.

use madang_base::{Result, Time};
use madang_db::{Db, Tx, params};

/// For how long every checkpoint is kept, in days.
const DAYS: i64 = 2;

/// Deletes checkpoints older than two days, but for ever keeps the last of each Korean day and the last of each day that a
/// witness has cosigned. Says how many it deleted.
///
/// # Errors
/// Those of the database.
pub async fn thin(db: &Db, now: Time) -> Result<u64> {
    let before = now.plus_days(-DAYS);
    let mut deleted = 0;
    loop {
        let more = db.write(move |tx| thin_some(tx, before)).await?;
        deleted += more;
        if more == 0 {
            return Ok(deleted);
        }
    }
}

/// At most 500. The day in Korea is the number of whole days of the time nine hours later.
fn thin_some(tx: &mut Tx, before: Time) -> Result<u64> {
    let deleted = tx.exec(
        "DELETE FROM log_checkpoint WHERE size IN (
           SELECT c.size FROM log_checkpoint c
           WHERE c.signed_at < $1
             AND EXISTS (SELECT 1 FROM log_checkpoint n WHERE n.size > c.size AND n.signed_at > c.signed_at
                         AND n.signed_at < ((c.signed_at + 32400000000) / 86400000000 + 1) * 86400000000 - 32400000000)
             AND (NOT EXISTS (SELECT 1 FROM log_cosignature s WHERE s.size = c.size)
               OR EXISTS (SELECT 1 FROM log_checkpoint n JOIN log_cosignature s ON s.size = n.size
                          WHERE n.size > c.size AND n.signed_at > c.signed_at
                          AND n.signed_at < ((c.signed_at + 32400000000) / 86400000000 + 1) * 86400000000 - 32400000000))
           ORDER BY c.size LIMIT 500)",
        params![before],
    )?;
    tx.exec(
        "DELETE FROM log_cosignature WHERE size NOT IN (SELECT size FROM log_checkpoint)
           AND size < (SELECT MAX(size) FROM log_checkpoint)",
        params![],
    )?;
    Ok(deleted)
}
