//! The index of a million cases: building it, asking it beside a running server, and how soon a new case is in it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use madang_adapters::{SystemClock, keys};
use madang_base::Clock as _;
use madang_db::{Db, Options};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::corpus::{self, Picks};
use crate::Failure;
use crate::cases::{client, million, people};
use crate::report::Row;
use crate::server::Server;
use crate::web::client::get;

/// Searches that are timed, and how many are asked at once.
const SEARCHES: usize = 2000;
const AT_ONCE: usize = 2;
/// Not counted: the first searches find nothing in memory.
const WARM: usize = 300;
/// Cases that are filed and looked for.
const FILED: usize = 20;
/// How long the index may take for the last position, with a million in it.
const CAUGHT_UP: Duration = Duration::from_secs(900);

/// Builds the index of all public cases out of their rows.
pub fn build(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Runtime::new()?.block_on(million::folder())?;
    let _ = std::fs::remove_dir_all(folder.join("search"));
    let data = folder.to_str().ok_or("the folder has another name")?;
    let built: Value = serde_json::from_str(&Server::run(&["search", "rebuild", "--json", "--data", data])?)?;
    let (documents, seconds) = (number(&built, "documents")?, number(&built, "seconds")?);
    let work = "SQLite: building the index of the public ones of 1,000,000 cases (300 characters) from their rows";
    rows.push(Row::floor(work, documents / seconds, "cases/s", 10_000.0));
    rows.push(Row::below(&format!("{work}: on disk"), number(&built, "bytes")? / 1e6, "MB", None, 4000.0));
    Ok(())
}

fn number(value: &Value, key: &str) -> Result<f64, Failure> {
    value[key].as_f64().ok_or_else(|| format!("no {key} in {value}").into())
}

/// Asks a server over HTTP, and files cases into it.
pub fn search(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let folder = runtime.block_on(million::folder())?;
    let url = million::url(&folder);
    let secret = runtime.block_on(filer(&folder, &url))?;
    let server = Server::launch("serve", &folder, &["--log-level", "error", "--database", &url])?;
    let address = server.address.clone();
    ready(&address)?;
    client::send(&address, &requests(&address, WARM, "warm"), AT_ONCE)?;
    let sent = client::send(&address, &requests(&address, SEARCHES, "asked"), AT_ONCE)?;
    let work = |what: &str| format!("1,000,000 cases, two words and an agency, over HTTP, {AT_ONCE} at once: {what}");
    rows.push(Row::below(&work("p50"), sent.percentile(50), "ms", None, 50.0));
    rows.push(Row::below(&work("p99"), sent.percentile(99), "ms", None, 50.0));
    rows.push(Row::none(&work("failed"), sent.failed, "requests"));
    let suggested = client::send(&address, &suggestions(&address), AT_ONCE)?;
    rows.push(Row::below(
        "1,000,000 cases: suggestions while typing, p99",
        suggested.percentile(99),
        "ms",
        None,
        100.0,
    ));
    rows.push(Row::none("1,000,000 cases: suggestions that failed", suggested.failed, "requests"));
    let mut waits = Vec::new();
    for n in 0..FILED {
        waits.push(file_and_find(&address, &secret, n)?);
    }
    waits.sort_by(f64::total_cmp);
    rows.push(Row::below("a new case is found after filing, median", waits[waits.len() / 2], "ms", None, 2000.0));
    rows.push(Row::below(
        "a new case is found after filing, longest of 20",
        waits[waits.len() - 1],
        "ms",
        None,
        2000.0,
    ));
    rows.push(Row::below("the server's memory after all this", server.peak_mb()?, "MB", None, 2000.0));
    server.stop()
}

/// Until the server's index answers with what is in it.
fn ready(address: &str) -> Result<(), Failure> {
    let begun = Instant::now();
    loop {
        if let Ok(answer) = get(address, "/api/v1/search?q=%EA%B0%80%EB%A1%9C%EB%93%B1&limit=1")
            && serde_json::from_str::<Value>(&answer)?["items"].as_array().is_some_and(|found| !found.is_empty())
        {
            return Ok(());
        }
        if begun.elapsed() > CAUGHT_UP {
            return Err("the index does not answer".into());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn asking(address: &str, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes()
}

/// Two words of the texts and an agency, each another.
fn requests(address: &str, many: usize, seed: &str) -> Vec<Vec<u8>> {
    let picks = Picks::new(seed);
    let word = |text: &str| {
        let words: Vec<&str> =
            text.split(' ').filter(|word| word.chars().count() >= 2 && !word.contains('{')).collect();
        (*picks.one(&words)).to_owned()
    };
    let picks = Picks::new(&format!("{seed} topics"));
    (0..many)
        .map(|_| {
            let topic = picks.one(corpus::topics());
            let (one, two) = (word(picks.one::<String>(&topic.titles)), word(picks.one::<String>(&topic.texts)));
            let agency = million::agency(picks.below(million::AGENCIES));
            asking(address, &format!("/api/v1/search?q={}&agency={agency}&limit=10", escaped(&format!("{one} {two}"))))
        })
        .collect()
}

/// What is asked while somebody types the beginnings of titles.
fn suggestions(address: &str) -> Vec<Vec<u8>> {
    let picks = Picks::new("typed");
    (0..500)
        .map(|_| {
            let title = picks.one(&picks.one(corpus::topics()).titles).replace("{p} ", "").replace("{p}", "");
            let typed: String = title.chars().take(1 + picks.below(5)).collect();
            asking(address, &format!("/api/v1/search/suggest?q={}", escaped(&typed)))
        })
        .collect()
}

/// Files a suggestion for the plan, which is public at once, and asks until it is found. Milliseconds from the answer.
fn file_and_find(address: &str, secret: &str, n: usize) -> Result<f64, Failure> {
    let word = format!("누리{}돌", Picks::new(&format!("{n} {:?}", Instant::now())).below(1_000_000_000));
    let body = serde_json::json!({ "answers": {
        "title": format!("{word} 회의록을 한곳에서 찾게 하기"), "side": "citizen", "theme": "other", "problem": "흩어져 있습니다.",
        "solution": "한곳에 모읍니다.", "values": ["transparency"],
    }});
    let body = body.to_string();
    let request = format!(
        "POST /api/v1/services/plan-suggestion/cases HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let sent = client::send(address, &[request.into_bytes()], 1)?;
    if sent.failed > 0 {
        return Err("the case was not taken".into());
    }
    let begun = Instant::now();
    let path = format!("/api/v1/search?q={}", escaped(&word));
    loop {
        let answer: Value = serde_json::from_str(&get(address, &path)?)?;
        if answer["items"].as_array().is_some_and(|found| !found.is_empty()) {
            return Ok(begun.elapsed().as_secs_f64() * 1000.0);
        }
        if begun.elapsed() > Duration::from_secs(30) {
            return Err(format!("{word} is not found").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Somebody who may file; the secret of the key.
async fn filer(folder: &Path, url: &str) -> Result<String, Failure> {
    let keys = Arc::new(keys::load(&folder.join(keys::FILE))?.ok_or("the site has no keys")?);
    let db = Db::open(url, Options::default()).await?;
    let now = SystemClock.now();
    let secret = db.write(move |tx| people::person(tx, &keys, now, "case:create"));
    let secret = secret.await?;
    db.close().await?;
    Ok(secret)
}
