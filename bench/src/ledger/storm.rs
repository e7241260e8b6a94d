//! What sequencing costs those who sign: the same storm with the log held (acts go into the inbox and no further) and
//! with the log running, in turn.

use std::fs;
use std::path::Path;

use tokio::runtime::Runtime;

use crate::Failure;
use crate::cases::client;
use crate::cases::people::{self, People};
use crate::cases::signing::{caught_up, requests};
use crate::cluster::Cluster;
use crate::folder::Folder;
use crate::report::{Row, median};
use crate::server::Server;

const PERSONS: usize = 30_000;
/// Storms of each kind.
const ROUNDS: usize = 3;
const AT_ONCE: usize = 128;
/// Signatures that are not counted: the first requests find nothing prepared.
const WARM: usize = 2000;

pub fn sqlite(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-storm")?;
    let url = format!("sqlite:{}", folder.path().join("madang.db").display());
    storm(&folder, &url, "SQLite", PERSONS, rows)
}

pub fn postgres(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let (_cluster, url) = Cluster::start()?;
    let folder = Folder::new("ledger-storm-postgres")?;
    storm(&folder, &url, "PostgreSQL", PERSONS / 3, rows)
}

fn storm(folder: &Folder, url: &str, engine: &str, persons: usize, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let arguments = ["--database", url, "--log-level", "error"];
    // Makes the schema, the keys, the services and the log.
    let first = Server::launch("serve", folder.path(), &arguments)?;
    begun(&first.address)?;
    first.stop()?;
    let people = Runtime::new()?.block_on(people::put(folder.path(), url, persons, 4 * ROUNDS))?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let site = Site { folder: folder.path(), arguments: &arguments, people: &people, persons };
        without.push(site.held(2 * round)?);
        with.push(site.running(2 * round + 1, 2 * ROUNDS + round)?);
    }
    let work = format!("{engine}: signatures over HTTP, {AT_ONCE} at once: with sequencing (peer: without)");
    rows.push(Row::at_least(&work, median(with), "/s", median(without), 0.9));
    Ok(())
}

struct Site<'a> {
    folder: &'a Path,
    arguments: &'a [&'a str],
    people: &'a People,
    persons: usize,
}

impl Site<'_> {
    /// Without its signing key the log is held: nothing is taken out of the inbox.
    fn held(&self, petition: usize) -> Result<f64, Failure> {
        let (key, away) = (self.folder.join("log-key"), self.folder.join("log-key.away"));
        fs::rename(&key, &away)?;
        let server = Server::launch("serve", self.folder, self.arguments)?;
        client::send(
            &server.address,
            &requests(&server.address, self.people, petition + 2 * ROUNDS, WARM / 2),
            AT_ONCE,
        )?;
        let sent =
            client::send(&server.address, &requests(&server.address, self.people, petition, self.persons), AT_ONCE)?;
        server.stop()?;
        fs::rename(&away, &key)?;
        if sent.failed > 0 {
            return Err(format!("{} signatures were refused", sent.failed).into());
        }
        Ok(sent.per_second())
    }

    fn running(&self, petition: usize, warm: usize) -> Result<f64, Failure> {
        let server = Server::launch("serve", self.folder, self.arguments)?;
        // What the storm before left in the inbox must be through.
        caught_up(&server.address, &self.people.petitions[petition - 1], self.persons)?;
        client::send(&server.address, &requests(&server.address, self.people, warm, WARM), AT_ONCE)?;
        let sent =
            client::send(&server.address, &requests(&server.address, self.people, petition, self.persons), AT_ONCE)?;
        caught_up(&server.address, &self.people.petitions[petition], self.persons)?;
        server.stop()?;
        if sent.failed > 0 {
            return Err(format!("{} signatures were refused", sent.failed).into());
        }
        Ok(sent.per_second())
    }
}

/// Waits for the first signed checkpoint.
fn begun(address: &str) -> Result<(), Failure> {
    for _ in 0..200 {
        if super::size(address).is_ok_and(|size| size > 0) {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Err("the log signs nothing".into())
}
