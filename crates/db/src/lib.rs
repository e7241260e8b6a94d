//! One SQL text on two engines: SQLite (bundled) and PostgreSQL.
//!
//! Work is a synchronous closure that gets a [`Tx`]: `db.write(move |tx| …).await`, `db.read(…)`. It may run more than
//! once and has no side effects; it cannot await, so nobody holds SQLite's only writer while he waits for something
//! else. Statements are literals in the common subset, with `$1` parameters; there is no query builder, no mapping by
//! macro, and no second code path per engine. What differs is in `dialect`, and nowhere else.
//!
//! Portable SQL: `ON CONFLICT … DO NOTHING/UPDATE`, `RETURNING`, `CAST(x AS TEXT)`; ids are TEXT, instants and booleans
//! BIGINT, JSON is TEXT without operators. Write `CAST($1 AS TEXT)` where PostgreSQL could not tell a type, and
//! `CAST(SUM(x) AS BIGINT)`. Uniqueness is *insert first*: `ON CONFLICT DO NOTHING`, then look at the row count.
//!
//! What holds: an `Ok` from [`Db::write`] is on disk. An error means that nothing of the closure is, with one exception
//! that says so (`db.commit-unknown`). [`Db::read`] cannot write. [`testing`] gives fresh databases of both engines.
//!
//! Start reading at [`Db`], then `dialect/sqlite/writer.rs` (group commit) and `dialect/postgres/pool.rs` (retries).

pub mod backup;
mod call;
pub mod copy;
mod db;
mod dialect;
mod migrate;
mod options;
mod queue;
mod row;
pub mod schema;
mod status;
pub mod testing;
mod tx;
mod value;

pub use db::Db;
pub use dialect::Engine;
pub use options::Options;
pub use row::Row;
pub use status::Status;
pub use tx::{Recorder, Tx};
pub use value::{FromValue, Value};
