//! Limits on how often something is tried, by address, account or network. Only keyed hashes of these are stored.

use madang_base::{Id, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::rules::limit::Limit;
use crate::rules::secret;
use crate::store;

fn bucket(ctx: &Ctx, limit: Limit, value: &str) -> String {
    secret::mac(&ctx.keys.session, "rate", &[limit.name, value])
}

/// Counts an attempt. An empty `value` (a network that is not known) is not counted.
///
/// # Errors
/// `Kind::RateLimited` `identity.too-many` with argument `minutes` when there were too many within the window.
pub fn attempt(tx: &mut Tx, ctx: &Ctx, limit: Limit, value: &str) -> Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let bucket = bucket(ctx, limit, value);
    store::rate::insert(tx, Id::new(ctx.now, ctx.rng()), &bucket, ctx.now)?;
    let attempts = store::rate::count(tx, &bucket, ctx.now.plus_seconds(-limit.seconds))?;
    if attempts > limit.attempts { Err(limit.reached()) } else { Ok(()) }
}

/// Refuses what would be one attempt too many, without counting one: for what is counted only when it fails.
///
/// # Errors
/// As [`attempt`].
pub fn check(tx: &mut Tx, ctx: &Ctx, limit: Limit, value: &str) -> Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let attempts = store::rate::count(tx, &bucket(ctx, limit, value), ctx.now.plus_seconds(-limit.seconds))?;
    if attempts >= limit.attempts { Err(limit.reached()) } else { Ok(()) }
}

/// Forgets the attempts after a success.
///
/// # Errors
/// Those of the database.
pub fn clear(tx: &mut Tx, ctx: &Ctx, limit: Limit, value: &str) -> Result<()> {
    store::rate::clear(tx, &bucket(ctx, limit, value))
}
