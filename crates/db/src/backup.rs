//! A backup of the database while it serves, and back.
//!
//! On both engines a backup is one SQLite file: of SQLite a copy of its pages, of PostgreSQL a [`copy`](crate::copy)
//! of one snapshot. So a backup can be opened with any SQLite tool, checked on any machine, and restored to either
//! engine. Files (blobs) and keys are not in it; the binary's `backup` adds the files, and keys are kept apart.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use madang_base::{Error, Result};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::copy::{OnProgress, Phase, Progress, Report, copy};
use crate::dialect::Mode;
use crate::dialect::postgres::Role;
use crate::options::Target;
use crate::{Db, Options};

/// Pages that are copied at once.
const PAGES: i32 = 1024;

/// Writes a backup of one moment to `file`, which must not exist. It blocks, for as long as it takes.
///
/// # Errors
/// `db.backup-exists`; `db.backup-write` when the file cannot be written; else what the engine says. Nothing is left
/// under the name `file` then.
pub fn backup(db: &Db, file: &Path, progress: OnProgress<'_>) -> Result<()> {
    if file.exists() {
        return Err(Error::conflict("db.backup-exists").arg("path", file.display()));
    }
    let unwritable =
        |error: std::io::Error| Error::unavailable("db.backup-write").arg("path", file.display()).source(error);
    let partial = partial(file);
    remove(&partial);
    File::create(&partial).map_err(unwritable)?;
    let outcome = match db.target() {
        Target::Memory => Err(Error::invalid("db.copy-memory")),
        Target::File(_) => pages(db, &partial, progress),
        Target::Postgres(_) => rows(db, &partial, progress),
    };
    let outcome = outcome.and_then(|()| {
        File::open(&partial).and_then(|f| f.sync_all()).and_then(|()| fs::rename(&partial, file)).map_err(unwritable)
    });
    remove(&partial);
    outcome
}

/// Brings the backup in `file` into `to`, which must be empty and may be of either engine. The file is not changed;
/// one of an older version is migrated on the way. It blocks.
///
/// # Errors
/// As [`Db::open`] for the file, and as [`copy`] for the rest. `to` is unchanged then.
pub fn restore(file: &Path, to: &Db, progress: OnProgress<'_>) -> Result<Report> {
    let unreadable = |error: std::io::Error| Error::unavailable("db.open").arg("path", file.display()).source(error);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let work = std::env::temp_dir().join(format!("madang-restore-{}-{count}.db", std::process::id()));
    remove(&work);
    fs::copy(file, &work).map_err(unreadable)?;
    let outcome = open(&work).and_then(|from| {
        let report = copy(&from, to, progress);
        from.close_blocking().and(report)
    });
    remove(&work);
    outcome
}

fn open(path: &Path) -> Result<Db> {
    let options = Options { readers: 1, durable: false, ..Options::default() };
    Db::open_blocking(&format!("sqlite:{}", path.display()), options)
}

fn partial(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    file.with_file_name(name)
}

/// Removes a database file with what SQLite puts beside it.
fn remove(path: &Path) {
    for extra in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(extra);
        drop(fs::remove_file(PathBuf::from(name)));
    }
}

/// SQLite: its pages, from a read transaction, so that writers go on and change nothing of it.
fn pages(db: &Db, to: &Path, progress: OnProgress<'_>) -> Result<()> {
    let mut source = db.session(Role::Reader)?;
    source.begin(Mode::Read)?;
    source.dynamic_rows("SELECT version FROM schema_version LIMIT 1", &[])?;
    let outcome = (|| {
        let mut target = Connection::open(to).map_err(Error::internal)?;
        let Some(session) = source.sqlite() else { return Err(Error::internal("not SQLite")) };
        let copying = Backup::new(session.connection(), &mut target).map_err(Error::internal)?;
        while copying.step(PAGES).map_err(failed)? != StepResult::Done {
            let done = copying.progress();
            let of = u64::try_from(done.pagecount).unwrap_or(0);
            let rows = of - u64::try_from(done.remaining).unwrap_or(0).min(of);
            progress(Progress { phase: Phase::Copy, table: String::new(), rows, of });
        }
        drop(copying);
        // One file, not three.
        target.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(failed)?;
        let verdict: String = target.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(failed)?;
        if verdict == "ok" { Ok(()) } else { Err(Error::internal(format!("the backup is damaged: {verdict}"))) }
    })();
    source.rollback();
    outcome
}

fn failed(error: rusqlite::Error) -> Error {
    crate::dialect::sqlite::error::failure(error).error
}

/// PostgreSQL: its rows, into a database that is migrated for it.
fn rows(db: &Db, to: &Path, progress: OnProgress<'_>) -> Result<()> {
    let target = open(to)?;
    let outcome = copy(db, &target, progress).map(drop);
    target.close_blocking().and(outcome)?;
    let target = Connection::open(to).map_err(Error::internal)?;
    target.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(failed)
}

#[cfg(test)]
mod tests;
