//! `script/bench web`: the plan page over HTTP, and what starting and serving the demo costs.
//!
//! The demo is started from the release binary on loopback, on data of its own that the first start makes; `wrk` asks
//! from beside it, on the same two cores. No peer is named for these works: their bars are absolute.

pub mod client;
pub mod load;

use std::time::Duration;

use crate::folder::Folder;
use crate::report::{Row, median};
use crate::server::Server;
use crate::{Asked, Failure};

/// The page that is measured: the longest that everybody opens.
const PLAN: &str = "/ko/plans/kr-2021";
/// What else a visitor opens, for the memory that serving takes.
const VISIT: [&str; 8] = [
    "/ko",
    PLAN,
    "/en/plans/kr-2021",
    "/ko/plans/kr-2021/commitments/1",
    "/ko/plans/kr-2021/milestones",
    "/ko/plans/kr-2021/late",
    "/ko/plans/kr-2021/calendar",
    "/ko/plans/kr-2021/indicators",
];
const ROUNDS: usize = 5;
const LOAD: Duration = Duration::from_secs(6);
const CONNECTIONS: u32 = 32;
/// Requests before the memory is read.
const REQUESTS: usize = 10_000;

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let folder = Folder::new("web")?;
    // Makes the data, so that every later start finds it.
    Server::start(folder.path())?.stop()?;
    let mut rows = Vec::new();
    if wanted("plan page") {
        plan_page(&folder, &mut rows)?;
    }
    if wanted("start") {
        rows.push(start(&folder)?);
    }
    if wanted("memory") {
        rows.push(memory(&folder)?);
    }
    Ok(rows)
}

fn plan_page(folder: &Folder, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let server = Server::start(folder.path())?;
    client::page(&server.address, PLAN)?;
    // Not counted: the first requests find nothing prepared.
    load::run(&server.address, PLAN, CONNECTIONS, Duration::from_secs(1))?;
    let (mut rates, mut slow, mut failed) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let measured = load::run(&server.address, PLAN, CONNECTIONS, LOAD)?;
        rates.push(measured.per_second);
        slow.push(measured.p99_ms);
        failed += measured.failed;
    }
    server.stop()?;
    let work = |what: &str| format!("plan page, uncompressed, {CONNECTIONS} connections: {what}");
    rows.push(Row::floor(&work("requests"), median(rates), "/s", 2000.0));
    rows.push(Row::below(&work("p99"), median(slow), "ms", None, 60.0));
    rows.push(Row::none(&work("failed"), failed, "requests"));
    Ok(())
}

/// From the start of the process to the last byte of the first page.
fn start(folder: &Folder) -> Result<Row, Failure> {
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let server = Server::start(folder.path())?;
        client::page(&server.address, PLAN)?;
        took.push(server.since_start().as_secs_f64() * 1000.0);
        server.stop()?;
    }
    Ok(Row::below("start of demo on existing data to first page", median(took), "ms", None, 1000.0))
}

fn memory(folder: &Folder) -> Result<Row, Failure> {
    let server = Server::start(folder.path())?;
    for path in VISIT.iter().cycle().take(REQUESTS) {
        client::page(&server.address, path)?;
    }
    let resident = server.resident_mb()?;
    server.stop()?;
    Ok(Row::below("resident memory after 10,000 requests for eight pages", resident, "MB", None, 150.0))
}
