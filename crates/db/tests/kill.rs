//! kill -9 while 64 callers write: what was acknowledged is there, and nothing is there by half.
//!
//! `MADANG_KILL_ROUNDS` says how often (50 before a release; few by default).

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use madang_base::{Result, SeededRng};
use madang_db::{Db, Engine, Options, Row, params};

const CALLERS: usize = 64;
/// Rows of an act beside its own.
const PARTS: i64 = 3;

#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn rounds() -> u32 {
    variable("MADANG_KILL_ROUNDS").map_or(3, |text| text.parse().unwrap())
}

async fn tables(db: &Db) {
    db.write(|tx| {
        tx.exec("CREATE TABLE IF NOT EXISTS act (id TEXT PRIMARY KEY NOT NULL)", &[])?;
        tx.exec(
            "CREATE TABLE IF NOT EXISTS part (act TEXT NOT NULL REFERENCES act (id), n INTEGER NOT NULL, PRIMARY KEY (act, n))",
            &[],
        )
    })
    .await
    .unwrap();
}

async fn act(db: &Db, id: &str) -> Result<()> {
    let id = id.to_owned();
    db.write(move |tx| {
        tx.exec("INSERT INTO act (id) VALUES ($1)", params![&id])?;
        for n in 1..=PARTS {
            tx.exec("INSERT INTO part (act, n) VALUES ($1, $2)", params![&id, n])?;
        }
        Ok(())
    })
    .await
}

/// Starts 64 callers that write until `stop` says so; `acknowledge` hears of every act that was answered with success.
async fn callers(db: &Db, round: u32, stop: impl Fn() -> bool + Clone + Send + 'static, acknowledge: fn(&str)) {
    let tasks: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (db, stop) = (db.clone(), stop.clone());
            tokio::spawn(async move {
                let mut n = 0;
                while !stop() {
                    n += 1;
                    let id = format!("{round}-{caller}-{n}");
                    if act(&db, &id).await.is_ok() {
                        acknowledge(&id);
                    } else {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// All acts with the number of their parts.
async fn found(db: &Db) -> HashMap<String, i64> {
    let rows: Vec<Row> = db
        .read(|tx| {
            tx.rows(
                "SELECT act.id AS id, COUNT(part.n) AS parts FROM act LEFT JOIN part ON part.act = act.id GROUP BY act.id",
                &[],
            )
        })
        .await
        .unwrap();
    rows.iter().map(|row| (row.get("id").unwrap(), row.get("parts").unwrap())).collect()
}

async fn verify(db: &Db, acknowledged: &HashSet<String>) {
    let found = found(db).await;
    let half: Vec<_> = found.iter().filter(|(_, parts)| **parts != PARTS).collect();
    assert!(half.is_empty(), "half an act: {half:?}");
    let lost: Vec<_> = acknowledged.iter().filter(|id| !found.contains_key(*id)).collect();
    assert!(lost.is_empty(), "{} acknowledged acts of {} are lost: {lost:?}", lost.len(), acknowledged.len());
}

fn random_pause(rng: &SeededRng, from: u64, to: u64) {
    let rng: &dyn madang_base::Rng = rng;
    let random = u64::from_le_bytes(rng.bytes::<8>());
    std::thread::sleep(Duration::from_millis(from + random % (to - from)));
}

/// The process that is killed. Run by the test below, with the file's name in the environment.
#[tokio::test(flavor = "multi_thread")]
async fn writer_process() {
    let (Some(file), Some(round)) = (variable("MADANG_KILL_FILE"), variable("MADANG_KILL_ROUND")) else { return };
    let db = Db::open(&format!("sqlite:{file}"), Options::default()).await.unwrap();
    tables(&db).await;
    callers(
        &db,
        round.parse().unwrap(),
        || false,
        |id| {
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "\nacknowledged {id}");
            let _ = out.flush();
        },
    )
    .await;
}

#[test]
fn sqlite_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kill.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let rng = SeededRng::new(b"kill");
    let mut acknowledged = HashSet::new();
    for round in 0..rounds() {
        let before = acknowledged.len();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer_process", "--nocapture"])
            .env("MADANG_KILL_FILE", &file)
            .env("MADANG_KILL_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (first, begun) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let mut ids = Vec::new();
            for line in out.lines() {
                let Ok(line) = line else { break };
                if let Some(id) = line.strip_prefix("acknowledged ") {
                    ids.push(id.to_owned());
                    let _ = first.send(());
                }
            }
            ids
        });
        begun.recv_timeout(Duration::from_secs(60)).expect("the writer begins");
        random_pause(&rng, 5, 250);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut ids = reader.join().unwrap();
        // The last line may have been cut off, so that it names another act.
        ids.pop();
        acknowledged.extend(ids);
        assert!(acknowledged.len() > before, "round {round}: nothing was written");
        runtime.block_on(async {
            let db = Db::open(&format!("sqlite:{}", file.display()), Options::default()).await.unwrap();
            verify(&db, &acknowledged).await;
            db.close().await.unwrap();
        });
    }
}

/// A cluster of its own that can be stopped without mercy.
struct Cluster {
    script: PathBuf,
    folder: PathBuf,
}

impl Cluster {
    fn run(&self, verb: &str, more: &[&str]) -> String {
        let out = Command::new(&self.script).arg(verb).arg(&self.folder).args(more).output().unwrap();
        assert!(out.status.success(), "script/postgres {verb}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = Command::new(&self.script).arg("remove").arg(&self.folder).output();
    }
}

static ACKNOWLEDGED: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[tokio::test(flavor = "multi_thread")]
async fn postgres_survives_an_immediate_stop() {
    if madang_db::testing::postgres_server().is_none() {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../script/postgres");
    let folder = std::env::temp_dir().join(format!("madang-kill-{}", std::process::id()));
    let cluster = Arc::new(Cluster { script, folder });
    let url = cluster.run("start", &[]);
    let db = Db::open(&url, Options { pool: 8, readers: 2, ..Options::default() }).await.unwrap();
    assert_eq!(db.engine(), Engine::Postgres);
    tables(&db).await;
    let rng = SeededRng::new(b"stop");
    for round in 0..rounds() {
        let before = ACKNOWLEDGED.lock().unwrap().len();
        let killed = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let stop = {
            let killed = Arc::clone(&killed);
            move || killed.load(std::sync::atomic::Ordering::Relaxed)
        };
        let writing = {
            let db = db.clone();
            tokio::spawn(async move {
                callers(&db, round, stop, |id| ACKNOWLEDGED.lock().unwrap().push(id.to_owned())).await;
            })
        };
        while ACKNOWLEDGED.lock().unwrap().len() == before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        random_pause(&rng, 20, 300);
        // The server goes away under load and comes back while the callers go on.
        cluster.run("stop", &["immediate"]);
        cluster.run("start", &[]);
        let again = ACKNOWLEDGED.lock().unwrap().len();
        let deadline = Instant::now() + Duration::from_secs(30);
        while ACKNOWLEDGED.lock().unwrap().len() == again {
            assert!(Instant::now() < deadline, "round {round}: no act after the restart");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        killed.store(true, std::sync::atomic::Ordering::Relaxed);
        writing.await.unwrap();
        let acknowledged: HashSet<String> = ACKNOWLEDGED.lock().unwrap().iter().cloned().collect();
        verify(&db, &acknowledged).await;
    }
    assert!(db.status().reconnects > 0);
    db.close().await.unwrap();
}
