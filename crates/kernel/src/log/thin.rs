//! The table of checkpoints stays small: of long ago one a day is enough.

use madang_base::{Result, Time};
use madang_db::Db;

use super::store;

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
        let more = db.write(move |tx| store::checkpoints_thin(tx, before)).await?;
        deleted += more;
        if more == 0 {
            return Ok(deleted);
        }
    }
}
