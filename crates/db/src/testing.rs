//! Fresh databases for tests, on both engines.
//!
//! SQLite databases are files in a temporary folder, copied from one that was migrated once. PostgreSQL databases are
//! made from a migrated template on the server whose URL is in `MADANG_TEST_POSTGRES` (`script/postgres url DIR`).
//! Both go when the [`TestDb`] goes. Statements that run on them are noted, see [`ran`].

use std::collections::HashSet;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{fs, io};

use madang_base::{Error, Result};
use tokio_postgres::Config;

use crate::db::session;
use crate::dialect::postgres::{Role, Session};
use crate::dialect::{Mode, introspect, types};
use crate::migrate::{MIGRATIONS, hex};
use crate::options::Target;
use crate::schema::Schema;
use crate::{Db, Engine, Options, Recorder, Row, Value};

/// A database that lives as long as this value.
#[derive(Debug)]
pub struct TestDb {
    db: Option<Db>,
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Database { server: String, name: String },
}

impl Deref for TestDb {
    type Target = Db;

    #[expect(clippy::expect_used, reason = "only dropping takes it out")]
    fn deref(&self) -> &Db {
        self.db.as_ref().expect("open")
    }
}

impl TestDb {
    /// A migrated SQLite database.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn sqlite() -> Self {
        Self::sqlite_with(&Self::options())
    }

    /// A migrated database of each engine; without PostgreSQL when no server was named.
    ///
    /// # Panics
    /// When one cannot be made.
    #[must_use]
    pub fn both() -> Vec<Self> {
        Self::both_with(&Self::options())
    }

    /// What test databases are opened with: few threads, no waiting for the disk.
    #[must_use]
    pub fn options() -> Options {
        Options { durable: false, readers: 2, pool: 4, ..Options::default() }
    }

    /// As [`TestDb::sqlite`] with other options.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn sqlite_with(options: &Options) -> Self {
        made(Self::make_sqlite(options))
    }

    /// As [`TestDb::both`] with other options.
    ///
    /// # Panics
    /// When one cannot be made.
    #[must_use]
    pub fn both_with(options: &Options) -> Vec<Self> {
        let mut out = vec![Self::sqlite_with(options)];
        if let Some(server) = postgres_server() {
            out.push(made(Self::make_postgres(server, options)));
        }
        out
    }

    /// Its URL, for a second [`Db::open`].
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its file, on SQLite.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        self.url.strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// Runs statements that may contain the type tokens of migrations.
    ///
    /// # Panics
    /// When one fails.
    pub fn batch(&self, sql: &str) {
        made(self.aside(|tx| {
            let text = types::translate(tx.engine(), sql)?;
            tx.batch(&text)
        }));
    }

    /// Runs statements as they are, which may be made at run time and may hold braces.
    ///
    /// # Errors
    /// What the engine says.
    pub fn raw(&self, sql: &str) -> Result<()> {
        self.aside(|tx| tx.batch(sql))
    }

    /// Rows of a statement that need not be a literal.
    ///
    /// # Errors
    /// What the engine says.
    pub fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.aside(|tx| {
            tx.begin(Mode::Read)?;
            let rows = tx.dynamic_rows(sql, params);
            tx.rollback();
            rows
        })
    }

    /// Lets the engine check a statement without running it.
    ///
    /// # Errors
    /// What the engine finds wrong.
    pub fn prepare_check(&self, sql: &str) -> Result<()> {
        self.aside(|tx| tx.prepare_check(sql))
    }

    /// The schema as the engine tells it.
    ///
    /// # Errors
    /// What the engine says.
    pub fn schema(&self) -> Result<Schema> {
        self.aside(introspect::schema)
    }

    /// Works on a session of its own, on a thread that may block.
    pub(crate) fn aside<T: Send>(&self, work: impl FnOnce(&mut crate::Tx) -> Result<T> + Send) -> Result<T> {
        let target = Target::parse(&self.url)?;
        std::thread::scope(|scope| scope.spawn(|| work(&mut session(&target, &Self::options(), Role::Writer)?)).join())
            .unwrap_or_else(|_| Err(Error::internal("the thread panicked")))
    }

    /// Empty databases of both engines, not even migrated, and not open.
    #[cfg(test)]
    pub(crate) fn bare() -> Vec<Self> {
        let folder = std::env::temp_dir().join(name());
        made(fs::create_dir_all(&folder).map_err(Error::internal));
        let url = format!("sqlite:{}", folder.join("test.db").display());
        let mut out = vec![Self { db: None, url, place: Place::Folder(folder) }];
        if let Some(server) = postgres_server() {
            let name = name();
            made(on_server(server, &[&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")]));
            let url = with_database(server, &name);
            out.push(Self { db: None, url, place: Place::Database { server: server.to_owned(), name } });
        }
        out
    }

    fn make_sqlite(options: &Options) -> Result<Self> {
        static TEMPLATE: Mutex<Option<Vec<u8>>> = Mutex::new(None);
        let folder = std::env::temp_dir().join(name());
        fs::create_dir_all(&folder).map_err(Error::internal)?;
        let file = folder.join("test.db");
        let url = format!("sqlite:{}", file.display());
        {
            let mut template = TEMPLATE.lock().unwrap_or_else(PoisonError::into_inner);
            if template.is_none() {
                *template = Some(sqlite_template()?);
            }
            fs::write(&file, template.as_deref().unwrap_or_default()).map_err(Error::internal)?;
        }
        let db = Db::open_blocking(&url, recorded(options, Engine::Sqlite))?;
        Ok(Self { db: Some(db), url, place: Place::Folder(folder) })
    }

    fn make_postgres(server: &str, options: &Options) -> Result<Self> {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let template = match TEMPLATE.get() {
            Some(template) => template,
            None => {
                let made = postgres_template(server)?;
                TEMPLATE.get_or_init(|| made)
            }
        };
        let name = name();
        on_server(server, &[&format!("CREATE DATABASE {name} TEMPLATE {template}")])?;
        let url = with_database(server, &name);
        let place = Place::Database { server: server.to_owned(), name };
        let mut made = Self { db: None, url: url.clone(), place };
        made.db = Some(Db::open_blocking(&url, recorded(options, Engine::Postgres))?);
        Ok(made)
    }
}

/// The bytes of a migrated database file, with nothing left in its write-ahead log.
fn sqlite_template() -> Result<Vec<u8>> {
    let folder = std::env::temp_dir().join(name());
    fs::create_dir_all(&folder).map_err(Error::internal)?;
    let url = format!("sqlite:{}", folder.join("first.db").display());
    let db = Db::open_blocking(&url, TestDb::options())?;
    let whole = folder.join("whole.db");
    db.session(Role::Writer)?.dynamic_exec("VACUUM INTO $1", &[whole.display().to_string().into()])?;
    let bytes = fs::read(&whole).map_err(Error::internal)?;
    drop(db);
    fs::remove_dir_all(folder).map_err(Error::internal)?;
    Ok(bytes)
}

impl Drop for TestDb {
    fn drop(&mut self) {
        self.db = None;
        match &self.place {
            Place::Folder(folder) => drop(fs::remove_dir_all(folder)),
            Place::Database { server, name } => {
                drop(on_server(server, &[&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]));
            }
        }
    }
}

#[expect(clippy::panic, reason = "a test cannot go on without its database")]
fn made<T>(outcome: Result<T>) -> T {
    outcome.unwrap_or_else(|error| panic!("test database: {error}"))
}

fn name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("madang_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The server's URL from `MADANG_TEST_POSTGRES`.
#[must_use]
pub fn postgres_server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let server = SERVER.get_or_init(|| std::env::var("MADANG_TEST_POSTGRES").ok().filter(|url| !url.is_empty()));
    server.as_deref()
}

/// A migrated database that others are copied from; made by whichever test process comes first.
fn postgres_template(server: &str) -> Result<String> {
    let all: String = MIGRATIONS.iter().map(crate::migrate::Migration::digest).collect();
    let digest = hex(&<sha2::Sha256 as sha2::Digest>::digest(all.as_bytes()));
    let name = format!("madang_template_{}", &digest[..16]);
    std::thread::scope(|scope| {
        let work = || {
            let mut session = Session::new(&server.parse::<Config>().map_err(Error::internal)?, Role::Writer)?;
            let mut run = |sql: &str| session.batch(sql).map_err(|f| f.error);
            run("SELECT pg_advisory_lock(4702112)")?;
            // Renamed when it is complete, so whoever finds it finds it whole.
            let there = session
                .dynamic_rows("SELECT 1 FROM pg_database WHERE datname = CAST($1 AS TEXT)", &[name.as_str().into()])
                .map_err(|f| f.error)?;
            if there.is_empty() {
                let raw = format!("{name}_raw");
                let mut run = |sql: &str| session.batch(sql).map_err(|f| f.error);
                run(&format!("DROP DATABASE IF EXISTS {raw} WITH (FORCE)"))?;
                run(&format!("CREATE DATABASE {raw} TEMPLATE template0 ENCODING 'UTF8'"))?;
                drop(Db::open_blocking(&with_database(server, &raw), TestDb::options())?);
                let away = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{raw}'");
                run(&away)?;
                run(&format!("ALTER DATABASE {raw} RENAME TO {name}"))?;
            }
            let mut run = |sql: &str| session.batch(sql).map_err(|f| f.error);
            run("SELECT pg_advisory_unlock(4702112)")?;
            Ok(())
        };
        scope.spawn(work).join().unwrap_or_else(|_| Err(Error::internal("the thread panicked")))
    })?;
    Ok(name)
}

fn on_server(server: &str, statements: &[&str]) -> Result<()> {
    let config: Config = server.parse().map_err(Error::internal)?;
    std::thread::scope(|scope| {
        let work = || {
            let mut session = Session::new(&config, Role::Writer)?;
            statements.iter().try_for_each(|sql| session.batch(sql).map_err(|f| f.error))
        };
        scope.spawn(work).join().unwrap_or_else(|_| Err(Error::internal("the thread panicked")))
    })
}

/// `url` with another database.
pub(crate) fn with_database(url: &str, name: &str) -> String {
    let (front, query) = url.split_once('?').map_or((url, None), |(front, query)| (front, Some(query)));
    let authority = front.find("://").map_or(0, |at| at + 3);
    let path = front[authority..].find('/').map_or(front.len(), |at| authority + at);
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    format!("{}/{name}{query}", &front[..path])
}

fn recorder(engine: Engine) -> &'static Recorder {
    static RECORDERS: OnceLock<[Recorder; 2]> = OnceLock::new();
    let recorders = RECORDERS.get_or_init(Default::default);
    match engine {
        Engine::Sqlite => &recorders[0],
        Engine::Postgres => &recorders[1],
    }
}

fn recorded(options: &Options, engine: Engine) -> Options {
    Options { recorder: Some(recorder(engine).clone()), ..options.clone() }
}

/// The calls (file, line) of `exec`, `rows`, `row` and `one` that ran on a test database of `engine` in this process.
#[must_use]
pub fn ran(engine: Engine) -> HashSet<(&'static str, u32)> {
    recorder(engine).lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// All files called `*.rs` below `folder`, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn sources(folder: &std::path::Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            out.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}
