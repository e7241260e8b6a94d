//! Power cuts: 200 times `kill -9` at a random moment of a storm, then the log goes on without a gap or a fork.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use madang_adapters::OsRng;
use madang_base::Rng;
use madang_db::{Db, Options};
use madang_kernel::ledger;
use madang_tlog::{Checkpoint, Edge, leaf_hash};
use tokio::runtime::Runtime;

use crate::Failure;
use crate::cases::people::{self, People};
use crate::cases::signing::requests;
use crate::folder::Folder;
use crate::report::Row;
use crate::server::Server;

const CUTS: usize = 200;
/// Signatures that are sent in one life of the server; it seldom lives to see the last.
const SIGNATURES: usize = 400;
const PETITIONS: usize = 4;

/// Every signed head that anybody could have seen: size → root.
type Heads = BTreeMap<u64, String>;

pub fn run(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-kill")?;
    let url = format!("sqlite:{}", folder.path().join("madang.db").display());
    let arguments = ["--database", url.as_str(), "--log-level", "error"];
    Server::launch("serve", folder.path(), &arguments)?.stop()?;
    let persons = CUTS * SIGNATURES / PETITIONS;
    let people = Runtime::new()?.block_on(people::put(folder.path(), &url, persons, PETITIONS))?;
    let (mut heads, mut forks, mut acknowledged) = (Heads::new(), 0, 0);
    for cut in 0..CUTS {
        let server = Server::launch("serve", folder.path(), &arguments)?;
        let life = Duration::from_millis(20 + u64::from((&OsRng as &dyn Rng).bytes::<1>()[0]) * 2);
        acknowledged += one_life(server, &people, cut, life, &mut heads, &mut forks)?;
    }
    // Whatever the last cut left in the inbox is through.
    let server = Server::launch("serve", folder.path(), &arguments)?;
    std::thread::sleep(Duration::from_secs(3));
    note(&server.address, &mut heads, &mut forks);
    server.stop()?;
    let checked = Runtime::new()?.block_on(check(&url, &heads))?;
    rows.push(Row::none(
        &format!("{CUTS} power cuts: acknowledged signatures that are lost"),
        checked.lost(acknowledged),
        "signatures",
    ));
    rows.push(Row::none("… positions that are missing or given twice", checked.gaps, "positions"));
    rows.push(Row::none("… signed heads that are not of the log's own history", checked.foreign + forks, "heads"));
    let seen = u32::try_from(heads.len())?;
    rows.push(Row::floor("… signed heads that were looked at", f64::from(seen), "heads", 50.0));
    Ok(())
}

/// Sends signatures and looks at the head until the cut; says how many signatures were acknowledged.
fn one_life(
    mut server: Server,
    people: &People,
    cut: usize,
    life: Duration,
    heads: &mut Heads,
    forks: &mut u64,
) -> Result<u64, Failure> {
    let address = server.address.clone();
    let (petition, from) = (cut % PETITIONS, cut / PETITIONS * SIGNATURES);
    let mut wanted = requests(&address, people, petition, people.secrets.len());
    let wanted: Vec<Vec<u8>> = wanted.drain(from..from + SIGNATURES).collect();
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let signing = std::thread::spawn({
        let (address, acknowledged) = (address.clone(), Arc::clone(&acknowledged));
        move || send(&address, &wanted, &acknowledged)
    });
    let watching = std::thread::spawn({
        let stop = Arc::clone(&stop);
        move || {
            let mut seen = Vec::new();
            while !stop.load(Ordering::SeqCst) {
                if let Ok(note) = crate::web::client::get(&address, "/log/checkpoint") {
                    seen.push(note);
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            seen
        }
    });
    std::thread::sleep(life);
    server.cut()?;
    stop.store(true, Ordering::SeqCst);
    let seen = watching.join().map_err(|_| "the watcher broke")?;
    signing.join().map_err(|_| "the signers broke")?;
    for text in seen {
        remember(&text, heads, forks);
    }
    Ok(acknowledged.load(Ordering::SeqCst))
}

/// One after the other on a few connections; an answer counts when its head has arrived.
fn send(address: &str, requests: &[Vec<u8>], acknowledged: &AtomicU64) {
    use std::io::{Read as _, Write as _};
    std::thread::scope(|scope| {
        for part in requests.chunks(requests.len().div_ceil(8)) {
            scope.spawn(move || {
                let Ok(mut stream) = std::net::TcpStream::connect(address) else { return };
                let mut buffer = [0; 8192];
                for request in part {
                    if stream.write_all(request).is_err() {
                        return;
                    }
                    match stream.read(&mut buffer) {
                        Ok(read) if buffer[..read].starts_with(b"HTTP/1.1 2") => {
                            acknowledged.fetch_add(1, Ordering::SeqCst);
                        }
                        _ => return,
                    }
                }
            });
        }
    });
}

fn note(address: &str, heads: &mut Heads, forks: &mut u64) {
    if let Ok(text) = crate::web::client::get(address, "/log/checkpoint") {
        remember(&text, heads, forks);
    }
}

/// Two roots of one size are a fork.
fn remember(note: &str, heads: &mut Heads, forks: &mut u64) {
    let Ok(checkpoint) =
        note.split("\n\n").next().map_or(Err(()), |text| format!("{text}\n").parse::<Checkpoint>().map_err(drop))
    else {
        *forks += 1;
        return;
    };
    let root = checkpoint.root.to_string();
    let known = heads.entry(checkpoint.size).or_insert_with(|| root.clone());
    *forks += u64::from(*known != root);
}

#[derive(Default)]
struct Checked {
    signatures: u64,
    gaps: u64,
    foreign: u64,
}

impl Checked {
    fn lost(&self, acknowledged: u64) -> u64 {
        acknowledged.saturating_sub(self.signatures)
    }
}

/// Builds the tree again from the feed alone and holds every head against it.
async fn check(url: &str, heads: &Heads) -> Result<Checked, Failure> {
    let db = Db::open(url, Options::default()).await?;
    let rows = db
        .read(|tx| tx.rows("SELECT position, kind, public, json, commitment FROM change ORDER BY position", &[]))
        .await?;
    let signatures =
        db.read(|tx| tx.one("SELECT COUNT(*) FROM support WHERE status = 'given'", &[])?.at::<i64>(0)).await?;
    db.close().await?;
    let mut checked = Checked { signatures: u64::try_from(signatures)?, ..Checked::default() };
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    let mut reached = 0;
    for (at, row) in rows.iter().enumerate() {
        checked.gaps += u64::from(row.get::<i64>("position")? != i64::try_from(at + 1)?);
        let (json, commitment): (String, Option<String>) = (row.get("json")?, row.get("commitment")?);
        let entry = ledger::entry(row.get("public")?, &json, commitment.as_deref())?;
        edge.push(leaf_hash(entry.as_bytes()), &mut full);
        full.clear();
        if let Some(root) = heads.get(&edge.size()) {
            reached += 1;
            checked.foreign += u64::from(*root != edge.root().to_string());
        }
    }
    // Heads beyond the log's end.
    checked.foreign += u64::try_from(heads.len())?.saturating_sub(reached);
    Ok(checked)
}
