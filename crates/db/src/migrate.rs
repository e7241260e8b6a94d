//! Brings a schema up to this program's version, and refuses databases that this program does not understand.
//!
//! The list is `crates/db/migrations` (its README has the tokens). All pending migrations run in one transaction.
//! A library such as refinery was considered: it has no type tokens, so each migration would be written twice, and it
//! pins its own range of rusqlite while only one `libsqlite3-sys` can be linked, so that it would decide when SQLite
//! may be upgraded. What is needed of it is this file.

use madang_base::{Error, Kind, Result};
use sha2::{Digest, Sha256};

use crate::dialect::{Engine, Mode, introspect, types};
use crate::{Tx, params};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    pub version: i64,
    pub name: &'static str,
    pub text: &'static str,
}

pub(crate) const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

const VERSIONS: &str = "CREATE TABLE schema_version (version {INT} PRIMARY KEY, name TEXT NOT NULL, \
     digest TEXT NOT NULL, oldest {INT} NOT NULL) {STRICT};";

/// The lock that nodes which start together take one after the other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4702111)";

impl Migration {
    pub(crate) fn digest(&self) -> String {
        hex(&Sha256::digest(self.text.as_bytes()))
    }

    /// The lowest version of a program that may serve on the schema after this step.
    fn oldest(&self) -> Result<i64> {
        let line =
            self.text.lines().take_while(|line| line.starts_with("--")).find_map(|l| l.strip_prefix("-- serves:"));
        line.map_or(Ok(self.version), |number| number.trim().parse().map_err(Error::internal))
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Migrates the database behind `tx` with `list`, or only checks it.
///
/// # Errors
/// `db.version-newer`, `db.version-older` (only when not to migrate), `db.migration-changed`, `db.foreign`,
/// `db.encoding`; what the engine says about a migration.
pub(crate) fn bring_up(tx: &mut Tx, list: &[Migration], migrate: bool) -> Result<()> {
    tx.begin(Mode::Read)?;
    let pending = encoding(tx).and_then(|()| pending(tx, list));
    tx.rollback();
    let pending = pending?;
    if pending.is_none() {
        return Ok(());
    }
    if !migrate {
        let error = Error::new(Kind::Conflict, "db.version-older");
        return Err(error.arg("database", pending.unwrap_or(0)).arg("program", list.len()));
    }
    // SQLite rebuilds tables by copying; foreign keys are checked at the end instead.
    if tx.engine() == Engine::Sqlite {
        tx.batch("PRAGMA foreign_keys = OFF")?;
    }
    tx.begin(Mode::Drain)?;
    let outcome = apply(tx, list);
    let outcome = match outcome {
        Ok(()) => tx.commit(),
        Err(error) => {
            tx.rollback();
            Err(error)
        }
    };
    if tx.engine() == Engine::Sqlite {
        tx.batch("PRAGMA foreign_keys = ON")?;
    }
    outcome
}

/// SQLite is UTF-8 here; a PostgreSQL database in another encoding would refuse what SQLite takes.
fn encoding(tx: &mut Tx) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        let rows = tx.dynamic_rows("SELECT current_setting('server_encoding')", &[])?;
        let encoding: String = rows.first().map_or_else(|| Ok(String::new()), |row| row.at(0))?;
        if encoding != "UTF8" {
            return Err(Error::new(Kind::Conflict, "db.encoding").arg("encoding", encoding));
        }
    }
    Ok(())
}

/// `None`: up to date (or newer, but made so that this program may serve). `Some(version)`: the database is at it.
fn pending(tx: &mut Tx, list: &[Migration]) -> Result<Option<i64>> {
    let known = list.last().map_or(0, |m| m.version);
    let tables = introspect::tables(tx)?;
    if !tables.iter().any(|table| table == "schema_version") {
        return match tables.first() {
            None => Ok(Some(0)),
            Some(table) => Err(Error::new(Kind::Conflict, "db.foreign").arg("table", table)),
        };
    }
    let rows = tx.dynamic_rows("SELECT version, name, digest, oldest FROM schema_version ORDER BY version", &[])?;
    let (mut at, mut oldest) = (0, 0);
    for row in &rows {
        at = row.get::<i64>("version")?;
        oldest = oldest.max(row.get::<i64>("oldest")?);
        if let Some(migration) = list.iter().find(|m| m.version == at)
            && migration.digest() != row.get::<String>("digest")?
        {
            return Err(Error::new(Kind::Conflict, "db.migration-changed").arg("name", migration.name));
        }
    }
    if at > known {
        if known < oldest {
            return Err(Error::new(Kind::Conflict, "db.version-newer").arg("database", at).arg("program", known));
        }
        tracing::warn!(db.version = at, db.program = known, "serving on a newer schema, which allows it");
    }
    Ok((at < known).then_some(at))
}

fn apply(tx: &mut Tx, list: &[Migration]) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        tx.dynamic_rows(LOCK, &[])?;
    }
    // Another node may have been faster.
    let Some(at) = pending(tx, list)? else { return Ok(()) };
    if at == 0 && introspect::tables(tx)?.is_empty() {
        tx.batch(&types::translate(tx.engine(), VERSIONS)?)?;
    }
    for migration in list.iter().filter(|m| m.version > at) {
        tracing::info!(db.migration = migration.name, "migrating");
        let text = types::translate(tx.engine(), migration.text)?;
        tx.batch(&text).map_err(|e| Error::internal(format!("migration {}: {e}", migration.name)))?;
        tx.exec(
            "INSERT INTO schema_version (version, name, digest, oldest) VALUES ($1, $2, $3, $4)",
            params![migration.version, migration.name, migration.digest(), migration.oldest()?],
        )?;
    }
    if tx.engine() == Engine::Sqlite {
        let broken = tx.dynamic_rows("SELECT \"table\", parent FROM pragma_foreign_key_check", &[])?;
        if let Some(row) = broken.first() {
            let (table, parent) = (row.at::<String>(0)?, row.at::<String>(1)?);
            return Err(Error::internal(format!("a migration broke references from {table} to {parent}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
