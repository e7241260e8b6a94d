//! The public log over HTTP: its files for machines, its pages for people, and what neither may tell.

use std::time::Duration;

use axum::http::Method;
use madang_base::Time;
use madang_db::params;
use madang_kernel::ledger::{self, Event};
use madang_kernel::log::{Integrator, Log};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{ObjectKind, Ref};
use madang_tlog::note::{Algorithm, SigningKey, VerifierKey};
use madang_tlog::{Policy, ProofFile, leaf_hash};

use super::browser::{Answer, between};
use super::site::TestSite;

const ORIGIN: &str = "madang.test/log";
const ACCOUNT: &str = "0190aaaa-0000-7000-8000-000000000001";

fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [7; 32]).unwrap()
}

/// Drains, integrates and signs what has happened so far. Gives the number of records.
async fn publish(site: &TestSite) -> u64 {
    while drain_once(&site.db, &no_folds()).await.unwrap() > 0 {}
    let log = site.app.own::<Log>().unwrap();
    let (clock, rng) = (site.app.clock.clone(), site.app.rng.clone());
    let integrator =
        Integrator::open(site.app.db.clone(), log.tiles().clone(), Some(key()), clock, rng, Duration::ZERO).await;
    while integrator.turn().await.unwrap().more {}
    log.published().await.unwrap().expect("a checkpoint").size
}

/// Something that is nobody else's business.
async fn privately(site: &TestSite) {
    let ctx = site.system();
    let event = Event::private(&madang_identity::kinds::ACCOUNT_DELETED, Ref::new(ObjectKind::Account, ACCOUNT));
    site.db.write(move |tx| ledger::append(tx, &ctx, event.clone()).map(drop)).await.unwrap();
}

fn open_to_all(answer: &Answer) {
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn machines_find_the_files_where_the_standard_has_them() {
    for site in TestSite::all().await {
        let mut program = site.visitor();
        for path in ["/log/checkpoint", "/log/key", "/log/leaves/0.tlog-proof"] {
            let answer = program.get(path).await;
            assert_eq!(answer.status, 404, "{path} before the first checkpoint");
            open_to_all(&answer);
        }
        let size = publish(&site).await;
        let checkpoint = program.get("/log/checkpoint").await;
        assert_eq!((checkpoint.status, checkpoint.header("content-type")), (200, "text/plain; charset=utf-8"));
        assert_eq!(checkpoint.header("cache-control"), "no-cache");
        assert!(checkpoint.text().starts_with(&format!("{ORIGIN}\n{size}\n")), "{}", checkpoint.text());
        open_to_all(&checkpoint);
        program.headers.insert("if-none-match", checkpoint.header("etag").to_owned());
        assert_eq!(program.get("/log/checkpoint").await.status, 304);
        program.headers.clear();
        let head = program.send(Method::HEAD, "/log/checkpoint", None, "").await;
        assert_eq!((head.status, head.text()), (200, ""));

        let keys = program.get("/log/key").await;
        let vkey: VerifierKey = keys.text().lines().next().unwrap().parse().unwrap();
        assert_eq!(vkey, key().verifier());
        assert_eq!(program.get("/en/log/key").await.status, 404, "machines' paths have no language");

        for (path, bytes) in
            [(format!("/log/tile/0/000.p/{size}"), Some(32 * size)), (format!("/log/tile/entries/000.p/{size}"), None)]
        {
            let tile = program.get(&path).await;
            assert_eq!((tile.status, tile.header("content-type")), (200, "application/octet-stream"), "{path}");
            assert_eq!(tile.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(bytes.unwrap_or(tile.bytes().len() as u64), tile.bytes().len() as u64);
            open_to_all(&tile);
        }
        for name in [
            "0/000",
            "0/001",
            "0/0",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/999",
            "0/00x",
            "0/x000/000",
            "64/000",
            "-1/000",
            "entries",
            "entries/000",
            "../checkpoint",
            "..%2Fcheckpoint",
            "0/000.p/1/",
            "0/000.P/1",
            "%00",
            "0//000.p/1",
        ] {
            let answer = program.get(&format!("/log/tile/{name}")).await;
            assert!(matches!(answer.status, 400 | 404), "{name}: {}", answer.status);
            assert!(!answer.header("cache-control").contains("immutable"), "{name}");
        }
    }
}

#[tokio::test]
async fn every_record_has_a_proof_that_holds() {
    let site = TestSite::all().await.remove(0);
    privately(&site).await;
    let size = publish(&site).await;
    let mut program = site.visitor();
    let policy = Policy { logs: vec![key().verifier()], witnesses: Vec::new(), quorum: 0 };
    for index in 0..size {
        let page = program.get(&format!("/en/log/leaves/{index}")).await;
        let raw = between(page.text(), "<code id=\"raw\">", "</code>").expect("the record as it is");
        let entry = raw.replace("&quot;", "\"");
        let file = program.get(&format!("/log/leaves/{index}.tlog-proof")).await;
        let proof: ProofFile = file.text().parse().unwrap();
        let hash = leaf_hash(entry.as_bytes());
        assert_eq!(proof.verify(&hash, &policy).unwrap().index, index);
        page.shows(&hash.hex());
    }
    for path in [format!("/log/leaves/{size}.tlog-proof"), "/log/leaves/00.tlog-proof".into(), "/log/leaves/0".into()] {
        assert_eq!(program.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_public_shows_its_seal_alone() {
    for site in TestSite::all().await {
        privately(&site).await;
        let size = publish(&site).await;
        let mut visitor = site.visitor();
        for lang in ["ko", "en"] {
            let page = visitor.get(&format!("/{lang}/log/leaves/{}", size - 1)).await;
            assert_eq!(page.status, 200);
            page.shows("&quot;kind&quot;:&quot;opaque&quot;");
            for told in [ACCOUNT, "account", "계정을 지움", "datetime=\"2026-03-10T09:00:00"] {
                let says = page.text().split("<main").nth(1).unwrap().split("id=\"proof\"").next().unwrap();
                let says = says.split("id=\"says\"").nth(1).unwrap();
                assert!(!says.contains(told), "{told} is on the page of a closed record");
            }
            let list = visitor.get(&format!("/{lang}/log")).await;
            assert!(!list.text().contains(ACCOUNT));
        }
        let object = visitor.get(&format!("/ko/log/objects/account:{ACCOUNT}")).await;
        assert_eq!(object.status, 404);
        assert!(!object.text().contains("/log/leaves/"), "nothing of it is listed");
    }
}

#[tokio::test]
async fn people_find_records_by_what_they_have() {
    for site in TestSite::all().await {
        let size = publish(&site).await;
        let mut visitor = site.visitor();
        visitor.get("/ko/log").await.shows(&format!("기록 {size}건"));
        let to = |q: &str| format!("/en/log?q={}", q.replace(' ', "+").replace(':', "%3A").replace('#', "%23"));
        for (typed, place) in [
            ("3", "/en/log/leaves/3"),
            ("#3", "/en/log/leaves/3"),
            ("999999", "/en/log/leaves/999999"),
            ("service:petition", "/en/log/objects/service:petition"),
            ("2026-03-10", "/en/log/at?time=2026-03-09T15:00:00.000000Z"),
            ("0064a8b1c2d3e4-0123456789abcdef", "/en/receipts/0064a8b1c2d3e4-0123456789abcdef"),
        ] {
            let answer = visitor.get(&to(typed)).await;
            assert_eq!((answer.status, answer.location().as_str()), (303, place), "{typed}");
        }
        for typed in ["plan:nothing", "nothing", "%3Cscript%3E", "case:0190aaaa-0000-7000-8000-000000000001"] {
            let answer = visitor.get(&to(typed)).await;
            assert_eq!(answer.status, 200, "{typed}");
            answer.shows("No public record matches");
        }
        let at = visitor.get("/en/log/at?time=2026-03-10").await;
        assert_eq!((at.status, at.location().starts_with("/en/log/leaves/")), (303, true), "{}", at.location());
        for path in ["/en/log/at?time=soon", "/en/log/at", "/en/log/leaves/01", "/en/log/leaves/x", "/en/log/objects/x"]
        {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            answer.shows("There is no such record");
        }
        let beyond = visitor.get("/en/log/leaves/999999").await;
        assert_eq!(beyond.status, 404);
        beyond.shows(&format!("/en/log/leaves/{}", size - 1));
        let object = visitor.get("/ko/log/objects/service:petition").await;
        assert_eq!(object.status, 200);
        object.shows("/ko/services/petition");
        let filtered = visitor.get("/en/log?kind=organisation.created").await;
        assert_eq!((filtered.status, filtered.text().matches("class=\"row-title\"").count()), (200, 3));
    }
}

#[tokio::test]
async fn a_proof_can_be_asked_for_the_size_that_somebody_kept() {
    let site = TestSite::all().await.remove(0);
    let size = publish(&site).await;
    let old = site.app.own::<Log>().unwrap().published().await.unwrap().unwrap().root.hex();
    site.clock.advance_seconds(60);
    privately(&site).await;
    let more = publish(&site).await;
    assert_eq!(more, size + 1);
    let mut visitor = site.visitor();
    let asked = visitor.get(&format!("/en/log/leaves/0?size={size}")).await;
    asked.shows(&old);
    asked.shows("Compare it with the one in the summary that you kept");
    for wrong in ["0", "x", "999999", "-1", ""] {
        let answer = visitor.get(&format!("/en/log/leaves/0?size={wrong}")).await;
        assert_eq!(answer.status, 200, "{wrong}");
        assert_eq!(answer.text().contains("Nothing can be proved"), !wrong.is_empty(), "{wrong}");
    }
}

#[tokio::test]
async fn the_monitor_tells_how_each_witness_is_doing() {
    for site in TestSite::all().await {
        let size = publish(&site).await;
        let mut visitor = site.visitor();
        visitor.get("/en/log/witnesses").await.shows("No witnesses yet");
        visitor.get("/en/log").await.shows("Nobody outside is watching yet");
        let rows = [("witness.one", size, None), ("witness.two", 1, Some("refused")), ("witness.three", 1, None)];
        for (name, size, error) in rows {
            let now = Time::from_micros(site.app.clock.now().micros());
            site.db
                .write(move |tx| {
                    let size = i64::try_from(size).unwrap_or(0);
                    tx.exec(
                        "INSERT INTO log_witness (witness, size, cosigned_at, asked_at, error) VALUES ($1, $2, $3, $4, $5)",
                        params![name, size, now, now, error],
                    )
                })
                .await
                .unwrap();
        }
        let page = visitor.get("/en/log/witnesses").await;
        for text in ["witness.one", "Watching", "A little behind", "Cannot be reached", "refused"] {
            page.shows(text);
        }
    }
}
