//! Lists and exports of a million cases.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use madang_adapters::OsRng;
use madang_base::{SeededRng, SharedRng, Time};
use madang_cases::service::{export, list};
use madang_cases::views::CaseFilter;
use madang_db::{Db, Options};
use madang_kernel::{Actor, Ctx, Keys};
use tokio::runtime::Runtime;

use super::million::{self, AGENCIES, agency, cases};
use crate::Failure;
use crate::report::Row;
use crate::server::Server;

/// Services and states that lists are filtered by.
const STATES: [(&str, &str); 6] = [
    ("complaint", "deciding"),
    ("complaint", "answered"),
    ("petition", "opinions"),
    ("petition", "answered"),
    ("proposal", "discussion"),
    ("information-request", "disclosed"),
];
const LOOKS: usize = 300;
/// Pages that are turned after the first.
const TURNS: usize = 3;

fn now() -> Time {
    Time::at_kst_midnight(date(2026, 1, 10))
}

fn ctx() -> Ctx {
    let keys = Arc::new(Keys::generate(&SeededRng::new(b"bench")));
    Ctx::system(now(), Arc::new(OsRng) as SharedRng, keys).with_actor(Actor::Anonymous)
}

pub fn lists(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let folder = runtime.block_on(million::folder())?;
    let db = runtime.block_on(Db::open(&million::url(&folder), Options::default()))?;
    // Not counted: the first looks find nothing in memory.
    runtime.block_on(looks(&db, 20))?;
    let [mut first, mut turned, mut jumped] = runtime.block_on(looks(&db, LOOKS))?;
    runtime.block_on(db.close())?;
    for (what, took) in [("first page", &mut first), ("next pages", &mut turned), ("jump to a day", &mut jumped)] {
        took.sort_by(f64::total_cmp);
        let p99 = took[(took.len() * 99 / 100).min(took.len() - 1)];
        let work = format!("SQLite: 1,000,000 cases by service, agency and state, 30 lines: {what}, p99");
        rows.push(Row::below(&work, p99, "ms", None, 30.0));
    }
    Ok(())
}

/// Milliseconds of first pages, of the pages after them, and of jumps to a day.
async fn looks(db: &Db, many: usize) -> Result<[Vec<f64>; 3], Failure> {
    let (cases, ctx) = (cases(), ctx());
    let mut took = [Vec::new(), Vec::new(), Vec::new()];
    for n in 0..many {
        let (service, state) = STATES[n % STATES.len()];
        let mut filter = CaseFilter {
            service: n.is_multiple_of(2).then(|| service.to_owned()),
            agency: Some(agency(n * 7 % AGENCIES)),
            state: Some(state.to_owned()),
            limit: 30,
            ..CaseFilter::default()
        };
        for turn in 0..=TURNS {
            let (milliseconds, next) = look(db, &cases, &ctx, &filter).await?;
            took[usize::from(turn > 0)].push(milliseconds);
            let Some(next) = next else { break };
            filter.after = Some(next);
        }
        filter.after = None;
        filter.jump = Some(day(n));
        took[2].push(look(db, &cases, &ctx, &filter).await?.0);
    }
    Ok(took)
}

fn day(n: usize) -> Date {
    let years = i16::try_from(n % 5).unwrap_or(0);
    let months = i8::try_from(n % 12).unwrap_or(0);
    date(2021 + years, 1 + months, 15)
}

async fn look(
    db: &Db,
    cases: &madang_cases::Cases,
    ctx: &Ctx,
    filter: &CaseFilter,
) -> Result<(f64, Option<String>), Failure> {
    let (cases, ctx, filter) = (cases.clone(), ctx.clone(), filter.clone());
    let begun = Instant::now();
    let page = db.read(move |tx| list::public(tx, &ctx, &cases, &filter)).await?;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    if page.lines.is_empty() {
        return Err("a list that must have cases is empty".into());
    }
    Ok((took, page.next))
}

pub fn export(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let folder = runtime.block_on(million::folder())?;
    let db = runtime.block_on(Db::open(&million::url(&folder), Options::default()))?;
    let (count, took) = runtime.block_on(reads(&db))?;
    runtime.block_on(db.close())?;
    rows.push(Row::floor(
        "SQLite: export of the public cases, by keyset reads in the service",
        count / took,
        "rows/s",
        50_000.0,
    ));
    let server = Server::launch("serve", &folder, &["--log-level", "warn", "--database", &million::url(&folder)])?;
    let before = server.resident_mb()?;
    let got = download(&server, "/ko/cases.csv")?;
    let grown = server.peak_mb()? - before;
    server.stop()?;
    rows.push(Row::floor("SQLite: CSV of the public cases over HTTP", got.lines / got.seconds, "rows/s", 50_000.0));
    rows.push(Row::below("SQLite: CSV over HTTP: memory that the server grew by", grown, "MB", None, 100.0));
    let missing = if (count - got.lines).abs() < 0.5 { 0 } else { 1 };
    rows.push(Row::none("SQLite: CSV over HTTP: other rows than the reads gave", missing, "(1: yes)"));
    Ok(())
}

/// Rows that all reads gave, and the seconds they took.
async fn reads(db: &Db) -> Result<(f64, f64), Failure> {
    let (cases, ctx) = (cases(), ctx());
    let mut filter = CaseFilter::default();
    let mut rows = 0_u32;
    let begun = Instant::now();
    loop {
        let (cases, ctx, here) = (cases.clone(), ctx.clone(), filter.clone());
        let page = db.read(move |tx| export::export(tx, &ctx, &cases, &here, export::ROWS)).await?;
        rows += u32::try_from(page.rows.len())?;
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok((f64::from(rows), begun.elapsed().as_secs_f64())),
        }
    }
}

struct Download {
    lines: f64,
    seconds: f64,
}

/// Takes a document away as fast as it comes, counting its lines but the first. No title has a line break in it.
fn download(server: &Server, path: &str) -> Result<Download, Failure> {
    let mut stream = TcpStream::connect(&server.address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let begun = Instant::now();
    // HTTP/1.0: the end of the connection is the end of the document, and nothing stands between its pieces.
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", server.address).as_bytes())?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    if head.split_whitespace().nth(1) != Some("200") {
        return Err(format!("{path}: {head}").into());
    }
    let (mut lines, mut buffer) = (0_u32, vec![0; 1 << 16]);
    loop {
        let got = stream.read(&mut buffer)?;
        if got == 0 {
            return Ok(Download { lines: f64::from(lines) - 1.0, seconds: begun.elapsed().as_secs_f64() });
        }
        lines += u32::try_from(buffer[..got].iter().filter(|byte| **byte == b'\n').count())?;
    }
}
