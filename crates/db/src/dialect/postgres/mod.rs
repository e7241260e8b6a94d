//! PostgreSQL: a pool of threads with a connection each ([`pool`]).
//!
//! Each thread drives `tokio-postgres` on a little runtime of its own. That client, unlike the synchronous `postgres`
//! built on it, can send `BEGIN` and the first statement in one go, which saves one round trip of every transaction.

pub(crate) mod error;
pub(crate) mod pool;
mod session;
mod types;

pub(crate) use session::{End, Role, Session};
