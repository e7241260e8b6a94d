//! kill -9 while people sign: every signature that was acknowledged is there once, and the recount says the same.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use madang_adapters::{OsRng, SystemClock, keys};
use madang_base::{Clock as _, Id, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, Tx, params};
use madang_identity::api_key;
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Keys, Person, PersonKeys, digest};
use serde_json::Value;

use crate::support::{PATIENCE, Server, run};

const PERSONS: usize = 1500;
const SIGNING: usize = 12;
const KILLS: usize = 5;

/// Somebody who is proved, with a key that may support; its secret.
fn person(tx: &mut Tx, keys: &Arc<Keys>, now: Time) -> madang_base::Result<String> {
    let account: AccountId = Id::new(now, &OsRng);
    let key = digest::hmac_hex(&keys.person, &[b"person", b"storm", account.to_string().as_bytes()]);
    tx.exec(
        "INSERT INTO account (id, status, name, email, locale, created_at) VALUES ($1, 'active', '{}', NULL, 'ko', $2)",
        params![account, now],
    )?;
    tx.exec(
        "INSERT INTO person_key (key, person, assurance, account, created_at) VALUES ($1, $1, 'verified', $2, $3)",
        params![&key, account, now],
    )?;
    let ctx = Ctx::system(now, Arc::new(OsRng), Arc::clone(keys)).with_actor(Actor::Person(Person {
        account,
        assurance: Assurance::Verified,
        grants: Vec::new(),
        second_factor: false,
        scopes: None,
        keys: PersonKeys { first: Some(key.clone()), verified: Some(key) },
    }));
    Ok(api_key::create(tx, &ctx, "storm", &["support:create".parse()?], now.plus_days(1))?.secret)
}

fn petition(tx: &mut Tx, now: Time) -> madang_base::Result<String> {
    let number = madang_form::number::number("PT-{year}-{code}", now.kst_date().year(), &OsRng);
    tx.exec(
        "INSERT INTO case_file (id, number, service, version, state, phase, title, author_name, locale, assurance, channel,
           publication, published_at, wants_public, delivery, answers, reviewed, filed_at, updated_at, revision)
         SELECT $1, $2, id, digest, 'opinions', 'open', '횡단보도에 신호등을 달아 주세요', '', 'ko', 'verified', 'web',
           'published', $3, 1, 'delivered', '{}', '[]', $3, $3, 1
         FROM service WHERE id = 'petition'",
        params![Id::<()>::new(now, &OsRng), &number, now],
    )?;
    Ok(number)
}

/// Persons with keys and an open petition, in the database of a site that has been started once.
fn put(data: &Path, url: &str) -> (Vec<String>, String) {
    let keys = Arc::new(keys::load(&data.join("keys")).unwrap().unwrap());
    let now = SystemClock.now();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let db = Db::open_blocking(url, TestDb::options()).unwrap();
    let made = runtime.block_on(db.write(move |tx| {
        let secrets = (0..PERSONS).map(|_| person(tx, &keys, now)).collect::<madang_base::Result<Vec<_>>>()?;
        Ok((secrets, petition(tx, now)?))
    }));
    db.close_blocking().unwrap();
    made.unwrap()
}

/// Signs; the status and whether it was there before, or none when the server died meanwhile.
fn sign(address: &str, number: &str, secret: &str) -> Option<(u16, bool)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let body = r#"{"region":"kr-11","age_band":"30-39"}"#;
    let request = format!(
        "POST /api/v1/cases/{number}/support HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.contains("true")))
}

/// Signs as those from `next` on until the server dies or nobody is left; who was acknowledged is noted.
fn storm(address: &str, number: &str, secrets: &[String], next: &AtomicUsize, acknowledged: &Mutex<BTreeSet<usize>>) {
    std::thread::scope(|scope| {
        for _ in 0..SIGNING {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    let Some(secret) = secrets.get(at) else { return };
                    match sign(address, number, secret) {
                        Some((201, false)) => drop(acknowledged.lock().unwrap().insert(at)),
                        Some(other) => panic!("person {at}: {other:?}"),
                        None => return,
                    }
                }
            });
        }
    });
}

fn survives(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let url =
        if url.is_empty() { format!("sqlite:{}", folder.path().join("madang.db").display()) } else { url.to_owned() };
    let start = || Server::start("serve", folder.path(), &["--database", &url, "--log-level", "error"]);
    start().stop();
    let (secrets, number) = put(folder.path(), &url);
    let (next, acknowledged) = (AtomicUsize::new(0), Mutex::new(BTreeSet::<usize>::new()));
    for kill in 0..KILLS {
        let mut server = start();
        let known = acknowledged.lock().unwrap().clone();
        // Some of those who were acknowledged before: each must be found.
        for at in known.iter().rev().take(40) {
            assert_eq!(
                sign(&server.address, &number, secrets[*at].as_str()),
                Some((200, true)),
                "person {at} was lost"
            );
        }
        std::thread::scope(|scope| {
            let storming = scope.spawn(|| storm(&server.address, &number, &secrets, &next, &acknowledged));
            let begun = Instant::now();
            while acknowledged.lock().unwrap().len() < known.len() + 40 + 37 * kill && begun.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(1));
            }
            server.signal("KILL");
            storming.join().unwrap();
        });
        assert_eq!(server.wait().code(), None);
        let more = acknowledged.lock().unwrap().len() - known.len();
        assert!(more >= 40, "the storm was none: {more}");
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    let tried = next.load(Ordering::SeqCst).min(PERSONS);
    let mut server = start();
    for at in &acknowledged {
        assert_eq!(sign(&server.address, &number, secrets[*at].as_str()), Some((200, true)), "person {at} was lost");
    }
    // Those who were not answered may be there or not; asking again settles it.
    for (at, secret) in secrets.iter().enumerate().take(tried) {
        let (status, _) = sign(&server.address, &number, secret).unwrap();
        assert!(matches!(status, 200 | 201), "person {at}: {status}");
    }
    let begun = Instant::now();
    loop {
        let count: Value = serde_json::from_str(&server.get(&format!("/cases/{number}/count.json")).body).unwrap();
        if count["count"] == tried {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{count} is not {tried}");
        std::thread::sleep(Duration::from_millis(20));
    }
    server.stop();
    let data = folder.path().to_str().unwrap();
    let json = run(&["verify", "counts", "--json", "--data", data, "--database", &url]).ok();
    let verified: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&verified["differences"], &verified["supports"]), (&Value::Array(Vec::new()), &tried.into()));
    let text = run(&["verify", "counts", "--data", data, "--database", &url]).ok();
    assert!(text.contains(&format!("{tried} supports")) && text.contains("agree"), "{text}");
    lie(&url);
    let told = run(&["verify", "counts", "--data", data, "--database", &url]);
    assert_eq!(told.code, Some(5), "{}", told.err);
    assert!(
        told.out.contains(&format!("{number}: total: the feed says {tried}, stored is {}", tried + 1)),
        "{}",
        told.out
    );
}

/// Changes a count beside the program.
fn lie(url: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let db = Db::open_blocking(url, TestDb::options()).unwrap();
    let done = runtime.block_on(
        db.write(|tx| tx.exec("UPDATE support_count SET count = count + 1 WHERE dimension = 'total'", params![])),
    );
    db.close_blocking().unwrap();
    assert_eq!(done.unwrap(), 1);
}

#[test]
#[ignore = "slow: kills a server in a storm of signatures, five times on each engine"]
fn acknowledged_signatures_survive_kill_9() {
    for db in TestDb::both() {
        survives(if db.url().starts_with("sqlite") { "" } else { db.url() });
    }
}
