//! The figures of an agency over a million cases.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::runtime::Runtime;

use super::corpus::Picks;
use crate::Failure;
use crate::cases::{client, million};
use crate::report::Row;
use crate::server::Server;
use crate::web::client::get;

const LOOKS: usize = 400;
/// How long counting a million cases for the first time may take.
const FIRST: Duration = Duration::from_secs(1200);

pub fn figures(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Runtime::new()?.block_on(million::folder())?;
    let url = million::url(&folder);
    let server = Server::launch("serve", &folder, &["--log-level", "error", "--database", &url])?;
    let address = server.address.clone();
    let begun = Instant::now();
    let whole = "/ko/figures.json?since=2021-01-01&until=2025-12-31";
    loop {
        let answer: Value = serde_json::from_str(&get(&address, whole)?)?;
        if answer["counts"]["received"].as_u64() >= Some(million::CASES as u64) {
            break;
        }
        if begun.elapsed() > FIRST {
            return Err(format!("the figures are not complete: {}", answer["counts"]).into());
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    if begun.elapsed() > Duration::from_secs(5) {
        let work = "SQLite: counting 1,000,000 cases for the first time, beside a server that serves";
        rows.push(Row::below(work, begun.elapsed().as_secs_f64(), "s", None, 600.0));
    }
    let picks = Picks::new("figures");
    let requests: Vec<Vec<u8>> = (0..LOOKS)
        .map(|n| {
            let agency = million::agency(n % million::AGENCIES);
            let (year, month, day) = (2021 + picks.below(4), 1 + picks.below(12), 1 + picks.below(28));
            let path =
                format!("/ko/figures/agencies/{agency}.json?since={year}-{month:02}-{day:02}&until=2025-12-{day:02}");
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes()
        })
        .collect();
    client::send(&address, &requests[..40], 1)?;
    let sent = client::send(&address, &requests, 1)?;
    let pages: Vec<Vec<u8>> = (0..LOOKS)
        .map(|n| {
            let path = format!(
                "/ko/figures/agencies/{}?since=2021-01-01&until=2025-12-31",
                million::agency(n % million::AGENCIES)
            );
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes()
        })
        .collect();
    let paged = client::send(&address, &pages, 1)?;
    server.stop()?;
    let work = |what: &str| format!("figures of an agency over 1,000,000 cases, over HTTP: {what}");
    rows.push(Row::below(&work("JSON, p99"), sent.percentile(99), "ms", None, 100.0));
    rows.push(Row::below(&work("page, p99"), paged.percentile(99), "ms", None, 100.0));
    rows.push(Row::none(&work("failed"), sent.failed + paged.failed, "requests"));
    Ok(())
}
