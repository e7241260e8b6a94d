//! How long an act takes until a signed checkpoint covers it, at a steady 2,000 acts a second.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use madang_db::{Db, Options};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

use crate::Failure;
use crate::cases::people;
use crate::cases::signing::{caught_up, requests};
use crate::cluster::Cluster;
use crate::folder::Folder;
use crate::report::Row;
use crate::server::Server;

const PER_SECOND: usize = 2000;
const SECONDS: usize = 20;
const CONNECTIONS: usize = 64;
/// Proofs that are fetched and looked at afterwards.
const PROOFS: usize = 200;

pub fn sqlite(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-latency")?;
    let url = format!("sqlite:{}", folder.path().join("madang.db").display());
    latency(&folder, &url, "SQLite", PER_SECOND, rows)
}

/// PostgreSQL takes fewer acts on two cores that it shares with the load; the rate is what it holds.
pub fn postgres(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let (_cluster, url) = Cluster::start()?;
    let folder = Folder::new("ledger-latency-postgres")?;
    latency(&folder, &url, "PostgreSQL", PER_SECOND / 2, rows)
}

fn latency(folder: &Folder, url: &str, engine: &str, per_second: usize, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let arguments = ["--database", url, "--log-level", "error"];
    Server::launch("serve", folder.path(), &arguments)?.stop()?;
    let many = per_second * SECONDS;
    let people = Runtime::new()?.block_on(people::put(folder.path(), url, many, 2))?;
    let server = Server::launch("serve", folder.path(), &arguments)?;
    let address = server.address.clone();
    crate::cases::client::send(&address, &requests(&address, &people, 0, 1000), 32)?;
    let done = Arc::new(AtomicBool::new(false));
    let watched = std::thread::spawn({
        let (address, done) = (address.clone(), Arc::clone(&done));
        move || watch(&address, &done)
    });
    let acts = steady(&address, &requests(&address, &people, 1, many), per_second)?;
    caught_up(&address, &people.petitions[1], many)?;
    std::thread::sleep(Duration::from_secs(3));
    done.store(true, Ordering::SeqCst);
    let seen = watched.join().map_err(|_| "the watcher broke")?;
    let places = Runtime::new()?.block_on(places(url))?;
    let mut took = Vec::with_capacity(acts.len());
    for act in &acts {
        let at =
            act.code.get(..14).and_then(|at| i64::from_str_radix(at, 16).ok()).ok_or("an act without a receipt")?;
        let position = places.get(&at).ok_or("an act that is not in the feed")?;
        let (when, _) = seen.iter().find(|(_, size)| size >= position).ok_or("an act that no checkpoint covers")?;
        took.push(when.saturating_duration_since(act.sent).as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    let mut bad = 0;
    for act in acts.iter().step_by((acts.len() / PROOFS).max(1)) {
        bad += u64::from(!proves(&address, &act.code));
    }
    server.stop()?;
    let percentile = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)];
    let work = |what: &str| format!("{engine}: act to signed checkpoint at {per_second} acts/s: {what}");
    rows.push(Row::below(&work("p50"), percentile(50), "ms", None, 2000.0));
    rows.push(Row::below(&work("p99"), percentile(99), "ms", None, 2000.0));
    rows.push(Row::below(&work("longest"), took[took.len() - 1], "ms", None, 5000.0));
    rows.push(Row::none(&work("proof files of 200 that do not verify"), bad, "files"));
    Ok(())
}

struct Act {
    sent: Instant,
    /// Of its receipt.
    code: String,
}

/// Every size that the public checkpoint had, and since when at the latest.
fn watch(address: &str, done: &AtomicBool) -> Vec<(Instant, i64)> {
    let mut seen: Vec<(Instant, i64)> = Vec::new();
    while !done.load(Ordering::SeqCst) {
        if let Ok(size) = super::size(address)
            && seen.last().is_none_or(|(_, last)| *last < size)
        {
            seen.push((Instant::now(), size));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    seen
}

/// Sends each request at its time, whether or not those before it were answered.
fn steady(address: &str, requests: &[Vec<u8>], per_second: usize) -> Result<Vec<Act>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = LocalSet::new();
    let requests: Rc<[Vec<u8>]> = requests.into();
    let next = Rc::new(Cell::new(0));
    let begun = Instant::now();
    let gap = Duration::from_secs(1) / u32::try_from(per_second)?;
    let parts = local.block_on(&runtime, async {
        let mut tasks = Vec::new();
        for _ in 0..CONNECTIONS {
            let (address, requests, next) = (address.to_owned(), Rc::clone(&requests), Rc::clone(&next));
            tasks.push(tokio::task::spawn_local(async move {
                one(&address, &requests, &next, begun, gap).await.map_err(|error| error.to_string())
            }));
        }
        let mut parts = Vec::new();
        for task in tasks {
            parts.push(task.await);
        }
        parts
    });
    let mut acts = Vec::with_capacity(requests.len());
    for part in parts {
        acts.extend(part??);
    }
    Ok(acts)
}

async fn one(
    address: &str,
    requests: &[Vec<u8>],
    next: &Cell<usize>,
    begun: Instant,
    gap: Duration,
) -> Result<Vec<Act>, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut acts = Vec::new();
    let mut buffer = Vec::with_capacity(4096);
    loop {
        let at = next.get();
        next.set(at + 1);
        let Some(request) = requests.get(at) else { return Ok(acts) };
        let due = begun + gap * u32::try_from(at)?;
        tokio::time::sleep_until(due.into()).await;
        stream.write_all(request).await?;
        buffer.clear();
        while !crate::cases::client::whole(&buffer) {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err("the connection broke".into());
            }
        }
        let answer = String::from_utf8_lossy(&buffer);
        let code = answer
            .split_once(r#""code":""#)
            .and_then(|(_, rest)| rest.split('"').next())
            .ok_or_else(|| format!("no receipt in {answer}"))?;
        // From when it was due: waiting for a free connection is part of the time.
        acts.push(Act { sent: due, code: code.to_owned() });
    }
}

/// The highest position of each time in the feed.
async fn places(url: &str) -> Result<HashMap<i64, i64>, Failure> {
    let db = Db::open(url, Options::default()).await?;
    let rows = db.read(|tx| tx.rows("SELECT at, MAX(position) AS position FROM change GROUP BY at", &[])).await?;
    let places = rows.iter().map(|row| Ok((row.at(0)?, row.at(1)?))).collect::<madang_base::Result<_>>()?;
    db.close().await?;
    Ok(places)
}

/// Whether the proof file of a receipt verifies, under the key that the site shows, for the leaf of the receipt.
fn proves(address: &str, code: &str) -> bool {
    let file = crate::web::client::get(address, &format!("/receipts/{code}.tlog-proof"));
    let key = crate::web::client::get(address, "/log/key");
    let (Ok(file), Ok(key)) = (file, key) else { return false };
    let (Ok(proof), Some(Ok(key))) =
        (file.parse::<madang_tlog::ProofFile>(), key.lines().next().map(str::parse::<madang_tlog::note::VerifierKey>))
    else {
        return false;
    };
    let Ok(entry) = crate::web::client::get(address, &format!("/receipts/{code}.json")) else {
        return false;
    };
    let leaf = madang_tlog::leaf_hash(entry.as_bytes());
    let policy = madang_tlog::Policy { logs: vec![key], witnesses: Vec::new(), quorum: 0 };
    proof.verify(&leaf, &policy).is_ok() && leaf.hex().starts_with(code.rsplit('-').next().unwrap_or("-"))
}
