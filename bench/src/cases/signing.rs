//! Signatures over HTTP, and the count that everybody polls meanwhile.

use std::time::{Duration, Instant};

use madang_db::{Db, Options};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::client;
use super::people::{self, People};
use crate::Failure;
use crate::cluster::Cluster;
use crate::folder::Folder;
use crate::report::{Row, median};
use crate::server::Server;
use crate::web::load;

/// Each person signs so many petitions, one a round.
const ROUNDS: usize = 3;
/// People who sign at the same moment.
const AT_ONCE: usize = 128;
/// Signatures that are not counted: the first requests find nothing prepared.
const WARM: usize = 2000;
/// How long the count may need to hold what was acknowledged.
const CATCH_UP: Duration = Duration::from_secs(30);

struct Bars {
    engine: &'static str,
    per_second: f64,
}

pub fn sqlite(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("signing")?;
    let url = format!("sqlite:{}", folder.path().join("madang.db").display());
    signing(&folder, &url, 30_000, &Bars { engine: "SQLite", per_second: 5000.0 }, rows)
}

pub fn postgres(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let (_cluster, url) = Cluster::start()?;
    let folder = Folder::new("signing-postgres")?;
    signing(&folder, &url, 12_000, &Bars { engine: "PostgreSQL", per_second: 1500.0 }, rows)
}

fn signing(folder: &Folder, url: &str, persons: usize, bars: &Bars, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let arguments = ["--database", url, "--log-level", "warn"];
    // Makes the schema, the keys and the services.
    Server::launch("serve", folder.path(), &arguments)?.stop()?;
    let people = runtime.block_on(people::put(folder.path(), url, persons, ROUNDS + 1))?;
    let server = Server::launch("serve", folder.path(), &arguments)?;
    let address = server.address.clone();
    client::send(&address, &requests(&address, &people, 0, WARM), AT_ONCE)?;
    let (mut rates, mut halves, mut slow, mut behind, mut failed) = (vec![], vec![], vec![], vec![], 0);
    for round in 1..=ROUNDS {
        let sent = client::send(&address, &requests(&address, &people, round, persons), AT_ONCE)?;
        behind.push(caught_up(&address, &people.petitions[round], persons)?);
        rates.push(sent.per_second());
        halves.push(sent.percentile(50));
        slow.push(sent.percentile(99));
        failed += sent.failed;
    }
    let polled = (bars.engine == "SQLite").then(|| polling(&address, &people.petitions[1])).transpose()?;
    server.stop()?;
    let differences = recount(folder, url, WARM + ROUNDS * persons)?;
    let stored = runtime.block_on(stored(url))?;
    let engine = bars.engine;
    let work = |what: &str| format!("{engine}: signatures over HTTP, {AT_ONCE} at once, region and age stated: {what}");
    rows.push(Row::floor(&work("durable"), median(rates), "/s", bars.per_second));
    rows.push(Row::below(&work("p50"), median(halves), "ms", None, 200.0));
    rows.push(Row::below(&work("p99"), median(slow), "ms", None, 200.0));
    rows.push(Row::none(&work("failed"), failed, "requests"));
    rows.push(Row::below(&work("the count holds the last one after"), median(behind), "ms", None, 2000.0));
    rows.push(Row::none(&work("differences of the recount"), differences, "differences"));
    let missing = u64::try_from(WARM + ROUNDS * persons)?.abs_diff(u64::try_from(stored)?);
    rows.push(Row::none(&work("acknowledged and not there, or there twice"), missing, "signatures"));
    if let Some(polled) = polled {
        let work = |what: &str| format!("count.json of one case, 64 connections: {what}");
        rows.push(Row::floor(&work("requests"), polled.per_second, "/s", 10_000.0));
        rows.push(Row::below(&work("p99"), polled.p99_ms, "ms", None, 50.0));
        rows.push(Row::none(&work("failed"), polled.failed, "requests"));
    }
    Ok(())
}

/// One signature of each of the first `many` persons under a petition.
pub fn requests(address: &str, people: &People, petition: usize, many: usize) -> Vec<Vec<u8>> {
    let number = &people.petitions[petition];
    let regions = ["kr-11", "kr-26", "kr-41", "kr-50"];
    let request = |(at, secret): (usize, &String)| {
        let body = format!(r#"{{"region":"{}","age_band":"30-39"}}"#, regions[at % regions.len()]);
        format!(
            "POST /api/v1/cases/{number}/support HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {secret}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    people.secrets.iter().take(many).enumerate().map(request).collect()
}

/// Milliseconds until the public count says so many.
pub fn caught_up(address: &str, number: &str, many: usize) -> Result<f64, Failure> {
    let begun = Instant::now();
    loop {
        let json = crate::web::client::get(address, &format!("/cases/{number}/count.json"))?;
        let count: Value = serde_json::from_str(&json)?;
        if count["count"].as_u64() == u64::try_from(many).ok() {
            return Ok(begun.elapsed().as_secs_f64() * 1000.0);
        }
        if begun.elapsed() > CATCH_UP {
            return Err(format!("the count says {json}, not {many}").into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn polling(address: &str, number: &str) -> Result<load::Load, Failure> {
    let path = format!("/cases/{number}/count.json");
    load::run(address, &path, 64, Duration::from_secs(1))?;
    load::run(address, &path, 64, Duration::from_secs(6))
}

fn recount(folder: &Folder, url: &str, many: usize) -> Result<u64, Failure> {
    let data = folder.path().to_str().ok_or("the folder has another name")?;
    let json = Server::run(&["verify", "counts", "--json", "--data", data, "--database", url])?;
    let verified: Value = serde_json::from_str(&json)?;
    let differences = verified["differences"].as_array().map_or(0, Vec::len);
    let short = u64::from(verified["supports"].as_u64() != u64::try_from(many).ok());
    Ok(u64::try_from(differences)? + short)
}

async fn stored(url: &str) -> Result<i64, Failure> {
    let db = Db::open(url, Options::default()).await?;
    let count = db.read(|tx| tx.one("SELECT COUNT(*) FROM support WHERE status = 'given'", &[])?.at(0)).await?;
    db.close().await?;
    Ok(count)
}
