//! A thousand alterations of a filled site, one after the other: each must be found and named.
//!
//! The site is the demonstration, made by the release binary, with what agencies do with a plan beside it; its database is
//! SQLite and its log's files lie in a folder. Each alteration is undone before the next.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use madang_adapters::OsRng;
use madang_base::calendar::Calendar;
use madang_base::{SharedRng, Time};
use madang_cases::Cases;
use madang_cases::registry::Services;
use madang_db::{Db, Options};
use madang_flows::tampering::{self, Dice, Hand};
use madang_flows::verify::{Order, database};
use madang_kernel::blob::Blobs;
use madang_kernel::ledger::Difference;
use madang_kernel::log_audit::Trust;
use madang_kernel::{Ctx, Keys};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tokio::runtime::Runtime;

use crate::Failure;
use crate::folder::Folder;
use crate::report::Row;
use crate::server::Server;

const MANY: usize = 1000;
const SEED: u64 = 20_261_122;
/// After how many of them the site is looked at with nothing altered.
const CLEAN: usize = 100;
/// For how long the site may take to sign what it was given.
const SIGNED: Duration = Duration::from_secs(30);

pub fn run(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-tampering")?;
    let data = folder.path().join("site");
    let server = Server::start(&data)?;
    let old = signed(&server, 1)?;
    server.stop()?;
    Runtime::new()?.block_on(plan(&data))?;
    let size = size_of(&old)?;
    let server = Server::start(&data)?;
    signed(&server, size + 1)?;
    server.stop()?;
    let begun = Instant::now();
    let (found, misnamed) = Runtime::new()?.block_on(alter(&data, &old))?;
    let each = begun.elapsed().as_secs_f64() * 1000.0 / f64::from(u32::try_from(MANY)?);
    let found = f64::from(u32::try_from(found)?);
    rows.push(Row::floor(&format!("alterations found of {MANY}"), found, "", f64::from(u32::try_from(MANY)?)));
    rows.push(Row::none("alterations found and not named", misnamed, ""));
    rows.push(Row::below(
        "an alteration, the audit of the whole site, and putting it back",
        each,
        "ms",
        None,
        10_000.0,
    ));
    Ok(())
}

fn size_of(note: &str) -> Result<i64, Failure> {
    Ok(note.lines().nth(1).ok_or("no checkpoint")?.parse()?)
}

/// The checkpoint, once it has at least so many leaves and grows no more.
fn signed(server: &Server, least: i64) -> Result<String, Failure> {
    let (begun, mut before) = (Instant::now(), String::new());
    while begun.elapsed() < SIGNED {
        let note = crate::web::client::get(&server.address, "/log/checkpoint").unwrap_or_default();
        if note == before && size_of(&note).is_ok_and(|size| size >= least) {
            return Ok(note);
        }
        before = note;
        std::thread::sleep(Duration::from_millis(1500));
    }
    Err("the site signed no checkpoint".into())
}

async fn open(data: &Path) -> Result<Db, Failure> {
    Ok(Db::open(&format!("sqlite:{}", data.join("madang.db").display()), Options::default()).await?)
}

async fn plan(data: &Path) -> Result<(), Failure> {
    let db = open(data).await?;
    let rng: SharedRng = Arc::new(OsRng);
    let ctx = Ctx::system(Time::parse("2026-12-01T00:00:00Z")?, Arc::clone(&rng), Arc::new(Keys::generate(&*rng)));
    db.write(move |tx| tampering::on_plan(tx, &ctx)).await?;
    db.close().await?;
    Ok(())
}

/// How many were found, and how many of them not named.
async fn alter(data: &Path, old: &str) -> Result<(usize, u64), Failure> {
    let db = open(data).await?;
    let blobs = Blobs::local(&data.join("blobs"))?;
    let files = data.join("blobs").join("log");
    let mut hand = ByHand(Connection::open(data.join("madang.db"))?);
    if let Some(first) = audit(&db, &blobs).await?.first() {
        return Err(format!("before anything was altered: {first:?}").into());
    }
    let (mut dice, mut done, mut found, mut misnamed) = (Dice::new(SEED), 0, 0, 0);
    while done < MANY {
        let Some(altered) = tampering::alter(&mut dice, &mut hand, &files, old)? else { continue };
        let differences = audit(&db, &blobs).await?;
        found += usize::from(!differences.is_empty());
        if !altered.named(&differences) {
            misnamed += u64::from(!differences.is_empty());
            say(&format!("{}: {:?} not named in {differences:?}", altered.what, altered.names));
        }
        altered.undo(&mut hand)?;
        done += 1;
        if done % CLEAN == 0
            && let Some(first) = audit(&db, &blobs).await?.first()
        {
            return Err(format!("after {} was put back: {first:?}", altered.what).into());
        }
    }
    db.close().await?;
    Ok((found, misnamed))
}

fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

async fn audit(db: &Db, blobs: &Blobs) -> Result<Vec<Difference>, Failure> {
    // Made anew each time: what it keeps of definitions is not what is in the rows.
    let cases = Cases::new(Services::new(), Calendar::korea()).with_leading(Some("mois".to_owned()));
    let order = Order { trust: Trust { patience: Duration::ZERO, ..Trust::default() }, files: true };
    Ok(database(db, &blobs.tiles(), blobs, &cases, &order, &mut |_, _| ()).await?.differences)
}

struct ByHand(Connection);

impl Hand for ByHand {
    fn run(&mut self, sql: &str) -> Result<(), String> {
        let all = format!("PRAGMA foreign_keys = OFF; {sql}");
        self.0.execute_batch(&all).map_err(|error| format!("{sql}: {error}"))
    }

    fn rows(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
        let read = || {
            let mut statement = self.0.prepare(sql)?;
            let columns = statement.column_count();
            let text = |value: ValueRef<'_>| match value {
                ValueRef::Null => None,
                ValueRef::Integer(n) => Some(n.to_string()),
                ValueRef::Real(n) => Some(n.to_string()),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            };
            let rows = statement.query_map([], |row| (0..columns).map(|at| row.get_ref(at).map(text)).collect())?;
            rows.collect::<Result<Vec<_>, rusqlite::Error>>()
        };
        read().map_err(|error| format!("{sql}: {error}"))
    }
}
