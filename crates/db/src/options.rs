//! Where the database is and how it is opened.

use std::path::{Path, PathBuf};

use madang_base::{Error, Result};
use tokio_postgres::Config;

use crate::Recorder;

/// How a database is opened. `Options::default()` is what a server wants.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bring the schema up to this program's version. When false, a database of another version is refused.
    pub migrate: bool,
    /// Closures that may wait to write, and as many to read; one more is answered with `db.busy`.
    pub queue: usize,
    /// PostgreSQL: connections that write.
    pub pool: usize,
    /// Threads (connections) that read.
    pub readers: usize,
    /// SQLite: every commit waits for the disk. False only for databases that may be lost, as in tests.
    pub durable: bool,
    /// SQLite: the file may not grow beyond this many pages of 4 KiB.
    pub max_pages: Option<u32>,
    /// Collects where the statements came from (tests).
    pub recorder: Option<Recorder>,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            migrate: true,
            queue: 4096,
            pool: 16,
            readers: cores.clamp(2, 8),
            durable: true,
            max_pages: None,
            recorder: None,
        }
    }
}

/// A parsed URL.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Memory,
    File(PathBuf),
    Postgres(Box<Config>),
}

impl Target {
    /// # Errors
    /// `db.url` when it is neither `sqlite:PATH`, `sqlite::memory:` nor `postgres://…`.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        if url == "sqlite::memory:" {
            return Ok(Self::Memory);
        }
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(Error::invalid("db.url"));
            }
            return Ok(Self::File(Path::new(path).to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // The text may hold a password: it goes into no message.
            let mut config: Config = url.parse().map_err(|_| Error::invalid("db.url"))?;
            config.keepalives_idle(std::time::Duration::from_secs(60));
            config.tcp_user_timeout(std::time::Duration::from_secs(30));
            if config.get_connect_timeout().is_none() {
                config.connect_timeout(std::time::Duration::from_secs(10));
            }
            if config.get_application_name().is_none() {
                config.application_name("madang");
            }
            return Ok(Self::Postgres(Box::new(config)));
        }
        Err(Error::invalid("db.url"))
    }
}
