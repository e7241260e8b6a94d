//! Receipts over HTTP: what the person gets, what everybody else sees of it, proofs, documents, and nonsense.

use std::time::Duration;

use axum::http::Method;
use madang_kernel::digest;
use madang_kernel::log::{Integrator, Log};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_tlog::note::{Algorithm, SigningKey};
use madang_tlog::{Policy, ProofFile, leaf_hash};

use super::browser::{Answer, Browser, between};
use super::cases::{LAMP, filed, sites, step};
use super::routes::key_of;
use super::site::TestSite;

const TITLE: &str = "느티나무길 가로등이 꺼졌습니다";

fn key() -> SigningKey {
    SigningKey::from_seed("madang.test/log", Algorithm::Ed25519, [9; 32]).unwrap()
}

/// Drains, integrates and signs what has happened so far.
async fn publish(site: &TestSite) {
    while drain_once(&site.db, &no_folds()).await.unwrap() > 0 {}
    let log = site.app.own::<Log>().unwrap();
    let (clock, rng) = (site.app.clock.clone(), site.app.rng.clone());
    let integrator =
        Integrator::open(site.app.db.clone(), log.tiles().clone(), Some(key()), clock, rng, Duration::ZERO).await;
    while integrator.turn().await.unwrap().more {}
}

/// A filed case that an officer has looked at: it is public now.
async fn looked_at(site: &TestSite) -> String {
    let (number, _) = filed(&mut site.visitor(), TITLE).await;
    let mut officer = site.sign_in("officer-mois", true).await;
    let look = format!("/ko/desk/cases/{number}/steps/look");
    let page = officer.get(&look).await;
    let seen = step(&mut officer, &page, &look, &[]).await;
    assert_eq!(seen.status, 303, "{}", seen.text());
    number
}

/// The code in the address that an act leads to.
#[track_caller]
fn receipt_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().split_once("&receipt=").expect("a receipt").1.to_owned()
}

/// The leaf of a receipt, after its proof was verified.
async fn proved(visitor: &mut Browser<'_>, code: &str) -> String {
    let proof = visitor.get(&format!("/receipts/{code}.tlog-proof")).await;
    assert_eq!((proof.status, proof.header("access-control-allow-origin")), (200, "*"), "{}", proof.text());
    assert!(proof.header("content-disposition").starts_with("attachment"));
    let leaf = visitor.get(&format!("/receipts/{code}.json")).await;
    let file: ProofFile = proof.text().parse().unwrap();
    assert_eq!(file.extra.as_deref(), Some(leaf.text().as_bytes()), "one file is enough");
    let policy = Policy { logs: vec![key().verifier()], witnesses: Vec::new(), quorum: 0 };
    file.verify(&leaf_hash(leaf.text().as_bytes()), &policy).unwrap();
    let other = file.verify(&leaf_hash(b"another leaf"), &policy);
    assert!(other.is_err());
    by_others(&file, leaf.text());
    leaf.text().to_owned()
}

/// The same by programs that other people wrote: `signed_note` reads and verifies the checkpoint, `tlog_tiles` the path.
fn by_others(file: &ProofFile, leaf: &str) {
    let verifier = signed_note::StandardVerifier::new(&key().verifier().to_string()).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
    let note = signed_note::Note::from_bytes(file.checkpoint.to_string().as_bytes()).unwrap();
    let (verified, _) = note.verify(&known).unwrap();
    assert_eq!(verified.len(), 1);
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(file.checkpoint.text.as_bytes()).unwrap();
    let path: Vec<_> = file.path.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect();
    let record = tlog_tiles::record_hash(leaf.as_bytes());
    tlog_tiles::check_record(&path, checkpoint.size(), *checkpoint.hash(), file.index, record).unwrap();
}

#[tokio::test]
async fn who_files_gets_a_receipt_that_says_nothing_to_others() {
    for site in sites().await {
        let mut author = site.visitor();
        let (number, _) = filed(&mut author, TITLE).await;
        author.get(&format!("/ko/receipt/{number}")).await.shows(&format!("/ko/cases/{number}/receipts/1"));
        let to = author.get(&format!("/ko/cases/{number}/receipts/1")).await;
        assert_eq!(to.status, 303, "{}", to.text());
        let page = to.location();
        let code = page.strip_prefix("/ko/receipts/").unwrap().to_owned();
        assert_eq!(site.visitor().get(&format!("/ko/cases/{number}/receipts/1")).await.status, 404);

        let waits = author.get(&page).await;
        assert_eq!((waits.status, waits.header("refresh"), waits.header("cache-control")), (202, "2", "no-store"));
        assert_eq!(author.get(&format!("/receipts/{code}.tlog-proof")).await.status, 202);
        assert_eq!(author.get(&format!("{page}/opening")).await.status, 409);
        publish(&site).await;

        let mine = author.get(&page).await;
        assert_eq!((mine.status, mine.header("cache-control")), (200, "private, no-store"), "{}", mine.text());
        mine.shows(TITLE);
        mine.shows(&number);
        mine.shows(&format!("{page}/opening"));
        let mut stranger = site.visitor();
        let theirs = stranger.get(&page).await;
        assert_eq!(theirs.status, 200);
        for secret in [TITLE, &number, "/opening"] {
            assert!(!theirs.text().contains(secret), "{secret}");
        }
        let leaf = proved(&mut stranger, &code).await;
        assert!(leaf.contains("\"kind\":\"opaque\"") && !leaf.contains(&number), "{leaf}");
        let refused = stranger.get(&format!("{page}/opening")).await;
        assert_eq!(refused.status, 404, "{}", refused.text());

        let opening = author.get(&format!("{page}/opening")).await;
        assert_eq!((opening.status, opening.header("cache-control")), (200, "private, no-store"), "{}", opening.text());
        let opening = opening.json();
        let (event, salt) = (opening["event"].as_str().unwrap(), opening["salt"].as_str().unwrap());
        let commitment = digest::sha256(&[digest::unhex(salt).unwrap().as_slice(), event.as_bytes()].concat());
        assert!(leaf.contains(&commitment), "{leaf}");
        assert!(event.contains("case.filed") && opening["texts"].as_array().unwrap().len() >= 3);

        // Erasing deletes the salts; the leaf and its proof stay.
        site.db.write(|tx| tx.exec("DELETE FROM salt", &[])).await.unwrap();
        assert_eq!(author.get(&format!("{page}/opening")).await.status, 410);
        author.get(&page).await.shows("아무도 열 수 없는 봉인");
        assert_eq!(proved(&mut stranger, &code).await, leaf);
    }
}

#[tokio::test]
async fn every_act_of_a_citizen_hands_out_its_receipt() {
    for site in sites().await {
        let mut author = site.visitor();
        let (number, _) = filed(&mut author, TITLE).await;
        let hurry =
            author.post(&format!("/ko/cases/{number}/steps/hurry"), &[("reason", "어두워서 위험합니다.")]).await;
        let hurried = receipt_of(&hurry);
        let page = author.get(&hurry.location()).await;
        page.shows(&format!("/ko/receipts/{hurried}"));
        let forged = author.get(&format!("/ko/cases/{number}?done=case-step&receipt=%3Cb%3E")).await;
        assert!(!forged.text().contains("href=\"/ko/receipts/"), "only codes are taken");
        publish(&site).await;
        author.get(&format!("/ko/receipts/{hurried}")).await.shows(&number);
        proved(&mut site.visitor(), &hurried).await;

        let number = looked_at(&site).await;
        let mut citizen = site.sign_in("citizen", true).await;
        let support = format!("/ko/cases/{number}/support");
        let given = receipt_of(&citizen.post(&support, &[("go", "give")]).await);
        assert_eq!(receipt_of(&citizen.post(&support, &[("go", "give")]).await), given, "once more is once");
        publish(&site).await;
        let found = citizen.get(&format!("{support}/receipt")).await;
        assert_eq!((found.status, found.location()), (303, format!("/ko/receipts/{given}")));
        assert_eq!(site.visitor().get(&format!("{support}/receipt")).await.status, 409);
        let shown = site.visitor().get(&format!("/ko/receipts/{given}")).await;
        shown.shows(TITLE);
        shown.shows(&number);
        let leaf = proved(&mut site.visitor(), &given).await;
        assert!(leaf.contains("\"kind\":\"support.given\""), "{leaf}");

        let back = receipt_of(&citizen.post(&support, &[("go", "back")]).await);
        assert_ne!(back, given);
        assert_eq!(citizen.get(&format!("{support}/receipt")).await.status, 409);
        publish(&site).await;
        assert!(proved(&mut site.visitor(), &back).await.contains("support.withdrawn"));
        assert_eq!(
            proved(&mut site.visitor(), &given).await,
            leaf,
            "the older receipt holds against the newer checkpoint"
        );
    }
}

#[tokio::test]
async fn a_case_that_is_taken_back_leaves_the_leaf_and_nothing_personal() {
    for site in sites().await {
        let number = looked_at(&site).await;
        let mut citizen = site.sign_in("citizen", true).await;
        let code = receipt_of(&citizen.post(&format!("/ko/cases/{number}/support"), &[("go", "give")]).await);
        publish(&site).await;
        let page = format!("/ko/receipts/{code}");
        site.visitor().get(&page).await.shows(TITLE);
        let leaf = proved(&mut site.visitor(), &code).await;
        let mut officer = site.sign_in("officer-mois", true).await;
        let hide = format!("/ko/desk/cases/{number}/acts/hide");
        let form = officer.get(&hide).await;
        if form.status == 200 {
            let hidden = step(&mut officer, &form, &hide, &[("reason", "사람의 이름이 들어 있습니다.")]).await;
            assert_eq!(hidden.status, 303, "{}", hidden.text());
        } else {
            site.db.write(|tx| tx.exec("UPDATE case_file SET publication = 'hidden'", &[])).await.unwrap();
        }
        publish(&site).await;
        for visitor in [&mut site.visitor(), &mut citizen] {
            let after = visitor.get(&page).await;
            assert_eq!(after.status, 200, "{}", after.text());
            assert!(!after.text().contains(TITLE) && !after.text().contains(&number), "{}", after.text());
        }
        assert_eq!(proved(&mut site.visitor(), &code).await, leaf);
    }
}

#[tokio::test]
async fn nonsense_is_answered_with_help() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let never = "00062d1f0a8c40-0123456789abcdef";
        for code in [
            "x",
            "0",
            never,
            "%00",
            "%3Cscript%3E",
            "..%2F..%2Fetc",
            &"f".repeat(2_000),
            "ffffffffffffff-ffffffffffffffff",
            "00062d1f0a8c40_0123456789abcdef",
            "%ED%95%9C%EA%B8%80",
            "00062d1f0a8c40-0123456789abcde%C3%A9",
        ] {
            let page = visitor.get(&format!("/ko/receipts/{code}")).await;
            assert_eq!(page.status, 404, "{code}");
            page.shows("name=\"code\"");
            assert!(!page.text().contains("<script>alert") && !page.text().contains("<script></script>"));
            for file in [
                format!("/receipts/{code}.tlog-proof"),
                format!("/receipts/{code}.json"),
                format!("/ko/receipts/{code}/opening"),
            ] {
                assert_eq!(visitor.get(&file).await.status, 404, "{file}");
            }
            let found = visitor.get(&format!("/ko/receipts?code={code}")).await;
            assert!(matches!(found.status, 303 | 404), "{code}: {}", found.status);
        }
        assert_eq!(visitor.get(&format!("/receipts/{never}.exe")).await.status, 404);
        let to = visitor.get(&format!("/receipts/{never}")).await;
        assert_eq!((to.status, to.location()), (303, format!("/ko/receipts/{never}")));
        let typed =
            format!("/ko/receipts?code=%20https%3A%2F%2Fgov.example%2Fen%2Freceipts%2F{}", never.to_uppercase());
        assert_eq!(visitor.get(&typed).await.location(), format!("/ko/receipts/{never}"));
        assert_eq!(visitor.get("/en/receipts").await.status, 200);

        for digest in ["x", "0", &"g".repeat(64), &"0".repeat(63), &"0".repeat(65), "%3Cscript%3E", &"%20".repeat(64)] {
            let page = visitor.get(&format!("/ko/verify/files/{digest}")).await;
            assert_eq!(page.status, 422, "{digest}");
            page.shows("name=\"sha256\"");
            let json = visitor.get(&format!("/verify/files/{digest}")).await;
            assert_eq!((json.status, json.header("content-type")), (422, "application/problem+json"), "{digest}");
            assert!(visitor.get(&format!("/ko/verify?sha256={digest}")).await.status >= 200);
        }
    }
}

#[tokio::test]
async fn a_document_is_what_was_published_or_it_is_not() {
    for site in sites().await {
        publish(&site).await;
        let sha256 = digest::sha256(LAMP.as_bytes());
        let mut visitor = site.visitor();
        for digest in [sha256.clone(), sha256.to_uppercase()] {
            let answer = visitor.get(&format!("/verify/files/{digest}")).await;
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
            let answer = answer.json();
            assert_eq!((&answer["published"], &answer["sha256"]), (&true.into(), &sha256.as_str().into()));
            assert_eq!(answer["documents"][0]["kind"], "definition");
            let proof = answer["documents"][0]["receipt"]["proof"].as_str().unwrap();
            let code = between(proof, "/receipts/", ".").unwrap().to_owned();
            assert!(proved(&mut visitor, &code).await.contains(&sha256));
            let page = visitor.get(&format!("/ko/verify/files/{digest}")).await;
            page.shows("네, 공개된 문서 그대로입니다");
            page.shows(&code);
        }
        let pasted = visitor.get(&format!("/ko/verify?sha256={}%20%20lamp.toml", sha256.to_uppercase())).await;
        assert_eq!((pasted.status, pasted.location()), (303, format!("/ko/verify/files/{sha256}")));
        let altered = digest::sha256(format!("{LAMP} ").as_bytes());
        assert_eq!(visitor.get(&format!("/verify/files/{altered}")).await.json()["published"], false);
        visitor.get(&format!("/ko/verify/files/{altered}")).await.shows("이 누리집이 공개한 파일이 아닙니다");
        assert!(visitor.cookies.is_empty(), "looking something up leaves no cookie");
    }
}

#[tokio::test]
async fn programs_get_receipts_too() {
    for site in sites().await {
        let number = looked_at(&site).await;
        let citizen = site.sign_in("citizen", true).await;
        let mut program = site.visitor();
        program.key = Some(key_of(&site, &citizen).await);
        let path = format!("/api/v1/cases/{number}/support");
        let given = program.send(Method::POST, &path, Some("application/json"), "{}").await;
        assert_eq!(given.status, 201, "{}", given.text());
        let given = given.json();
        let code = given["receipt"]["code"].as_str().unwrap();
        assert_eq!(given["receipt"]["url"], format!("http://madang.test/ko/receipts/{code}"));
        let back = program.send(Method::DELETE, &path, None, "").await;
        assert_eq!(back.status, 200, "{}", back.text());
        let back = back.json()["receipt"]["code"].as_str().unwrap().to_owned();
        publish(&site).await;
        for code in [code, &back] {
            proved(&mut site.visitor(), code).await;
        }
        let count = site.visitor().get(&format!("/cases/{number}/count.json")).await.json();
        assert_eq!(count["log"]["checkpoint"], "/log/checkpoint");
        assert!(count["count"].is_i64() && count["position"].is_i64() && count.get("leaf").is_some());
    }
}
