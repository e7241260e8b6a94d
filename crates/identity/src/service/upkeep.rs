//! Throwing away what has run out. A recurring job calls this, every hour or so.

use madang_base::{Result, Time};
use madang_db::Tx;

use crate::rules::limit;
use crate::store;

/// How long a used or expired link is remembered, so that its page can say why it no longer works.
const LINK_MEMORY_DAYS: i64 = 1;

/// Deletes expired links, journeys, sessions and old attempts; how many rows went.
///
/// # Errors
/// Those of the database.
pub fn purge(tx: &mut Tx, now: Time) -> Result<u64> {
    Ok(store::link::purge(tx, now.plus_days(-LINK_MEMORY_DAYS))?
        + store::oidc::purge(tx, now)?
        + store::session::purge(tx, now)?
        + store::rate::purge(tx, now.plus_seconds(-limit::LONGEST_SECONDS))?)
}
