//! Everything in which the two engines differ, and nothing else.
//!
//! [`sql`] turns the common SQL text into each engine's; [`types`] turns the type tokens of migrations; [`introspect`]
//! reads back what a migration made; [`sqlite`] and [`postgres`] hold sessions and the threads that serve them.

pub(crate) mod introspect;
pub(crate) mod postgres;
pub(crate) mod sql;
pub(crate) mod sqlite;
pub(crate) mod types;

/// Which engine a [`Db`](crate::Db) runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The scheme of its URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What a transaction may do and how it is isolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Serializable, may write.
    Write,
    /// One snapshot, may not write.
    Read,
    /// PostgreSQL: READ COMMITTED, may write. SQLite: the same as `Write`.
    Drain,
}
